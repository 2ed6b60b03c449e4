import type { Now } from '../../../kernel/actor.ts';
import { beforeCommit, type Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit, LoggedEvent } from '../../../platform/events/events.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Clock } from '../core/clock.ts';
import { factsOf, historyOf } from '../core/facts.ts';
import { chooseRule, earliestDue, fit, nextStep, ruleOf, timeOf, type Rule } from '../core/policy.ts';
import { advance, EMPTY_SHEET, type Fact, type Sheet } from '../core/sheet.ts';
import type { RuleBook, Rules } from './rules.ts';
import { heardOf, saveFlag, saveSheets, sheetsOf, type SheetRow, type SheetToSave } from './store.ts';

/** The sheet of a ticket in a unit of work; written once, at its end. */
export type Page = { readonly ticketId: string; sheet: Sheet; rule: Rule | null; version: number; savedDue: number | null; fresh: boolean };
export type Keeping = ReturnType<typeof createKeeping>;

const MOST_MERGES = 5;

type Pages = { readonly workspaceId: string; readonly byTicket: Map<string, Page>; saving: boolean };

/** Keeps the clocks of tickets up to what happens to them. */
export function createKeeping({ now, emit, tickets, ruleBook }: { now: Now; emit: Emit; tickets: Pick<Tickets, 'current' | 'setDues'>; ruleBook: RuleBook }) {
  const open = new WeakMap<Tx, Pages>();

  function pagesOf(tx: Tx, workspaceId: string): Pages {
    const pages = open.get(tx) ?? { workspaceId, byTicket: new Map<string, Page>(), saving: false };
    open.set(tx, pages);
    if (!pages.saving) {
      pages.saving = true;
      beforeCommit(() => save(tx, pages));
    }
    return pages;
  }

  async function save(tx: Tx, pages: Pages): Promise<void> {
    pages.saving = false;
    const all = [...pages.byTicket.values()];
    if (all.length === 0) return;
    const rules = await ruleBook.of(tx, pages.workspaceId);
    for (const page of all) if (page.version !== rules.version) await follow(tx, page, rules, now());
    const rows = all.map(rowOf);
    const dues = rows.filter(({ dueAt }, i) => (dueAt?.getTime() ?? null) !== all[i]?.savedDue).map(({ ticketId, dueAt }) => ({ ticketId, at: dueAt }));
    const [version] = await Promise.all([saveSheets(tx, pages.workspaceId, rules.version, rows), tickets.setDues(tx, 'sla', dues)]);
    for (const [i, page] of all.entries()) page.savedDue = rows[i]?.dueAt?.getTime() ?? null;
    if (version === rules.version) return;
    await ruleBook.fresh(tx, pages.workspaceId);
    await save(tx, pages);
  }

  /** A page that was read by other rules is read by these. */
  async function follow(tx: Tx, page: Page, rules: Rules, at: Date): Promise<void> {
    const byRules = page.version !== rules.version;
    const before = page.rule;
    page.rule = chooseRule(rules, await tickets.current(tx, page.ticketId), at);
    page.sheet = fit(page.sheet, page.rule, { now: at.getTime(), byRules, otherHours: before !== null && before.time !== page.rule?.time });
    page.version = rules.version;
  }

  /** From the history alone. What was announced stays announced, and what has ended under another promise stays as it ended. */
  async function rebuilt(tx: Tx, workspaceId: string, ticketId: string, rules: Rules, old: Sheet | null): Promise<Page> {
    const ticket = await tickets.current(tx, ticketId);
    const at = now();
    const rule = chooseRule(rules, ticket, at);
    const sheet = await folded(tx, { workspaceId, ticketId, before: null, merges: MOST_MERGES }, rules, rule, beginningOf(ticket));
    const kept = old ? remembering(old, sheet) : fit(sheet, rule, { now: at.getTime(), byRules: true });
    return { ticketId, sheet: fit(kept, rule, { now: at.getTime(), byRules: false }), rule, version: rules.version, savedDue: null, fresh: true };
  }

  type History = { readonly workspaceId: string; readonly ticketId: string; readonly before: number | null; readonly merges: number };

  async function folded(tx: Tx, { before, merges, ...of }: History, rules: Rules, rule: Rule | null, beginning: readonly Fact[]): Promise<Sheet> {
    const history = historyOf(await heardOf(tx, of.workspaceId, of.ticketId, before), of.ticketId, (id) => rules.ids.has(id));
    let sheet: Sheet = EMPTY_SHEET;
    for (const one of history[0]?.type === 'created' ? history : [...beginning, ...history]) {
      const fact: Fact = one.type !== 'merged' ? one : {
        type: 'took_in', at: one.at,
        clocks: merges > 0 ? (await folded(tx, { workspaceId: of.workspaceId, ticketId: one.sourceId, before: one.seq, merges: merges - 1 }, rules, rule, [])).clocks : [],
      };
      sheet = fit(advance(sheet, fact, timeOf(rule)), rule, { now: fact.at, byRules: false });
    }
    return sheet;
  }

  const pageOf = (row: SheetRow, rules: Rules): Page => ({
    ticketId: row.ticketId, sheet: row.sheet, rule: ruleOf(rules, row.policyId, row.calendarId), version: row.rules, savedDue: row.dueAt?.getTime() ?? null, fresh: false,
  });

  const isTrusted = (row: SheetRow, rules: Rules): boolean => row.rules >= rules.trustedFrom;

  /** Those of several tickets, read by the present rules; the missing are made from their history. Nothing is written. */
  async function read(tx: Tx, workspaceId: string, ticketIds: readonly string[], rules: Rules): Promise<Page[]> {
    if (ticketIds.length === 0) return [];
    const rows = new Map((await sheetsOf(tx, workspaceId, ticketIds)).map((row) => [row.ticketId, row]));
    const pages: Page[] = [];
    for (const id of ticketIds) {
      const row = rows.get(id);
      const page = row && isTrusted(row, rules) ? pageOf(row, rules) : { ...await rebuilt(tx, workspaceId, id, rules, null), savedDue: row?.dueAt?.getTime() ?? null };
      if (page.version !== rules.version) await follow(tx, page, rules, now());
      pages.push(page);
    }
    return pages;
  }

  /** The same, to be written at the end of this unit of work, which has the tickets locked. */
  async function take(tx: Tx, workspaceId: string, ticketIds: readonly string[], rules: Rules): Promise<Page[]> {
    const { byTicket } = pagesOf(tx, workspaceId);
    for (const page of await read(tx, workspaceId, ticketIds.filter((id) => !byTicket.has(id)), rules)) byTicket.set(page.ticketId, page);
    return ticketIds.flatMap((id) => byTicket.get(id) ?? []);
  }

  async function hear(tx: Tx, event: LoggedEvent): Promise<void> {
    const { workspaceId, ticketId } = event;
    if (ticketId === null) return;
    const rules = await ruleBook.of(tx, workspaceId);
    if (rules.list.length === 0) return;
    const pages = pagesOf(tx, workspaceId);
    if (event.type === 'ticket.created') {
      pages.byTicket.set(ticketId, { ticketId, sheet: advance(EMPTY_SHEET, factsOf(event, () => false)[0]!, timeOf(null)), rule: null, version: rules.version, savedDue: null, fresh: true });
    } else if (REWRITES.has(event.type)) {
      await rewrite(tx, event, rules);
      return;
    }
    const known = pages.byTicket.get(ticketId);
    const [page] = await take(tx, workspaceId, [ticketId], rules);
    if (!page) return;
    // One that was just made of the whole history has heard of this already.
    if (known || !page.fresh) await apply(tx, page, event, rules);
    page.fresh = false;
  }

  async function apply(tx: Tx, page: Page, event: LoggedEvent, rules: Rules): Promise<void> {
    const before = page.sheet;
    if (event.type !== 'ticket.created') for (const fact of factsOf(event, (id) => rules.ids.has(id))) page.sheet = advance(page.sheet, fact, timeOf(page.rule));
    await follow(tx, page, rules, event.at);
    await flag(tx, event, before, page.sheet);
  }

  async function rewrite(tx: Tx, { workspaceId, ticketId }: LoggedEvent, rules: Rules): Promise<void> {
    const [page] = await take(tx, workspaceId, [ticketId!], rules);
    if (!page || page.fresh) return;
    const { sheet, rule } = await rebuilt(tx, workspaceId, ticketId!, rules, page.sheet);
    Object.assign(page, { sheet, rule });
  }

  /** Several holding replies in a row, or a clock that is stopped again and again. */
  async function flag(tx: Tx, { workspaceId, ticketId, actor, at }: LoggedEvent, before: Sheet, after: Sheet): Promise<void> {
    const kind = after.holding > before.holding && after.holding >= HOLDING_REPLIES ? 'holding_replies'
      : after.snoozes > before.snoozes && after.snoozes >= REPEATED_SNOOZES ? 'repeated_snoozes' : null;
    if (kind === null) return;
    const count = kind === 'holding_replies' ? after.holding : after.snoozes;
    const personId = actor.kind === 'person' ? actor.id : null;
    await saveFlag(tx, workspaceId, { id: newId(), ticketId: ticketId!, kind, personId, count, at });
    await emit(tx, workspaceId, { type: 'sla.flagged', ticketId, actor: { kind: 'system', id: null }, data: { kind, count, personId }, at });
  }

  return { hear, read, take };
}

const HOLDING_REPLIES = 2;
const REPEATED_SNOOZES = 3;
const REWRITES = new Set(['ticket.merged', 'ticket.unmerged', 'entry.withdrawn', 'entry.undelivered']);

function rowOf({ ticketId, sheet, rule }: Page): SheetToSave {
  const step = nextStep(sheet, rule);
  const due = earliestDue(sheet, rule);
  // A promise is kept in the very moment of its deadline; a millisecond later it is not.
  const next = step && new Date(step.threshold === 100 ? step.at + 1 : Math.ceil(step.at));
  return { ticketId, sheet, policyId: rule?.id ?? null, calendarId: rule?.heldBy ?? null, nextAt: next, dueAt: due === null ? null : new Date(due) };
}

/** The same round of the same clock, in an older reading of the history. */
function remembering(old: Sheet, sheet: Sheet): Sheet {
  return { ...sheet, clocks: sheet.clocks.map((clock): Clock => {
    const known = old.clocks.find(({ metric, round }) => metric === clock.metric && round === clock.round);
    if (!known) return clock;
    const same = clock.end !== null && known.end?.at === clock.end.at;
    return { ...clock, told: known.told, brokenAt: clock.brokenAt ?? (same ? known.brokenAt : null), result: same ? known.result : clock.result };
  }) };
}

/** Of a ticket whose beginning the log does not tell. */
const beginningOf = ({ createdAt, status, priority, channel, waitingSince }: TicketState): Fact[] => [
  { type: 'created', at: createdAt.getTime(), status, priority },
  ...(waitingSince ? [{ type: 'customer_wrote', at: waitingSince.getTime(), since: waitingSince.getTime(), channel } as const] : []),
];
