import { expect, test } from 'vitest';
import { chatDesk } from '../../../testing/chat-desk.ts';
import { rulesDesk } from '../../../testing/rules-desk.ts';

const REPLY = { type: 'reply', texts: { en: 'Your number is {{ticket.number}}; we look for it.', bg: 'Номерът Ви е {{ticket.number}}.' } };

async function desk() {
  const app = await chatDesk();
  const rules = rulesDesk({ ...app, due: { round: app.due } });
  return {
    ...app, hear: rules.hear,
    settle: async () => { await rules.hear(); await app.due(); await rules.hear(); },
    rule: async (given: object) => {
      expect((await app.owner.request('POST', '/rules', { name: 'Look for parcels', actions: [REPLY], ...given })).status).toBe(201);
      await rules.hear();
    },
    effects: async (ticketId: string) => ((await app.owner.request('GET', `/tickets/${ticketId}/rule-runs`)).body.items as { effects: { effect: string; reason: string | null }[] }[])
      .flatMap(({ effects }) => effects.map(({ effect, reason }) => reason ?? effect)),
    mailed: async () => (await app.db.owner.selectFrom('outbox').select('envelope_to').execute()).flatMap(({ envelope_to: to }) => to),
  };
}

test('while somebody sits in a chat a rule says its words there; nobody has been answered by it, and it says them once a day', async () => {
  const app = await desk();
  await app.rule({ trigger: { on: 'event', events: ['message.received', 'ticket.created'] }, conditions: { all: [{ field: 'channel', operator: 'is', value: 'chat' }] } });
  const company = (await app.owner.request('GET', '/workspace')).body.name as string;
  const maria = await app.visitor();
  await maria.say('Where is my parcel?');
  await app.settle();
  const [ticket] = await app.tickets();
  const said = async () => (await maria.sees()).filter(({ from, notice }) => from === 'system' && notice === null);
  expect(await said()).toMatchObject([{ text: `Your number is ${ticket!.number}; we look for it.`, author: company }]);
  expect(await app.entries(ticket!.id)).toMatchObject([{ direction: 'in' }, { type: 'message', channel: 'chat', direction: 'out', author: { kind: 'system', name: 'Look for parcels' } }]);
  // Who waits goes on waiting, and so does every clock of a person.
  expect((await app.owner.request('GET', `/tickets/${ticket!.id}`)).body.waitingSince).not.toBeNull();
  await maria.say('Are you there?');
  await app.settle();
  expect(await said()).toHaveLength(1);
  expect(await app.effects(ticket!.id)).toEqual(['too_many', 'too_many', 'changes']);
  expect(await app.mailed()).toEqual([]);
});

test('what a rule said into a chat that nobody looks at goes to no address that somebody only typed', async () => {
  const app = await desk();
  await app.rule({ trigger: { on: 'event', events: ['ticket.changed'] }, conditions: { all: [{ field: 'priority', operator: 'changed_to', value: 'high' }] } });
  const stranger = await app.visitor();
  await stranger.request('PATCH', '/profile', { name: 'Your bank', email: 'victim@innocent.test' });
  await stranger.say('You have won');
  const [ticket] = await app.tickets();
  await app.owner.request('PATCH', `/tickets/${ticket!.id}`, { priority: 'high' });
  await app.settle();
  expect(await app.effects(ticket!.id)).toEqual(['changes']);
  app.pass(5);
  await app.due();
  expect(await app.mailed()).toEqual([]);
  // It goes along with what a person says next.
  await app.answer(app.owner, ticket!.id, 'Is this you?');
  app.pass(5);
  await app.due();
  expect(await app.mailed()).toEqual(['victim@innocent.test']);
});

test('when the chat is over a rule writes by mail again, and what must be approved waits as words for the chat', async () => {
  const app = await desk();
  const maria = await app.visitor();
  await maria.say('Where is my parcel?');
  const [ticket] = await app.tickets();
  expect((await app.owner.request('POST', '/approval-policies', { name: 'Chats', writers: ['rule'], channels: ['chat'] })).status).toBe(201);
  await app.rule({ trigger: { on: 'event', events: ['ticket.changed'] }, conditions: { all: [{ field: 'priority', operator: 'changed_to', value: 'high' }] } });
  await app.owner.request('PATCH', `/tickets/${ticket!.id}`, { priority: 'high' });
  await app.settle();
  expect(await app.effects(ticket!.id)).toEqual(['needs_approval']);
  expect((await app.owner.request('GET', '/approvals')).body.items).toMatchObject([{ kind: 'chat' }]);
  await maria.request('POST', '/ending');
  await app.owner.request('PATCH', `/tickets/${ticket!.id}`, { priority: 'low' });
  await app.hear();
  await app.owner.request('PATCH', `/tickets/${ticket!.id}`, { priority: 'high' });
  await app.settle();
  expect((await app.effects(ticket!.id))[0]).toBe('no_address');
});
