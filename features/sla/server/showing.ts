import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import { demand } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import type { BoardPage, BoardQuery, ClocksView, ClockView, FlagView, UrgentView } from '../core/contract.ts';
import { clockViews, urgentView } from '../core/explain.ts';
import type { Rule } from '../core/policy.ts';
import type { Keeping } from './keeping.ts';
import type { RuleBook } from './rules.ts';
import { flagPage, settleFlag, type FlagRow } from './store.ts';

type Deps = {
  db: Database; now: Now; emit: Emit; calendars: Pick<Calendars, 'named'>; people: Pick<People, 'peopleByIds'>; workspaces: Pick<Workspaces, 'get'>;
  tickets: Pick<Tickets, 'get' | 'list' | 'readable' | 'wordsOf'>; keeping: Keeping; ruleBook: RuleBook;
};

const SHOWN_TO_CUSTOMERS = new Set(['first_reply', 'next_reply', 'periodic_update', 'pausable_update', 'resolution']);

/** What is shown of clocks, as they are at this moment, whether or not a worker has been here. */
export function createShowing({ db, now, emit, calendars, people, workspaces, tickets, keeping, ruleBook }: Deps) {
  async function policyView(tx: Tx, workspaceId: string, rule: Rule, chosenId: string | null): Promise<ClocksView['policy']> {
    const calendar = await calendars.named(tx, workspaceId, rule.calendarId ?? rule.heldBy);
    return { id: rule.id, name: rule.name, chosen: rule.id === chosenId, calendarId: rule.calendarId ?? rule.heldBy, calendarName: calendar?.name ?? null, timeZone: calendar?.timeZone ?? (await workspaces.get(workspaceId)).timeZone };
  }

  /** Who agreed on another deadline, and why. */
  async function withReasons(tx: Tx, views: readonly ClockView[]): Promise<ClockView[]> {
    const names = await people.peopleByIds(tx, views.flatMap(({ agreed }) => agreed?.by?.id ?? []));
    return Promise.all(views.map(async ({ agreed, ...view }) => ({ ...view, agreed: agreed && {
      ...agreed, by: agreed.by && { ...agreed.by, name: names.get(agreed.by.id)?.name ?? '' }, reason: await tickets.wordsOf(tx, agreed.entryId) ?? '',
    } })));
  }

  async function urgent(tx: Tx, workspaceId: string, ticketIds: readonly string[]): Promise<Map<string, UrgentView>> {
    const rules = await ruleBook.of(tx, workspaceId);
    const pages = rules.list.length === 0 || ticketIds.length === 0 ? [] : await keeping.read(tx, workspaceId, ticketIds, rules);
    return new Map(pages.flatMap(({ ticketId, sheet, rule }) => {
      const view = urgentView(ticketId, sheet, rule, now().getTime());
      return view ? [[ticketId, view] as const] : [];
    }));
  }

  return {
    clocks: (actor: Actor, ticketId: string): Promise<ClocksView> => db.work(actor.workspaceId, async (tx) => {
      const { slaPolicyId } = await tickets.get(actor, ticketId);
      const rules = await ruleBook.of(tx, actor.workspaceId);
      const [page] = rules.list.length === 0 ? [] : await keeping.read(tx, actor.workspaceId, [ticketId], rules);
      if (!page || page.sheet.gone) return { items: [], policy: null };
      return { items: await withReasons(tx, clockViews(page.sheet, page.rule, now().getTime())), policy: page.rule && await policyView(tx, actor.workspaceId, page.rule, slaPolicyId) };
    }),

    /** Of each of these tickets the clock that matters first. */
    urgent: (actor: Actor, ticketIds: readonly string[]): Promise<{ items: UrgentView[] }> => db.work(actor.workspaceId, async (tx) => {
      const readable = await tickets.readable(actor, ticketIds);
      return { items: [...(await urgent(tx, actor.workspaceId, readable)).values()] };
    }),

    board: (actor: Actor, query: BoardQuery): Promise<BoardPage> => db.work(actor.workspaceId, async (tx) => {
      const { items, nextCursor } = await tickets.list(actor, { ...query, status: 'active', sort: 'due' });
      // Those that are never due come last: with the first of them the board ends.
      const due = items.filter(({ dueAt }) => dueAt !== null);
      const clocks = await urgent(tx, actor.workspaceId, due.map(({ id }) => id));
      return { items: due.map((ticket) => ({ ticket, clock: clocks.get(ticket.id) ?? null })), nextCursor: due.length < items.length ? null : nextCursor };
    }),

    /**
     * What the customer can expect next, for rooms that show it to them: an answer, or the end of the matter. Null when nothing was
     * promised; without a date while it stands still.
     */
    async expectation(tx: Tx, workspaceId: string, ticketId: string): Promise<{ what: 'answer' | 'solution'; dueAt: Date | null; isLate: boolean } | null> {
      const rules = await ruleBook.of(tx, workspaceId);
      const [page] = rules.list.length === 0 ? [] : await keeping.read(tx, workspaceId, [ticketId], rules);
      if (!page || page.sheet.gone) return null;
      const clock = clockViews(page.sheet, page.rule, now().getTime()).find(({ metric, endedAt, state }) => SHOWN_TO_CUSTOMERS.has(metric) && endedAt === null && state !== 'met');
      if (!clock) return null;
      return { what: clock.metric === 'resolution' ? 'solution' : 'answer', dueAt: clock.dueAt === null ? null : new Date(clock.dueAt), isLate: clock.state === 'breached' };
    },

    flags: (actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<FlagView>> => {
      demand(actor, 'sla.flags');
      return db.work(actor.workspaceId, async (tx) => {
        const rows = await flagPage(tx, actor.workspaceId, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']));
        return pageOfRows(rows, limit, (row) => [row.at.toISOString(), row.id], presentFlag);
      });
    },

    settleFlag: (actor: Actor, id: string): Promise<void> => {
      demand(actor, 'sla.review');
      return db.work(actor.workspaceId, async (tx) => {
        const ticketId = await settleFlag(tx, actor.workspaceId, id, actor.id, now());
        if (ticketId === null) throw new AppError('not_found', 'sla_flag.not_found', 'There is no such note, or somebody has looked at it already.');
        await emit(tx, actor.workspaceId, { type: 'sla.flag_settled', ticketId, subjectId: id, actor: { kind: 'person', id: actor.id }, at: now() });
      });
    },
  };
}

const presentFlag = ({ id, kind, count, at, ticketId, number, subject, personId, personName }: FlagRow): FlagView => ({
  id, kind, count, at: at.toISOString(), ticket: { id: ticketId, number, subject }, person: personId === null ? null : { id: personId, name: personName ?? '' },
});
