import { AsyncLocalStorage } from 'node:async_hooks';
import {
  Kysely, PostgresAdapter, PostgresDriver, PostgresIntrospector, PostgresQueryCompiler, type Dialect, type Driver, type Transaction,
} from 'kysely';
import pg from 'pg';
import type { Schema } from '../../db/types.ts';
import { askedByNobody, askingSetting } from '../audit/asking.ts';
import { LookupDriver } from './lookups.ts';
import { readTime } from './times.ts';
import { createNames, transactionOn, Unit } from './unit.ts';

/** A running transaction of one workspace. Stores take this, so a caller cannot forget to open one. */
export type Tx = Transaction<Schema>;
/** For platform code alone: queries outside a workspace (security-definer functions) or as the owner. */
export type Connection = Kysely<Schema>;

type Scope = { workspaceId: string; tx: Tx | null; beforeCommit: (() => Promise<void>)[]; afterCommit: (() => void | Promise<void>)[] };

const scopes = new AsyncLocalStorage<Scope>();
/** What the connections are called by which each running process listens, with the keys that it has. */
export const LISTENER = 'rapport-listener';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const STATEMENT_TIMEOUT_MS = 15_000;
const LOCK_TIMEOUT_MS = 5_000;
/** A unit of work that its owner forgot gives its connection back. */
const IDLE_TIMEOUT_MS = 60_000;

/** Whoever needs a transaction says for which workspace. */
class WorklessDriver extends PostgresDriver {
  override beginTransaction(): Promise<void> {
    throw new Error('a transaction needs a workspace: use Database.work');
  }
}

/** Begins a transaction as the application's role and inside the workspace. */
function opening(workspaceId: string, reads: boolean): string {
  if (!UUID.test(workspaceId)) throw new Error('a transaction needs a workspace');
  return `begin${reads ? ' read only' : ''}; set local role rapport_app; set local rapport.workspace = '${workspaceId}'; `
    + `set local statement_timeout = ${STATEMENT_TIMEOUT_MS}; set local lock_timeout = ${LOCK_TIMEOUT_MS}; `
    + `set local idle_in_transaction_session_timeout = ${IDLE_TIMEOUT_MS}${askingSetting()}`;
}

const INT8 = 20;
const TIMESTAMPTZ = 1184;
const readAnyTime = pg.types.getTypeParser(TIMESTAMPTZ) as (text: string) => unknown;

const OURS = new Map<number, (text: string) => unknown>([
  /** Our bigints are counts, sizes, numbers and positions: far below 2^53, and wanted as numbers. */
  [INT8, Number],
  [TIMESTAMPTZ, (text) => readTime(text) ?? readAnyTime(text)],
]);

const parsers = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && OURS.get(oid)) || pg.types.getTypeParser(oid, format as 'text'),
};

export function createPool(connectionString: string, max: number, { pipeline = false } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString, max, pipeline, types: parsers as pg.CustomTypesConfig,
    connectionTimeoutMillis: 10_000, idleTimeoutMillis: 60_000, keepAlive: true, application_name: 'rapport',
  });
  // A connection that dies while idle is replaced by the pool; without a listener Node would end the process.
  pool.on('error', () => undefined);
  // The same for one that dies in somebody's hands: the query at hand fails, and that is where it is dealt with.
  pool.on('connect', (client) => { client.on('error', () => undefined); });
  return pool;
}

const dialect = (driver: () => Driver): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: driver,
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});

/**
 * `repeats`: its statements are few, find their rows by a key, and come all the time (mail that comes in, lists of agents),
 * so the server plans them once; `'asked'`: so do these, but whoever asks chooses them, and takes no plan from the others. `reads`: it writes nothing, which the server holds it to, and its end is not waited for.
 */
export type How = { readonly repeats?: boolean | 'asked'; readonly reads?: boolean };

export type Database = ReturnType<typeof createDatabase>;

/**
 * The only way to the database. `appUrl` is the application's login, which may go through a pooler;
 * `ownerUrl` is direct and for what must look across workspaces: sequencer, due scans, migrations.
 */
export function createDatabase({ appUrl, ownerUrl, maxConnections = 12 }: {
  appUrl: string; ownerUrl: string; maxConnections?: number;
}, /** Which sealed secrets this process can read, for whoever wants to seal them anew. */ keys: readonly string[] = []) {
  const pool = createPool(appUrl, maxConnections, { pipeline: true });
  // Apart: who holds a unit of work open may have to look something up, and would wait for others that do the same.
  const lookupPool = createPool(appUrl, Math.ceil(maxConnections / 3));
  const ownerPool = createPool(ownerUrl, 6);
  const units = { dialect: dialect(() => new WorklessDriver({ pool })), driver: new WorklessDriver({ pool }) };
  const app = new Kysely<Schema>({ dialect: units.dialect });
  const lookup: Connection = new Kysely<Schema>({ dialect: dialect(() => new LookupDriver(lookupPool)) });
  const owner = new Kysely<Schema>({ dialect: dialect(() => new PostgresDriver({ pool: ownerPool })) });
  const [names, askedNames] = [createNames(), createNames()];

  async function work<T>(workspaceId: string, act: (tx: Tx) => Promise<T>, { repeats = false, reads = false }: How = {}): Promise<T> {
    const outer = scopes.getStore();
    if (outer?.tx) {
      if (outer.workspaceId !== workspaceId) throw new Error('a unit of work cannot reach into another workspace');
      return act(outer.tx);
    }
    const scope: Scope = { workspaceId, tx: null, beforeCommit: [], afterCommit: [] };
    const result = await scopes.run(scope, () => inUnit(opening(workspaceId, reads), { repeats, reads }, async (tx) => {
      scope.tx = tx;
      const done = await act(tx);
      for (let task = scope.beforeCommit.shift(); task; task = scope.beforeCommit.shift()) await task();
      return done;
    }));
    scope.tx = null;
    for (const task of scope.afterCommit) await task();
    return result;
  }

  async function inUnit<T>(begin: string, { repeats, reads }: Required<How>, act: (tx: Tx) => Promise<T>): Promise<T> {
    const unit = new Unit(await pool.connect(), begin, repeats === 'asked' ? askedNames : repeats ? names : null);
    let result: T;
    try {
      result = await act(transactionOn(unit, app, units));
    } catch (error) {
      await unit.rollback();
      throw error;
    }
    if (reads) unit.leave();
    else await unit.commit();
    return result;
  }

  return {
    /**
     * One unit of work, reads included: a transaction that sees and writes one workspace only. Called inside another
     * unit of work of the same workspace it joins it, so front doors may call each other. Statements that do not need each
     * other's answers may be sent together (`Promise.all`).
     */
    work,
    /** Security-definer functions that need no workspace, such as sign-in. Sees no table. */
    lookup,
    /** The owner: every workspace. Platform code and due scans only. */
    owner,
    /** A dedicated connection for LISTEN; the caller ends it. */
    listener: () => new pg.Client({ connectionString: ownerUrl, keepAlive: true, application_name: [LISTENER, ...keys].join(' ') }),
    stats: () => ({
      total: pool.totalCount + lookupPool.totalCount, idle: pool.idleCount + lookupPool.idleCount, waiting: pool.waitingCount + lookupPool.waitingCount,
    }),
    async destroy(): Promise<void> {
      await pool.end();
      await lookup.destroy();
      await owner.destroy();
    },
  };
}

/** Runs once the unit of work at hand has committed, which waits for what it returns; at once when there is none. Hints only: a crash may lose it. */
export function afterCommit(task: () => void | Promise<void>): void {
  const scope = scopes.getStore();
  if (scope?.tx) scope.afterCommit.push(task);
  else void task();
}

/**
 * Runs as the last thing inside the unit of work at hand, which it may still fail: for what is written once however often it
 * changed on the way. What it calls may ask for more of the same.
 */
export function beforeCommit(task: () => Promise<void>): void {
  const scope = scopes.getStore();
  if (!scope?.tx) throw new Error('only a unit of work has an end');
  scope.beforeCommit.push(task);
}

/** Leaves the unit of work behind, and whoever asked for it, for work that must not join it (a fire-and-forget started inside). */
export const outsideWork = <T>(act: () => T): T => scopes.exit(() => askedByNobody(act));
