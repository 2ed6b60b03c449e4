import type { Now } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Clock } from '../core/clock.ts';
import { historyOf } from '../core/facts.ts';
import { chooseRule, fit, timeOf, type Choice, type Rule } from '../core/policy.ts';
import { keyOf } from '../core/results.ts';
import { advance, EMPTY_SHEET, type Fact, type Sheet } from '../core/sheet.ts';
import type { Rules } from './rules.ts';
import { heardOf } from './store.ts';

/** `ended`: what has ended on the way, whether or not the sheet still has it. */
export type Rebuilt = { readonly sheet: Sheet; readonly choice: Choice; readonly ended: readonly Clock[] };
type Folded = Pick<Rebuilt, 'sheet' | 'ended'>;

const MOST_MERGES = 5;

/** Makes the clocks of a ticket from what the event log says about it. */
export function createRebuilding({ now, tickets }: { now: Now; tickets: Pick<Tickets, 'current'> }) {
  type History = { readonly workspaceId: string; readonly ticketId: string; readonly before: number | null; readonly merges: number };

  async function folded(tx: Tx, { before, merges, ...of }: History, rules: Rules, rule: Rule | null, beginning: readonly Fact[]): Promise<Folded | null> {
    const heard = await heardOf(tx, of.workspaceId, of.ticketId, before);
    if (heard === null) return null;
    const history = historyOf(heard, of.ticketId, (id) => rules.ids.has(id));
    let sheet: Sheet = EMPTY_SHEET;
    const ended = new Map<string, Clock>();
    for (const one of history[0]?.type === 'created' ? history : [...beginning, ...history]) {
      const fact: Fact = one.type !== 'merged' ? one : {
        type: 'took_in', at: one.at,
        clocks: merges > 0 ? (await folded(tx, { workspaceId: of.workspaceId, ticketId: one.sourceId, before: one.seq, merges: merges - 1 }, rules, rule, []))?.sheet.clocks ?? [] : [],
      };
      sheet = fit(advance(sheet, fact, timeOf(rule)), rule, { now: fact.at, byRules: false });
      for (const clock of sheet.clocks) if (clock.end) ended.set(keyOf(clock), clock);
    }
    return { sheet, ended: [...ended.values()] };
  }

  /** What was announced stays announced, and what has ended under another promise stays as it ended. Null: too long to go through. */
  return async function rebuilt(tx: Tx, workspaceId: string, ticketId: string, rules: Rules, old: Sheet | null): Promise<Rebuilt | null> {
    const ticket = await tickets.current(tx, ticketId);
    const at = now();
    const choice = chooseRule(rules, ticket, at);
    const made = await folded(tx, { workspaceId, ticketId, before: null, merges: MOST_MERGES }, rules, choice.rule, beginningOf(ticket));
    if (made === null && old) return null;
    const sheet = made?.sheet ?? beginningOf(ticket).reduce((all, fact) => advance(all, fact, timeOf(choice.rule)), EMPTY_SHEET);
    const kept = old ? remembering(old, sheet) : fit(sheet, choice.rule, { now: at.getTime(), byRules: true });
    return { sheet: fit(kept, choice.rule, { now: at.getTime(), byRules: false }), choice, ended: made?.ended ?? [] };
  };
}

/** The same round of the same clock, in an older reading of the history: what broke under the promise of then stays broken. */
function remembering(old: Sheet, sheet: Sheet): Sheet {
  return { ...sheet, clocks: sheet.clocks.map((clock): Clock => {
    const known = old.clocks.find(({ metric, round }) => metric === clock.metric && round === clock.round);
    if (!known) return clock;
    const same = clock.end?.at === known.end?.at && clock.startedAt === known.startedAt;
    return { ...clock, told: known.told, brokenAt: clock.brokenAt ?? (same ? known.brokenAt : null), result: same && clock.end ? known.result : clock.result };
  }) };
}

/** Of a ticket whose beginning the log does not tell. */
const beginningOf = ({ createdAt, status, priority, channel, waitingSince }: TicketState): Fact[] => [
  { type: 'created', at: createdAt.getTime(), status, priority },
  ...(waitingSince ? [{ type: 'customer_wrote', at: waitingSince.getTime(), since: waitingSince.getTime(), channel } as const] : []),
];
