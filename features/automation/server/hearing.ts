import type { Now } from '../../../kernel/actor.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { FollowedEvent, Follower } from '../../../platform/events/followers.ts';
import type { WorkingTime } from '../../calendars/core/working-time.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { ageCause, mayHold } from '../core/asking.ts';
import { eventNameOf, HEARD, MARKED_SPAM } from '../core/causes.ts';
import type { Causer, RuleRecord } from '../core/fields.ts';
import { changedFields, type Happening } from '../core/happening.ts';
import { SHARED, type Ready, type RuleSet, type RuleSets } from './rule-sets.ts';
import { look, timeFor, type Running } from './running.ts';
import { hasRun, runBehind } from './runs-store.ts';
import { putOff, reachedTogether } from './store.ts';

/** After these, what was compiled holds no longer. */
export const CHANGES_RULES = ['automation.rules_changed', 'calendar.created', 'calendar.changed', 'calendar.removed', 'calendar.places_changed', 'workspace.changed'];

type Heard = { readonly ticket: TicketState; readonly happening: Happening; readonly cause: string; readonly depth: number; readonly times: ReadonlyMap<Ready, WorkingTime | null> };

/** Runs rules on what has happened. Harmless twice: a cause is dealt with once. */
export function createHearing({ db, now, tickets, sets, running }: {
  db: Database; now: Now; tickets: Pick<Tickets, 'findLive' | 'findSpam' | 'wordsOf'>; sets: RuleSets; running: Running;
}) {
  /** What an event comes from: what rules made belongs to the cause of their run, one step deeper. */
  async function causeOf(tx: Tx, ticketId: string, { actor, seq }: FollowedEvent): Promise<{ by: Causer; cause: string; depth: number }> {
    const own = { cause: `event:${seq}`, depth: 0 };
    if (actor.kind !== 'system') return { by: actor.kind, ...own };
    const behind = await runBehind(tx, ticketId, seq);
    return behind ? { by: 'rule', cause: behind.cause, depth: behind.depth + 1 } : { by: 'system', ...own };
  }

  async function hear(tx: Tx, event: FollowedEvent, ticketId: string, name: Happening['name'], set: RuleSet, rules: readonly Ready[]): Promise<Heard | null> {
    const ticket = await (name === MARKED_SPAM ? tickets.findSpam : tickets.findLive)(tx, ticketId);
    if (!ticket) return null;
    const { by, cause, depth } = await causeOf(tx, ticketId, event);
    const asksWords = rules.some((ready) => ready.asksWords);
    const words = asksWords && event.type === 'entry.added' && event.subjectId !== null ? await tickets.wordsOf(tx, event.subjectId) : null;
    const times = new Map<Ready, WorkingTime | null>();
    for (const ready of rules) times.set(ready, await timeFor(tx, ready, set, ticket));
    return { ticket, happening: { name, data: event.data, by, words }, cause, depth, times };
  }

  /** A rule on time that holds but for the hours: kept until they come. */
  async function keepForLater(tx: Tx, ready: Ready, set: RuleSet, event: FollowedEvent, ticket: TicketState): Promise<void> {
    if (await hasRun(tx, ready.rule.id, ticket.id, ageCause(ready.ages, ticket))) return;
    const share = (await set.shares(tx, ready)).find((one) => one.has(ticket));
    await putOff(tx, event.workspaceId, ready.rule.id, ticket.id, { dueAt: event.at, calendar: share?.key ?? SHARED });
  }

  /** Whether it would run now; the transaction that acts asks again. */
  async function holds(event: FollowedEvent, ready: Ready, set: RuleSet, { ticket, happening, times }: Heard): Promise<boolean> {
    const { moment, open, record, before } = look(ready, times.get(ready) ?? null, ticket, happening, now());
    if (ready.holds(moment, record, before)) return true;
    const wanted = ready.hours === 'inside';
    if (ready.ages.length > 0 && ready.hours !== 'any' && wanted !== open && ready.holds(moment, withHours(record, wanted), before)) {
      await db.work(event.workspaceId, (tx) => keepForLater(tx, ready, set, event, ticket));
    }
    return false;
  }

  async function judge(event: FollowedEvent, set: RuleSet, rules: readonly Ready[], heard: Heard): Promise<void> {
    let ticket: TicketState | null = heard.ticket;
    for (const ready of rules) {
      if (!ticket || !await holds(event, ready, set, { ...heard, ticket })) continue;
      const cause = ready.ages.length > 0 ? ageCause(ready.ages, ticket) : heard.cause;
      const done = await running.run(ready, set, {
        workspaceId: event.workspaceId, ticketId: heard.ticket.id, cause, depth: heard.depth, happening: heard.happening, dueAt: event.at,
      });
      ticket = done.ticket ?? ticket;
    }
  }

  const follower: Follower = {
    name: 'automation', types: [...HEARD, ...CHANGES_RULES], from: 'now',
    async handle(event) {
      if (CHANGES_RULES.includes(event.type)) sets.forget(event.workspaceId);
      if (event.type === 'calendar.places_changed') await db.work(event.workspaceId, (tx) => reachedTogether(tx, event.workspaceId, SHARED));
      const name = eventNameOf(event.type, event.data);
      if (name === null || event.ticketId === null) return;
      const set = await sets.of(event.workspaceId);
      const changed = changedFields(name, event.data);
      const rules = set.all.filter((ready) => (ready.ages.length > 0 && name !== MARKED_SPAM) || (ready.events.has(name) && mayHold(ready.rule.definition.conditions, changed)));
      if (rules.length === 0) return;
      const { ticketId, workspaceId } = event;
      const heard = await db.work(workspaceId, (tx) => hear(tx, event, ticketId, name, set, rules), { repeats: true });
      if (heard) await judge(event, set, rules, heard);
    },
  };
  return follower;
}

/** The same record at another hour. Made from it and not copied: some of its words are found out only when they are asked for. */
const withHours = (record: RuleRecord, insideHours: boolean): RuleRecord =>
  Object.create(record, { insideHours: { value: insideHours, enumerable: true } }) as RuleRecord;
