import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import { changeAnswers } from '../../../platform/http/idempotency.ts';
import type { Move } from '../../tickets/core/merging.ts';
import type { DraftWriter } from '../../tickets/core/shared-draft.ts';
import { MOST_REMARK, type Reviewers, type STATES } from '../core/contract.ts';

export type Details = { readonly to?: readonly string[] | undefined; readonly cc?: readonly string[] | undefined; readonly sendAt?: string | undefined; readonly status?: string | undefined; readonly entryId?: string | undefined; /** Whose words it holds besides its writer's. */ readonly wordsOf?: readonly DraftWriter[] | undefined };
export type Approval = {
  readonly id: string; readonly ticketId: string; readonly kind: 'reply' | 'chat' | 'forward'; readonly state: (typeof STATES)[number]; readonly writerId: string | null; readonly writerName: string;
  readonly reason: string; readonly reviewers: Reviewers; readonly details: Details; readonly entryId: string | null; readonly askedAt: Date; readonly decidedAt: Date | null; readonly decidedBy: string | null;
  readonly version: number;
};
export type Step = {
  readonly number: number; readonly what: 'asked' | 'edited' | 'returned' | 'approved' | 'withdrawn'; readonly personId: string | null; readonly personName: string; readonly remark: string;
  readonly text: string; readonly html: string | null; readonly attachmentIds: string[]; readonly at: Date;
};
/** With its ticket, for lists. */
export type Listed = Approval & { readonly number: number; readonly subject: string; readonly teamId: string | null };

const columns = [
  'a.id', 'a.ticket_id as ticketId', 'a.kind', 'a.state', 'a.writer_id as writerId', 'a.writer_name as writerName', 'a.reason', 'a.reviewers', 'a.details', 'a.entry_id as entryId', 'a.asked_at as askedAt',
  'a.decided_at as decidedAt', 'a.decided_by as decidedBy', 'a.version', 't.number', 't.subject', 't.team_id as teamId',
] as const;

const listed = (tx: Tx, workspaceId: string) =>
  tx.selectFrom('approvals as a').innerJoin('tickets as t', (on) => on.onRef('t.workspace_id', '=', 'a.workspace_id').onRef('t.id', '=', 'a.ticket_id'))
    .select(columns).where('a.workspace_id', '=', workspaceId).$castTo<Listed>();

export const findApproval = (tx: Tx, workspaceId: string, id: string): Promise<Listed | undefined> => listed(tx, workspaceId).where('a.id', '=', id).executeTakeFirst();

type Paging = { readonly limit: number; readonly after: readonly [string, string] | null };
type Wanted = { readonly ticketId: string } | { readonly waiting: true } | { readonly writerId: string };

/** Those of a ticket; all that wait, of tickets that are there; what a writer has to look after. The oldest first. */
export function approvalsOf(tx: Tx, workspaceId: string, wanted: Wanted, { limit, after }: Paging): Promise<Listed[]> {
  let query = listed(tx, workspaceId).orderBy('a.asked_at').orderBy('a.id').limit(limit);
  if ('ticketId' in wanted) query = query.where('a.ticket_id', '=', wanted.ticketId);
  else query = query.where('t.deleted_at', 'is', null);
  if ('waiting' in wanted) query = query.where('a.state', '=', 'waiting');
  if ('writerId' in wanted) query = query.where('a.writer_id', '=', wanted.writerId).where('a.state', 'in', ['waiting', 'returned']);
  if (after) query = query.where((e) => e.or([e('a.asked_at', '>', new Date(after[0])), e.and([e('a.asked_at', '=', new Date(after[0])), e('a.id', '>', after[1])])]));
  return query.execute();
}

export const countWaiting = async (tx: Tx, workspaceId: string, ticketId: string): Promise<number> =>
  (await tx.selectFrom('approvals').select((e) => e.fn.countAll<number>().as('count')).where('workspace_id', '=', workspaceId).where('ticket_id', '=', ticketId).where('state', '=', 'waiting').executeTakeFirstOrThrow()).count;

export async function insertApproval(tx: Tx, workspaceId: string, a: Approval): Promise<void> {
  await tx.insertInto('approvals').values({
    workspace_id: workspaceId, id: a.id, ticket_id: a.ticketId, kind: a.kind, state: a.state, writer_id: a.writerId, writer_name: a.writerName, reason: a.reason, reviewers: JSON.stringify(a.reviewers),
    details: JSON.stringify(a.details), entry_id: null, asked_at: a.askedAt, decided_at: null, decided_by: null, version: a.version,
  }).execute();
}

type Saved = { readonly state?: Approval['state']; readonly entryId?: string; readonly decidedAt?: Date | null; readonly decidedBy?: string | null; readonly version: number; readonly details?: Details };

export async function saveApproval(tx: Tx, workspaceId: string, id: string, { state, entryId, decidedAt, decidedBy, version, details }: Saved): Promise<void> {
  await tx.updateTable('approvals').set({
    version, ...(state !== undefined && { state }), ...(entryId !== undefined && { entry_id: entryId }), ...(decidedAt !== undefined && { decided_at: decidedAt }), ...(decidedBy !== undefined && { decided_by: decidedBy }),
    ...(details !== undefined && { details: JSON.stringify(details) }),
  }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export type StepOf = Step & { readonly approvalId: string };

export const stepsOf = (tx: Tx, workspaceId: string, approvalIds: readonly string[]): Promise<StepOf[]> =>
  approvalIds.length === 0 ? Promise.resolve([]) : tx.selectFrom('approval_steps')
    .select(['approval_id as approvalId', 'number', 'what', 'person_id as personId', 'person_name as personName', 'remark', 'text', 'html', 'attachment_ids as attachmentIds', 'at'])
    .where('workspace_id', '=', workspaceId).where('approval_id', 'in', approvalIds).orderBy('number').$castTo<StepOf>().execute();

export async function insertStep(tx: Tx, workspaceId: string, approvalId: string, step: Step): Promise<void> {
  await tx.insertInto('approval_steps').values({
    workspace_id: workspaceId, approval_id: approvalId, number: step.number, what: step.what, person_id: step.personId, person_name: step.personName, remark: step.remark, text: step.text, html: step.html,
    attachment_ids: step.attachmentIds, at: step.at,
  }).execute();
}

/** What waits, and what asks for waiting, goes where the ticket goes. */
export async function moveToTicket(tx: Tx, workspaceId: string, { from, to, mergeId }: Move): Promise<void> {
  for (const table of ['approvals', 'approval_demands'] as const) {
    await sql`update ${sql.table(table)} set ticket_id = ${to}, merges = merges || ${mergeId}::uuid where workspace_id = ${workspaceId} and ticket_id = ${from}`.execute(tx);
  }
}

export async function moveBack(tx: Tx, workspaceId: string, { from, to, mergeId }: Move): Promise<void> {
  for (const table of ['approvals', 'approval_demands'] as const) {
    await sql`update ${sql.table(table)} set ticket_id = ${to}, merges = trim_array(merges, 1)
      where workspace_id = ${workspaceId} and ticket_id = ${from} and merges[cardinality(merges)] = ${mergeId}::uuid`.execute(tx);
  }
}

type Strike = { readonly text: (text: string) => string; readonly html: (html: string) => string };

/** Takes passages out of every version, and of every word about them. */
export async function strikeWords(tx: Tx, workspaceId: string, ticketIds: readonly string[], strike: Strike): Promise<void> {
  const rows = await tx.selectFrom('approvals').select('id').where('workspace_id', '=', workspaceId).where('ticket_id', 'in', ticketIds).execute();
  const ids = rows.map(({ id }) => id);
  for (const { approvalId, number, text, html, remark } of await stepsOf(tx, workspaceId, ids)) {
    const after = { text: strike.text(text), html: html === null ? null : strike.html(html), remark: strike.text(remark).slice(0, MOST_REMARK) };
    if (after.text === text && after.html === html && after.remark === remark) continue;
    await tx.updateTable('approval_steps').set(after).where('workspace_id', '=', workspaceId).where('approval_id', '=', approvalId).where('number', '=', number).execute();
    // Who read it before reads it again.
    await sql`update approvals set version = version + 1 where workspace_id = ${workspaceId} and id = ${approvalId} and state in ('waiting', 'returned')`.execute(tx);
  }
  await changeAnswers(tx, ids, strike.text);
}
