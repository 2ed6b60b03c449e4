export type SendError = { code?: string | undefined; command?: string | undefined; responseCode?: number | undefined; response?: string | undefined; message: string };

export type Verdict = 'refused' | 'later' | 'unreachable';

const GIVE_UP_AFTER_MS = 2 * 24 * 3_600_000;
const UNREACHABLE_MAX_MS = 60_000;
const LATER_MAX_MS = 3_600_000;
const ABOUT_THIS_MAIL = ['MAIL FROM', 'RCPT TO', 'DATA', 'BDAT'];

/**
 * What a failed attempt means: the other side refused this mail for good; it asked to come back later; or the relay
 * cannot be reached or used at all (down, wrong password), which says nothing about the mail.
 */
export function verdictOf({ code, command, responseCode }: SendError): Verdict {
  const aboutThisMail = command === undefined || ABOUT_THIS_MAIL.includes(command);
  if (responseCode !== undefined && aboutThisMail && code !== 'EAUTH') {
    return responseCode >= 500 && responseCode !== 503 ? 'refused' : 'later';
  }
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return 'refused';
  return 'unreachable';
}

/**
 * When to try again after attempt number `attempts` (from 1), or null: two days are over. `random` is 0 to 1.
 * An unreachable relay is tried every minute at the latest, since its return should not be noticed an hour late.
 */
export function nextAttempt({ attempts, verdict, now, notBefore, random }: {
  attempts: number; verdict: Exclude<Verdict, 'refused'>; now: Date; notBefore: Date; random: number;
}): Date | null {
  if (now.getTime() - notBefore.getTime() >= GIVE_UP_AFTER_MS) return null;
  const [first, longest] = verdict === 'unreachable' ? [2_000, UNREACHABLE_MAX_MS] : [15_000, LATER_MAX_MS];
  const pause = Math.min(first * 2 ** Math.min(attempts - 1, 20), longest);
  return new Date(now.getTime() + pause * (0.8 + 0.4 * random));
}
