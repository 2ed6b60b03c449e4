import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { Clock } from '../core/clock.ts';
import type { Metric } from '../core/metrics.ts';
import type { Outcome } from '../core/results.ts';

export type ResultToSave = Outcome & { readonly ticketId: string; readonly policyId: string | null; readonly teamId: string | null; readonly personId: string | null };
type Key = Pick<Clock, 'metric' | 'round'> & { readonly ticketId: string };

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** One that is written again is the same promise, decided anew. `ifNew`: those that stand there stay as they are. */
export async function saveResults(tx: Tx, workspaceId: string, results: readonly ResultToSave[], { ifNew = false } = {}): Promise<void> {
  if (results.length === 0) return;
  const rows = results.map((one) => ({
    workspace_id: workspaceId, ticket_id: one.ticketId, metric: one.metric, round: one.round, policy_id: one.policyId, team_id: one.teamId, person_id: one.personId,
    started_at: iso(one.startedAt)!, due_at: iso(one.dueAt), ended_at: iso(one.endedAt), decided_at: iso(one.decidedAt)!, kept: one.kept,
    target_seconds: one.targetSeconds, working: one.working, seconds: one.seconds,
  }));
  await tx.insertInto('sla_results').values(rows).onConflict((conflict) => {
    const same = conflict.columns(['workspace_id', 'ticket_id', 'metric', 'round']);
    return ifNew ? same.doNothing() : same.doUpdateSet(({ ref }) => ({
      policy_id: ref('excluded.policy_id'), team_id: ref('excluded.team_id'), person_id: ref('excluded.person_id'), started_at: ref('excluded.started_at'), due_at: ref('excluded.due_at'),
      ended_at: ref('excluded.ended_at'), decided_at: ref('excluded.decided_at'), kept: ref('excluded.kept'), target_seconds: ref('excluded.target_seconds'),
      working: ref('excluded.working'), seconds: ref('excluded.seconds'),
    }));
  }).execute();
}

export async function deleteResults(tx: Tx, workspaceId: string, keys: readonly Key[]): Promise<void> {
  if (keys.length === 0) return;
  await sql`delete from sla_results r using unnest(${keys.map(({ ticketId }) => ticketId)}::uuid[], ${keys.map(({ metric }) => metric)}::text[], ${keys.map(({ round }) => round)}::bigint[]) as k (ticket_id, metric, round)
    where r.workspace_id = ${workspaceId} and r.ticket_id = k.ticket_id and r.metric = k.metric and r.round = k.round`.execute(tx);
}

/** Of a ticket whose history reads otherwise now: what did not come about so is taken away, and told. */
export async function keepResults(tx: Tx, workspaceId: string, ticketId: string, outcomes: readonly Outcome[]): Promise<Pick<Clock, 'metric' | 'round'>[]> {
  const { rows } = await sql<Pick<Clock, 'metric' | 'round'>>`delete from sla_results r where r.workspace_id = ${workspaceId} and r.ticket_id = ${ticketId} and not exists (
    select from unnest(${outcomes.map(({ metric }) => metric)}::text[], ${outcomes.map(({ round }) => round)}::bigint[], ${outcomes.map(({ endedAt }) => iso(endedAt))}::timestamptz[]) as k (metric, round, ended_at)
    where k.metric = r.metric and k.round = r.round and k.ended_at is not distinct from r.ended_at) returning r.metric, r.round`.execute(tx);
  return rows;
}

export type ResultFilter = { readonly from: Date; readonly to: Date; readonly metric?: Metric | undefined; readonly team?: string | undefined; readonly kept?: boolean | undefined };
export type ResultRow = {
  readonly ticketId: string; readonly metric: Metric; readonly round: number; readonly policyId: string | null; readonly teamId: string | null; readonly personId: string | null;
  readonly startedAt: Date; readonly dueAt: Date | null; readonly endedAt: Date | null; readonly decidedAt: Date; readonly kept: boolean; readonly targetSeconds: number; readonly working: boolean; readonly seconds: number;
  readonly number: number; readonly subject: string; readonly policyName: string | null; readonly teamName: string | null; readonly personName: string | null;
};

/** Decided in that time, the latest first. */
export async function resultPage(tx: Tx, { from, to, metric, team, kept }: ResultFilter, limit: number, after: readonly [string, string, string, number] | null): Promise<ResultRow[]> {
  const { rows } = await sql<ResultRow>`
    select r.ticket_id as "ticketId", r.metric, r.round, r.policy_id as "policyId", r.team_id as "teamId", r.person_id as "personId", r.started_at as "startedAt", r.due_at as "dueAt", r.ended_at as "endedAt",
      r.decided_at as "decidedAt", r.kept, r.target_seconds as "targetSeconds", r.working, r.seconds, t.number, t.subject, l.name as "policyName", g.name as "teamName", p.name as "personName"
    from (select * from sla_results r where r.decided_at >= ${from} and r.decided_at < ${to}
        and ${metric === undefined ? sql`true` : sql`r.metric = ${metric}`} and ${team === undefined ? sql`true` : team === 'none' ? sql`r.team_id is null` : sql`r.team_id = ${team}::uuid`}
        and ${kept === undefined ? sql`true` : sql`r.kept = ${kept}`}
        and ${after === null ? sql`true` : sql`(r.decided_at, r.ticket_id, r.metric, r.round) < (${after[0]}::timestamptz, ${after[1]}::uuid, ${after[2]}, ${after[3]}::bigint)`}
      order by r.decided_at desc, r.ticket_id desc, r.metric desc, r.round desc limit ${limit}) as r
    join tickets t on t.workspace_id = r.workspace_id and t.id = r.ticket_id
    left join sla_policies l on l.workspace_id = r.workspace_id and l.id = r.policy_id
    left join teams g on g.workspace_id = r.workspace_id and g.id = r.team_id
    left join people p on p.workspace_id = r.workspace_id and p.id = r.person_id
    order by r.decided_at desc, r.ticket_id desc, r.metric desc, r.round desc`.execute(tx);
  return rows;
}

export type FigureRow = { readonly month: string; readonly metric: Metric; readonly teamId: string | null; readonly teamName: string | null; readonly decided: number; readonly kept: number; readonly open: number };

const MOST_FIGURES = 2_000;

/** How many were decided and kept, in this month and the ones before it, by month of the place, metric and team; `open`: broken, and not ended to this day. */
export async function figureRows(tx: Tx, { now, months, timeZone }: { now: Date; months: number; timeZone: string }): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    select f.month, f.metric, f.team_id as "teamId", g.name as "teamName", f.decided, f.kept, f.open from (
      select to_char(r.decided_at at time zone ${timeZone}, 'YYYY-MM') as month, r.metric, r.team_id, count(*) as decided, count(*) filter (where r.kept) as kept, count(*) filter (where r.ended_at is null) as open
      from sla_results r where r.decided_at <= ${now} and r.decided_at >= (date_trunc('month', ${now}::timestamptz at time zone ${timeZone}) - make_interval(months => ${months - 1}::integer)) at time zone ${timeZone}
      group by 1, 2, 3 order by 1 desc, 2, 4 desc limit ${MOST_FIGURES}) as f
    left join teams g on g.id = f.team_id order by f.month desc, f.metric, g.name nulls last`.execute(tx);
  return rows;
}

export type PolicyFigure = { readonly policyId: string; readonly metric: Metric; readonly decided: number; readonly kept: number };

/** What was decided in the month before this one, by policy and metric. `month`: 2026-02. */
export async function lastMonth(tx: Tx, now: Date, timeZone: string): Promise<{ month: string; rows: readonly PolicyFigure[] }> {
  const { rows: [span] } = await sql<{ month: string; from: Date; to: Date }>`select to_char(m - interval '1 month', 'YYYY-MM') as month, (m - interval '1 month') at time zone ${timeZone} as from, m at time zone ${timeZone} as to
    from date_trunc('month', ${now}::timestamptz at time zone ${timeZone}) as m`.execute(tx);
  const { rows } = await sql<PolicyFigure>`select policy_id as "policyId", metric, count(*) as decided, count(*) filter (where kept) as kept from sla_results
    where decided_at >= ${span!.from} and decided_at < ${span!.to} and policy_id is not null group by 1, 2 limit ${MOST_FIGURES}`.execute(tx);
  return { month: span!.month, rows };
}
