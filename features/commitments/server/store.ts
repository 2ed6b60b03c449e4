import { sql } from 'kysely';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Move } from '../../tickets/core/merging.ts';
import type { Commitment } from '../core/commitment.ts';
import type { CommitmentKind, Telling } from '../core/contract.ts';
import type { Counts } from '../core/figures.ts';

const columns = [
  'id', 'ticket_id as ticketId', 'entry_id as entryId', 'customer_id as customerId', 'home_id as homeId', 'kind', 'what', 'owner_id as ownerId', 'team_id as teamId', 'due_at as dueAt',
  'whole_day as wholeDay', 'soon_at as soonAt', 'next_at as nextAt', 'state', 'made_at as madeAt', 'made_by as madeBy', 'ended_at as endedAt', 'ended_by as endedBy', 'note',
  'withdrawn', 'previous_id as previousId', 'told_at as toldAt', 'telling', 'stands_for as standsFor', 'apology_for as apologyFor', 'version',
] as const;

const selected = (tx: Tx, workspaceId: string) => tx.selectFrom('commitments').select(columns).where('workspace_id', '=', workspaceId).$castTo<Commitment>();

const row = (c: Commitment) => ({
  ticket_id: c.ticketId, entry_id: c.entryId, customer_id: c.customerId, home_id: c.homeId, kind: c.kind, what: c.what, owner_id: c.ownerId, team_id: c.teamId, due_at: c.dueAt, whole_day: c.wholeDay,
  soon_at: c.soonAt, next_at: c.nextAt, state: c.state, made_at: c.madeAt, made_by: c.madeBy, ended_at: c.endedAt, ended_by: c.endedBy, note: c.note, withdrawn: c.withdrawn,
  previous_id: c.previousId, told_at: c.toldAt, telling: c.telling, stands_for: c.standsFor, apology_for: c.apologyFor, version: c.version,
});

export async function insertCommitment(tx: Tx, workspaceId: string, commitment: Commitment): Promise<void> {
  await tx.insertInto('commitments').values({ workspace_id: workspaceId, id: commitment.id, ...row(commitment) }).execute();
}

export async function saveCommitment(tx: Tx, workspaceId: string, commitment: Commitment): Promise<void> {
  await tx.updateTable('commitments').set(row(commitment)).where('workspace_id', '=', workspaceId).where('id', '=', commitment.id).execute();
}

export const findCommitment = (tx: Tx, workspaceId: string, id: string): Promise<Commitment | undefined> =>
  selected(tx, workspaceId).where('id', '=', id).executeTakeFirst();

/** Whoever locks one has locked its ticket before. */
export const lockCommitment = (tx: Tx, workspaceId: string, id: string): Promise<Commitment | undefined> =>
  selected(tx, workspaceId).where('id', '=', id).forUpdate().executeTakeFirst();

/** The open promises made in an entry. */
export const openOfEntry = (tx: Tx, workspaceId: string, entryId: string): Promise<Commitment[]> =>
  selected(tx, workspaceId).where('entry_id', '=', entryId).where('is_open', '=', true).forUpdate().execute();

/** Open ones that the desk told the customer by itself, the last of them last. */
export const openAnswers = (tx: Tx, workspaceId: string, ticketId: string): Promise<Commitment[]> =>
  selected(tx, workspaceId).where('ticket_id', '=', ticketId).where('is_open', '=', true).where('kind', '=', 'answer').orderBy('due_at').orderBy('id').forUpdate().execute();

export const answersKeptIn = (tx: Tx, workspaceId: string, entryId: string): Promise<Commitment[]> =>
  selected(tx, workspaceId).where('kept_in', '=', entryId).forUpdate().execute();

export async function saveKeptIn(tx: Tx, workspaceId: string, id: string, entryId: string | null): Promise<void> {
  await tx.updateTable('commitments').set({ kept_in: entryId }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export type Promised = Pick<Commitment, 'id' | 'what' | 'kind' | 'dueAt' | 'wholeDay' | 'state'>;

/** The open promises of a ticket to its customer; an apology is ours to make, and nobody was promised one. */
export const promisedOn = (tx: Tx, workspaceId: string, ticketId: string, limit: number): Promise<Promised[]> =>
  tx.selectFrom('commitments').select(['id', 'what', 'kind', 'due_at as dueAt', 'whole_day as wholeDay', 'state']).where('workspace_id', '=', workspaceId).where('ticket_id', '=', ticketId)
    .where('is_open', '=', true).where('asleep', '=', false).where('kind', '<>', 'apology').orderBy('due_at').orderBy('id').limit(limit).$castTo<Promised>().execute();

/** Open promises of somebody, by when they are due. */
export const openOfOwner = (tx: Tx, workspaceId: string, ownerId: string, { dueBefore, limit }: { dueBefore: Date; limit: number }): Promise<Commitment[]> =>
  selected(tx, workspaceId).where('owner_id', '=', ownerId).where('is_open', '=', true).where('asleep', '=', false).where('due_at', '<', dueBefore)
    .orderBy('due_at').orderBy('id').limit(limit).execute();

/** Open promises that others keep for somebody. */
export const openStandingFor = (tx: Tx, workspaceId: string, personId: string, limit: number): Promise<Commitment[]> =>
  selected(tx, workspaceId).where('stands_for', '=', personId).where('is_open', '=', true).where('asleep', '=', false).orderBy('id').limit(limit).execute();

export const countOpen = async (tx: Tx, workspaceId: string, ticketId: string): Promise<number> =>
  (await tx.selectFrom('commitments').select((e) => e.fn.countAll<number>().as('count')).where('workspace_id', '=', workspaceId).where('ticket_id', '=', ticketId)
    .where('is_open', '=', true).executeTakeFirstOrThrow()).count;

/** When the next open promise of each ticket is due; null for none. */
export async function nextDues(tx: Tx, workspaceId: string, ticketIds: readonly string[]): Promise<{ ticketId: string; at: Date | null }[]> {
  const { rows } = await sql<{ ticketId: string; at: Date | null }>`
    select t.id as "ticketId", (select min(c.due_at) from commitments c where c.workspace_id = ${workspaceId} and c.ticket_id = t.id and c.is_open and not c.asleep) as at
    from unnest(${sql.val([...ticketIds])}::uuid[]) as t (id)`.execute(tx);
  return rows;
}

export type DueMoment = { readonly workspaceId: string; readonly id: string; readonly at: Date };

/** Moments that have come, of every workspace, in their order; a promise that missed both has two. */
export async function dueMoments(owner: Database['owner'], now: Date, limit: number): Promise<DueMoment[]> {
  const { rows } = await sql<DueMoment>`
    select c.workspace_id as "workspaceId", c.id, m.at
    from (select * from commitments where next_at <= ${now} and not asleep order by next_at, id limit ${limit}) as c
    cross join lateral (values (c.next_at), (case when c.next_at < c.due_at then c.due_at end)) as m (at)
    where m.at <= ${now} order by m.at, c.id limit ${limit}`.execute(owner);
  return rows;
}

export async function moveToTicket(tx: Tx, workspaceId: string, { from, to, mergeId }: Move): Promise<void> {
  await sql`
    update commitments c set ticket_id = t.id, team_id = t.team_id, merges = c.merges || ${mergeId}::uuid from tickets t
    where c.workspace_id = ${workspaceId} and c.ticket_id = ${from} and t.workspace_id = ${workspaceId} and t.id = ${to}`.execute(tx);
}

export async function moveBack(tx: Tx, workspaceId: string, { from, to, mergeId }: Move): Promise<void> {
  await sql`
    update commitments c set ticket_id = t.id, team_id = t.team_id, merges = trim_array(c.merges, 1) from tickets t
    where c.workspace_id = ${workspaceId} and c.ticket_id = ${from} and c.merges[cardinality(c.merges)] = ${mergeId}::uuid
      and t.workspace_id = ${workspaceId} and t.id = ${to}`.execute(tx);
}

export async function setAsleep(tx: Tx, workspaceId: string, ticketId: string, asleep: boolean): Promise<void> {
  await tx.updateTable('commitments').set({ asleep }).where('workspace_id', '=', workspaceId).where('ticket_id', '=', ticketId).execute();
}

export async function followTeam(tx: Tx, workspaceId: string, ticketId: string, teamId: string | null): Promise<void> {
  await tx.updateTable('commitments').set({ team_id: teamId }).where('workspace_id', '=', workspaceId).where('ticket_id', '=', ticketId).where('is_open', '=', true).execute();
}

/** How the customer hears of a new date, and since when they know. */
export async function saveTold(tx: Tx, workspaceId: string, id: string, { telling, at, entryId }: { telling: Telling; at: Date | null; entryId: string | null }): Promise<void> {
  await tx.updateTable('commitments').set({ telling, told_at: at, told_in: entryId }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** A person has written to the customer: new dates that nobody had told them of are told. */
export async function markTold(tx: Tx, workspaceId: string, ticketId: string, { entryId, at }: { entryId: string; at: Date }): Promise<void> {
  await tx.updateTable('commitments').set({ told_at: at, told_in: entryId }).where('workspace_id', '=', workspaceId).where('ticket_id', '=', ticketId)
    .where('previous_id', 'is not', null).where('told_at', 'is', null).execute();
}

export async function markUntold(tx: Tx, workspaceId: string, entryId: string): Promise<void> {
  await tx.updateTable('commitments').set({ told_at: null, told_in: null }).where('workspace_id', '=', workspaceId).where('told_in', '=', entryId).execute();
}

type FigureRow = Counts & { readonly teamId: string | null; readonly teamName: string | null; readonly kind: CommitmentKind };

/** Promises whose date lay in the period and that have ended or whose date has passed. */
export async function figureRows(tx: Tx, workspaceId: string, { from, to, now }: { from: Date; to: Date; now: Date }): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    select c.team_id as "teamId", t.name as "teamName", c.kind,
      count(*) filter (where c.state = 'kept' and c.ended_at <= c.due_at) as "keptInTime",
      count(*) filter (where c.state = 'kept' and c.ended_at > c.due_at) as "keptLate",
      count(*) filter (where c.is_open) as broken,
      count(*) filter (where c.state = 'renegotiated' and n.told_at <= c.due_at) as "renegotiatedInTime",
      count(*) filter (where c.state = 'renegotiated' and n.told_at <= c.due_at is not true) as "renegotiatedLate",
      count(*) filter (where c.state = 'withdrawn') as withdrawn
    from commitments c
    left join commitments n on n.workspace_id = c.workspace_id and n.previous_id = c.id
    left join teams t on t.workspace_id = c.workspace_id and t.id = c.team_id
    where c.workspace_id = ${workspaceId} and c.kind <> 'apology' and c.due_at >= ${from} and c.due_at < ${to} and not c.asleep and (not c.is_open or c.due_at < ${now})
    group by c.team_id, t.name, c.kind order by t.name nulls last, c.team_id, c.kind`.execute(tx);
  return rows;
}
