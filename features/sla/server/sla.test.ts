import { expect, test } from 'vitest';
import { mailDesk } from '../../../testing/mail-desk.ts';
import { testApp } from '../../../testing/test-app.ts';

const office = [{ from: '09:00', to: '17:00' }];
const week = { mon: office, tue: office, wed: office, thu: office, fri: office };
const HOUR = 3600;
type Clock = { metric: string; state: string; dueAt: string | null; remainingSeconds: number; percent: number; round: number };

const asking = { from: 'Rada <rada@mail.test>', to: 'support@shop.test', subject: 'Parcel', text: 'Where is it?' };

/** A desk with one promise, and short ways to ask about it. */
async function promising(targets: object[], more: object = {}) {
  const desk = await mailDesk();
  const { owner } = desk;
  const calendar = await owner.request('POST', '/calendars', { name: 'Office', timeZone: 'Europe/Sofia', week, holidays: [{ date: '2026-03-03', name: 'Liberation Day' }] });
  const policy = await owner.request('POST', '/sla-policies', { name: 'Own', calendarId: calendar.body.id, targets, ...more });
  expect(policy.status).toBe(201);
  return {
    ...desk, calendarId: calendar.body.id as string, policyId: policy.body.id as string,
    ask: async (mail: Partial<typeof asking> & Record<string, unknown> = {}) => { await desk.send({ ...asking, ...mail }); return (await desk.tickets())[0]!.id; },
    clocks: async (ticketId: string) => (await owner.request('GET', `/tickets/${ticketId}/clocks`)).body.items as Clock[],
    reply: async (ticketId: string, body: object = {}) => (await owner.request('POST', `/tickets/${ticketId}/replies`, { text: 'Tomorrow.', ...body })).body.id as string,
    change: (ticketId: string, patch: object) => owner.request('PATCH', `/tickets/${ticketId}`, patch),
    events: async (...types: string[]) => (await desk.db.owner.selectFrom('events').select(['type', 'ticket_id as ticketId', 'data', 'at']).where('type', 'in', types).orderBy('seq').execute()) as unknown as { type: string; ticketId: string; data: Record<string, unknown>; at: Date }[],
  };
}

test('a mail starts the clock of the first policy that holds, and the answer stops it; the deadline is explained', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: 9 * HOUR, time: 'working' }, { metric: 'resolution', seconds: 48 * HOUR, time: 'calendar' }]);
  const id = await desk.ask();
  // Monday, 11:00 in Sofia; Tuesday is a holiday.
  const { body } = await desk.owner.request('GET', `/tickets/${id}/clocks`);
  expect(body).toMatchObject({
    policy: { id: desk.policyId, name: 'Own', calendarName: 'Office', timeZone: 'Europe/Sofia' },
    items: [
      { metric: 'resolution', state: 'running', dueAt: '2026-03-04T09:00:00.000Z', workingTime: false, explanation: [{ from: '2026-03-02T09:00:00.000Z', to: '2026-03-04T09:00:00.000Z' }] },
      { metric: 'first_reply', state: 'running', dueAt: '2026-03-04T10:00:00.000Z', remainingSeconds: 9 * HOUR, workingTime: true, targetSeconds: 9 * HOUR, percent: 0,
        explanation: [{ from: '2026-03-02T09:00:00.000Z', to: '2026-03-02T15:00:00.000Z' }, { from: '2026-03-04T07:00:00.000Z', to: '2026-03-04T10:00:00.000Z' }] },
    ],
  });
  expect((await desk.owner.request('GET', `/tickets/${id}`)).body.dueAt).toBe('2026-03-04T09:00:00.000Z');

  desk.pass(120);
  await desk.reply(id);
  expect(await desk.clocks(id)).toMatchObject([{ metric: 'resolution', state: 'running' }, { metric: 'first_reply', state: 'met', remainingSeconds: 7 * HOUR }]);
  desk.pass(60);
  await desk.change(id, { status: 'resolved' });
  expect(await desk.clocks(id)).toMatchObject([{ state: 'met' }, { state: 'met' }]);
  expect((await desk.owner.request('GET', `/tickets/${id}`)).body.dueAt).toBeNull();
});

test('without policies of one\'s own, mail is promised an answer within 24 hours and letters count from the day they came', async () => {
  const desk = await mailDesk();
  await desk.send(asking);
  const [mail] = await desk.tickets();
  expect((await desk.owner.request('GET', `/tickets/${mail!.id}/clocks`)).body).toMatchObject({ items: [{ metric: 'first_reply', state: 'running', dueAt: '2026-03-03T09:00:00.000Z' }] });

  await desk.owner.request('POST', '/tickets', { subject: 'Complaint', channel: 'letter', direction: 'in', text: 'Dear all', customer: { email: 'old@mail.test' }, receivedAt: '2026-02-25T10:00:00Z' });
  const [letter] = await desk.tickets();
  expect((await desk.owner.request('GET', `/tickets/${letter!.id}/clocks`)).body).toMatchObject({ items: [{ metric: 'first_reply', state: 'running', startedAt: '2026-02-25T10:00:00.000Z', dueAt: '2026-03-11T10:00:00.000Z' }] });
});

test('a reply counts when it is pressed, taking it back takes that back', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: HOUR, time: 'calendar' }, { metric: 'requester_wait', seconds: 3 * HOUR, time: 'calendar' }]);
  const id = await desk.ask();
  desk.pass(30);
  const before = await desk.clocks(id);
  const entry = await desk.reply(id);
  expect(await desk.clocks(id)).toMatchObject([{ metric: 'requester_wait', state: 'paused', dueAt: null }, { metric: 'first_reply', state: 'met' }]);
  expect((await desk.owner.request('DELETE', `/tickets/${id}/replies/${entry}`)).status).toBe(204);
  expect(await desk.clocks(id)).toEqual(before);
});
