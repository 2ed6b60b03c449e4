import type { Now } from '../../../kernel/actor.ts';
import { beforeCommit, type Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit, LoggedEvent } from '../../../platform/events/events.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Ms } from '../core/clock.ts';
import { factsOf } from '../core/facts.ts';
import { chooseRule, earliestDue, expired, fit, nextStep, ruleOf, timeOf, type Rule } from '../core/policy.ts';
import { keyOf } from '../core/results.ts';
import { advance, EMPTY_SHEET, type Sheet } from '../core/sheet.ts';
import type { Page } from './page.ts';
import { createRebuilding } from './rebuilding.ts';
import { createRecording } from './recording.ts';
import type { RuleBook, Rules } from './rules.ts';
import { saveFlag, saveSheets, sheetsOf, type SheetRow, type SheetToSave } from './store.ts';

export type Keeping = ReturnType<typeof createKeeping>;

type Pages = { readonly workspaceId: string; readonly byTicket: Map<string, Page>; saving: boolean };

/** Keeps the clocks of tickets up to what happens to them. */
export function createKeeping({ now, emit, tickets, ruleBook }: { now: Now; emit: Emit; tickets: Pick<Tickets, 'current' | 'setDues'>; ruleBook: RuleBook }) {
  const open = new WeakMap<Tx, Pages>();
  const rebuilt = createRebuilding({ now, tickets });
  const { record } = createRecording({ tickets });

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
    await record(tx, pages.workspaceId, all);
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
    const { rule, until } = chooseRule(rules, await tickets.current(tx, page.ticketId), at);
    const before = byRules ? page.sheet : expired(page.sheet, page.rule, at.getTime());
    page.sheet = fit(before, rule, { now: at.getTime(), byRules, otherHours: page.rule !== null && page.rule.time !== rule?.time });
    Object.assign(page, { rule, recheckAt: until, version: rules.version } satisfies Partial<Page>);
  }

  /** Conditions that ask for the time: read again at each moment at which it may have made them true or false, in order. */
  async function followTime(tx: Tx, page: Page, rules: Rules): Promise<void> {
    const until = now().getTime();
    for (let at = page.recheckAt; at !== null && at <= until; at = page.recheckAt) await follow(tx, page, rules, new Date(at));
  }

  /** From the history alone; nothing of it is written down as kept or broken, since nobody promised it then. */
  async function fresh(tx: Tx, workspaceId: string, ticketId: string, rules: Rules): Promise<Page> {
    const { sheet, choice } = (await rebuilt(tx, workspaceId, ticketId, rules, null))!;
    return { ...blank(ticketId, sheet, rules), rule: choice.rule, recheckAt: choice.until, saved: sheet };
  }

  const blank = (ticketId: string, sheet: Sheet, { version }: Pick<Rules, 'version'>): Page =>
    ({ ticketId, sheet, rule: null, version, savedDue: null, fresh: true, recheckAt: null, saved: null, ended: new Map(), history: null, personId: null });

  const pageOf = ({ ticketId, sheet, rules: version, policyId, calendarId, dueAt, recheckAt }: SheetRow, rules: Rules): Page => ({
    ...blank(ticketId, sheet, { version }), rule: ruleOf(rules, policyId, calendarId), savedDue: dueAt?.getTime() ?? null, fresh: false,
    recheckAt: recheckAt?.getTime() ?? null, saved: sheet,
  });

  const isTrusted = (row: SheetRow, rules: Rules): boolean => row.rules >= rules.trustedFrom;

  /** Those of several tickets, read by the present rules; the missing are made from their history. Nothing is written. */
  async function read(tx: Tx, workspaceId: string, ticketIds: readonly string[], rules: Rules): Promise<Page[]> {
    if (ticketIds.length === 0) return [];
    const rows = new Map((await sheetsOf(tx, workspaceId, ticketIds)).map((row) => [row.ticketId, row]));
    const pages: Page[] = [];
    for (const id of ticketIds) {
      const row = rows.get(id);
      const page = row && isTrusted(row, rules) ? pageOf(row, rules) : { ...await fresh(tx, workspaceId, id, rules), savedDue: row?.dueAt?.getTime() ?? null };
      if (page.version !== rules.version) await follow(tx, page, rules, now());
      await followTime(tx, page, rules);
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
      pages.byTicket.set(ticketId, blank(ticketId, advance(EMPTY_SHEET, factsOf(event, () => false)[0]!, timeOf(null)), rules));
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
    if (event.actor.kind === 'person') page.personId = event.actor.id;
    for (const fact of event.type === 'ticket.created' ? [] : factsOf(event, (id) => rules.ids.has(id))) {
      page.sheet = advance(page.sheet, fact, timeOf(page.rule));
      for (const clock of page.sheet.clocks) if (clock.end?.at === fact.at) page.ended.set(keyOf(clock), { clock, rule: page.rule });
    }
    await follow(tx, page, rules, event.at);
    await flag(tx, event, before, page.sheet);
  }

  async function rewrite(tx: Tx, { type, workspaceId, ticketId, data }: LoggedEvent, rules: Rules): Promise<void> {
    const [page] = await take(tx, workspaceId, [ticketId!], rules);
    if (!page || page.fresh) return;
    const made = await rebuilt(tx, workspaceId, ticketId!, rules, page.sheet);
    if (made) Object.assign(page, { sheet: made.sheet, rule: made.choice.rule, recheckAt: made.choice.until, saved: null, ended: new Map(), history: made.ended } satisfies Partial<Page>);
    else if (type === 'ticket.merged' || type === 'ticket.unmerged') page.sheet = { ...page.sheet, gone: type === 'ticket.merged' && data['sourceId'] === ticketId };
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

function rowOf({ ticketId, sheet, rule, recheckAt }: Page): SheetToSave {
  const goesOn = !sheet.gone && sheet.clocks.some(({ end }) => end === null);
  const recheck = goesOn ? recheckAt : null;
  return {
    ticketId, sheet, policyId: rule?.id ?? null, calendarId: rule?.heldBy ?? null,
    nextAt: dateOf(earlier(announcedAt(sheet, rule), recheck)), dueAt: dateOf(earliestDue(sheet, rule)), recheckAt: dateOf(recheck),
  };
}

/** A promise is kept in the very moment of its deadline; a millisecond later it is not. */
function announcedAt(sheet: Sheet, rule: Rule | null): Ms | null {
  const step = nextStep(sheet, rule);
  return step && (step.threshold === 100 ? step.at + 1 : Math.ceil(step.at));
}

const earlier = (a: Ms | null, b: Ms | null): Ms | null => (a === null || b === null ? a ?? b : Math.min(a, b));
const dateOf = (at: Ms | null): Date | null => (at === null ? null : new Date(at));
