import type { Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { DueWork } from '../../../platform/jobs/due.ts';
import type { WorkingTime } from '../../calendars/core/working-time.ts';
import { momentOf, workingAgo } from '../../conditions/core/plan.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { AgePlace } from '../../tickets/core/automatic.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { ageCause, forLists, scoped, type Age } from '../core/asking.ts';
import { readyRule, type Ready, type RuleSet, type RuleSets } from './rule-sets.ts';
import type { Running } from './running.ts';
import { claimLook, findRule, lookAgain, noLonger, putOffUntilNow, reachedOf, rulesToLook, saveReached, type Reached, type Rule } from './store.ts';

/** However quiet it is: letters may be entered with a date of before. */
const MINUTE_MS = 60_000;
const RULES_AT_ONCE = 50;
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const FIRST: AgePlace = { at: new Date(0), id: '00000000-0000-0000-0000-000000000000' };

/** Before this moment everything is old enough; null when nothing is. */
export function oldBefore({ seconds, isWorking }: Age, now: Date, time: WorkingTime): Date | null {
  if (!isWorking) return new Date(now.getTime() - seconds * 1000);
  const at = workingAgo({ is: 'worked', now: now.getTime(), seconds, since: (from) => time.between(new Date(from), now).seconds });
  return at === null ? null : new Date(at);
}

/** When what began at this moment comes of age. */
const ofAgeAt = ({ seconds, isWorking }: Age, since: Date, time: WorkingTime): Date =>
  (isWorking ? time.add(since, seconds)?.due ?? new Date(8e15) : new Date(since.getTime() + seconds * 1000));

type Found = { readonly ready: Ready; readonly set: RuleSet; readonly ticket: TicketState; readonly dueAt: Date; /** Which age, or put off until the hours came. */ readonly number: number | null };
type Walk = { readonly ready: Ready; readonly age: Age; readonly number: number; readonly before: Date; readonly found: readonly Found[]; readonly isWhole: boolean };
type Claimed = { readonly ready: Ready; readonly set: RuleSet; readonly walks: readonly Walk[]; readonly later: readonly Found[] };

/**
 * Rules on time. A rule goes along the tickets in the order in which they come of age, each once; what makes a rule hold later
 * than that is an event, and heard as one. So nothing is ever looked through as a whole.
 */
export function createLooking({ db, now, tickets, sets, running, log }: {
  db: Database; now: Now; tickets: Pick<Tickets, 'comingOfAge' | 'nextOfAge' | 'findLive'>; sets: RuleSets; running: Running; log: Log;
}) {
  async function walk(tx: Tx, ready: Ready, set: RuleSet, age: Age, number: number, { reached, at, limit, time }: { reached: Reached | undefined; at: Date; limit: number; time: WorkingTime }): Promise<Walk | null> {
    const before = oldBefore(age, at, time);
    if (before === null) return null;
    const { condition } = forLists(scoped(ready.rule.definition), time.isOpen(at));
    const old = await tickets.comingOfAge(tx, age.field, { after: reached ?? FIRST, before, condition, moment: momentOf(at, time), limit });
    const found = old.map((ticket): Found => ({ ready, set, ticket, number, dueAt: ofAgeAt(age, ticket[age.field] ?? at, time) }));
    return { ready, age, number, before, found, isWhole: old.length < limit };
  }

  /** What one rule has to do now; null when another process is at it, or its hours are not these. */
  async function claim(tx: Tx, workspaceId: string, { id, lookAt }: { id: string; lookAt: Date }, at: Date, limit: number): Promise<Claimed | null> {
    const rule = await findRule(tx, id);
    if (!rule?.enabled || !await claimLook(tx, id, lookAt, new Date(at.getTime() + MINUTE_MS))) return null;
    const ready = readyRule(rule);
    const set = await sets.of(workspaceId);
    const time = await set.timeOf(tx, rule.definition.calendarId);
    if (ready.hours !== 'any' && (ready.hours === 'inside') !== time.isOpen(at)) return null;
    const reached = await reachedOf(tx, id);
    const walks: Walk[] = [];
    for (const [number, age] of ready.ages.entries()) {
      const one = await walk(tx, ready, set, age, number, { reached: reached.find((place) => place.number === number), at, limit, time });
      if (one) walks.push(one);
    }
    const later: Found[] = [];
    for (const { ticketId, dueAt } of await putOffUntilNow(tx, id, limit)) {
      const ticket = await tickets.findLive(tx, ticketId);
      if (ticket) later.push({ ready, set, ticket, dueAt, number: null });
      else await noLonger(tx, id, ticketId);
    }
    return { ready, set, walks, later };
  }

  /** Runs one; false when the rule may do no more in this hour. */
  async function runOne(workspaceId: string, { ready, set, ticket, dueAt, number }: Found): Promise<boolean> {
    const { state } = await running.run(ready, set, { workspaceId, ticketId: ticket.id, cause: ageCause(ready.ages, ticket), depth: 0, happening: null, dueAt });
    if (state !== 'postponed' && number === null) await db.work(workspaceId, (tx) => noLonger(tx, ready.rule.id, ticket.id));
    return state !== 'postponed';
  }

  /** Notes how far each walk came, and when to look again. */
  async function settle(tx: Tx, workspaceId: string, { ready, set, walks }: Claimed, done: ReadonlySet<Found>, at: Date): Promise<void> {
    const reached = walks.flatMap(({ found, number, before, isWhole }): Reached[] => {
      const open = found.findIndex((one) => !done.has(one));
      if (open === -1 && isWhole) return [{ number, at: before, id: FIRST.id }];
      const last = open === -1 ? found.at(-1) : found[open - 1];
      return last ? [{ number, at: last.ticket[ready.ages[number]!.field] ?? before, id: last.ticket.id }] : [];
    });
    await saveReached(tx, workspaceId, ready.rule.id, reached);
    const isOpen = walks.some(({ found, isWhole }) => !isWhole || found.some((one) => !done.has(one)));
    await lookAgain(tx, [ready.rule.id], isOpen ? at : await nextLook(tx, ready, set, at));
  }

  /** The next ticket that comes of age; in a minute at the latest. */
  async function nextLook(tx: Tx, ready: Ready, set: RuleSet, at: Date): Promise<Date> {
    const time = await set.timeOf(tx, ready.rule.definition.calendarId);
    let next = at.getTime() + MINUTE_MS;
    for (const age of ready.ages) {
      const first = await tickets.nextOfAge(tx, age.field, oldBefore(age, at, time) ?? at);
      // An age must be exceeded.
      if (first) next = Math.min(next, Math.max(at.getTime(), ofAgeAt(age, first, time).getTime()) + 1);
    }
    return new Date(next);
  }

  async function lookThrough(workspaceId: string, rows: readonly { id: string; lookAt: Date }[], at: Date, limit: number): Promise<number> {
    const claimed = await db.work(workspaceId, async (tx) => {
      const all: Claimed[] = [];
      for (const row of rows) {
        const one = await claim(tx, workspaceId, row, at, limit);
        if (one) all.push(one);
      }
      return all;
    });
    // Whatever was missed happens in the order in which it was due, each rule in its place.
    const found = claimed.flatMap(({ walks, later }) => [...walks.flatMap((one) => one.found), ...later])
      .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || a.ready.rule.position - b.ready.rule.position).slice(0, limit);
    const done = new Set<Found>();
    const full = new Set<Ready>();
    for (const one of found) {
      if (full.has(one.ready)) continue;
      if (await runOne(workspaceId, one)) done.add(one);
      else full.add(one.ready);
    }
    await db.work(workspaceId, async (tx) => {
      for (const one of claimed) {
        await settle(tx, workspaceId, one, done, full.has(one.ready) ? new Date(at.getTime() + MINUTE_MS) : at);
      }
    });
    return found.length;
  }

  /** A rule that cannot be looked through must not hold up the others: it has its next turn in a minute. */
  async function inTurn(workspaceId: string, rows: readonly { id: string; lookAt: Date }[], at: Date, limit: number): Promise<number> {
    try {
      return await lookThrough(workspaceId, rows, at, limit);
    } catch (error) {
      if (rows.length === 1) {
        log.error({ err: error, workspaceId, rule: rows[0]?.id }, 'a rule on time could not be looked through; it is tried again');
        await db.work(workspaceId, (tx) => lookAgain(tx, rows.map(({ id }) => id), new Date(at.getTime() + MINUTE_MS)));
        return 0;
      }
      let handled = 0;
      for (const row of rows) if (handled < limit) handled += await inTurn(workspaceId, [row], at, limit - handled);
      return handled;
    }
  }

  const work: DueWork = {
    name: 'automation.rules',
    async handle(at, limit) {
      const rows = await rulesToLook(db.owner, at, RULES_AT_ONCE);
      let handled = 0;
      for (const [workspaceId, own] of Map.groupBy(rows, (row) => row.workspaceId)) {
        if (handled < limit) handled += await inTurn(workspaceId, own, at, limit - handled);
      }
      return handled;
    },
  };

  return {
    work,

    /** Where a rule begins that was just switched on: with what comes of age from now on, or with all that is older already. */
    async startingPlaces(tx: Tx, rule: Rule, time: WorkingTime): Promise<Reached[]> {
      const at = now();
      return rule.definition.includeExisting ? [] : readyRule(rule).ages.map((age, number) => ({ number, at: oldBefore(age, at, time) ?? at, id: LAST_ID }));
    },
  };
}
