import { sql } from 'kysely';
import type { Connection } from './db.ts';

export type Quota = { readonly uses: number; readonly seconds: number };

/**
 * Counts one more use within the quota's time. Null as long as there are uses left, else how many seconds there are to wait.
 * Over `lookup` it counts whatever becomes of the unit of work at hand; over a unit's own connection it counts with it, and
 * whoever counts the same meanwhile waits for its end.
 */
export async function useOne(over: Connection, name: string, { uses, seconds }: Quota): Promise<number | null> {
  const { rows } = await sql<{ used: number; retryAfter: number }>`
    select used, retry_after as "retryAfter" from rapport_take(${name}, ${seconds})`.execute(over);
  const window = rows[0];
  return window && window.used <= uses ? null : window?.retryAfter ?? seconds;
}
