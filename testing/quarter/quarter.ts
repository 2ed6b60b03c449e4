import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../features/sla/core/clock.ts';
import { expired } from '../../features/sla/core/policy.ts';
import type { Outcome } from '../../features/sla/core/results.ts';
import { doBusiness, type Business } from './business.ts';
import { PROMISED, RULE_IDS } from './company.ts';
import { createReplay } from './replay.ts';
import { queueOf, type Held } from './desk.ts';

export type Quarter = {
  readonly tickets: number; readonly events: number; readonly clocks: number; readonly kept: number; readonly broken: number; readonly counters: number; readonly assignments: number;
  readonly byType: Record<string, number>;
  /** What the log alone does not give back, in words; the first twenty. */
  readonly differences: readonly string[]; readonly different: number;
};

/** Lives through a quarter, makes everything again from its event log, and compares: clocks, what came of promises, assignments, counters. */
export function liveQuarter(business: Business): Quarter {
  const replay = createReplay({ promised: PROMISED, isPolicy: (id) => RULE_IDS.has(id), queueOf: (state, now) => queueOf(state, now).queue!.rule.id });
  const byType: Record<string, number> = {};
  const differences: string[] = [];
  let [events, tickets, clocks, kept, broken, counters, assignments, different] = [0, 0, 0, 0, 0, 0, 0, 0];

  function same(what: string, ours: unknown, replayed: unknown): void {
    if (isDeepStrictEqual(ours, replayed)) return;
    different += 1;
    if (differences.length < 20) differences.push(`${what}: ${JSON.stringify(ours)} ≠ ${JSON.stringify(replayed)}`);
  }

  function compare(held: Held, now: number): void {
    const { state } = held;
    const replayed = replay.clocks(state.id, now);
    const ours = expired(held.sheet, held.rule, now).clocks;
    same(`clocks of ${state.id}`, { ...held.sheet, clocks: plain(ours) }, { ...replayed.sheet, clocks: plain(replayed.sheet.clocks) });
    same(`promises of ${state.id}`, inOrder(held.outcomes), inOrder(replayed.outcomes));
    const told = replay.state(state.id);
    same(`assignment of ${state.id}`, essence(state), told && essence(told));
    tickets += 1;
    clocks += ours.length;
    for (const outcome of held.outcomes.values()) { if (outcome.kept) kept += 1; else broken += 1; }
  }

  const merged = new Set<string>();
  const { left, ends } = doBusiness(business, {
    log(event) {
      events += 1;
      byType[event.type] = (byType[event.type] ?? 0) + 1;
      if (event.type === 'ticket.changed' && event.data['assigneeId'] !== undefined) assignments += 1;
      if (event.type === 'ticket.merged') merged.add(event.ticketId);
      replay.hear(event);
    },
    closed(held, now) {
      compare(held, now);
      if (!merged.has(held.state.id)) replay.forget(held.state.id);
    },
    week(counted, now) {
      counters += 1;
      same(`counters on ${new Date(now).toISOString()}`, counted, replay.counted(now));
    },
  });
  for (const held of left) compare(held, ends);
  return { tickets, events, clocks, kept, broken, counters, assignments, byType, differences, different };
}

/** What was announced is a matter of who was told, not of what happened; of each metric and round the last that the sheet has. */
const plain = (clocks: readonly Clock[]) => clocks.filter(({ metric }, i) => !clocks.some((other, j) => j > i && other.metric === metric)).map(({ told: _told, ...clock }) => clock);
const inOrder = (outcomes: ReadonlyMap<string, Outcome>) => [...outcomes].sort(([a], [b]) => (a < b ? -1 : 1));
const essence = ({ status, priority, assigneeId, teamId, waitingSince, mergedInto, deletedAt, language, channel }: Held['state']) => ({ status, priority, assigneeId, teamId, waitingSince, mergedInto, deletedAt, language, channel });
