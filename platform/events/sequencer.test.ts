import pg from 'pg';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { copyOfTemplate } from '../../testing/postgres.ts';
import { createDatabase, type Tx } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import { createEvents } from './events.ts';
import { createFollowers, type FollowedEvent } from './followers.ts';
import { createSequencer } from './sequencer.ts';
import { createSignals } from './signals.ts';

type TestDatabase = Awaited<ReturnType<typeof copyOfTemplate>>;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const at = new Date('2027-03-01T09:00:00Z');
const nobody = { kind: 'system', id: null } as const;

/** One server process: database, sequencer, and a tail that keeps what it hears. */
async function createProcess(urls: TestDatabase, { leaseMs = 8_000, hints = true } = {}) {
  const db = createDatabase({ ...urls, maxConnections: 20 });
  const signals = createSignals({ db, log });
  const sequencer = createSequencer({ db, signals, log, leaseMs });
  const followers = createFollowers({ db, signals, sequencer, log });
  const events = createEvents({ onCommitted: () => { if (hints) sequencer.hint(); } });
  const heard: FollowedEvent[] = [];
  followers.tail((batch) => heard.push(...batch));
  let running = true;
  /** What a crash leaves behind: connections that end, and a lease that nobody gave back. */
  const die = async () => {
    if (!running) return;
    running = false;
    await signals.stop();
    await followers.stop();
    await sequencer.stop().catch(() => undefined);
    await db.destroy();
  };
  onTestFinished(die);
  return {
    db, signals, sequencer, followers, events, heard, die,
    async start() {
      await signals.start();
      await followers.start();
      sequencer.start();
      return this;
    },
  };
}

async function desk(options?: { leaseMs?: number; hints?: boolean }) {
  const urls = await copyOfTemplate();
  const process = await createProcess(urls, options);
  const workspaceId = newId();
  await sql`select workspace_create(${workspaceId}, 'Shop', 'en', now())`.execute(process.db.owner);
  await process.start();
  return { ...process, urls, workspaceId };
}

type Desk = Awaited<ReturnType<typeof desk>>;
const emit = ({ events, workspaceId }: Pick<Desk, 'events' | 'workspaceId'>, tx: Tx, n: number, ticketId: string | null = null) =>
  events.emit(tx, workspaceId, { type: 'thing.happened', ticketId, actor: nobody, data: { n }, at });
const happen = (one: Desk, n: number) => one.db.work(one.workspaceId, (tx) => emit(one, tx, n));
const numbers = (heard: readonly FollowedEvent[]) => heard.map((event) => event.data['n']);

/** A unit of work that stays open until it is told to commit. */
function openWork(one: Desk, act: (tx: Tx) => Promise<void>) {
  const { promise: gate, resolve: commit } = Promise.withResolvers<void>();
  const ready = Promise.withResolvers<void>();
  const done = one.db.work(one.workspaceId, async (tx) => {
    await act(tx);
    ready.resolve();
    await gate;
  });
  return { ready: ready.promise, commit: async () => { commit(); await done; } };
}

test('a committed event gets a position and is heard once, with all that was said', async () => {
  const one = await desk();
  const ticketId = newId();
  await one.db.work(one.workspaceId, (tx) => emit(one, tx, 1, ticketId));

  await expect.poll(() => one.heard).toEqual([{
    workspaceId: one.workspaceId, seq: 1, position: 1, type: 'thing.happened', ticketId, subjectId: null, actor: nobody, data: { n: 1 }, at,
  }]);
  expect(await one.sequencer.lag()).toEqual({ events: 0, oldest: null });
});

test('without any hint the poll finds it', async () => {
  const one = await desk({ hints: false });
  await happen(one, 1);
  await expect.poll(() => numbers(one.heard)).toEqual([1]);
});

test('a transaction that began earlier and commits later is neither waited for nor skipped', async () => {
  const one = await desk();
  const early = openWork(one, (tx) => emit(one, tx, 1));
  await early.ready;
  await happen(one, 2);
  await happen(one, 3);
  await expect.poll(() => numbers(one.heard)).toEqual([2, 3]);

  await early.commit();
  await expect.poll(() => numbers(one.heard)).toEqual([2, 3, 1]);
  expect(one.heard.map((event) => [event.seq, event.position])).toEqual([[2, 1], [3, 2], [1, 3]]);
});

test('a transaction that rolls back leaves no hole that anybody waits for', async () => {
  const one = await desk();
  await expect(one.db.work(one.workspaceId, async (tx) => {
    await emit(one, tx, 1);
    throw new Error('no');
  })).rejects.toThrow('no');
  await happen(one, 2);
  await expect.poll(() => one.heard.map((event) => [event.seq, event.position])).toEqual([[2, 1]]);
});

test('transactions that stay open, in another database of the server and in this one, hold nothing up', async () => {
  const one = await desk();
  const elsewhere = new pg.Client((await copyOfTemplate()).ownerUrl);
  const here = new pg.Client(one.urls.ownerUrl);
  await Promise.all([elsewhere.connect(), here.connect()]);
  try {
    // Each holds a snapshot and a transaction id older than everything that follows.
    for (const client of [elsewhere, here]) {
      await client.query('begin isolation level repeatable read');
      await client.query(`insert into event_followers (name, position) values ('long', 0)`);
    }
    for (let n = 1; n <= 20; n += 1) await happen(one, n);
    await expect.poll(() => one.heard.length).toBe(20);
    expect(numbers(one.heard)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    for (const client of [elsewhere, here]) {
      expect((await client.query('select pg_current_xact_id_if_assigned() is not null as open')).rows).toEqual([{ open: true }]);
    }
  } finally {
    await Promise.all([elsewhere.end(), here.end()]);
  }
});

test('events of one ticket come in the order of its changes, whoever makes them and however they interleave', async () => {
  const one = await desk();
  const [customerId, tickets] = [newId(), [newId(), newId(), newId()]];
  await sql`insert into customers (workspace_id, id, created_at, updated_at) values (${one.workspaceId}, ${customerId}, now(), now())`.execute(one.db.owner);
  for (const [i, id] of tickets.entries()) {
    await sql`insert into tickets (workspace_id, id, number, status, channel, customer_id, last_message_at, queue_order, created_at, updated_at)
      values (${one.workspaceId}, ${id}, ${i + 1}, 'new', 'email', ${customerId}, now(), 0, now(), now())`.execute(one.db.owner);
  }
  const WRITERS = 12;
  const EACH = 20;
  const write = async (writer: number) => {
    for (let i = 0; i < EACH; i += 1) {
      const ticketId = tickets[(writer + i) % tickets.length]!;
      await one.db.work(one.workspaceId, async (tx) => {
        await sql`select from tickets where id = ${ticketId} for update`.execute(tx);
        const { version } = await tx.updateTable('tickets').set((eb) => ({ version: eb('version', '+', 1) }))
          .where('id', '=', ticketId).returning('version').executeTakeFirstOrThrow();
        await emit(one, tx, version, ticketId);
        // Some stay open a little, so that later ones of other tickets overtake them.
        if (i % 3 === 0) await sql`select pg_sleep(${(writer % 4) / 200})`.execute(tx);
      });
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, i) => write(i)));

  await expect.poll(() => one.heard.length).toBe(WRITERS * EACH);
  for (const id of tickets) {
    const versions = numbers(one.heard.filter((event) => event.ticketId === id));
    expect(versions).toEqual(Array.from({ length: versions.length }, (_, i) => i + 2));
  }
  expect(one.heard.map((event) => event.position)).toEqual(Array.from({ length: WRITERS * EACH }, (_, i) => i + 1));
});

test('when the process that sequences dies, another takes over at once, and hints reach it', async () => {
  const first = await desk();
  await expect.poll(() => first.sequencer.holding()).toBe(true);
  const second = await (await createProcess(first.urls)).start();
  await happen(first, 1);
  await expect.poll(() => numbers(second.heard)).toEqual([1]);
  expect(second.sequencer.holding()).toBe(false);

  // A kill -9 seen from the database: the connections are gone, the lease is still written down.
  const { holder } = first.signals;
  await first.die();
  await sql`update event_sequencer set holder = ${String(holder)}, lease_until = now() + interval '1 hour'`.execute(second.db.owner);

  const next = { ...second, workspaceId: first.workspaceId, urls: first.urls };
  await happen(next, 2);
  await expect.poll(() => numbers(second.heard), { timeout: 5_000 }).toEqual([1, 2]);
  expect(second.sequencer.holding()).toBe(true);
});

test('a lease that ran out is taken over although its holder is still connected', async () => {
  const first = await desk({ leaseMs: 400 });
  await expect.poll(() => first.sequencer.holding()).toBe(true);
  const { holder } = first.signals;
  await first.sequencer.stop();
  await sql`update event_sequencer set holder = ${String(holder)}, lease_until = now() + interval '300 milliseconds'`.execute(first.db.owner);

  const second = await (await createProcess(first.urls, { leaseMs: 400 })).start();
  await expect.poll(() => second.sequencer.holding()).toBe(true);
});

test('two that both believe to hold the lease never give the same position', async () => {
  const one = await desk();
  await one.sequencer.stop();
  const rivals = await Promise.all([createProcess(one.urls), createProcess(one.urls), createProcess(one.urls)]);
  const sequence = (holder: number) => sql`select * from events_sequence(${holder}, interval '-1 second', 7)`.execute(one.db.owner);

  const writing = Promise.all(Array.from({ length: 8 }, async () => { for (let n = 0; n < 25; n += 1) await happen(one, n); }));
  let writes = true;
  const race = Promise.all(rivals.map(async ({ signals }) => { while (writes) await sequence(signals.holder); }));
  await writing;
  writes = false;
  await race;
  while ((await one.sequencer.lag()).events > 0) await sequence(1);

  const { rows } = await sql<{ position: number }>`select position from events order by position`.execute(one.db.owner);
  expect(rows.map(({ position }) => position)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
});

test('a lost listening connection comes back by itself', async () => {
  const one = await desk();
  const two = await (await createProcess(one.urls)).start();
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rapport-listener' and datname = current_database()`.execute(one.db.owner);
  for (let n = 1; n <= 5; n += 1) await happen(one, n);
  await expect.poll(() => numbers(one.heard), { timeout: 5_000 }).toEqual([1, 2, 3, 4, 5]);
  await expect.poll(() => numbers(two.heard), { timeout: 5_000 }).toEqual([1, 2, 3, 4, 5]);
});
