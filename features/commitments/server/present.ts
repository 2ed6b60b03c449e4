import { inTime } from '../core/commitment.ts';
import type { CommitmentView } from '../core/contract.ts';
import type { Shown } from './list-store.ts';

const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });
const dated = (id: string | null, at: Date | null) => (id === null || at === null ? null : { id, dueAt: at.toISOString() });
const moment = (at: Date | null): string | null => at?.toISOString() ?? null;

export const present = (c: Shown): CommitmentView => ({
  id: c.id, ticket: { id: c.ticketId, number: c.number, subject: c.subject }, entryId: c.entryId, customer: { id: c.customerId, name: c.customerName },
  kind: c.kind, what: c.what, owner: { id: c.ownerId, name: c.ownerName }, team: named(c.teamId, c.teamName), dueAt: c.dueAt.toISOString(), wholeDay: c.wholeDay, state: c.state,
  madeAt: c.madeAt.toISOString(), madeBy: named(c.madeBy, c.madeByName), endedAt: moment(c.endedAt), endedBy: named(c.endedBy, c.endedByName), note: c.note,
  inTime: inTime(c, c.nextToldAt), withdrawn: c.withdrawn, previous: dated(c.previousId, c.previousDueAt), next: dated(c.nextId, c.nextDueAt),
  toldAt: moment(c.toldAt), telling: c.telling, standsFor: named(c.standsFor, c.standsForName), apologyFor: c.apologyFor, version: c.version,
});
