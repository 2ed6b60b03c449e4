import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit, WithinHandler } from '../../../platform/events/events.ts';
import { decodeCursor, encodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import { demand, type Permission } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import type { Routing } from '../../routing/server/routing.ts';
import type { Automaton } from '../../tickets/core/automatic.ts';
import { followMerges } from '../../tickets/core/merging.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { ApprovalView, Approving, CountView, NeedView, Resubmitting, Returning, Reviewers } from '../core/contract.ts';
import { createDeciding } from './deciding.ts';
import { createKeeping, writerOf } from './keeping.ts';
import { createPolicies } from './policies.ts';
import { demandsOn, insertDemand, liftDemand, policiesOf } from './policy-store.ts';
import { createReviewing, type Decider } from './reviewing.ts';
import { approvalsOf, findApproval, moveBack, moveToTicket, stepsOf, strikeWords, type Listed, type StepOf } from './store.ts';

export type Approvals = ReturnType<typeof createApprovals>;
type Paging = { readonly limit: number; readonly cursor?: string | undefined };
const BATCH = 100;
const MOST_BATCHES = 10;
const MOST_COUNTED = 99;

/**
 * The front door of the approvals room: it keeps the gate of tickets, so that what has to be seen by a second person waits for them.
 * Tells `approval.asked` (personIds: who may approve), `.returned`, `.approved` (personIds: who wrote it), `.withdrawn`, `.demanded`, `.lifted`, `.policies_changed`.
 */
export function createApprovals({ db, now, emit, tickets, people, calendars, routing }: {
  db: Database; now: Now; emit: Emit; routing: Pick<Routing, 'deputiesOf'>; tickets: Pick<Tickets, 'hold' | 'find' | 'get' | 'deliver' | 'keepGate' | 'keptFiles' | 'keepFiles' | 'releaseFiles' | 'writersCopied' | 'onRedacted' | 'attributes'>;
  people: Pick<People, 'peopleByIds' | 'requireTeams' | 'whoLeads'>; calendars: Pick<Calendars, 'timeFor'>;
}) {
  const reviewing = createReviewing({ people, deputiesOf: routing.deputiesOf });
  const keeping = createKeeping({ now, emit, calendars, people, reviewing, tickets });
  const deciding = createDeciding({ now, emit, tickets, people, reviewing });
  tickets.keepGate(keeping.gate);
  tickets.onRedacted((tx, workspaceId, { ticketIds, strike }) => strikeWords(tx, workspaceId, ticketIds, strike));

  const work = <T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, permission);
    demand(actor, 'tickets.read');
    return db.work(actor.workspaceId, act);
  };

  async function views(tx: Tx, actor: Actor, rows: readonly Listed[], mayDecide: Decider = reviewing.decider(tx, actor)): Promise<ApprovalView[]> {
    const steps = await stepsOf(tx, actor.workspaceId, rows.map(({ id }) => id));
    const files = await tickets.keptFiles(tx, actor, steps.flatMap(({ attachmentIds }) => attachmentIds));
    const found: ApprovalView[] = [];
    for (const row of rows) {
      const own = steps.filter(({ approvalId }) => approvalId === row.id);
      const kept = own.at(-1)?.attachmentIds ?? [];
      found.push(present(row, own, files.filter(({ id }) => kept.includes(id)), row.state === 'waiting' && await mayDecide(row, row.teamId)));
    }
    return found;
  }

  async function view(tx: Tx, actor: Actor, id: string): Promise<ApprovalView> {
    const row = await findApproval(tx, actor.workspaceId, id);
    if (!row) throw new AppError('not_found', 'approval.not_found', 'There is no such approval.');
    return (await views(tx, actor, [row]))[0]!;
  }

  const key = (row: Listed) => [row.askedAt.toISOString(), row.id] as const;
  const place = (cursor: string | undefined) => (cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']));

  /** Those of all that wait that this person may decide; who may is not for SQL to say. */
  async function mine(tx: Tx, actor: Actor, mayDecide: Decider, { limit, cursor }: Paging): Promise<{ rows: Listed[]; nextCursor: string | null }> {
    const rows: Listed[] = [];
    let after: readonly [string, string] | null = place(cursor);
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const found = await approvalsOf(tx, actor.workspaceId, { waiting: true }, { limit: BATCH, after });
      for (const row of found) {
        if (rows.length === limit) return { rows, nextCursor: encodeCursor(key(rows.at(-1)!)) };
        if (await mayDecide(row, row.teamId)) rows.push(row);
      }
      const last = found.at(-1);
      if (found.length < BATCH || !last) return { rows, nextCursor: null };
      after = key(last);
    }
    return { rows, nextCursor: after && encodeCursor(after) };
  }

  return {
    policies: createPolicies({ db, now, emit, tickets, reviewing }),

    list: (actor: Actor, { list, limit, cursor }: Paging & { list: 'mine' | 'written' }): Promise<Page<ApprovalView>> =>
      work(actor, 'tickets.read', async (tx) => {
        if (list === 'mine') {
          const mayDecide = reviewing.decider(tx, actor);
          const { rows, nextCursor } = await mine(tx, actor, mayDecide, { limit, cursor });
          return { items: await views(tx, actor, rows, mayDecide), nextCursor };
        }
        const page = pageOfRows(await approvalsOf(tx, actor.workspaceId, { writerId: actor.id }, { limit: limit + 1, after: place(cursor) }), limit, key, (row) => row);
        return { items: await views(tx, actor, page.items), nextCursor: page.nextCursor };
      }),

    count: (actor: Actor): Promise<CountView> =>
      work(actor, 'tickets.read', async (tx) => {
        const { rows, nextCursor } = await mine(tx, actor, reviewing.decider(tx, actor), { limit: MOST_COUNTED });
        const own = await approvalsOf(tx, actor.workspaceId, { writerId: actor.id }, { limit: MOST_COUNTED, after: null });
        const returned = own.filter(({ state }) => state === 'returned').length;
        const inUse = rows.length + own.length > 0 || (await policiesOf(tx, actor.workspaceId)).some(({ enabled }) => enabled);
        return { count: rows.length, more: nextCursor !== null, waiting: own.length - returned, returned, inUse };
      }),

    get: (actor: Actor, id: string): Promise<ApprovalView> => work(actor, 'tickets.read', (tx) => view(tx, actor, id)),

    async ofTicket(actor: Actor, ticketId: string, { limit, cursor }: Paging): Promise<Page<ApprovalView>> {
      await tickets.get(actor, ticketId);
      return work(actor, 'tickets.read', async (tx) => {
        const page = pageOfRows(await approvalsOf(tx, actor.workspaceId, { ticketId }, { limit: limit + 1, after: place(cursor) }), limit, key, (row) => row);
        return { items: await views(tx, actor, page.items), nextCursor: page.nextCursor };
      });
    },

    approve: (actor: Actor, id: string, given: Approving): Promise<ApprovalView> =>
      work(actor, 'tickets.reply', async (tx) => { await deciding.approve(tx, actor, id, given); return view(tx, actor, id); }),
    returnBack: (actor: Actor, id: string, given: Returning): Promise<ApprovalView> =>
      work(actor, 'tickets.reply', async (tx) => { await deciding.returnBack(tx, actor, id, given); return view(tx, actor, id); }),
    resubmit: (actor: Actor, id: string, given: Resubmitting): Promise<ApprovalView> =>
      work(actor, 'tickets.reply', async (tx) => { await deciding.resubmit(tx, actor, id, given); return view(tx, actor, id); }),
    withdraw: (actor: Actor, id: string): Promise<void> => work(actor, 'tickets.reply', (tx) => deciding.withdraw(tx, actor, id)),

    /** Whether a mail of this person on a ticket would wait, and why. */
    async need(actor: Actor, ticketId: string): Promise<NeedView> {
      await tickets.get(actor, ticketId);
      return work(actor, 'tickets.read', async (tx) => {
        const ticket = (await tickets.find(tx, ticketId))!;
        const needs = await keeping.needs(tx, actor.workspaceId, ticket, { writer: writerOf(actor), channel: 'email' });
        const demands: NeedView['demands'] = [];
        for (const { id, name, reviewers } of await demandsOn(tx, actor.workspaceId, ticketId)) demands.push({ id, name, mayLift: await reviewing.mayDecide(tx, actor, { writerId: null, reviewers }, ticket.teamId) });
        return { needed: needs.length > 0, reasons: [...new Set(needs.map(({ reason }) => reason))], demands };
      });
    },

    /** Answers on this ticket need nobody else any more, as far as this rule is concerned. */
    lift: (actor: Actor, ticketId: string, demandId: string): Promise<void> =>
      work(actor, 'tickets.reply', async (tx) => {
        const ticket = await tickets.hold(tx, ticketId);
        const found = (await demandsOn(tx, actor.workspaceId, ticketId)).find(({ id }) => id === demandId);
        if (!found) throw new AppError('not_found', 'approval.no_such_demand', 'No rule asks for this any more.');
        if (!await reviewing.mayDecide(tx, actor, { writerId: null, reviewers: found.reviewers }, ticket.teamId)) throw new AppError('forbidden', 'approval.not_yours', 'This is for others to decide.');
        await liftDemand(tx, actor.workspaceId, demandId, { by: actor.id, at: now() });
        await emit(tx, actor.workspaceId, { type: 'approval.lifted', ticketId, subjectId: demandId, actor: { kind: 'person', id: actor.id }, data: { name: found.name }, at: now() });
      }),

    checkReviewers: (tx: Tx, reviewers: Reviewers): Promise<void> => reviewing.check(tx, reviewers),
    keepOfRule: keeping.keepOfRule,

    /** For rules, on a ticket that the caller has locked: from now on answers on it wait. False when this rule has asked for it already. */
    async demandBy(tx: Tx, workspaceId: string, ticket: Pick<TicketState, 'id'>, reviewers: Reviewers, by: Automaton): Promise<boolean> {
      if ((await demandsOn(tx, workspaceId, ticket.id)).some(({ ruleId }) => ruleId === by.id)) return false;
      await insertDemand(tx, workspaceId, ticket.id, { id: newId(), ruleId: by.id, name: by.name, reviewers }, now());
      await emit(tx, workspaceId, { type: 'approval.demanded', ticketId: ticket.id, actor: { kind: 'system', id: by.id }, data: { name: by.name }, at: now() });
      return true;
    },

    /** At once, in the transaction in which tickets become one or two again: a merge is no way round. */
    subscriptions: followMerges<Tx>({ along: moveToTicket, back: moveBack }) satisfies Record<string, WithinHandler>,
  };
}

const present = (row: Listed, steps: readonly StepOf[], attachments: ApprovalView['attachments'], mayDecide: boolean): ApprovalView => ({
  id: row.id, ticket: { id: row.ticketId, number: row.number, subject: row.subject }, kind: row.kind, state: row.state, writer: { id: row.writerId, name: row.writerName }, reason: row.reason,
  to: [...row.details.to ?? []], cc: [...row.details.cc ?? []], sendAt: row.details.sendAt ?? null, text: steps.at(-1)?.text ?? '', html: steps.at(-1)?.html ?? null, attachments,
  steps: steps.map(({ number, what, personId, personName, remark, text, html, at }) => ({ number, what, by: { id: personId, name: personName }, remark, text, html, at: at.toISOString() })),
  entryId: row.entryId, mayDecide, askedAt: row.askedAt.toISOString(), decidedAt: row.decidedAt?.toISOString() ?? null, version: row.version,
});
