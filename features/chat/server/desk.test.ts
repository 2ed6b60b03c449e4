import { expect, test } from 'vitest';
import { chatDesk, newClientId } from '../../../testing/chat-desk.ts';
import { oneAppForAll, ownApp } from '../../../testing/test-app.ts';

oneAppForAll();

test('nobody is told what is not so: neither that all are busy when nobody is there, nor that somebody is here who is not', async () => {
  const desk = await chatDesk({ unattended: true });
  const maria = await desk.visitor();
  await maria.say('Hello');
  expect(await maria.reads()).toEqual(['visitor: Hello', 'nobody_here']);
  const [ticket] = await desk.tickets();
  const ivan = await desk.person('agent', { of: desk.owner, name: 'Ivan' });
  expect((await desk.owner.request('POST', `/tickets/${ticket!.id}/chat/transfer`, { personId: ivan.id })).status).toBe(204);
  expect((await maria.state()).conversation).toMatchObject({ state: 'waiting', agent: null });
  expect((await desk.owner.request('GET', '/chat/attending')).body.items).toEqual([]);
  // Who was given it comes, and answers.
  await desk.goOnline(ivan);
  expect((await desk.owner.request('GET', '/chat/attending')).body.items).toEqual([{ personId: ivan.id, chats: 1 }]);
  await desk.answer(ivan, ticket!.id, 'Hi');
  expect((await maria.state()).conversation).toMatchObject({ state: 'active', agent: { name: 'Ivan' } });
  expect(await maria.reads()).not.toContain('joined');
});

test('whoever waits for somebody who has the chat and says nothing hears a word, twice, and no more', async () => {
  const desk = await chatDesk();
  const maria = await desk.visitor();
  await maria.say('Hello');
  const [ticket] = await desk.tickets();
  await desk.answer(desk.owner, ticket!.id, 'I look it up.');
  await maria.say('Thank you');
  for (const minutes of [2, 1, 7, 60]) {
    desk.pass(minutes);
    await desk.due();
  }
  expect((await maria.reads()).slice(4)).toEqual(['still_busy', 'leave_address']);
  expect((await maria.sees())[4]!.text).toBe('Main Owner is still with you, and it takes a little longer. Please stay.');
});

test('answers as buttons come with what an agent said, and pressing one is saying it', async () => {
  const desk = await chatDesk();
  const maria = await desk.visitor();
  await maria.say('It is broken');
  const [ticket] = await desk.tickets();
  const { status, body } = await desk.owner.request('POST', `/tickets/${ticket!.id}/chat/messages`, { text: 'A new one, or the money back?', choices: ['A new one', 'The money'] });
  expect([status, (await desk.entries(ticket!.id)).at(-1)!.id]).toEqual([201, body.entryId]);
  expect((await maria.sees()).map(({ text, choices }) => [text, choices]).at(-1)).toEqual(['A new one, or the money back?', ['A new one', 'The money']]);
  const light = await desk.person('colleague', { of: desk.owner });
  expect((await light.request('POST', `/tickets/${ticket!.id}/chat/messages`, { text: 'x' })).status).toBe(403);
});

test('what the chat had asked by itself stands for agents beside the bare answer', async () => {
  const desk = await chatDesk();
  const id = '00000000-0000-7000-8000-000000000001';
  const proactive = { id, isOn: true, text: { en: 'Shall we keep one for you?' }, pageContains: [], afterSeconds: 5, attributes: [], everyHours: 24, choices: [{ en: 'Yes' }] };
  expect((await desk.owner.request('PATCH', `/chat/widgets/${desk.widget.id}`, { proactive: [proactive], choices: [{ en: 'Where is my parcel?' }] })).status).toBe(200);
  const maria = await desk.visitor();
  expect(maria.session.look).toMatchObject({ choices: [{ en: 'Where is my parcel?' }], proactive: [{ choices: [{ en: 'Yes' }] }] });
  await maria.say('Yes', { proactiveId: id });
  expect((await desk.entries((await desk.tickets())[0]!.id)).map(({ type, text }) => [type, text])).toEqual([['message', 'Yes'], ['note', 'Shall we keep one for you?']]);
  expect(await maria.reads()).toEqual(['visitor: Yes']);
});

test('a chat that is deleted lets nobody in, ends what goes on in it, and leaves the tickets as they are', async () => {
  ownApp();
  const desk = await chatDesk();
  const maria = await desk.visitor();
  await maria.say('Hello');
  await maria.request('PATCH', '/profile', { email: 'maria@example.org' });
  const [ticket] = await desk.tickets();
  await desk.answer(desk.owner, ticket!.id, 'Hi');
  const agent = await desk.person('agent', { of: desk.owner });
  expect((await agent.request('DELETE', `/chat/widgets/${desk.widget.id}`)).status).toBe(403);
  expect((await (await desk.otherWorkspace()).request('DELETE', `/chat/widgets/${desk.widget.id}`)).status).toBe(404);
  expect((await desk.owner.request('DELETE', `/chat/widgets/${desk.widget.id}`)).status).toBe(204);

  expect((await desk.owner.request('GET', '/chat/widgets')).body.items).toEqual([]);
  expect((await desk.owner.request('PATCH', `/chat/widgets/${desk.widget.id}`, { isOn: true })).status).toBe(404);
  expect((await desk.request('GET', `/visitor/widgets/${desk.widget.id}`)).status).toBe(404);
  expect((await desk.request('POST', '/visitor/session', { widget: desk.widget.id, secret: maria.secret })).body.code).toBe('visitor.no_such_widget');
  expect((await maria.say('Are you there?')).status).toBe(401);
  expect((await desk.owner.request('GET', `/tickets/${ticket!.id}/chat`)).body).toMatchObject({ state: 'ended', endedBy: 'agent', visitor: { email: 'maria@example.org' } });
  expect((await desk.answer(desk.owner, ticket!.id, 'More')).body.code).toBe('reply.no_chat');
  // What she had not seen goes by mail, and its name is free again.
  desk.pass(1);
  await desk.due();
  expect(await desk.db.owner.selectFrom('outbox').select('envelope_to').execute()).toEqual([{ envelope_to: ['maria@example.org'] }]);
  expect((await desk.owner.request('POST', '/chat/widgets', { name: 'Shop', sites: [] })).status).toBe(201);
});

test('a call is asked for in the chat\'s hours, and is the promise of the lead until somebody takes the ticket', async () => {
  const desk = await chatDesk({ startsAt: '2026-03-02T09:10:00Z' });
  const maria = await desk.visitor();
  const ask = async (more: object = {}) => maria.request('POST', '/calls', { clientId: newClientId(), phone: '+359 2 123 456', from: '2026-03-02T12:00:00.000Z', ...more });
  expect((await maria.request('GET', '/call-times')).body).toEqual({ items: [] });
  expect((await ask()).body.code).toBe('visitor.call_time_gone');
  await desk.owner.request('PATCH', `/chat/widgets/${desk.widget.id}`, { offersCalls: true });
  const { items } = (await maria.request('GET', '/call-times')).body;
  expect(items[0]).toEqual({ from: '2026-03-02T10:00:00.000Z', to: '2026-03-02T12:00:00.000Z' });

  const clientId = newClientId();
  const wish = await ask({ clientId, text: 'About the kettle' });
  expect([wish.status, wish.body.from]).toEqual([201, 'visitor']);
  expect(wish.body.text).toMatch(/^Please call me: \+359 2 123 456\n.*March.*\n\nAbout the kettle$/);
  expect((await ask({ clientId })).body.id).toBe(wish.body.id);
  expect((await maria.reads()).at(-1)).toBe('call_asked');
  // Nobody hurries somebody who wants to be called.
  desk.pass(5);
  await desk.due();
  expect((await maria.reads()).at(-1)).toBe('call_asked');

  const [ticket] = await desk.tickets();
  const promises = async () => (await desk.owner.request('GET', `/commitments?ticket=${ticket!.id}`)).body.items;
  // Until somebody takes it, it is of whoever leads.
  const [lead, agent] = [desk.owner, await desk.person('agent', { of: desk.owner })];
  expect(await promises()).toMatchObject([{ kind: 'callback', owner: { id: lead.id }, dueAt: '2026-03-02T14:00:00.000Z', madeBy: null }]);
  expect((await agent.request('PATCH', `/tickets/${ticket!.id}`, { assigneeId: agent.id })).status).toBe(200);
  expect(await promises()).toMatchObject([{ kind: 'callback', owner: { id: agent.id }, dueAt: '2026-03-02T14:00:00.000Z', madeBy: null }]);
  expect((await promises())[0].what).toMatch(/^Call \+359 2 123 456 \(asked for in the chat\): /);
  expect((await ask({ from: '2026-03-02T12:30:00.000Z' })).body.code).toBe('visitor.call_time_gone');

  // Nobody takes another one: that it was missed is said, and somebody has to make up for it.
  const ivan = await desk.visitor({ timeZone: 'Asia/Tokyo' });
  expect((await ivan.request('POST', '/calls', { clientId: newClientId(), phone: '+359 2 999 888', from: '2026-03-02T12:00:00.000Z' })).status).toBe(201);
  // One time by his clock, and ours beside it; agents read theirs.
  expect((await ivan.sees()).at(-1)!.text).toMatch(/Monday 2 March(?: at|,)? 21:00\D+23:00.*12:00\D+14:00/);
  await desk.visitor({ timeZone: 'Mars/Olympus' });
  desk.pass(5 * 60);
  await desk.due();
  const missed = (await desk.owner.request('GET', `/commitments?owner=${lead.id}`)).body.items as { kind: string; state: string; what: string }[];
  expect(new Set(missed.map(({ kind, state }) => `${kind} ${state}`))).toEqual(new Set(['apology made', 'callback broken']));
  expect(missed.every(({ what }) => what.includes('+359 2 999 888') && what.includes('12:00') && !what.includes('21:00'))).toBe(true);
});
