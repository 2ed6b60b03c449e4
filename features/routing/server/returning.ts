import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { PastAbsenceView } from '../core/contract.ts';
import { noSuchAbsence } from './absences.ts';
import { byPerson, type Context } from './context.ts';
import { findPast, markSeen, pastPage, type PastAbsence } from './return-store.ts';

/** What lies further back greets nobody any more; it is in the list. */
const GREETED_MS = 14 * 86_400_000;

/** Absences of one's own that are over: whoever is back is told what happened meanwhile, until they put it away. Tells `absence.seen`. */
export function createReturning(context: Context) {
  const { people, emit, now } = context;

  async function required(tx: Tx, personId: string, id: string): Promise<PastAbsence> {
    const found = await findPast(tx, personId, id, now());
    if (!found) throw noSuchAbsence();
    return found;
  }

  async function views(tx: Tx, rows: readonly PastAbsence[]): Promise<PastAbsenceView[]> {
    const names = await people.peopleByIds(tx, rows.flatMap(({ deputyId }) => (deputyId === null ? [] : [deputyId])));
    return rows.map(({ id, deputyId, from, to, backAt, reason, seenAt }) => ({
      id, deputy: deputyId === null ? null : { id: deputyId, name: names.get(deputyId)?.name ?? '' }, from: from.toISOString(), to: to.toISOString(), backAt: backAt.toISOString(), reason, seen: seenAt !== null,
    }));
  }

  return {
    pastAbsences: (actor: Actor, { unseen, limit, cursor }: { unseen: boolean; limit: number; cursor?: string | undefined }): Promise<Page<PastAbsenceView>> =>
      context.work(actor, 'routing.work', async (tx) => {
        const unseenSince = unseen ? new Date(now().getTime() - GREETED_MS) : null;
        const rows = await pastPage(tx, actor.id, { now: now(), unseenSince, limit: limit + 1, after: cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']) });
        const page = pageOfRows(rows, limit, (row) => [row.to.toISOString(), row.id], (row) => row);
        return { items: await views(tx, page.items), nextCursor: page.nextCursor };
      }),

    pastAbsence: (actor: Actor, id: string): Promise<PastAbsenceView> =>
      context.work(actor, 'routing.work', async (tx) => (await views(tx, [await required(tx, actor.id, id)]))[0]!),

    /** For rooms above, in their unit of work: of that person, and over. */
    requirePast: required,

    seePast: (actor: Actor, id: string): Promise<void> => context.work(actor, 'routing.work', async (tx) => {
      const { seenAt } = await required(tx, actor.id, id);
      if (seenAt !== null) return;
      await markSeen(tx, id, now());
      await emit(tx, actor.workspaceId, { type: 'absence.seen', subjectId: id, actor: byPerson(actor), data: { personId: actor.id }, at: now() });
    }),
  };
}
