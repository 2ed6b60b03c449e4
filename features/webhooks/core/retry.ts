const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000] as const;

/** After the first attempt, the second, and so on: over three days in all. */
const PAUSES = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR] as const;
const SPREAD = 0.2;
const LONGEST_MS = 24 * HOUR;

/**
 * When to try again after `attempts` attempts; null: not any more. Spread by a fifth, so that many that failed together do
 * not come back together. Nobody who asks for time (`retryAfterMs`) is asked sooner.
 */
export function nextAttempt({ attempts, at, retryAfterMs = 0, random }: { attempts: number; at: Date; retryAfterMs?: number; random: number }): Date | null {
  const pause = PAUSES[attempts - 1];
  if (pause === undefined) return null;
  const spread = pause * (1 - SPREAD + 2 * SPREAD * random);
  return new Date(at.getTime() + Math.round(Math.max(spread, Math.min(retryAfterMs, LONGEST_MS))));
}

/** What `Retry-After` says, in seconds or as a date; 0 for anything else. */
export function retryAfterMs(header: string | undefined, at: Date): number {
  if (header === undefined) return 0;
  const seconds = /^\d{1,9}$/.test(header.trim()) ? Number(header) * SECOND : Date.parse(header) - at.getTime();
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
}
