import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import type pg from 'pg';
import { askNamed, type Answered } from './statement.ts';
import { createNames } from './unit.ts';

/** Statements each by itself, on whichever connection is free. Those that come again and again are planned once. */
export class LookupDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #connection: DatabaseConnection;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
    const names = createNames();
    const ask = async <R>(text: string, parameters: readonly unknown[]): Promise<QueryResult<R>> => {
      const name = parameters.length > 0 ? names.of(text) : undefined;
      try {
        const asked = { text, values: [...parameters] };
        const { rows } = name === undefined ? await pool.query(asked) : await planned(pool, { ...asked, name });
        return { rows: rows as R[] };
      } catch (error) {
        // It was not done: what is unknown is its name.
        if (name !== undefined && names.failed(error)) return ask(text, parameters);
        throw error;
      }
    };
    this.#connection = {
      executeQuery: <R>({ sql, parameters }: CompiledQuery) => ask<R>(sql, parameters),
      streamQuery() { throw new Error('a lookup does not stream'); },
    };
  }

  init(): Promise<void> { return Promise.resolve(); }
  acquireConnection(): Promise<DatabaseConnection> { return Promise.resolve(this.#connection); }
  beginTransaction(): Promise<void> { return Promise.reject(new Error('a transaction needs a workspace: use Database.work')); }
  commitTransaction(): Promise<void> { return this.beginTransaction(); }
  rollbackTransaction(): Promise<void> { return this.beginTransaction(); }
  releaseConnection(): Promise<void> { return Promise.resolve(); }
  destroy(): Promise<void> { return this.#pool.end(); }
}

async function planned(pool: pg.Pool, asked: { readonly name: string; readonly text: string; readonly values: unknown[] }): Promise<Answered> {
  const client = await pool.connect();
  try {
    return await askNamed(client, asked, null);
  } finally {
    client.release();
  }
}
