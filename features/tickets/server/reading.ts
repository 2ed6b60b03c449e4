import { sql, type SqlBool } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import { decodeCursor, encodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import type { EntryView, TicketCounts, TicketFilter, TicketView } from '../core/contract.ts';
import { CHANGED_LATELY, RESOLVED_LATELY } from '../core/lately.ts';
import { notFound, type Context, type SavedList } from './context.ts';
import { entriesOf, eventsOf, type EntryRow, type TicketEventRow } from './entries-store.ts';
import { exported } from './exporting.ts';
import { amongWhich, listIds, listIdsWhere, orderOf, ticketRows, type Position } from './list-store.ts';
import { whereOf } from './matching.ts';
import { createNumbers } from './numbers.ts';
import { createPresenter, presentTicket, type Reader } from './present.ts';
import { customerEntries } from './customer-store.ts';
import { questOf, type Quest } from './quest-store.ts';
import { isPlain, type Searching } from './searching.ts';
import { isTicket, presentIds, tagsInUse } from './store.ts';

type Paging = { limit: number; cursor?: string | undefined };

/** Events that the timeline shows as a line. */
const SHOWN = ['ticket.changed', 'ticket.merged', 'ticket.unmerged', 'ticket.deleted', 'ticket.restored', 'ticket.language_detected', 'entry.redacted', 'mail.misdirected', 'ticket.snoozed', 'ticket.woken', 'ticket.split', 'ticket.unsplit'];
const MAX_COUNT = 999;
const EXPORT_PAGE = 500;
/** What every agent asks for all day is planned once. */
const READ_ALL_DAY = { repeats: true, reads: true };
/** Walks along an index, whatever is in it; what a search demands besides its words and the conditions of a view are planned as they come. */
const isUsual = ({ view, resolved, tag }: Pick<TicketFilter, 'view' | 'resolved' | 'tag'>, quest: Quest | null): boolean => view === undefined && resolved === undefined && tag === undefined && (quest === null || isPlain(quest));

export function createReading(context: Context, seek: Searching['seek']) {
  const { work, demand } = context;
  const presenter = createPresenter(context);
  const numbers = createNumbers({ machineNow: context.machineNow, work: (workspaceId, act) => context.db.work(workspaceId, act, READ_ALL_DAY) });

  async function views(tx: Tx, ids: readonly string[], actor: Actor): Promise<TicketView[]> {
    if (ids.length === 0) return [];
    const byId = new Map((await ticketRows(tx, { ids, viewerId: actor.id })).map((row) => [row.id, row]));
    return ids.flatMap((id) => { const row = byId.get(id); return row ? [presentTicket(row)] : []; });
  }

  async function view(tx: Tx, id: string, actor: Actor): Promise<TicketView> {
    const [found] = await views(tx, [id], actor);
    if (!found) throw notFound();
    return found;
  }

  /** In place of the last words stand those that were sought. */
  async function found(tx: Tx, actor: Actor, filter: TicketFilter, quest: Quest, { limit, cursor }: Paging): Promise<Page<TicketView>> {
    const { items, nextCursor } = await seek(tx, actor, quest, { limit, cursor: cursor ?? null });
    const among = await amongWhich(tx, filter, actor);
    const fitting = items.filter(({ ticket }) => (among?.includes(ticket.id) ?? true) && matches(ticket, filter, actor));
    return { items: fitting.map(({ ticket, passage }) => (passage ? { ...ticket, snippet: `${passage.fileName === null ? '' : `${passage.fileName}: `}${passage.text}`, ...(passage.asideId !== null && { asideId: passage.asideId }) } : ticket)), nextCursor };
  }

  async function placesOf(tx: Tx, actor: Actor, filter: TicketFilter, span: { limit: number; after: Position | null }) {
    if (filter.view === undefined && filter.resolved === undefined) return { rows: await listIds(tx, filter, actor, span), end: null };
    const view = filter.view === undefined ? null : await savedList(tx, actor, filter.view);
    const picked = [...view ? [whereOf(view.condition, view.moment)] : [], ...filter.resolved ? [lately(RESOLVED_LATELY)] : []];
    return listIdsWhere(tx, { ...filter, status: filter.status ?? view?.status ?? 'done' }, actor, {
      ...span, where: sql<SqlBool>`${sql.join(picked.map((one) => sql`(${one})`), sql` and `)}`, ...(filter.resolved && filter.sort === 'updated' && { within: lately(CHANGED_LATELY) }),
    });
  }

  const lately = (condition: Condition) => whereOf(condition, { now: context.now() });

  async function savedList(tx: Tx, actor: Actor, id: string): Promise<SavedList> {
    const view = await context.savedView?.(tx, actor, id);
    if (!view) throw new AppError('not_found', 'view.not_found', 'There is no such view.');
    return view;
  }

  async function page(tx: Tx, actor: Actor, filter: TicketFilter, { limit, cursor }: Paging): Promise<Page<TicketView>> {
    const byNumber = orderOf(filter).direction === 'asc';
    const after: Position | null = cursor === undefined ? null : byNumber ? decodeCursor(cursor, ['number', 'id']) : decodeCursor(cursor, ['time', 'id']);
    const { rows, end } = await placesOf(tx, actor, filter, { limit: limit + 1, after });
    const ids = pageOfRows(rows, limit, keyOf, (row) => row.id);
    return { items: await views(tx, ids.items, actor), nextCursor: ids.nextCursor ?? (end && encodeCursor(keyOf(end))) };
  }

  const listed = (tx: Tx, actor: Actor, filter: TicketFilter, quest: Quest | null, paging: Paging): Promise<Page<TicketView>> =>
    (quest ? found(tx, actor, filter, quest, paging) : page(tx, actor, filter, paging));

  async function questIn(actor: Actor, { q, view: saved, resolved }: TicketFilter): Promise<Quest | null> {
    if (!q?.trim()) return null;
    if (saved !== undefined || resolved !== undefined) throw new AppError('invalid', 'ticket.search_or_view', 'A search looks everywhere; leave out q, or view and resolved.');
    return context.understand ? context.understand(actor, q) : questOf(q);
  }

  const verbs = {
    async list(actor: Actor, { limit, cursor, ...filter }: TicketFilter & Paging): Promise<Page<TicketView>> {
      const quest = await questIn(actor, filter);
      return work(actor, 'tickets.read', (tx) => listed(tx, actor, filter, quest, { limit, cursor }), { repeats: isUsual(filter, quest), reads: true });
    },

    get: (actor: Actor, id: string): Promise<TicketView> => work(actor, 'tickets.read', (tx) => view(tx, id, actor), READ_ALL_DAY),

    /** Of these, those that are there. */
    readable: (actor: Actor, ids: readonly string[]): Promise<string[]> => work(actor, 'tickets.read', (tx) => presentIds(tx, ids)),

    /** The numbers beside the ready-made views. */
    counts: async (actor: Actor): Promise<TicketCounts> => {
      demand(actor, 'tickets.read');
      const counts = await numbers.of(actor);
      return Object.fromEntries(Object.entries(counts).map(([shelf, count]) => [shelf, { count: Math.min(count, MAX_COUNT), more: count > MAX_COUNT }])) as TicketCounts;
    },
    heard: numbers.heard,

    exported(actor: Actor, filter: TicketFilter): AsyncGenerator<string[][], void> {
      let asked: Promise<Quest | null> | undefined;
      return exported(context, actor, {
        permission: 'tickets.export', subject: 'ticket', heads: HEADS, rowOf,
        async page(cursor) {
          const quest = await (asked ??= questIn(actor, filter));
          return work(actor, 'tickets.export', (tx) => listed(tx, actor, filter, quest, { limit: EXPORT_PAGE, cursor }));
        },
      });
    },

    /** A ticket's timeline, oldest first; `latest` gives the last page and then pages backwards. */
    entries: (actor: Actor, id: string, { limit, cursor, latest = false }: Paging & { latest?: boolean }): Promise<Page<EntryView>> =>
      work(actor, 'tickets.read', async (tx) => {
        const span = { limit: limit + 1, backwards: latest, from: cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']) };
        const [isThere, entries, events] = await Promise.all([isTicket(tx, id), entriesOf(tx, id, span), eventsOf(tx, id, [...SHOWN, ...context.alsoShown ?? []], span)]);
        if (!isThere) throw notFound();
        const rows = merged(entries, events, latest);
        const shown = rows.slice(0, limit);
        const last = shown.at(-1);
        const items = await present(tx, actor, latest ? shown.toReversed() : shown);
        return { items, nextCursor: rows.length > limit && last ? encodeCursor([timeOf(last).toISOString(), last.id]) : null };
      }, READ_ALL_DAY),

    /** `isBare`: it went into a chat a moment ago, and no file with it. */
    entry: async (actor: Actor, row: EntryRow, { isBare = false } = {}): Promise<EntryView> =>
      (isBare && !row.hasHtml && row.channel === 'chat') ? presenter.bare(actor, row) : work(actor, 'tickets.read', async (tx) => (await presenter.entries(tx, actor, [row]))[0]!, READ_ALL_DAY),

    /** Everything with one customer, newest first, across tickets. */
    customerTimeline: (actor: Actor, customerId: string, { limit, cursor }: Paging) =>
      work(actor, 'customers.read', async (tx) => {
        if (!await context.customers.known(tx, customerId)) throw new AppError('not_found', 'customer.not_found', 'There is no such customer.');
        const rows = await customerEntries(tx, customerId, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']));
        const page = pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], (row) => row);
        const entries = await presenter.entries(tx, actor, page.items);
        return {
          items: entries.map((entry, i) => {
            const { ticketId, ticketNumber, ticketSubject } = page.items[i]!;
            return { ...entry, ticket: { id: ticketId, number: ticketNumber, subject: ticketSubject } };
          }),
          nextCursor: page.nextCursor,
        };
      }, READ_ALL_DAY),

    tags: (actor: Actor, beginning: string, limit: number) => work(actor, 'tickets.read', async (tx) => ({ items: await tagsInUse(tx, beginning, limit), nextCursor: null })),
  };

  async function present(tx: Tx, reader: Reader, rows: readonly TimelineRow[]): Promise<EntryView[]> {
    const shown = new Map((await presenter.entries(tx, reader, rows.filter((row): row is EntryRow => 'createdAt' in row))).map((entry) => [entry.id, entry]));
    return rows.map((row) => ('createdAt' in row ? shown.get(row.id)! : presenter.fromEvent(row)));
  }

  return { ...verbs, view };
}

const keyOf = (row: { id: string; order: number | Date }) => [row.order instanceof Date ? row.order.toISOString() : row.order, row.id] as const;

type TimelineRow = EntryRow | TicketEventRow;
const timeOf = (row: TimelineRow): Date => ('createdAt' in row ? row.createdAt : row.at);

function merged(entries: readonly EntryRow[], events: readonly TicketEventRow[], backwards: boolean): TimelineRow[] {
  const sign = backwards ? -1 : 1;
  return [...entries, ...events].sort((a, b) =>
    sign * (timeOf(a).getTime() - timeOf(b).getTime() || (a.id < b.id ? -1 : 1)));
}

/** The other filters of a search: applied to what was found. */
const matches = (ticket: TicketView, filter: TicketFilter, actor: Actor): boolean =>
  statusFits(ticket, filter.status) && fits(ticket.assignee?.id ?? null, filter.assignee, [actor.id])
  && fits(ticket.team?.id ?? null, filter.team, actor.teamIds) && attributesFit(ticket, filter);

function statusFits(ticket: TicketView, status: string | undefined): boolean {
  if (status === undefined || status === 'all') return true;
  const done = ticket.status === 'resolved' || ticket.status === 'closed';
  if (status === 'awake' || status === 'snoozed') return !done && (ticket.snooze !== null) === (status === 'snoozed');
  if (status === 'active' || status === 'done') return done === (status === 'done');
  return status.split(',').includes(ticket.status);
}

/** `me` and `mine` stand for one's own ids, `none` for nobody. */
function fits(id: string | null, wanted: string | undefined, own: readonly string[]): boolean {
  if (wanted === undefined) return true;
  if (wanted === 'none') return id === null;
  return wanted === 'me' || wanted === 'mine' ? id !== null && own.includes(id) : id === wanted;
}

const ATTRIBUTES = ['kind', 'priority', 'channel'] as const;

const attributesFit = (ticket: TicketView, filter: TicketFilter): boolean =>
  ATTRIBUTES.every((name) => filter[name] === undefined || ticket[name] === filter[name])
  && (filter.waiting === undefined || ticket.waitingSince !== null)
  && (filter.customer === undefined || ticket.customer.id === filter.customer)
  && (filter.company === undefined || ticket.company?.id === filter.company)
  && (filter.tag === undefined || ticket.tags.includes(filter.tag));

const HEADS = ['number', 'subject', 'status', 'priority', 'kind', 'channel', 'customer', 'email', 'assignee', 'team', 'tags', 'language', 'created', 'last message', 'waiting since'];

const rowOf = (t: TicketView): string[] => [
  String(t.number), t.subject, t.status, t.priority, t.kind, t.channel, t.customer.name, t.customer.email ?? '', t.assignee?.name ?? '', t.team?.name ?? '',
  t.tags.join(', '), t.language ?? '', t.createdAt, t.lastMessageAt, t.waitingSince ?? '',
];
