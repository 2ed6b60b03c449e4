import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { compareShares, enoughToSee } from '../../../kernel/comparing.ts';
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
      const rows = await db.work(actor.workspaceId, (tx) => figureRows(tx, { now: at, months: months + 1, timeZone }));
      return { asOf: at.toISOString(), timeZone, items: figuresOf(rows, monthIn(at, timeZone, months - 1)) };
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

/** `2026-03`, so many months before the one of that moment. */
function monthIn(at: Date, timeZone: string, before: number): string {
  const [year = 0, month = 0] = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' }).format(at).split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - before, 1)).toISOString().slice(0, 7);
}

/** A change of so much is worth noticing. */
const NOTICED = 0.05;

/** Of that month and later; the month before it is there to compare with. */
function figuresOf(rows: readonly FigureRow[], first: string): FigureView[] {
  const keyOf = ({ metric, teamId }: FigureRow, month: string) => `${month} ${metric} ${teamId}`;
  const byKey = new Map(rows.map((row) => [keyOf(row, row.month), row]));
  return rows.filter(({ month }) => month >= first).map((row) => {
    const { month, metric, teamId, teamName, decided, kept, open } = row;
    const before = byKey.get(keyOf(row, monthIn(new Date(`${month}-15T00:00:00Z`), 'UTC', 1)));
    return { month, metric, team: named(teamId, teamName), decided, kept, open, share: kept / decided, ...wilson(kept, decided), change: before ? changeOf(before, row) : null };
  });
}

function changeOf(before: FigureRow, now: FigureRow): FigureView['change'] {
  const compared = compareShares({ hits: before.kept, of: before.decided }, { hits: now.kept, of: now.decided });
  if (!compared) return null;
  const { difference, low, high, p } = compared;
  const share = before.kept / before.decided;
  return { difference, low, high, p, enough: enoughToSee(share, share + NOTICED > 1 ? share - NOTICED : share + NOTICED) };
}
