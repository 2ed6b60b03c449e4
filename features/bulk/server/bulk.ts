import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { LoggedEvent, WithinHandler } from '../../../platform/events/events.ts';
import { decodeCursor, encodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { Macros } from '../../macros/server/macros.ts';
import { demand } from '../../people/core/permissions.ts';
import type { TicketFilter } from '../../tickets/core/contract.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { MOST_AT_ONCE, MOST_TICKETS, UNDO_HOURS, type BulkAction, type BulkCreate, type BulkFailure, type BulkRunView } from '../core/contract.ts';
import { createDoing, type DoingDeps } from './doing.ts';
import { countsOf, failuresOf, findRun, forgetOld, goingOn, insertRun, runsOf, stateOf, stopRun, undoRun, type Run } from './store.ts';

export type Bulk = ReturnType<typeof createBulk>;
type Paging = { readonly limit: number; readonly cursor?: string | undefined };
const HOUR_MS = 3_600_000;
const KEPT_DAYS = 30;
const PAGE = 100;

/** The front door of the bulk room: one person does the same to many tickets, sees how far it is and what was refused, and takes it back. */
export function createBulk(deps: Omit<DoingDeps, 'tickets' | 'macros'> & { readonly tickets: DoingDeps['tickets'] & Pick<Tickets, 'list' | 'readable' | 'incidentsOf'>; readonly macros: DoingDeps['macros'] & Pick<Macros, 'actionsFor'> }) {
  const { db, now, tickets, macros } = deps;
  const absent = () => new AppError('not_found', 'bulk.not_found', 'There is no such run of yours.');

  /** All of a list, in its order; as far as the person may see it. */
  async function listed(actor: Actor, filter: TicketFilter): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await tickets.list(actor, { ...filter, limit: PAGE, cursor });
      ids.push(...page.items.map(({ id }) => id));
      if (ids.length > MOST_TICKETS) throw new AppError('invalid', 'bulk.too_many', `Up to ${MOST_TICKETS} tickets at once; narrow the list.`);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return ids;
  }

  async function chosen(actor: Actor, { ticketIds, filter }: BulkCreate): Promise<string[]> {
    const ids = filter ? await listed(actor, filter) : await tickets.readable(actor, [...new Set(ticketIds)]);
    if (ids.length === 0) throw new AppError('invalid', 'bulk.none', 'None of these tickets is there.');
    return ids;
  }

  /** A macro is what it does at this moment, for who may use it. */
  async function flat(tx: Tx, actor: Actor, actions: readonly BulkAction[]): Promise<BulkAction[]> {
    const found: BulkAction[] = [];
    for (const action of actions) found.push(...(action.type === 'macro' ? await macros.actionsFor(tx, actor, action.macroId) : [action]));
    if (found.length === 0) throw new AppError('invalid', 'bulk.no_actions', 'The macro changes nothing; choose what is to be done.');
    return found;
  }

  async function views(tx: Tx, rows: readonly Run[]): Promise<BulkRunView[]> {
    const counts = await countsOf(tx, rows.map(({ id }) => id));
    return rows.map((run) => {
      const { undoing, ...count } = counts.get(run.id)!;
      const waiting = count.waiting + undoing;
      return {
        id: run.id, state: stateOf(run, waiting > 0), actions: [...run.actions], total: run.total, ...count, waiting,
        begunAt: run.begunAt.toISOString(), mayUndo: run.undoneAt === null && waiting === 0 && count.done > 0 && inTime(run),
      };
    });
  }

  const inTime = ({ begunAt }: Run): boolean => now().getTime() - begunAt.getTime() <= UNDO_HOURS * HOUR_MS;

  /** One's own run, in a unit of work. */
  const withRun = <T>(actor: Actor, id: string, act: (tx: Tx, run: Run) => Promise<T>): Promise<T> => {
    demand(actor, 'tickets.change');
    return db.work(actor.workspaceId, async (tx) => {
      const run = await findRun(tx, actor.id, id);
      if (!run) throw absent();
      return act(tx, run);
    });
  };
  const view = async (tx: Tx, actor: Actor, id: string): Promise<BulkRunView> => (await views(tx, [(await findRun(tx, actor.id, id))!]))[0]!;

  /** A person resolved it: what it caused is resolved in their name. */
  async function resolveIncidents(tx: Tx, { workspaceId, ticketId, actor, data, at }: LoggedEvent): Promise<void> {
    if (ticketId === null || actor.kind !== 'person' || actor.id === null || !Array.isArray(data.status) || data.status[1] !== 'resolved') return;
    const ticketIds = await tickets.incidentsOf(tx, ticketId, MOST_TICKETS);
    if (ticketIds.length === 0) return;
    const run: Run = { id: newId(), personId: actor.id, scopes: ['read', 'write'], actions: [{ type: 'set_status', status: 'resolved' }], total: ticketIds.length, begunAt: at, stoppedAt: null, undoneAt: null };
    await insertRun(tx, workspaceId, run, ticketIds);
  }

  return {
    due: createDoing(deps),
    subscriptions: { 'ticket.changed': resolveIncidents } satisfies Record<string, WithinHandler>,

    async begin(actor: Actor, given: BulkCreate): Promise<BulkRunView> {
      demand(actor, 'tickets.change');
      if (given.actions.some(({ type }) => type === 'reply')) demand(actor, 'tickets.reply');
      const ticketIds = await chosen(actor, given);
      return db.work(actor.workspaceId, async (tx) => {
        if (await goingOn(tx, actor.id, 20) >= MOST_AT_ONCE) throw new AppError('rate_limited', 'bulk.busy', 'Several of your changes to many tickets go on; wait for one of them.');
        const at = now();
        const run: Run = { id: newId(), personId: actor.id, scopes: actor.scopes, actions: await flat(tx, actor, given.actions), total: ticketIds.length, begunAt: at, stoppedAt: null, undoneAt: null };
        await forgetOld(tx, new Date(at.getTime() - KEPT_DAYS * 24 * HOUR_MS));
        await insertRun(tx, actor.workspaceId, run, ticketIds);
        return view(tx, actor, run.id);
      });
    },

    get: (actor: Actor, id: string): Promise<BulkRunView> => withRun(actor, id, (tx) => view(tx, actor, id)),

    list: (actor: Actor, { limit, cursor }: Paging): Promise<Page<BulkRunView>> => {
      demand(actor, 'tickets.change');
      return db.work(actor.workspaceId, async (tx) => {
        const page = pageOfRows(await runsOf(tx, actor.id, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['time', 'id'])), limit, (run) => [run.begunAt.toISOString(), run.id], (run) => run);
        return { items: await views(tx, page.items), nextCursor: page.nextCursor };
      });
    },

    failures: (actor: Actor, id: string, { limit, cursor }: Paging): Promise<Page<BulkFailure>> =>
      withRun(actor, id, async (tx) => {
        const rows = await failuresOf(tx, id, limit + 1, cursor === undefined ? 0 : decodeCursor(cursor, ['number'])[0]);
        const shown = rows.slice(0, limit);
        const items = shown.map(({ id: ticketId, number, subject, state, code, detail }) => ({ ticket: { id: ticketId, number, subject }, state, code: code ?? '', detail: detail ?? '' }));
        return { items, nextCursor: rows.length > limit ? encodeCursor([shown.at(-1)!.place]) : null };
      }),

    /** What has not begun is left alone; what is done stays. */
    stop: (actor: Actor, id: string): Promise<BulkRunView> => withRun(actor, id, async (tx) => { await stopRun(tx, id, now()); return view(tx, actor, id); }),

    /** Puts back what nobody has touched since; notes and checklists stay, answers that have left too. */
    undo: (actor: Actor, id: string): Promise<BulkRunView> =>
      withRun(actor, id, async (tx, run) => {
        if (run.undoneAt) throw new AppError('conflict', 'bulk.undone', 'This is being taken back, or was.');
        if (!inTime(run)) throw new AppError('conflict', 'bulk.too_late', `What was done to many tickets can be taken back for ${UNDO_HOURS} hours.`);
        await stopRun(tx, id, now());
        await undoRun(tx, id, now());
        return view(tx, actor, id);
      }),
  };
}
