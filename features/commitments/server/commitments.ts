import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { WithinHandler } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { followOwner, isOpen, keep, renegotiate, reword, withdraw, type Commitment } from '../core/commitment.ts';
import type {
  CommitmentCounts, CommitmentCreate, CommitmentFigures, CommitmentFilter, CommitmentPatch, CommitmentView, FiguresQuery, LetterView, Renegotiation,
} from '../core/contract.ts';
import { figureOf, totalOf } from '../core/figures.ts';
import { createAnswers } from './answers.ts';
import { byPerson, createContext, THE_DESK, type CommitmentsDeps, type When } from './context.ts';
import { createDueWork } from './due-work.ts';
import { commitmentIds, countsOf, shown } from './list-store.ts';
import { createListening } from './listening.ts';
import { present } from './present.ts';
import { countOpen, figureRows, insertCommitment, promisedOn, saveCommitment, saveTold, type Promised } from './store.ts';
import { createStandingIn } from './standing-in.ts';
import { strikeWords } from './redaction-store.ts';
import { createTelling } from './telling.ts';

export type Commitments = ReturnType<typeof createCommitments>;
type Paging = { limit: number; cursor?: string | undefined };

const MAX_OPEN = 50;

/** The front door of the commitments room: what was promised to customers, by whom, and what became of it. */
export function createCommitments(deps: CommitmentsDeps) {
  const context = createContext(deps);
  const { work, view } = context;
  const telling = createTelling(context);
  const { subscriptions: answered, ...answers } = createAnswers(context);
  deps.customers.carries({ table: 'commitments' });
  deps.tickets.onRedacted((tx, workspaceId, { ticketIds, strike }) => strikeWords(tx, workspaceId, ticketIds, strike.text));

  const end = (actor: Actor, id: string, note: string, how: (commitment: Commitment, end: { by: string; at: Date; note: string }) => Commitment): Promise<CommitmentView> =>
    work(actor, 'tickets.change', async (tx) => {
      const at = context.now();
      const ended = how(await context.lock(tx, actor.workspaceId, id), { by: actor.id, at, note });
      await saveCommitment(tx, actor.workspaceId, ended);
      await context.announce(tx, actor.workspaceId, ended.state === 'kept' ? 'kept' : 'withdrawn', ended, { actor: byPerson(actor), at, more: ended.state === 'kept' ? { late: at > ended.dueAt } : {} });
      return view(tx, actor.workspaceId, id);
    });

  type Given = { readonly ticket: { readonly id: string; readonly customerId: string; readonly homeId: string | null; readonly teamId: string | null }; readonly entryId: string | null; readonly kind: Commitment['kind']; readonly what: string; readonly ownerId: string };
  async function promise(tx: Tx, workspaceId: string, { ticket, ...given }: Given, when: When, { by, at }: { by: string | null; at: Date }): Promise<string> {
    const moments = await context.moments(tx, workspaceId, when, { ticketId: ticket.id, at });
    const commitment: Commitment = {
      id: context.newId(), ticketId: ticket.id, ...given, customerId: ticket.customerId, homeId: ticket.homeId, teamId: ticket.teamId, ...moments, nextAt: moments.soonAt, state: 'made', madeAt: at, madeBy: by,
      endedAt: null, endedBy: null, note: '', withdrawn: null, previousId: null, toldAt: null, telling: null, standsFor: null, apologyFor: null, version: 1,
    };
    await insertCommitment(tx, workspaceId, commitment);
    await context.announce(tx, workspaceId, 'made', commitment, { actor: by === null ? THE_DESK : { kind: 'person', id: by }, at });
    return commitment.id;
  }

  return {
    ...createStandingIn(context),
    ...answers,

    /** For rooms above, in their transaction, with the ticket locked: what the desk itself told a customer that somebody will do. */
    async promise(tx: Tx, workspaceId: string, { ticketId, dueAt, ...given }: Omit<Given, 'ticket'> & { readonly ticketId: string; readonly dueAt: Date }): Promise<string | null> {
      const ticket = await context.tickets.find(tx, ticketId);
      return ticket && promise(tx, workspaceId, { ...given, ticket }, { dueAt: dueAt.toISOString() }, { by: null, at: context.now() });
    },

    /** The same: somebody has what a lead kept for whoever would take it. What was given to another by hand stays there. */
    async giveTo(tx: Tx, workspaceId: string, id: string, { from, to }: { from: string; to: string }): Promise<void> {
      const before = await context.find(tx, workspaceId, id);
      if (!isOpen(before) || before.ownerId !== from || from === to) return;
      const after = followOwner(before, to);
      await saveCommitment(tx, workspaceId, after);
      await context.announce(tx, workspaceId, 'changed', after, { actor: THE_DESK, at: context.now(), more: { previousOwnerId: from } });
    },

    due: createDueWork(context),
    /** For rooms below, at once and in their transaction. */
    subscriptions: besides(createListening(context), answered),

    list: (actor: Actor, { limit, cursor, state, owner, team, ticket, customer }: CommitmentFilter & Paging): Promise<Page<CommitmentView>> =>
      work(actor, 'tickets.read', async (tx) => {
        const teamIds = team === undefined ? null : team === 'mine' ? actor.teamIds : [team];
        if (teamIds?.length === 0) return { items: [], nextCursor: null };
        const wanted = { state, ownerId: owner === 'me' ? actor.id : owner ?? null, teamIds, ticketId: ticket ?? null, customerId: customer ?? null };
        const rows = await commitmentIds(tx, actor.workspaceId, wanted, { limit: limit + 1, after: cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']) });
        const ids = pageOfRows(rows, limit, (row) => [row.at.toISOString(), row.id], (row) => row.id);
        return { items: (await shown(tx, actor.workspaceId, ids.items)).map(present), nextCursor: ids.nextCursor };
      }),

    get: (actor: Actor, id: string): Promise<CommitmentView> => work(actor, 'tickets.read', (tx) => view(tx, actor.workspaceId, id)),

    /** What a customer was promised on a ticket and waits for, the next first; for rooms that show it to them. */
    promisedOn: (tx: Tx, workspaceId: string, ticketId: string): Promise<Promised[]> => promisedOn(tx, workspaceId, ticketId, MAX_OPEN),

    counts: (actor: Actor): Promise<CommitmentCounts> => work(actor, 'tickets.read', (tx) => countsOf(tx, actor.workspaceId, actor.id)),

    make: (actor: Actor, given: CommitmentCreate): Promise<CommitmentView> =>
      work(actor, 'tickets.change', async (tx) => {
        const at = context.now();
        const ticket = await context.tickets.hold(tx, given.ticketId);
        if (given.entryId !== undefined && !await context.tickets.holdsEntry(tx, ticket.id, given.entryId)) {
          throw new AppError('invalid', 'commitment.no_such_entry', 'There is no such entry on this ticket.');
        }
        if (given.ownerId !== undefined && given.ownerId !== actor.id) await context.demandOwner(tx, given.ownerId);
        if (await countOpen(tx, actor.workspaceId, ticket.id) >= MAX_OPEN) throw new AppError('conflict', 'commitment.too_many', `A ticket has ${MAX_OPEN} open promises at most; keep or withdraw some first.`);
        const { entryId = null, kind, what, ownerId = actor.id } = given;
        return view(tx, actor.workspaceId, await promise(tx, actor.workspaceId, { ticket, entryId, kind, what, ownerId }, given, { by: actor.id, at }));
      }),

    change: (actor: Actor, id: string, { version, ownerId, ...given }: CommitmentPatch): Promise<CommitmentView> =>
      work(actor, 'tickets.change', async (tx) => {
        const before = await context.lock(tx, actor.workspaceId, id);
        if (version !== undefined && version !== before.version) {
          throw new AppError('conflict', 'commitment.changed_meanwhile', 'Somebody else changed the promise a moment ago; look at it again.', { version: before.version });
        }
        if (before.endedAt) throw new AppError('conflict', 'commitment.ended', 'This promise has ended already.', { state: before.state });
        if (ownerId !== undefined && ownerId !== before.ownerId) await context.demandOwner(tx, ownerId);
        const after = reword(before, { ...given, ownerId });
        await saveCommitment(tx, actor.workspaceId, after);
        const more = after.ownerId === before.ownerId ? {} : { previousOwnerId: before.ownerId };
        await context.announce(tx, actor.workspaceId, 'changed', after, { actor: byPerson(actor), at: context.now(), more });
        return view(tx, actor.workspaceId, id);
      }),

    keep: (actor: Actor, id: string, note: string): Promise<CommitmentView> => end(actor, id, note, keep),

    withdraw: (actor: Actor, id: string, { note, by }: { note: string; by: 'customer' | 'colleague' }): Promise<CommitmentView> =>
      end(actor, id, note, (commitment, at) => withdraw(commitment, by, at)),

    /** The old one ends; the answer is the one that stands for it. Unless they hear of it otherwise, the customer is told by a mail in the same transaction. */
    renegotiate: (actor: Actor, id: string, { note, telling: how, ...when }: Renegotiation): Promise<CommitmentView> =>
      work(actor, 'tickets.change', async (tx) => {
        const at = context.now();
        const before = await context.lock(tx, actor.workspaceId, id);
        const moments = await context.moments(tx, actor.workspaceId, when, { ticketId: before.ticketId, at });
        const [old, next] = renegotiate(before, { id: context.newId(), ...moments, telling: how }, { by: actor.id, at, note });
        await saveCommitment(tx, actor.workspaceId, old);
        await insertCommitment(tx, actor.workspaceId, next);
        const mailed = how === 'mail' ? await telling.mail(tx, { actor, before, after: moments, at }) : null;
        if (mailed) await saveTold(tx, actor.workspaceId, next.id, 'entryId' in mailed ? { telling: 'mail', at, entryId: mailed.entryId } : { telling: 'reply', at: null, entryId: null });
        const more = { nextId: next.id, newDueAt: next.dueAt.toISOString(), newWholeDay: next.wholeDay, ...(mailed && 'refused' in mailed ? { telling: 'reply', notMailed: mailed.refused } : { telling: how }) };
        await context.announce(tx, actor.workspaceId, 'renegotiated', old, { actor: byPerson(actor), at, more });
        return view(tx, actor.workspaceId, next.id);
      }),

    /** Words that tell the customer of another date, in their language. */
    letter: (actor: Actor, id: string, when: When): Promise<LetterView> =>
      work(actor, 'tickets.read', async (tx) => {
        const at = context.now();
        const before = await context.find(tx, actor.workspaceId, id);
        return telling.words(tx, { actor, before, after: await context.moments(tx, actor.workspaceId, when, { ticketId: before.ticketId, at }), at });
      }),

    figures: (actor: Actor, { from, to }: FiguresQuery): Promise<CommitmentFigures> =>
      work(actor, 'reports.read', async (tx) => {
        const rows = await figureRows(tx, actor.workspaceId, { from: new Date(from), to: new Date(to), now: context.now() });
        return {
          total: figureOf(totalOf(rows)),
          items: rows.map(({ teamId, teamName, kind, ...counts }) => ({ team: teamId === null ? null : { id: teamId, name: teamName ?? '' }, kind, ...figureOf(counts) })),
        };
      }),
  };
}

/** Whoever hears of the same hears one after the other. */
function besides(first: Record<string, WithinHandler>, then: Record<string, WithinHandler>): Record<string, WithinHandler> {
  const both = (type: string): WithinHandler => async (tx, event) => {
    await first[type]?.(tx, event);
    await then[type]?.(tx, event);
  };
  return Object.fromEntries([...new Set([...Object.keys(first), ...Object.keys(then)])].map((type) => [type, both(type)]));
}
