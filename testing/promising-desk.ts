import { expect } from 'vitest';
import { mailDesk } from './mail-desk.ts';

const office = [{ from: '09:00', to: '17:00' }];
const week = { mon: office, tue: office, wed: office, thu: office, fri: office };
export const HOUR = 3600;
type Clock = { metric: string; state: string; dueAt: string | null; remainingSeconds: number; percent: number; round: number };

export const asking = { from: 'Rada <rada@mail.test>', to: 'support@shop.test', subject: 'Parcel', text: 'Where is it?' };

/** A desk with one promise, and short ways to ask about it. */
export async function promising(targets: object[], more: object = {}) {
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
    /** What a worker does twice a second. */
    due: async () => { while (await desk.sla.works[0]!.handle(desk.now(), 200) > 0); },
    /** All that time makes due, of every room. */
    rounds: () => desk.due.round(),
    follow: async () => { while (await desk.sla.works[1]!.handle(desk.now(), 200) > 0); },
    /** What customers of a ticket were promised and wait for. */
    promised: async (ticketId: string) => (await owner.request('GET', `/commitments?ticket=${ticketId}`)).body.items as { kind: string; state: string; dueAt: string; owner: { id: string }; madeBy: object | null; entryId: string | null; endedAt: string | null }[],
    events: async (...types: string[]) => (await desk.db.owner.selectFrom('events').select(['type', 'ticket_id as ticketId', 'data', 'at']).where('type', 'in', types).orderBy('seq').execute()) as unknown as { type: string; ticketId: string; data: Record<string, unknown>; at: Date }[],
  };
}
