import { expect, test } from 'vitest';
import { rulesDesk } from '../../../testing/rules-desk.ts';
import { testApp } from '../../../testing/test-app.ts';

const TAG = [{ type: 'add_tags', tags: ['seen'] }];

test('a lead writes rules that see, change or tell of what is not of their team', async () => {
  const app = await testApp();
  const { owner } = app;
  const { hear } = rulesDesk(app);
  const outsider = await app.person('agent', { of: owner });
  const team = async (name: string, memberIds: string[] = []) => (await owner.request('POST', '/teams', { name, memberIds })).body.id as string;
  const [mine, other] = [await team('Returns'), await team('Repairs')];
  const lead = await app.person('lead', { of: owner, teamIds: [mine] });
  const make = (rule: object, by = lead) => by.request('POST', '/rules', { name: 'Ours', trigger: { on: 'event', events: ['ticket.changed'] }, actions: TAG, ...rule });
  const ticket = async (teamId: string | null) => (await owner.request('POST', '/tickets', { subject: 'Lamp', channel: 'phone', direction: 'in', customer: { email: 'ana@example.org' }, text: 'It flickers', teamId })).body.id as string;

  // For tickets of their own team, and what stays in it.
  for (const given of [{}, { teamId: null }, { teamId: other }]) expect((await make(given)).body, JSON.stringify(given)).toMatchObject({ code: 'rule.not_of_your_team' });
  const leaving = [{ type: 'set_team', teamId: other }, { type: 'set_team', teamId: null }, { type: 'set_assignee', personId: outsider.id }, { type: 'notify', to: { personId: outsider.id }, text: 'Look' }, { type: 'webhook', webhookId: outsider.id }];
  for (const action of leaving) expect((await make({ teamId: mine, actions: [action] })).body, action.type).toMatchObject({ code: 'rule.leaves_team' });
  // Nor by way of a macro: neither when the rule is written, nor when the macro is changed afterwards.
  const macro = (await lead.request('POST', '/saved-replies', { name: 'Away', actions: [{ type: 'set_team', teamId: other }] })).body.id as string;
  const run = { teamId: mine, actions: [{ type: 'macro', macroId: macro }] };
  expect((await make(run)).body).toMatchObject({ code: 'rule.leaves_team' });
  await lead.request('PATCH', `/saved-replies/${macro}`, { actions: [{ type: 'set_kind', kind: 'claim' }] });
  const running = await make(run);
  expect(running.status).toBe(201);
  await lead.request('PATCH', `/saved-replies/${macro}`, { actions: [{ type: 'set_kind', kind: 'claim' }, { type: 'set_team', teamId: other }] });
  const { status, body: rule } = await make({ teamId: mine });
  expect([status, rule]).toMatchObject([201, { teamId: mine, version: 1 }]);

  // It sees the tickets of the team alone, at once and in a trial.
  const [ours, theirs, nobodys] = [await ticket(mine), await ticket(other), await ticket(null)];
  for (const id of [ours, theirs, nobodys]) await owner.request('PATCH', `/tickets/${id}`, { priority: 'high' });
  await hear();
  expect((await owner.request('GET', `/tickets/${ours}`)).body).toMatchObject({ kind: 'claim', team: { id: mine } });
  expect((await lead.request('DELETE', `/rules/${running.body.id as string}`)).status).toBe(204);
  const tagsOf = async (id: string) => (await owner.request('GET', `/tickets/${id}`)).body.tags as string[];
  expect(await Promise.all([ours, theirs, nobodys].map(tagsOf))).toEqual([['seen'], [], []]);
  const trial = await lead.request('POST', `/rules/${rule.id as string}/dry-run`, {});
  expect(trial.body.items.map((one: { ticket: { id: string } }) => one.ticket.id)).toEqual([ours]);

  // Nor does it become more by being changed, brought back or put before others.
  const path = `/rules/${rule.id as string}`;
  expect((await lead.request('PATCH', path, { teamId: null })).body).toMatchObject({ code: 'rule.not_of_your_team' });
  expect((await lead.request('PATCH', path, { teamId: other })).body).toMatchObject({ code: 'rule.not_of_your_team' });
  expect((await lead.request('PATCH', path, { actions: [leaving[0]] })).body).toMatchObject({ code: 'rule.leaves_team' });
  expect((await lead.request('PATCH', path, { description: 'Of ours' })).body).toMatchObject({ version: 2, teamId: mine });
  expect((await owner.request('PATCH', path, { teamId: null })).body).toMatchObject({ version: 3, teamId: null });
  expect((await lead.request('POST', `${path}/restorations`, { version: 1 })).body).toMatchObject({ code: 'rule.not_of_your_team' });
  expect((await lead.request('PATCH', path, { enabled: false })).body).toMatchObject({ code: 'rule.not_of_your_team' });
  expect((await lead.request('DELETE', path)).body).toMatchObject({ code: 'rule.not_of_your_team' });
  expect((await owner.request('POST', `${path}/restorations`, { version: 1 })).body).toMatchObject({ teamId: mine });
  const ids = (await owner.request('GET', '/rules?limit=100')).body.items.map(({ id }: { id: string }) => id) as string[];
  expect((await lead.request('PUT', '/rules/order', { ids: ids.toReversed() })).status).toBe(403);
  expect((await make({ teamId: mine }, outsider)).status).toBe(403);
  // Whoever owns the place sees who wrote what.
  expect((await owner.request('GET', `${path}/versions`)).body.items.map((one: { changedBy: { id: string } }) => one.changedBy.id)).toEqual([owner.id, owner.id, lead.id, lead.id]);
  expect((await lead.request('DELETE', path)).status).toBe(204);
});
