import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { rulesDesk } from '../../../testing/rules-desk.ts';
import { oneAppForAll, testApp, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

const old = { all: [{ field: 'createdAt', operator: 'older_than', value: { amount: 1, unit: 'hours' } }] };
const gone = JSON.stringify({ version: 1, all: [{ field: 'gone', operator: 'is', value: 1 }, ...old.all] });

test('a rule of one workspace that cannot be read stops neither its other rules nor anybody else', async () => {
  const app = await testApp();
  const rules = rulesDesk(app);
  const other = await app.otherWorkspace();
  const rule = async (of: Member, name: string, given: object) => (await of.request('POST', '/rules', { name, ...given, actions: [{ type: 'add_tags', tags: [name] }] })).body.id as string;
  const ticket = async (of: Member) => (await of.request('POST', '/tickets', { subject: 'Lamp', channel: 'phone', customer: { email: 'ana@example.org' }, text: 'It flickers' })).body.id as string;
  const tags = async (of: Member, id: string) => (await of.request('GET', `/tickets/${id}`)).body.tags as string[];

  const onTime = { trigger: { on: 'time' }, conditions: old };
  const onChange = { trigger: { on: 'event', events: ['ticket.changed'] } };
  const broken = [await rule(app.owner, 'a', onTime), await rule(app.owner, 'b', onChange)];
  await rule(app.owner, 'c', onTime);
  await rule(app.owner, 'd', onChange);
  await rule(other, 'e', onTime);
  await sql`update rules set definition = jsonb_set(definition, '{conditions}', ${gone}::jsonb) where id = any(${broken}::uuid[])`.execute(app.db.owner);
  await rules.hear();
  const [ours, theirs] = [await ticket(app.owner), await ticket(other)];
  await app.owner.request('PATCH', `/tickets/${ours}`, { priority: 'high' });
  await rules.settle();
  app.pass(61);
  await rules.settle();
  expect(await tags(app.owner, ours)).toEqual(['d', 'c']);
  expect(await tags(other, theirs)).toEqual(['e']);
});

test('a policy of one workspace that cannot be read holds up no promise of another', async () => {
  const app = await testApp();
  const other = await app.otherWorkspace();
  const policy = { name: 'Own', targets: [{ metric: 'resolution', seconds: 3_600, time: 'calendar' }] };
  const written = { subject: 'Lamp', channel: 'phone', direction: 'in', customer: { email: 'ana@example.org' }, text: 'It flickers' };
  await app.owner.request('POST', '/tickets', written);
  const { body: ticket } = await other.request('POST', '/tickets', written);
  for (const of of [app.owner, other]) expect((await of.request('POST', '/sla-policies', policy)).status).toBe(201);
  await sql`update sla_policies set conditions = ${gone}::jsonb where workspace_id = ${app.owner.workspaceId} and name = 'Own'`.execute(app.db.owner);
  const again = await app.beginAgain();
  await again.sla.works[1]!.handle(app.now(), 200);
  expect((await other.request('GET', `/tickets/${ticket.id as string}`)).body.dueAt).not.toBeNull();
  // Nor does it keep anything from coming in.
  expect((await app.owner.request('POST', '/tickets', written)).status).toBe(201);
});
