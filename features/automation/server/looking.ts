import type { Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { DueWork } from '../../../platform/jobs/due.ts';
import type { WorkingTime } from '../../calendars/core/working-time.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import { momentOf } from '../../conditions/core/plan.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { AgePlace } from '../../tickets/core/automatic.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { ageCause, forLists, scoped, type Age } from '../core/asking.ts';
import { oldBefore } from '../core/hours.ts';
import { readyRule, SHARED, type Ready, type RuleSet, type RuleSets, type Share } from './rule-sets.ts';
import type { Running } from './running.ts';
import { claimLook, findRule, lookAgain, noLonger, putOff, putOffUntilNow, reachedOf, rulesToLook, saveReached, type Reached, type Rule } from './store.ts';

/** However quiet it is: letters may be entered with a date of before. */
const MINUTE_MS = 60_000;
const RULES_AT_ONCE = 50;
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const FIRST: AgePlace = { at: new Date(0), id: '00000000-0000-0000-0000-000000000000' };

/** When what began at this moment comes of age. */
const ofAgeAt = ({ seconds, isWorking }: Age, since: Date, time: WorkingTime): Date =>
  (isWorking ? time.add(since, seconds)?.due ?? new Date(8e15) : new Date(since.getTime() + seconds * 1000));

type Found = { readonly ready: Ready; readonly set: RuleSet; readonly ticket: TicketState; readonly dueAt: Date; /** Which age, or put off until the hours came. */ readonly number: number | null };
type Walk = { readonly ready: Ready; readonly age: Age; readonly number: number; readonly calendar: string; readonly before: Date; readonly found: readonly Found[]; readonly isWhole: boolean };
type Claimed = { readonly ready: Ready; readonly set: RuleSet; /** Whose hours are these. */ readonly open: readonly Share[]; readonly walks: readonly Walk[]; readonly later: readonly Found[] };

/**
 * Rules on time. A rule goes along the tickets in the order in which they come of age, each once; what makes a rule hold later
 * than that is an event, and heard as one. So nothing is ever looked through as a whole.
 */
export function createLooking({ db, now, tickets, sets, running, log }: {
  db: Database; now: Now; tickets: Pick<Tickets, 'comingOfAge' | 'nextOfAge' | 'findLive'>; sets: RuleSets; running: Running; log: Log;
}) {
  type From = { readonly reached: Reached | undefined; readonly at: Date; readonly limit: number; readonly share: Share };
  async function walk(tx: Tx, ready: Ready, set: RuleSet, age: Age, number: number, { reached, at, limit, share: { key, time, where } }: From): Promise<Walk | null> {
    const before = oldBefore(age, at, time);
    if (before === null) return null;
    const { condition } = forLists(scoped(ready.rule.definition), time.isOpen(at));
    const own: Condition = where === null ? condition : { version: 1, all: [where, condition] };
    const old = await tickets.comingOfAge(tx, age.field, { after: reached ?? FIRST, before, condition: own, moment: momentOf(at, time), limit });
    const found = old.map((ticket): Found => ({ ready, set, ticket, number, dueAt: ofAgeAt(age, ticket[age.field] ?? at, time) }));
    return { ready, age, number, calendar: key, before, found, isWhole: old.length < limit };
  }

  async function walksOf(tx: Tx, ready: Ready, set: RuleSet, shares: readonly Share[], at: Date, limit: number): Promise<Walk[]> {
    const places = await reachedOf(tx, ready.rule.id);
    const walks: Walk[] = [];
    for (const share of shares) {
      for (const [number, age] of ready.ages.entries()) {
        const own = places.filter((place) => place.number === number);
        // Hours that somebody keeps since lately begin where the others were.
        const reached = own.find(({ calendar }) => calendar === share.key) ?? own.find(({ calendar }) => calendar === SHARED);
        const one = await walk(tx, ready, set, age, number, { reached, at, limit, share });
        if (one) walks.push(one);
      }
    }
    return walks;
  }

  /** What was put off until hours that are these. */
  async function laterOf(tx: Tx, workspaceId: string, ready: Ready, set: RuleSet, { shares, open, limit }: { shares: readonly Share[]; open: readonly Share[]; limit: number }): Promise<Found[]> {
    const later: Found[] = [];
    const closed = shares.filter((share) => !open.includes(share)).map(({ key }) => key);
    for (const { ticketId, dueAt } of await putOffUntilNow(tx, ready.rule.id, closed, limit)) {
      const ticket = await tickets.findLive(tx, ticketId);
      const share = ticket && shares.find((one) => one.has(ticket));
      if (!ticket || !share) await noLonger(tx, ready.rule.id, ticketId);
      // It keeps other hours by now.
      else if (!open.includes(share)) await putOff(tx, workspaceId, ready.rule.id, ticketId, { dueAt, calendar: share.key });
      else later.push({ ready, set, ticket, dueAt, number: null });
    }
    return later;
  }

  /** What one rule has to do now; null when another process is at it. */
  async function claim(tx: Tx, workspaceId: string, { id, lookAt }: { id: string; lookAt: Date }, at: Date, limit: number): Promise<Claimed | null> {
    const rule = await findRule(tx, id);
    if (!rule?.enabled || !await claimLook(tx, id, lookAt, new Date(at.getTime() + MINUTE_MS))) return null;
    const ready = readyRule(rule);
    const set = await sets.of(workspaceId);
    const shares = await set.shares(tx, ready);
    const open = shares.filter(({ time }) => ready.hours === 'any' || (ready.hours === 'inside') === time.isOpen(at));
    if (open.length === 0) return null;
    return { ready, set, open, walks: await walksOf(tx, ready, set, open, at, limit), later: await laterOf(tx, workspaceId, ready, set, { shares, open, limit }) };
  }

  /** Runs one; false when the rule may do no more in this hour. */
  async function runOne(workspaceId: string, { ready, set, ticket, dueAt, number }: Found): Promise<boolean> {
    const { state } = await running.run(ready, set, { workspaceId, ticketId: ticket.id, cause: ageCause(ready.ages, ticket), depth: 0, happening: null, dueAt });
    if (state !== 'postponed' && number === null) await db.work(workspaceId, (tx) => noLonger(tx, ready.rule.id, ticket.id));
    return state !== 'postponed';
  }

  /** Notes how far each walk came, and when to look again. */
  async function settle(tx: Tx, workspaceId: string, { ready, open: shares, walks }: Claimed, done: ReadonlySet<Found>, at: Date): Promise<void> {
    const reached = walks.flatMap(({ found, number, calendar, before, isWhole }): Reached[] => {
      const open = found.findIndex((one) => !done.has(one));
      if (open === -1 && isWhole) return [{ number, calendar, at: before, id: FIRST.id }];
      const last = open === -1 ? found.at(-1) : found[open - 1];
      return last ? [{ number, calendar, at: last.ticket[ready.ages[number]!.field] ?? before, id: last.ticket.id }] : [];
    });
    await saveReached(tx, workspaceId, ready.rule.id, reached);
    const isOpen = walks.some(({ found, isWhole }) => !isWhole || found.some((one) => !done.has(one)));
    await lookAgain(tx, [ready.rule.id], isOpen ? at : await nextLook(tx, ready, shares, at));
  }

  /** The next ticket that comes of age; in a minute at the latest. */
  async function nextLook(tx: Tx, ready: Ready, shares: readonly Share[], at: Date): Promise<Date> {
    let next = at.getTime() + MINUTE_MS;
    for (const { time } of shares) {
      for (const age of ready.ages) {
        const first = await tickets.nextOfAge(tx, age.field, oldBefore(age, at, time) ?? at);
        // An age must be exceeded.
        if (first) next = Math.min(next, Math.max(at.getTime(), ofAgeAt(age, first, time).getTime()) + 1);
      }
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
    async startingPlaces(tx: Tx, workspaceId: string, rule: Rule): Promise<Reached[]> {
      const at = now();
      if (rule.definition.includeExisting) return [];
      const ready = readyRule(rule);
      const shares = await (await sets.of(workspaceId)).shares(tx, ready);
      return shares.flatMap(({ key, time }) => ready.ages.map((age, number) => ({ number, calendar: key, at: oldBefore(age, at, time) ?? at, id: LAST_ID })));
    },
  };
}
