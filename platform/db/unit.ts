import { createHash } from 'node:crypto';
import {
  Transaction,
  type CompiledQuery, type DatabaseConnection, type Dialect, type Driver, type Kysely, type QueryResult,
} from 'kysely';
import type pg from 'pg';
import type { Schema } from '../../db/types.ts';
import { askNamed, type Answered, type Remembered } from './statement.ts';

/** A statement is worth a plan of its own once it has come this often. */
const COMES_OFTEN = 5;
/** Each costs every connection some kilobytes; beyond these, statements are planned each time. */
const MAX_NAMES = 120;
const MAX_COUNTED = 2_000;
/** What a pooler that gives every transaction another connection answers to a name of ours: no such statement, or there already. */
const NAMES_ARE_LOST = new Set(['26000', '42P05']);

export type Names = ReturnType<typeof createNames>;

/**
 * Names for statements that come again and again, so that the server plans them once. A name is made of the text, so that
 * one name can never mean two statements. Behind a pooler that does not keep names (PgBouncer before 1.21, or with
 * max_prepared_statements = 0) they are given up for good at the first trouble.
 */
export function createNames() {
  const seen = new Map<string, number | string>();
  let named = 0;
  let usable = true;

  return {
    of(text: string): string | undefined {
      if (!usable) return undefined;
      const known = seen.get(text);
      if (typeof known === 'string') return known;
      const count = (known ?? 0) + 1;
      if (count < COMES_OFTEN || named >= MAX_NAMES) {
        if (known !== undefined || seen.size < MAX_COUNTED) seen.set(text, count);
        return undefined;
      }
      const name = `r${createHash('sha256').update(text).digest('hex').slice(0, 30)}`;
      seen.set(text, name);
      named += 1;
      return name;
    },
    /** Whether it was for a name that was lost. */
    failed(error: unknown): boolean {
      const isLost = NAMES_ARE_LOST.has((error as { code?: string }).code ?? '');
      if (isLost) usable = false;
      return isLost;
    },
  };
}

/** So long a unit that only read waits for another to end it in passing. */
const LINGERS_MS = 10;
const COMMIT = 'commit';
const lingering = new WeakMap<pg.PoolClient, NodeJS.Timeout>();

function linger(client: pg.PoolClient): void {
  lingering.set(client, setTimeout(() => {
    lingering.delete(client);
    // A connection that is gone has ended it as well.
    client.query(COMMIT).catch(() => undefined);
  }, LINGERS_MS).unref());
}

/** Said on this connection before another unit begins, and apart: with the beginning in one, an end that fails or is cancelled would keep the next from beginning. */
function endLast(client: pg.PoolClient): void {
  const timer = lingering.get(client);
  if (!timer) return;
  clearTimeout(timer);
  lingering.delete(client);
  client.query(COMMIT).catch(() => undefined);
}

/**
 * One transaction on one connection. Statements are sent at once and answered in their order, so those that do not need
 * each other's answers share a round trip (`Promise.all`). After the end none is accepted any more.
 */
export class Unit implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #names: Names | null;
  readonly #begun: Promise<unknown>;
  #open = true;
  #failed = false;
  #gathering = false;

  /** `opening` begins the transaction. Its answer is not waited for but comes before all others: when it fails, so does all that follows, which would be done without a transaction or see what nobody's workspace holds. */
  constructor(client: pg.PoolClient, opening: string, names: Names | null) {
    this.#client = client;
    this.#names = names;
    this.#gather();
    endLast(client);
    this.#begun = client.query(opening);
    this.#begun.catch(() => undefined);
  }

  async executeQuery<R>({ sql, parameters, remembered = null }: CompiledQuery & { readonly remembered?: Remembered | null }): Promise<QueryResult<R>> {
    if (!this.#open) throw new Error('this unit of work has ended');
    const name = parameters.length > 0 ? this.#names?.of(sql) : undefined;
    this.#gather();
    try {
      const asked = { text: sql, values: [...parameters] };
      const answered = await (name ? askNamed(this.#client, { ...asked, name }, remembered) : this.#client.query(asked));
      await this.#begun;
      return resultOf<R>(answered);
    } catch (error) {
      // Behind something that failed no plan is made, so that none of those that are missing was lost.
      if (name && !this.#failed) this.#names?.failed(error);
      this.#failed = true;
      // Who asked, instead of who read the answer.
      if (error instanceof Error) Error.captureStackTrace(error);
      // What went wrong at the beginning is the reason, not what came of it.
      await this.#begun;
      throw error;
    }
  }

  /** Cursors do not go with sending ahead. */
  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('a unit of work does not stream');
  }

  async commit(): Promise<void> {
    this.#open = false;
    const ended = await this.#end('commit');
    await this.#begun;
    // What PostgreSQL says to a commit after a statement that had failed.
    if (ended === 'ROLLBACK') throw new Error('a statement of this unit of work had failed, so nothing of it was kept');
  }

  /** Of one that only read: it has kept nothing, so that nobody needs to know how it ends, which goes with the beginning of the next on this connection. */
  leave(): void {
    this.#open = false;
    linger(this.#client);
    this.#client.release();
  }

  /** Never throws: a connection that cannot even do this is thrown away, and the server rolls back. */
  async rollback(): Promise<void> {
    this.#open = false;
    await this.#end('rollback').catch(() => undefined);
  }

  /** What is asked in one go leaves in one write. */
  #gather(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    const { stream } = (this.#client as unknown as pg.Client).connection;
    stream.cork();
    process.nextTick(() => {
      this.#gathering = false;
      stream.uncork();
    });
  }

  async #end(how: 'commit' | 'rollback'): Promise<string> {
    try {
      const { command } = await this.#client.query(how);
      this.#client.release();
      return command;
    } catch (error) {
      this.#client.release(error as Error);
      throw error;
    }
  }
}

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

const resultOf = <R>({ command, rowCount, rows }: Answered): QueryResult<R> =>
  (CHANGES.has(command) ? { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) } : { rows: rows as R[] });

/** The unit as stores know it. */
export const transactionOn = (unit: Unit, app: Kysely<Schema>, { dialect, driver }: { dialect: Dialect; driver: Driver }): Transaction<Schema> =>
  new Transaction<Schema>({
    config: { dialect }, dialect, driver, executor: app.getExecutor().withConnectionProvider({ provideConnection: (use) => use(unit) }),
  });
