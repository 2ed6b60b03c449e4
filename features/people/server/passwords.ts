import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../../../kernel/errors.ts';

/** Argon2id, the package's default, with the parameters that OWASP asks for. Memory in KiB. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Hashing runs on the thread pool, which files and name look-ups need too. */
const AT_ONCE = 2;
const MAX_WAITING = 100;

export type Passwords = ReturnType<typeof createPasswords>;

/** Slow hashes off the main loop, a few at a time; more than can be done soon are refused rather than queued. `verifyBy` is for tests. */
export function createPasswords({ verifyBy = verify }: { verifyBy?: (passwordHash: string, password: string) => Promise<boolean> } = {}) {
  const nobody = nobodysHash();
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn<T>(act: () => Promise<T>): Promise<T> {
    if (running >= AT_ONCE) {
      if (waiting.length >= MAX_WAITING) {
        throw new AppError('unavailable', 'session.busy', 'Too many people sign in at this moment; try again shortly.', { retryAfter: 2 });
      }
      await new Promise<void>((resolve) => { waiting.push(resolve); });
    } else {
      running += 1;
    }
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    hash: (password: string): Promise<string> => inTurn(() => hash(normal(password), COST)),

    matches: (passwordHash: string, password: string): Promise<boolean> => inTurn(() => verifyBy(passwordHash, normal(password))),

    /** The same work for a password that nobody has, so that an unknown address takes as long as a known one. */
    async matchesNobody(password: string): Promise<false> {
      await inTurn(() => verifyBy(nobody, normal(password)));
      return false;
    },
  };
}

/** However a keyboard composes its letters, the password is the same. */
const normal = (password: string): string => password.normalize('NFKC');

function nobodysHash(): string {
  const unpadded = (bytes: number): string => randomBytes(bytes).toString('base64').replace(/=+$/, '');
  const { memoryCost, timeCost, parallelism } = COST;
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${unpadded(16)}$${unpadded(32)}`;
}
