import { sql } from 'kysely';
import { AppError } from '../../kernel/errors.ts';
import type { Json } from '../../kernel/json.ts';
import type { Log } from '../../kernel/log.ts';
import type { Connection, Database } from '../db/db.ts';
import type { LoggedEvent } from './events.ts';
import { backoff, createPump, type Pump } from './pump.ts';
import { createRecent } from './recent.ts';
import type { Sequencer } from './sequencer.ts';
import type { Signals } from './signals.ts';

export type FollowedEvent = LoggedEvent & { readonly position: number };

export type Follower = {
  /** Durable: renaming it makes a new follower. */
  readonly name: string;
  /** Absent: every event. */
  readonly types?: readonly string[];
  /** Where a new follower starts; by default with the first event ever. */
  readonly from?: 'beginning' | 'now';
  /** At least once, in order: must be harmless twice. `signal` aborts when it has taken too long. */
  handle(event: FollowedEvent, signal: AbortSignal): Promise<void>;
  /** Several that came since, where one transaction does for all of them; when it fails they are handled one by one. */
  together?(events: readonly FollowedEvent[], signal: AbortSignal): Promise<void>;
};

export type Tail = (events: readonly FollowedEvent[]) => void;
export type Followers = ReturnType<typeof createFollowers>;

const BATCH = 200;
const TAIL_BATCH = 500;
/** A poll that makes up for lost hints. */
const IDLE_MS = 1_000;
const HANDLE_MS = 60_000;
/** With the pauses between them some ten minutes. */
const MOST_TRIES = 20;
/** Where a follower stands is written down this often at most while events keep coming: what it hears again is harmless. */
const SAVE_MS = 1_000;
/** Between two looks while events keep coming, so that they are read in batches and not each by itself. */
const REST_MS = 50;

/**
 * Those who hear of events after they were committed. A follower runs in one process at a time (the one that sequences),
 * in the order of positions, and remembers how far it came; an event that fails is tried again, ever more rarely, and
 * holds up its own follower only; one that is itself the trouble is set aside in the end, and told in the log. A tail lives in memory: every process hears everything from its start on.
 */
export function createFollowers({ db, signals, sequencer, log, mostTries = MOST_TRIES }: { db: Database; signals: Signals; sequencer: Sequencer; log: Log; mostTries?: number }) {
  const followers: { name: string; from: 'beginning' | 'now'; pump: Pump; position(): number | null; settle(): Promise<void> }[] = [];
  const tails = new Set<Tail>();
  const recent = createRecent<FollowedEvent>();
  let tailPosition = 0;
  /** What the sequencer of this process said last; it need not be asked for. */
  let told = 0;
  let stopping = false;

  /** Whoever gives the positions knows the last one; others have to ask. */
  const reachedKnown = async (): Promise<number> => (sequencer.holding() || told > tailPosition ? told : reachedNow(db.owner));

  async function readTail(): Promise<number> {
    const reached = await reachedKnown();
    if (tails.size === 0) {
      tailPosition = Math.max(tailPosition, reached);
      recent.skip(tailPosition);
      wakeFollowers();
      return IDLE_MS;
    }
    if (reached <= tailPosition) return IDLE_MS;
    const events = await eventsBetween(db.owner, tailPosition, reached, TAIL_BATCH);
    const from = tailPosition;
    tailPosition = events.length < TAIL_BATCH ? reached : events.at(-1)!.position;
    recent.add(from, tailPosition, events);
    for (const tail of tails) tail(events);
    wakeFollowers();
    return tailPosition < reached ? 0 : IDLE_MS;
  }

  const tailPump = createPump({
    step: readTail,
    failed: (error, failures) => {
      log.error({ err: error, failures }, 'reading the event log failed');
      return backoff(failures, 100, 5_000);
    },
  });

  const wakeFollowers = () => {
    for (const { pump } of followers) pump.wake();
  };
  /** Where there are tails, followers come after them: what was read for the one is there for the others. */
  const wakeAll = () => {
    tailPump.wake();
    if (tails.size === 0) wakeFollowers();
  };
  // The process that gives the positions is told of them before everybody else, by itself.
  signals.on('rapport_sequenced', () => { if (!sequencer.holding()) wakeAll(); });
  sequencer.onReached((position) => {
    told = Math.max(told, position);
    wakeAll();
  });

  return {
    /** Before `start`. */
    follow(follower: Follower): void {
      const { name, from = 'beginning' } = follower;
      if (followers.some((other) => other.name === name)) throw new Error(`two followers are called "${name}"`);
      const { step, position, settle } = reader(db.owner, recent, () => (stopping ? null : sequencer.term()), () => told, setsAside(follower, mostTries, log));
      const pump = createPump({
        step,
        restMs: REST_MS,
        failed: (error, failures) => {
          log.error({ err: error, follower: name, failures }, 'a follower of events failed; it will try again');
          return backoff(failures, 100, 60_000);
        },
      });
      followers.push({ name, from, pump, position, settle });
    },

    /** Every event from now on, of every workspace, for what lives in memory. Must not throw or block. */
    tail(onEvents: Tail): () => void {
      tails.add(onEvents);
      return () => tails.delete(onEvents);
    },
    /** All events up to here have been handed to the tails. */
    tailPosition: () => tailPosition,

    /** How far each follower has come, and how far the log goes. */
    async progress(): Promise<{ reached: number; followers: { name: string; position: number }[] }> {
      const reached = await reachedNow(db.owner);
      const rows = await db.owner.selectFrom('event_followers').select(['name', 'position']).orderBy('name').execute();
      return {
        reached,
        followers: rows.map(({ name, position }) => ({ name, position: followers.find((f) => f.name === name)?.position() ?? position })),
      };
    },

    async start({ handling = true }: { /** False in a process that only has tails. */ handling?: boolean } = {}): Promise<void> {
      stopping = false;
      tailPosition = await reachedNow(db.owner);
      tailPump.start();
      if (!handling) return;
      for (const { name, from } of followers) {
        await sql`insert into event_followers (name, position) select ${name}, case when ${from} = 'now' then position else 0 end
          from event_sequencer on conflict (name) do nothing`.execute(db.owner);
      }
      for (const { pump } of followers) pump.start();
    },

    /** Resolves when events that are being handled are done. */
    async stop(): Promise<void> {
      stopping = true;
      await Promise.all([tailPump.stop(), ...followers.map(({ pump, settle }) => pump.stop().then(settle))]);
    },
  };
}

/** Nobody behind an event that fails the same way every time waits for it for ever. It stays in the log of events. */
function setsAside(follower: Follower, mostTries: number, log: Log): Follower {
  let [failing, tries] = [0, 0];
  return {
    ...follower,
    async handle(event, signal) {
      try {
        await follower.handle(event, signal);
      } catch (error) {
        tries = failing === event.position ? tries + 1 : 1;
        failing = event.position;
        if (tries < mostTries || !isOfTheEvent(error)) throw error;
        log.error({ err: error, follower: follower.name, workspaceId: event.workspaceId, seq: event.seq, type: event.type }, 'an event could not be handled and was set aside');
      }
    },
  };
}

/** Refusals, values that the database does not take, faults of a program: not what passes, as a database that cannot be reached. */
function isOfTheEvent(error: unknown): boolean {
  if (error instanceof AppError) return !['unavailable', 'rate_limited', 'conflict'].includes(error.kind);
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError || /^2[23]/.test(String((error as { code?: unknown } | null)?.code));
}

function reader(owner: Connection, recent: ReturnType<typeof createRecent<FollowedEvent>>, currentTerm: () => number | null, told: () => number, { name, types, handle, together }: Follower) {
  let term: number | null = null;
  let position = 0;
  let saved = 0;
  let savedAt = 0;

  async function save(): Promise<void> {
    if (position === saved) return;
    savedAt = performance.now();
    const { numUpdatedRows } = await owner.updateTable('event_followers').set({ position, updated_at: sql`now()` })
      .where('name', '=', name).where('position', '=', saved).executeTakeFirst();
    // Another process went on from there: read anew, the next time that it is our turn.
    if (numUpdatedRows === 0n) term = null;
    else saved = position;
  }

  async function load(current: number): Promise<void> {
    const row = await owner.selectFrom('event_followers').select('position').where('name', '=', name).executeTakeFirstOrThrow();
    position = saved = row.position;
    term = current;
  }

  async function handledTogether(events: readonly FollowedEvent[]): Promise<boolean> {
    if (!together || events.length < 2 || currentTerm() !== term) return false;
    // What is the matter, and with which of them, shows when they are handled one by one.
    const done = await inTime((signal) => together(events, signal)).then(() => true, () => false);
    if (done) position = events.at(-1)!.position;
    return done;
  }

  async function handleAll(events: readonly FollowedEvent[]): Promise<void> {
    if (await handledTogether(events)) return;
    try {
      for (const event of events) {
        if (currentTerm() !== term) break;
        await inTime((signal) => handle(event, signal));
        position = event.position;
      }
    } catch (error) {
      await save();
      throw error;
    }
  }

  async function step(): Promise<number> {
    const current = currentTerm();
    if (current === null) {
      term = null;
      return IDLE_MS;
    }
    if (term !== current) await load(current);
    const known = recent.reaches(position);
    const reached = known ?? told();
    if (reached <= position) {
      await save();
      return IDLE_MS;
    }

    const events = known === null ? await eventsBetween(owner, position, reached, BATCH, types) : recent.between(position, reached, BATCH, types);
    await handleAll(events);
    if (currentTerm() === term && events.length < BATCH) position = reached;
    if (performance.now() - savedAt >= SAVE_MS) await save();
    return currentTerm() !== term || events.length === BATCH ? 0 : IDLE_MS;
  }

  return { step, position: () => (term === null ? null : position), /** Before a stop. */ settle: async () => { if (term !== null) await save(); } };
}

async function inTime(act: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const signal = AbortSignal.timeout(HANDLE_MS);
  let onAbort: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    onAbort = () => reject(new Error(`took longer than ${HANDLE_MS} ms`));
    signal.addEventListener('abort', onAbort);
  });
  try {
    await Promise.race([act(signal), late]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}

/** Everything up to here has been committed together with its position, without gaps. */
const reachedNow = async (owner: Connection): Promise<number> =>
  (await owner.selectFrom('event_sequencer').select('position').executeTakeFirstOrThrow()).position;

/** `after < position <= upTo`, oldest first. */
export async function eventsBetween(
  connection: Connection, after: number, upTo: number, limit: number, types?: readonly string[], workspaceId?: string,
): Promise<FollowedEvent[]> {
  let query = connection.selectFrom('events').selectAll().where('position', '>', after).where('position', '<=', upTo);
  if (types) query = query.where('type', 'in', types);
  if (workspaceId) query = query.where('workspace_id', '=', workspaceId);
  const rows = await query.orderBy('position').limit(limit).execute();
  return rows.map((row) => ({
    workspaceId: row.workspace_id, seq: row.seq, position: row.position!, type: row.type as FollowedEvent['type'],
    ticketId: row.ticket_id, subjectId: row.subject_id, actor: { kind: row.actor_kind, id: row.actor_id },
    data: row.data as { [key: string]: Json }, at: row.at,
  }));
}
