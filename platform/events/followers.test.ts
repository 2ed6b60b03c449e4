import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { copyOfTemplate } from '../../testing/postgres.ts';
import { createDatabase } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import { createEvents, type NewEvent } from './events.ts';
import { createFollowers, type Follower } from './followers.ts';
import { createSequencer } from './sequencer.ts';
import { createSignals } from './signals.ts';

type TestDatabase = Awaited<ReturnType<typeof copyOfTemplate>>;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const at = new Date('2027-03-01T09:00:00Z');
const nobody = { kind: 'system', id: null } as const;

async function database() {
  const urls = await copyOfTemplate();
  const db = createDatabase(urls);
  onTestFinished(() => db.destroy());
  const workspaceId = newId();
  await sql`select workspace_create(${workspaceId}, 'Shop', 'en', now())`.execute(db.owner);
  const { emit } = createEvents({ onCommitted: () => undefined });
  const happen = (n: number, type: NewEvent['type'] = 'thing.happened') =>
    db.work(workspaceId, (tx) => emit(tx, workspaceId, { type, actor: nobody, data: { n }, at }));
  return { urls, db, happen };
}

const follow = (urls: TestDatabase, ...them: Follower[]) => followWith({}, urls, ...them);
async function followWith(bounds: { mostTries?: number }, urls: TestDatabase, ...them: Follower[]) {
  const db = createDatabase(urls);
  const signals = createSignals({ db, log });
  const sequencer = createSequencer({ db, signals, log });
  const followers = createFollowers({ db, signals, sequencer, log, ...bounds });
  for (const follower of them) followers.follow(follower);
  await signals.start();
  await followers.start();
  sequencer.start();
  let running = true;
  const stop = async () => {
    if (!running) return;
    running = false;
    await followers.stop();
    await sequencer.stop();
    await signals.stop();
    await db.destroy();
  };
  onTestFinished(stop);
  return { followers, stop };
}

const keeper = (name: string, options: Partial<Follower> = {}) => {
  const seen: unknown[] = [];
  return { seen, follower: { name, handle: async ({ data }) => { seen.push(data['n']); }, ...options } satisfies Follower as Follower };
};

test('a follower hears everything in order, and after a restart only what is new', async () => {
  const { urls, happen } = await database();
  const first = keeper('search');
  for (let n = 1; n <= 450; n += 1) await happen(n);
  const { stop } = await follow(urls, first.follower);
  await expect.poll(() => first.seen.length).toBe(450);
  expect(first.seen).toEqual(Array.from({ length: 450 }, (_, i) => i + 1));
  await stop();

  await happen(451);
  const second = keeper('search');
  await follow(urls, second.follower);
  await expect.poll(() => second.seen).toEqual([451]);
});

test('a follower of some types hears only these', async () => {
  const { urls, happen } = await database();
  const some = keeper('some', { types: ['ticket.created'] });
  const all = keeper('all');
  await follow(urls, some.follower, all.follower);
  for (let n = 1; n <= 6; n += 1) await happen(n, n % 3 === 0 ? 'ticket.created' : 'entry.added');
  await expect.poll(() => all.seen).toEqual([1, 2, 3, 4, 5, 6]);
  await expect.poll(() => some.seen).toEqual([3, 6]);
});

test('one that starts now is not told the past', async () => {
  const { urls, happen } = await database();
  await happen(1);
  const old = keeper('old');
  const { stop } = await follow(urls, old.follower);
  await expect.poll(() => old.seen).toEqual([1]);
  await stop();

  const late = keeper('late', { from: 'now' });
  await follow(urls, late.follower);
  await happen(2);
  await expect.poll(() => late.seen).toEqual([2]);
});

test('an event that fails is tried again and holds up nobody else', async () => {
  const { urls, happen } = await database();
  let failures = 0;
  const tries: unknown[] = [];
  const failing = keeper('failing', {
    async handle({ data }) {
      tries.push(data['n']);
      if (data['n'] === 2 && failures < 3) {
        failures += 1;
        throw new Error('not yet');
      }
    },
  });
  const steady = keeper('steady');
  const { followers } = await follow(urls, failing.follower, steady.follower);
  for (let n = 1; n <= 3; n += 1) await happen(n);

  await expect.poll(() => steady.seen).toEqual([1, 2, 3]);
  await expect.poll(() => tries, { timeout: 10_000 }).toEqual([1, 2, 2, 2, 2, 3]);
  await expect.poll(() => followers.progress()).toEqual({
    reached: 3, followers: [{ name: 'failing', position: 3 }, { name: 'steady', position: 3 }],
  });
});

test('an event that can never be handled is set aside in the end, while trouble that passes is waited for', async () => {
  const { urls, db, happen } = await database();
  const tries: unknown[] = [];
  let isAway = true;
  const { follower } = keeper('strict', {
    async handle({ data }) {
      tries.push(data['n']);
      if (data['n'] === 2) await sql`select ${'x'.repeat(3)}::bigint`.execute(db.owner);
      if (data['n'] === 3 && isAway) throw Object.assign(new Error('no connection'), { code: 'ECONNREFUSED' });
    },
  });
  await followWith({ mostTries: 2 }, urls, follower);
  for (let n = 1; n <= 4; n += 1) await happen(n);
  await expect.poll(() => tries, { timeout: 10_000 }).toEqual([1, 2, 2, 3, 3, 3, 3]);
  isAway = false;
  await expect.poll(() => tries, { timeout: 10_000 }).toEqual([1, 2, 2, 3, 3, 3, 3, 3, 4]);
});

test('stopping in the middle of a batch forgets nothing that was done and repeats nothing', async () => {
  const { urls, happen } = await database();
  for (let n = 1; n <= 5; n += 1) await happen(n);
  const gate = Promise.withResolvers<void>();
  const seen: unknown[] = [];
  const { stop } = await follow(urls, {
    name: 'slow',
    async handle({ data }) {
      seen.push(data['n']);
      if (data['n'] === 3) await gate.promise;
    },
  });
  await expect.poll(() => seen).toEqual([1, 2, 3]);
  const stopped = stop();
  gate.resolve();
  await stopped;

  const again = keeper('slow');
  await follow(urls, again.follower);
  await expect.poll(() => again.seen).toEqual([4, 5]);
  expect(seen).toEqual([1, 2, 3]);
});

test('in two processes a follower runs in one, and the other goes on where it stopped', async () => {
  const { urls, happen } = await database();
  const [one, two] = [keeper('mail'), keeper('mail')];
  const first = await follow(urls, one.follower);
  await happen(1);
  await expect.poll(() => one.seen).toEqual([1]);
  await follow(urls, two.follower);
  await happen(2);
  await expect.poll(() => one.seen).toEqual([1, 2]);

  await first.stop();
  await happen(3);
  await expect.poll(() => two.seen, { timeout: 5_000 }).toEqual([3]);
});

test('what came together is handled at once where that is cheaper, and one by one when that fails', async () => {
  const { urls, happen } = await database();
  const batches: unknown[][] = [];
  const careful = keeper('careful', { together: async (events) => {
    batches.push(events.map(({ data }) => data['n']));
    if (events.some(({ data }) => data['n'] === 7)) throw new Error('not this one');
  } });
  for (let n = 1; n <= 200; n += 1) await happen(n, n <= 5 || n > 195 ? 'thing.happened' : 'ticket.created');
  const things = { ...careful.follower, types: ['thing.happened'] };
  await follow(urls, things);
  await expect.poll(() => batches).toEqual([[1, 2, 3, 4, 5, 196, 197, 198, 199, 200]]);
  expect(careful.seen).toEqual([]);

  const other = await database();
  for (const n of [6, 7, 8]) await other.happen(n);
  await follow(other.urls, { ...careful.follower, name: 'careful too' });
  await expect.poll(() => careful.seen).toEqual([6, 7, 8]);
  expect(batches.at(-1)).toEqual([6, 7, 8]);
});

test('two followers cannot share a name', async () => {
  const { urls } = await database();
  await expect(follow(urls, keeper('same').follower, keeper('same').follower)).rejects.toThrow('same');
});
