import { sql } from 'kysely';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Automaton } from '../core/automatic.ts';
import { MOST_FOLLOWERS } from '../core/followers.ts';
import type { RelationSet } from '../core/relations.ts';
import type { TicketState } from '../core/ticket.ts';
import type { Context } from './context.ts';
import { hasUnproven } from './entries-store.ts';
import { countFollowers, putFollower } from './follower-store.ts';
import { mergeAs } from './merging.ts';
import { type Doer, relateAs } from './relating.ts';
import { currentTicket, findTicket, isActivePerson } from './store.ts';
import { throwAway } from './throwing-away.ts';

type Rule = Automaton & { readonly id: string };

/** Into which ticket a rule merges: that which this one points at, or the customer's latest other one that is not done. */
export type MergeInto = 'linked' | 'earlier';

/**
 * What rooms above do with whole tickets by themselves, in their own unit of work, on a ticket that they have locked and after they
 * have asked for no right: they act for the workspace.
 */
export function createAutomaticDeeds(context: Context) {
  const doer = (workspaceId: string, { id }: Rule): Doer => ({ workspaceId, id, actor: { kind: 'system', id } });

  /** Only of the same customer: whoever only points at a ticket must not get to read on in it. */
  async function mergeTarget(tx: Tx, { id, customerId, createdAt }: Pick<TicketState, 'id' | 'customerId' | 'createdAt'>, into: MergeInto): Promise<string | null> {
    const open = tx.selectFrom('tickets as t').select('t.id').where('t.customer_id', '=', customerId).where('t.phase', '=', 'active').where('t.id', '<>', id).where('t.created_at', '<=', createdAt);
    const found = into === 'earlier' ? open : open.innerJoin('ticket_links as l', (j) => j.onRef('l.workspace_id', '=', 't.workspace_id').onRef('l.to_id', '=', 't.id')).where('l.ticket_id', '=', id).where('l.outcome', 'is', null);
    return (await found.orderBy('t.created_at', 'desc').orderBy('t.id').limit(1).executeTakeFirst())?.id ?? null;
  }

  return {
    mergeTarget,

    /** Then it must not be merged without a person's decision: everybody whom it names would take part. */
    hasUnproven,

    /** The number of the ticket in which it went on; null when there is none to merge it into. */
    async mergeBy(tx: Tx, workspaceId: string, ticket: TicketState, into: MergeInto, by: Rule): Promise<number | null> {
      const targetId = await mergeTarget(tx, ticket, into);
      if (targetId === null) return null;
      await mergeAs(context, tx, doer(workspaceId, by), ticket.id, targetId);
      return (await currentTicket(tx, targetId))!.number;
    },

    spamBy: (tx: Tx, workspaceId: string, ticket: TicketState, by: Rule): Promise<void> => throwAway(context, tx, doer(workspaceId, by), ticket, { deleted: true, spam: true }),

    /** On a ticket that is spam; as it is now. */
    async notSpamBy(tx: Tx, workspaceId: string, ticket: TicketState, by: Rule): Promise<TicketState> {
      await throwAway(context, tx, doer(workspaceId, by), ticket, { deleted: false, spam: false });
      return (await currentTicket(tx, ticket.id))!;
    },

    /** False when they follow it already, or it has as many followers as it can have. */
    async followBy(tx: Tx, workspaceId: string, ticket: TicketState, personId: string, { id }: Rule): Promise<boolean> {
      if (!await isActivePerson(tx, personId)) throw new AppError('invalid', 'ticket.no_such_person', 'There is no such person.');
      const at = context.now();
      if (await countFollowers(tx, ticket.id) >= MOST_FOLLOWERS || !await putFollower(tx, workspaceId, ticket.id, personId, at)) return false;
      await context.emit(tx, workspaceId, { type: 'ticket.followed', ticketId: ticket.id, subjectId: personId, actor: { kind: 'system', id }, data: { personId }, at });
      return true;
    },

    /** False when that was said of them before. */
    async relateBy(tx: Tx, workspaceId: string, ticket: TicketState, { kind, toId }: RelationSet & { readonly toId: string }, by: Rule): Promise<boolean> {
      const other = toId === ticket.id ? undefined : await findTicket(tx, toId);
      if (!other || other.mergedInto || other.deletedAt) throw new AppError('not_found', 'ticket.not_found', 'There is no such ticket.');
      const { rows } = await sql<{ is: boolean }>`select exists (select from ticket_relations where from_id = ${ticket.id} and to_id = ${toId} and kind = ${kind}) as is`.execute(tx);
      if (rows[0]!.is) return false;
      await relateAs(context, tx, doer(workspaceId, by), { fromId: ticket.id, toId, kind });
      return true;
    },
  };
}
