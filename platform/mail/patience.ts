/** How long we wait for the next message to begin, from the greeting or the last one; nothing said in between prolongs it. */
const TALK_MS = 5 * 60_000;
const TALK_CROWDED_MS = 30_000;
/** How long a message may be on its way: this, and the time its bytes take at a slow but honest rate. */
const SENDING_MS = 5 * 60_000;
const BYTES_A_SECOND = 16 * 1024;
/** More than what is too large: nothing of it is kept, and reading on to its end would serve nobody. */
const ENDLESS = 100 * 1024 * 1024;
/** Commands between two messages: a hundred recipients and a good deal of nonsense. */
const COMMANDS = 500;
const ERRORS = 20;

/**
 * What one connection has been doing. `talking`: it owes us a command, and may take its time; `sending`: it owes us the
 * rest of a message; `ours`: it waits for us.
 */
export type Visit = { phase: 'talking' | 'sending' | 'ours'; since: number; bytes: number; commands: number; errors: number };

export const newVisit = (now: number): Visit => ({ phase: 'talking', since: now, bytes: 0, commands: 0, errors: 0 });

/** Whoever drips, a byte now and a byte then, keeps us waiting all the same; so does a message without an end. */
export function overstays({ phase, since, bytes }: Visit, { now, crowded }: { now: number; crowded: boolean }): boolean {
  const waited = now - since;
  if (phase === 'ours') return false;
  if (phase === 'talking') return waited >= (crowded ? TALK_CROWDED_MS : TALK_MS);
  return bytes > ENDLESS || waited >= SENDING_MS + (bytes / BYTES_A_SECOND) * 1000;
}

export const talksTooMuch = ({ commands, errors }: Visit): boolean => commands > COMMANDS || errors >= ERRORS;
