import { sql } from 'kysely';
import type { Connection } from './db.ts';

export type Quota = { readonly uses: number; readonly seconds: number };

/**
 * Counts one more use within the quota's time, whatever becomes of the unit of work at hand. Null as long as there are
 * uses left, else how many seconds there are to wait.
 */
export async function useOne(lookup: Connection, name: string, { uses, seconds }: Quota): Promise<number | null> {
  const { rows } = await sql<{ used: number; retryAfter: number }>`
    select used, retry_after as "retryAfter" from rapport_take(${name}, ${seconds})`.execute(lookup);
  const window = rows[0];
  return window && window.used <= uses ? null : window?.retryAfter ?? seconds;
}
