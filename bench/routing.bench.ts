import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { App } from '../apps/server/compose.ts';
import { simulate } from '../testing/routing-simulation.ts';
import type { BenchOptions } from './bench.ts';
import { type Server, withOwnApp } from './own-app.ts';
import { answer, furnish } from './routing-desk.ts';

export const about = 'fairness of 10,000 tickets among 40 agents in virtual time; offers a second, and time from eligible to offered, with 500 agents and 20,000 waiting';

const [AGENTS, WAITING] = [500, 20_000];
/** Mails that somebody may have; people who become free at once; how long is waited for them. */
const [FULL, FREED, MOST_MS] = [10, 20, 10_000];
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

export async function run({ full, quiet }: BenchOptions): Promise<Record<string, unknown>> {
  const fairness = SEEDS.map(fair);
  if (!quiet) console.table(fairness);
  const offers = await offering(full ? 120 : 30);
  if (!quiet) console.table(offers);
  return { worstUnevennessPercent: Math.max(...fairness.map(({ unevennessPercent }) => unevennessPercent)), fairness, offers };
}

function fair(seed: number) {
  const { told, left, jumped, returned, alike, longestHours } = simulate({ tickets: 10_000, agents: 40, seed });
  const uneven = alike.flatMap((group) => {
    const mean = group.reduce((sum, rate) => sum + rate, 0) / group.length;
    return group.map((rate) => Math.abs(rate - mean) / mean);
  });
  return { seed, given: told.length, stillWaiting: left, jumpedTheQueue: jumped, returned, longestWaitHours: tenths(longestHours), unevennessPercent: tenths(100 * Math.max(...uneven)) };
}

const inside = <T>(server: Server, act: (client: pg.Client) => Promise<T>): Promise<T> =>
  withClient(Object.assign(new URL(server.superuserUrl), { pathname: new URL(server.ownerUrl).pathname }).href, act);

const offering = (seconds: number) => withOwnApp('routing', (app, server) => inside(server, (client) => measured(app, client, seconds)), {
  before: (server) => inside(server, (client) => furnish(client, { agents: AGENTS, waiting: WAITING })),
});

/** First everybody has room for ten: how fast is it filled? Then twenty a second become free: how long until an offer of theirs is committed? */
async function measured({ due }: App, client: pg.Client, seconds: number) {
  const count = async () => (await client.query<{ n: number }>('select count(*)::int as n from offers')).rows[0]!.n;
  const began = performance.now();
  due.start();
  let filled = 0;
  let filledAt = began;
  while (performance.now() - filledAt < 3_000 || filled === 0) {
    await pause(10);
    const now = await count();
    if (now > filled) [filled, filledAt] = [now, performance.now()];
  }
  const fillSeconds = (filledAt - began) / 1000;
  const waits: number[] = [];
  for (let i = 0; i < seconds; i += 1) {
    const people = await answer(client, FREED);
    const freed = performance.now();
    waits.push(...await untilOffered(client, people, freed));
    // So that it begins at any moment between two looks.
    await pause(Math.max(0, 1_000 - (performance.now() - freed)) * (0.5 + ((i * 7) % 10) / 20));
  }
  await due.stop();
  waits.sort((a, b) => a - b);
  const part = (share: number) => Math.round(waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? Number.NaN);
  return {
    agents: AGENTS, waiting: WAITING, offers: filled, fillSeconds: tenths(fillSeconds), offersASecond: Math.round(filled / fillSeconds),
    becameFree: waits.length, eligibleToOfferedP50Ms: part(0.5), eligibleToOfferedP99Ms: part(0.99), eligibleToOfferedMostMs: part(1),
  };
}

/** Milliseconds until each of these people, who have room for one more, is full again. */
async function untilOffered(client: pg.Client, people: readonly string[], freed: number): Promise<number[]> {
  const found = new Map<string, number>();
  while (found.size < people.length && performance.now() - freed < MOST_MS) {
    const { rows } = await client.query<{ id: string }>(`select person_id as id from offers where state = 'offered' and person_id = any($1) group by 1 having count(*) >= ${FULL}`, [people.filter((id) => !found.has(id))]);
    for (const { id } of rows) found.set(id, performance.now() - freed);
    await pause(5);
  }
  return people.map((id) => found.get(id) ?? MOST_MS);
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

async function withClient<T>(connectionString: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
