import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { wilson } from '../../../kernel/wilson.ts';
import type { Database } from '../../../platform/db/db.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { demand } from '../../people/core/permissions.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import type { FiguresView, FigureView, ResultQuery, ResultView } from '../core/results-contract.ts';
import { figureRows, resultPage, type FigureRow, type ResultRow } from './results-store.ts';

const USUAL_MS = 31 * 86_400_000;

/** What came of promises, one by one and in figures. */
export function createReporting({ db, now, workspaces }: { db: Database; now: Now; workspaces: Pick<Workspaces, 'get'> }) {
  return {
    results: (actor: Actor, { limit, cursor, from, to, ...query }: ResultQuery): Promise<Page<ResultView>> => {
      demand(actor, 'reports.read');
      // What is decided at this very moment belongs to it.
      const until = to === undefined ? new Date(now().getTime() + 1) : new Date(to);
      const filter = { ...query, to: until, from: from === undefined ? new Date(until.getTime() - USUAL_MS) : new Date(from) };
      return db.work(actor.workspaceId, async (tx) => {
        const rows = await resultPage(tx, filter, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['time', 'id', 'string', 'number']));
        return pageOfRows(rows, limit, (row) => [row.decidedAt.toISOString(), row.ticketId, row.metric, row.round], presentResult);
      });
    },

    figures: async (actor: Actor, { months }: { months: number }): Promise<FiguresView> => {
      demand(actor, 'reports.read');
      const { timeZone } = await workspaces.get(actor.workspaceId);
      const at = now();
      const rows = await db.work(actor.workspaceId, (tx) => figureRows(tx, { now: at, months, timeZone }));
      return { asOf: at.toISOString(), timeZone, items: rows.map(presentFigure) };
    },
  };
}

const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });
const isoOrNull = (at: Date | null) => at?.toISOString() ?? null;

const presentResult = (row: ResultRow): ResultView => ({
  ticket: { id: row.ticketId, number: row.number, subject: row.subject }, metric: row.metric, round: row.round, kept: row.kept,
  policy: named(row.policyId, row.policyName), team: named(row.teamId, row.teamName), person: named(row.personId, row.personName),
  startedAt: row.startedAt.toISOString(), dueAt: isoOrNull(row.dueAt), endedAt: isoOrNull(row.endedAt), decidedAt: row.decidedAt.toISOString(),
  targetSeconds: row.targetSeconds, workingTime: row.working, seconds: row.seconds,
});

const presentFigure = ({ month, metric, teamId, teamName, decided, kept, open }: FigureRow): FigureView =>
  ({ month, metric, team: named(teamId, teamName), decided, kept, open, share: kept / decided, ...wilson(kept, decided) });
