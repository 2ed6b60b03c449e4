import { liveQuarter } from '../testing/quarter/quarter.ts';
import type { BenchOptions } from './bench.ts';

export const about = 'a simulated quarter (200,000 tickets, 40 agents; TICKETS AGENTS SEED to choose) made again from its event log: the same clocks, promises, assignments, counters';

export async function run({ quiet, words }: BenchOptions): Promise<Record<string, unknown>> {
  const [tickets = 200_000, agents = 40, seed = 20_260_302] = words.map(Number);
  const began = process.cpuUsage().user;
  const { byType, differences, ...figures } = liveQuarter({ tickets, agents, seed });
  const seconds = Math.round((process.cpuUsage().user - began) / 1e6);
  if (!quiet) {
    console.table(byType);
    console.table({ ...figures, seconds, 'a second': Math.round(tickets / seconds) });
  }
  for (const difference of differences) console.error(`not the same: ${difference.slice(0, 2_000)}`);
  if (figures.different > 0) process.exitCode = 1;
  return { ...figures, seed, seconds, byType };
}
