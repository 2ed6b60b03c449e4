import { expect, test } from 'vitest';
import { HOUR, promising } from '../../../testing/promising-desk.ts';

test('a lead agrees on another deadline with the customer: it stands everywhere, says who and why, is made again from the log, and breaks once', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: 4 * HOUR, time: 'calendar' }]);
  const id = await desk.ask();
  const [lead, agent, stranger] = [await desk.person('lead', { of: desk.owner }), await desk.person('agent', { of: desk.owner }), await desk.otherWorkspace()];
  const body = { metric: 'first_reply', dueAt: '2026-03-04T15:00:00.000Z', reason: 'She is away until Wednesday.' };
  const agree = (who: typeof lead, given: object = {}) => who.request('POST', `/tickets/${id}/deadlines`, { ...body, ...given });
  expect((await agree(agent)).status).toBe(403);
  expect((await agree(stranger)).status).toBe(404);
  expect((await agree(lead, { metric: 'resolution' })).body.code).toBe('sla.no_such_promise');
  expect((await agree(lead, { dueAt: '2026-03-01T00:00:00.000Z' })).body.code).toBe('sla.deadline_past');
  const done = await agree(lead);
  expect(done.status).toBe(201);
  const stands = { metric: 'first_reply', state: 'running', dueAt: body.dueAt, agreed: { since: desk.now().toISOString(), promisedFor: '2026-03-02T13:00:00.000Z', by: { id: lead.id }, reason: body.reason } };
  expect(done.body.items).toMatchObject([stands]);
  expect((await desk.owner.request('GET', `/tickets/${id}`)).body.dueAt).toBe(body.dueAt);
  // In the log, and as a note that everybody reads.
  const entries = (await desk.owner.request('GET', `/tickets/${id}/entries`)).body.items as { type: string; text: string }[];
  expect(entries.map(({ type, text }) => `${type} ${text}`)).toEqual(expect.arrayContaining([`note ${body.reason}`, expect.stringMatching(/^event/)]));
  // The same from the log alone.
  await desk.db.owner.deleteFrom('sla_sheets').execute();
  expect(await desk.clocks(id)).toMatchObject([stands]);

  await desk.reply(id, { status: 'open' });
  await desk.ask({ from: 'Rada <rada@mail.test>', subject: 'Another' });
  expect((await desk.clocks(id))[0]).toMatchObject({ state: 'met', dueAt: body.dueAt });
  expect((await agree(lead)).body.code).toBe('sla.no_such_promise');
});

test('nobody is warned of the promised time any more; the agreed one breaks once, and it can be taken back before', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: 4 * HOUR, time: 'calendar' }]);
  const id = await desk.ask();
  const agree = () => desk.owner.request('POST', `/tickets/${id}/deadlines`, { metric: 'first_reply', dueAt: '2026-03-03T09:00:00.000Z', reason: 'By tomorrow, she said.' });
  await agree();
  desk.pass(5 * 60);
  await desk.rounds();
  expect(await desk.events('sla.warned', 'sla.breached')).toEqual([]);
  desk.pass(20 * 60);
  await desk.rounds();
  expect((await desk.events('sla.breached')).map(({ data }) => data['dueAt'])).toEqual(['2026-03-03T09:00:00.000Z']);
  expect((await agree()).status).toBe(400);

  const other = await desk.ask({ from: 'Ivo <ivo@mail.test>' });
  const back = await desk.owner.request('POST', `/tickets/${other}/deadlines`, { metric: 'first_reply', dueAt: '2026-03-05T09:00:00.000Z', reason: 'x' })
    .then(() => desk.owner.request('DELETE', `/tickets/${other}/deadlines/first_reply`));
  expect(back.body.items).toMatchObject([{ dueAt: new Date(desk.now().getTime() + 4 * HOUR * 1000).toISOString(), agreed: null }]);
});
