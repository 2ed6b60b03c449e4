import { expect, test } from 'vitest';
import { following } from '../../../testing/following.ts';
import { testApp, type Member } from '../../../testing/test-app.ts';

test('a reminder tells whom it is for at its moment, once, whoever has the ticket by then, and stays in their list until it is crossed off', async () => {
  const app = await testApp();
  const heard = await following(app, 'notifications');
  const [ana, boris, light] = [await app.person('agent', { of: app.owner, name: 'Ana' }), await app.person('agent', { of: app.owner, name: 'Boris' }), await app.person('colleague', { of: app.owner, name: 'Lena' })];
  const ticket = async (subject: string) => (await app.owner.request('POST', '/tickets', { subject, channel: 'phone', direction: 'in', customer: { name: subject, phone: `+35988${subject.length}123456` }, text: 'x' })).body.id as string;
  const [kettle, lamp] = [await ticket('Kettle'), await ticket('Lamp of hers')];
  const inHours = (hours: number) => new Date(app.now().getTime() + hours * 3_600_000).toISOString();
  const remind = (by: Member, given: object, id = kettle) => by.request('POST', `/tickets/${id}/reminders`, { dueAt: inHours(24), ...given });
  const mine = async (of: Member, query = '') => (await of.request('GET', `/reminders${query}`)).body.items.map(({ note }: { note: string }) => note);
  const kinds = async (of: Member) => { await heard(); return (await of.request('GET', '/me/notices')).body.items.map(({ kind }: { kind: string }) => kind); };

  expect((await remind(ana, { note: 'call back' })).body).toMatchObject({ note: 'call back', person: { name: 'Ana' }, isDue: false, mayDrop: true, ticket: { subject: 'Kettle' } });
  const { body: forLena } = await remind(ana, { personId: light.id, dueAt: inHours(48), note: 'is the part here?' });
  expect((await remind(light, { dueAt: inHours(-1) })).body.code).toBe('reminder.past');
  expect((await remind(light, { dueAt: inHours(24 * 731) })).body.code).toBe('reminder.too_far');
  const elsewhere = await app.otherWorkspace();
  expect((await remind(ana, { personId: elsewhere.id })).status).toBe(404);
  expect((await elsewhere.request('DELETE', `/reminders/${forLena.id}`)).status).toBe(404);
  expect((await elsewhere.request('GET', `/tickets/${kettle}/reminders`)).status).toBe(404);
  expect((await boris.request('DELETE', `/reminders/${forLena.id}`)).body.code).toBe('reminder.not_yours');
  expect((await boris.request('GET', `/tickets/${kettle}/reminders`)).body.items.map(({ person, mayDrop }: { person: { name: string }; mayDrop: boolean }) => [person.name, mayDrop])).toEqual([['Ana', false], ['Lena', false]]);

  await app.owner.request('PATCH', `/tickets/${kettle}`, { assigneeId: boris.id });
  await app.due.round();
  expect(await kinds(ana)).toEqual([]);
  app.pass(24 * 60);
  await app.due.round();
  await app.due.round();
  expect([await kinds(ana), await kinds(light)]).toEqual([['reminder_due'], []]);
  expect(await kinds(boris)).toEqual(['assigned']);
  expect([await mine(ana, '?due=1'), (await ana.request('GET', '/reminders/count')).body]).toEqual([['call back'], { due: 1 }]);

  const { body: merge } = await app.owner.request('POST', `/tickets/${kettle}/merges`, { into: lamp });
  expect((await app.owner.request('GET', `/tickets/${lamp}/reminders`)).body.items).toHaveLength(2);
  await app.owner.request('DELETE', `/merges/${merge.id}`);
  await app.owner.request('PUT', `/tickets/${kettle}/deletion`);
  app.pass(24 * 60);
  await app.due.round();
  expect([await kinds(light), await mine(light)], 'it sleeps with its ticket').toEqual([[], []]);
  await app.owner.request('DELETE', `/tickets/${kettle}/deletion`);
  await app.due.round();
  expect([await kinds(light), await mine(light)]).toEqual([['reminder_due'], ['is the part here?']]);

  const [first] = (await ana.request('GET', '/reminders')).body.items;
  expect((await ana.request('DELETE', `/reminders/${first.id}`)).status).toBe(204);
  expect((await ana.request('DELETE', `/reminders/${first.id}`)).status).toBe(204);
  expect([await mine(ana), (await ana.request('GET', '/reminders/count')).body]).toEqual([[], { due: 0 }]);
});
