import type { Now } from '../../kernel/actor.ts';
import { keepIn } from '../../kernel/bounded.ts';
import { backoff } from '../events/pump.ts';

const MOST = 1_000;
const FIRST_PAUSE_MS = 1_000;
const MOST_PAUSE_MS = 300_000;

/** Work that fails is left alone for a while, each time for longer, so that what lies behind it goes on. Known to this process alone. */
export function createHeldBack(machineNow: Now) {
  const held = new Map<string, { failures: number; until: number }>();

  return {
    /** Whoever looks for so many more than it wants finds those behind them. */
    count: (): number => held.size,
    /** Those whose turn it is. */
    ready<R>(rows: readonly R[], idOf: (row: R) => string): R[] {
      const machine = machineNow().getTime();
      return rows.filter((row) => (held.get(idOf(row))?.until ?? 0) <= machine);
    },
    done(id: string): void { held.delete(id); },
    /** Answers how often it has failed by now. */
    failed(id: string): number {
      const failures = (held.get(id)?.failures ?? 0) + 1;
      keepIn(held, id, { failures, until: machineNow().getTime() + backoff(failures, FIRST_PAUSE_MS, MOST_PAUSE_MS) }, MOST);
      return failures;
    },
  };
}
