import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

test('how many people a queue needs is worked out from the busiest hour of its calls, or from what one asks for', async () => {
  const app = await testApp();
  const { owner } = app;
  const lead = await app.person('lead', { of: owner });
  const { body: queue } = await owner.request('POST', '/queues', { name: 'Calls', mode: 'pull' });
  const ask = async (query = '', by = lead) => (await by.request('GET', `/queues/${queue.id as string}/staffing${query}`));
  expect((await ask()).body).toEqual({ measured: null, advice: null });

  await lead.request('PUT', '/me/presence', { state: 'online' });
  const arrives = async (channel: string) => {
    expect((await owner.request('POST', '/tickets', { subject: 'Kettle', channel, direction: 'in', assigneeId: null, text: 'cracked', customer: { email: 'ana@example.org' } })).status).toBe(201);
    expect((await lead.request('POST', `/queues/${queue.id as string}/next`)).status).toBe(200);
  };
  // Monday at nine, three calls and a letter; at ten one call. A week later it is still the hour of the week.
  for (const channel of ['phone', 'phone', 'letter', 'phone']) await arrives(channel);
  app.pass(60);
  await arrives('phone');
  expect((await ask()).body.measured).toEqual({ from: '2026-03-02T09:00:00.000Z', perHour: 0.75 });
  app.pass(7 * 24 * 60 - 61);
  expect((await ask()).body).toMatchObject({ measured: { from: '2026-03-02T09:00:00.000Z', perHour: 0.75 }, advice: { perHour: 0.75, handleSeconds: 240, people: 1, rostered: 2, oneFewer: null } });
  app.pass(2);
  expect((await ask()).body.measured.from).toBe('2026-03-09T09:00:00.000Z');

  const { body: { advice } } = await ask('?perHour=200&handleSeconds=180&patienceSeconds=120');
  expect(advice).toMatchObject({ load: 10, people: 14, rostered: 20, share: expect.closeTo(0.8884, 4), oneFewer: { people: 13, share: expect.closeTo(0.7956, 4) }, waitSeconds: expect.closeTo(7.84, 2), impatient: { abandoned: expect.any(Number) } });
  expect(advice.impatient.waitSeconds).toBeLessThan(advice.waitSeconds);
  expect(await ask('?perHour=100000&handleSeconds=36000')).toMatchObject({ status: 400, body: { code: 'staffing.too_much' } });
  for (const bad of ['?perHour=-1', '?share=100', '?handleSeconds=0', '?shrinkage=91', '?other=1']) expect((await ask(bad)).status, bad).toBe(400);
  expect((await ask('', await app.person('agent', { of: owner }))).status).toBe(403);
  expect((await ask('', await app.otherWorkspace())).status).toBe(404);
});
