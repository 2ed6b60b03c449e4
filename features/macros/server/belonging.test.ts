import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

test('a macro says where a ticket belongs, is put back, does so for many at once, and names only what is there', async () => {
  const app = await testApp();
  const { owner } = app;
  const make = async (path: string, body: object) => {
    const answer = await owner.request('POST', path, body);
    expect([path, answer.status, answer.body]).toEqual([path, 201, expect.anything()]);
    return answer.body.id as string;
  };
  const never = { all: [{ field: 'subject', operator: 'is', value: 'never' }] };
  const [brandId, officeId] = [await make('/calendar-places', { kind: 'brand', name: 'Shop' }), await make('/calendar-places', { kind: 'office', name: 'Sofia' })];
  const policyId = await make('/sla-policies', { name: 'Key customers', targets: [{ metric: 'resolution', seconds: 3600, time: 'calendar' }], conditions: never });
  const queue = await make('/queues', { name: 'Special', conditions: never, teamIds: [] });
  const actions = [{ type: 'set_brand', brandId }, { type: 'set_office', officeId }, { type: 'set_policy', policyId }, { type: 'set_queue', queue }];
  const macro = await make('/saved-replies', { name: 'Key customer', actions });
  const ticket = () => make('/tickets', { subject: 'Lamp', channel: 'phone', customer: { email: 'ana@example.org' }, text: 'It flickers' });
  const get = async (id: string) => (await owner.request('GET', `/tickets/${id}`)).body;
  const there = { brand: { id: brandId }, office: { id: officeId }, slaPolicyId: policyId, queueChoice: queue };
  const nowhere = { brand: null, office: null, slaPolicyId: null, queueChoice: null };

  const one = await ticket();
  const done = await owner.request('POST', `/saved-replies/${macro}/applications`, { ticketId: one });
  expect(done.body.effects).toMatchObject(actions.map(({ type }) => ({ type, effect: 'changes', from: null })));
  expect(await get(one)).toMatchObject(there);
  expect((await owner.request('PATCH', `/tickets/${one}`, done.body.undo)).status).toBe(200);
  expect(await get(one)).toMatchObject(nowhere);

  const many = [one, await ticket()];
  const run = await make('/bulk-runs', { ticketIds: many, actions: [{ type: 'macro', macroId: macro }] });
  await app.due.round();
  for (const id of many) expect(await get(id)).toMatchObject(there);
  expect((await owner.request('PUT', `/bulk-runs/${run}/undo`)).status).toBe(200);
  await app.due.round();
  for (const id of many) expect(await get(id)).toMatchObject(nowhere);

  const refused = async (action: object) => (await owner.request('POST', '/saved-replies', { name: 'M', actions: [action] })).body.code as string;
  const theirs = (await (await app.otherWorkspace()).request('POST', '/queues', { name: 'Theirs', teamIds: [] })).body.id as string;
  expect([await refused({ type: 'set_queue', queue: theirs }), await refused({ type: 'set_policy', policyId: theirs }), await refused({ type: 'set_brand', brandId: theirs })]).toEqual(['ticket.no_such_queue', 'ticket.no_such_policy', 'ticket.no_such_brand']);
});
