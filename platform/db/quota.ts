import { sql } from 'kysely';
import type { Connection } from './db.ts';

const DAY_SECONDS = 86_400;

/**
 * Counts one more use within a day, whatever becomes of the unit of work at hand. Null as long as it is within `uses`,
 * else how many seconds there are to wait.
 */
export async function useToday(lookup: Connection, name: string, uses: number): Promise<number | null> {
  const { rows } = await sql<{ used: number; retryAfter: number }>`
    select used, retry_after as "retryAfter" from rapport_take(${name}, ${DAY_SECONDS})`.execute(lookup);
  const window = rows[0];
  return window && window.used <= uses ? null : window?.retryAfter ?? DAY_SECONDS;
}
