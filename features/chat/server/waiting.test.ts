import { expect, test } from 'vitest';
import { chatDesk } from '../../../testing/chat-desk.ts';
import { oneAppForAll } from '../../../testing/test-app.ts';

oneAppForAll();

type Desk = Awaited<ReturnType<typeof chatDesk>>;
type Visitor = Awaited<ReturnType<Desk['visitor']>>;

const ticketOf = async (desk: Desk, subject: string): Promise<string> => (await desk.tickets()).find((one) => one.subject === subject)!.id;
const wait = async (of: Visitor) => (await of.state()).availability;

/** A visitor who asks, and is answered after so many minutes. */
async function answered(desk: Desk, subject: string, minutes: number): Promise<void> {
  const visitor = await desk.visitor();
  await visitor.say(subject);
  desk.pass(minutes);
  expect((await desk.answer(desk.owner, await ticketOf(desk, subject), 'Here I am')).status).toBe(201);
}

test('how long an answer takes is the median of seven days, and not said of a few', async () => {
  const desk = await chatDesk();
  const reader = await desk.visitor();
  for (const [n, minutes] of [2, 30, 4, 3].entries()) await answered(desk, `Kettle ${n}`, minutes);
  expect((await desk.visitor()).session.state.availability.replySeconds).toBeNull();
  await answered(desk, 'Kettle 4', 5);
  // What everybody is told may be a second old.
  desk.passMachine(2);
  expect((await wait(reader)).replySeconds).toBe(4 * 60);
  desk.pass(7 * 24 * 60);
  desk.passMachine(2);
  expect((await wait(reader)).replySeconds).toBeNull();
});

test('the time that nobody is at work is not waited by anybody', async () => {
  const desk = await chatDesk({ startsAt: '2026-03-02T16:58:00Z' });
  const hours = (await desk.owner.request('POST', '/calendars', { name: 'Chat', timeZone: 'Etc/UTC', week: { mon: [{ from: '09:00', to: '17:00' }], tue: [{ from: '09:00', to: '17:00' }] } })).body;
  expect((await desk.owner.request('PATCH', `/chat/widgets/${desk.widget.id}`, { calendarId: hours.id })).status).toBe(200);
  const visitors = await Promise.all([0, 1, 2, 3, 4].map(() => desk.visitor()));
  for (const [n, visitor] of visitors.entries()) await visitor.say(`Kettle ${n}`);
  // Monday 16:58, answered on Tuesday at 9:03: two minutes and three.
  desk.pass(16 * 60 + 5);
  for (const n of visitors.keys()) await desk.answer(desk.owner, await ticketOf(desk, `Kettle ${n}`), 'Good morning');
  desk.passMachine(2);
  expect((await wait(visitors[0]!)).replySeconds).toBe(5 * 60);
});

test('nobody holds more than three chats: the fourth waits, knows their place, and comes when one ends', async () => {
  const desk = await chatDesk({ unattended: true });
  await desk.owner.request('POST', '/queues', { name: 'Chats', mode: 'push' });
  const ana = await desk.person('agent', { of: desk.owner, name: 'Ana' });
  await desk.goOnline(ana);
  const offers = async () => (await ana.request('GET', '/me/offers')).body.items as { id: string; ticket: { id: string; subject: string } }[];
  const visitors: Visitor[] = [];
  for (const subject of ['First', 'Second', 'Third', 'Fourth', 'Fifth']) {
    const visitor = await desk.visitor();
    await visitor.say(subject);
    visitors.push(visitor);
    await desk.due();
    for (const { id } of await offers()) expect((await ana.request('POST', `/offers/${id}/acceptance`)).status).toBe(200);
  }
  expect((await desk.owner.request('GET', '/chat/attending')).body.items).toEqual([{ personId: ana.id, chats: 3 }]);
  const places = async () => Promise.all(visitors.map(async (visitor) => (await wait(visitor)).place));
  expect(await places()).toEqual([null, null, null, 1, 2]);

  expect((await ana.request('POST', `/tickets/${await ticketOf(desk, 'Second')}/chat/ending`, {})).status).toBe(204);
  // A moment for what has to be written down.
  desk.pass(2);
  await desk.due();
  expect((await offers()).map(({ ticket }) => ticket.subject)).toEqual(['Fourth']);
  await ana.request('POST', `/offers/${(await offers())[0]!.id}/acceptance`);
  expect(await places()).toEqual([null, null, null, null, 1]);
});

test('an offer that nobody takes in thirty seconds goes to the next person, and the visitor is still first', async () => {
  const desk = await chatDesk({ unattended: true });
  await desk.owner.request('POST', '/queues', { name: 'Chats', mode: 'push' });
  const [ana, ben] = [await desk.person('agent', { of: desk.owner, name: 'Ana' }), await desk.person('agent', { of: desk.owner, name: 'Ben' })];
  await desk.goOnline(ana);
  await desk.goOnline(ben);
  const offered = async () => ({ ana: (await ana.request('GET', '/me/offers')).body.items.length as number, ben: (await ben.request('GET', '/me/offers')).body.items.length as number });
  const maria = await desk.visitor();
  await maria.say('Hello');
  await desk.due();
  const first = await offered();
  expect(first.ana + first.ben).toBe(1);
  desk.pass(29 / 60);
  await desk.due();
  expect(await offered()).toEqual(first);
  desk.pass(2 / 60);
  await desk.due();
  await desk.due();
  expect(await offered()).toEqual({ ana: first.ben, ben: first.ana });
  expect((await maria.state()).availability.place).toBe(1);
});

test('a chat goes on to a person or to a team, with a word that only they read', async () => {
  const desk = await chatDesk();
  const team = (await desk.owner.request('POST', '/teams', { name: 'Returns' })).body;
  const ivan = await desk.person('agent', { of: desk.owner, name: 'Ivan' });
  await desk.goOnline(ivan);
  const maria = await desk.visitor();
  await maria.say('It broke');
  const id = await ticketOf(desk, 'It broke');
  await desk.answer(desk.owner, id, 'Let me see.');
  expect((await desk.owner.request('POST', `/tickets/${id}/chat/transfer`, { personId: ivan.id, note: 'She is upset: be quick.' })).status).toBe(204);
  expect((await maria.state()).conversation).toMatchObject({ state: 'active', agent: { name: 'Ivan' } });
  expect((await ivan.request('POST', `/tickets/${id}/chat/transfer`, { teamId: team.id, note: 'A return.' })).status).toBe(204);
  expect((await maria.state()).conversation).toMatchObject({ state: 'waiting', agent: null });
  expect((await desk.owner.request('GET', `/tickets/${id}`)).body.team).toMatchObject({ id: team.id });
  expect((await desk.entries(id)).filter(({ type }) => type === 'note').map(({ text }) => text)).toEqual(['She is upset: be quick.', 'A return.']);
  for (const words of ['upset', 'A return.']) expect((await maria.reads()).join('\n')).not.toContain(words);
  expect((await ivan.request('POST', `/tickets/${id}/chat/transfer`, { personId: ivan.id, teamId: team.id })).status).toBe(400);
});

test('that somebody types is seen on the other side, both ways, and by nobody who looks at another ticket', async () => {
  const desk = await chatDesk();
  await desk.listen();
  const [maria, other] = [await desk.visitor(), await desk.visitor()];
  const [tab, others] = [await maria.tab(), await other.tab()];
  await Promise.all([tab.ready(), others.ready()]);
  await maria.say('Hello');
  await other.say('Hello too');
  await desk.answer(desk.owner, await ticketOf(desk, 'Hello'), 'Yes?');
  expect((await desk.owner.request('PUT', `/tickets/${await ticketOf(desk, 'Hello')}/chat/typing`, { isTyping: true })).status).toBe(204);
  await tab.hears('typing');
  expect(tab.of('typing')).toMatchObject([{ name: 'Main Owner', isTyping: true }]);
  expect(others.of('typing')).toEqual([]);
});

test('a chat looks as the company says, and refuses a look that nobody could read', async () => {
  const desk = await chatDesk();
  const look = { colour: '#0b6e4f', position: 'start', offsetPixels: 40, greeting: { en: 'Good day', ar: 'مرحبا' } };
  expect((await desk.owner.request('PATCH', `/chat/widgets/${desk.widget.id}`, look)).status).toBe(200);
  expect((await desk.visitor()).session.look).toMatchObject(look);
  expect((await desk.request('GET', `/visitor/widgets/${desk.widget.id}`)).body).toMatchObject({ colour: '#0b6e4f', position: 'start', offsetPixels: 40 });
  for (const wrong of [{ colour: 'green; background: url(//evil.example)' }, { position: 'middle' }, { offsetPixels: -1 }]) expect((await desk.owner.request('PATCH', `/chat/widgets/${desk.widget.id}`, wrong)).status).toBe(400);
});

test('a file has a size that is taken and one that is not, and its type is what its bytes say', async () => {
  const desk = await chatDesk();
  const maria = await desk.visitor();
  const upload = (name: string, bytes: Uint8Array) => maria.request('POST', `/files?name=${encodeURIComponent(name)}`, Buffer.from(bytes), { 'content-type': 'application/octet-stream' });
  const most = 10 * 1024 * 1024;
  const picture = (size: number) => { const bytes = new Uint8Array(size); bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]); return bytes; };
  expect(await upload('photo.txt', picture(most))).toMatchObject({ status: 201, body: { size: most, contentType: 'image/png' } });
  expect((await upload('photo.png', picture(most + 1))).status).toBe(413);
  expect((await upload('empty.png', new Uint8Array(0))).status).toBe(400);
  expect((await upload('photo.png', new TextEncoder().encode('MZ\u0090\u0000program'))).body.code).toBe('visitor.file_type');
});

test('what has reached the tabs of several visitors is written down for each of them, once, and told to the desk together', async () => {
  const desk = await chatDesk();
  await desk.listen();
  const visitors = [await desk.visitor(), await desk.visitor(), await desk.visitor()];
  const tabs = [];
  for (const visitor of visitors) tabs.push(await visitor.tab());
  for (const tab of tabs) await tab.ready();
  for (const [n, visitor] of visitors.entries()) await visitor.say(`Kettle ${n}`);
  // The last of them has gone: nothing reaches her.
  tabs[2]!.close();
  await tabs[2]!.closed;
  const ids: string[] = [];
  for (const n of visitors.keys()) ids.push(await ticketOf(desk, `Kettle ${n}`));
  for (const id of ids) await desk.answer(desk.owner, id, 'Here I am');
  const told = async () => (await desk.db.owner.selectFrom('events').select(['ticket_id as ticketId', 'data']).where('type', '=', 'chat.changed').where('workspace_id', '=', desk.owner.workspaceId).execute())
    .flatMap(({ data }) => { const { what, ticketIds } = data as { what?: string; ticketIds?: string[] }; return what === 'delivered' ? [ticketIds!.toSorted()] : []; });
  await expect.poll(async () => (await told()).flat().toSorted(), { timeout: 5_000 }).toEqual([ids[0]!, ids[1]!].toSorted());
});
