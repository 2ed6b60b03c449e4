/** Of all connections, so many at most for domains that keep us waiting: the others are for everybody else. */
const TROUBLED_AT_ONCE = 2;
/** An attempt that takes longer than this held a connection up, however it ended. */
const SLOW_MS = 20_000;
/** Nobody is remembered as slow for longer. */
const FORGET_MS = 3_600_000;
const MAX_REMEMBERED = 5_000;


/**
 * How many connections each domain may have right now. A domain usually gets `perDomain`; one that was slow or put us off
 * gets one, and all such domains together two, whichever was tried the longest ago first. So a dead domain, or several,
 * hold nobody else up. `now` is milliseconds.
 */
export function createFairness({ perDomain, now }: { perDomain: number; now: () => number }) {
  const inFlight = new Map<string, number>();
  /** In the order in which they were tried last. */
  const troubled = new Map<string, { since: number }>();

  function forgetOld(): void {
    for (const [domain, { since }] of troubled) {
      if (now() - since >= FORGET_MS || troubled.size > MAX_REMEMBERED) troubled.delete(domain);
    }
  }

  return {
    /** For every domain that does not simply get `perDomain`. */
    allowances(): Map<string, number> {
      forgetOld();
      const allowed = new Map([...inFlight].map(([domain, count]) => [domain, Math.max(0, perDomain - count)]));
      let left = TROUBLED_AT_ONCE - [...troubled.keys()].filter((domain) => inFlight.has(domain)).length;
      for (const domain of troubled.keys()) {
        const may = !inFlight.has(domain) && left > 0;
        if (may) left -= 1;
        allowed.set(domain, may ? 1 : 0);
      }
      return allowed;
    },

    began(domain: string): void {
      inFlight.set(domain, (inFlight.get(domain) ?? 0) + 1);
      const known = troubled.get(domain);
      if (!known) return;
      troubled.delete(domain);
      troubled.set(domain, known);
    },

    /** `putOff`: the other side wants us to come back. */
    ended(domain: string, { putOff, tookMs }: { putOff: boolean; tookMs: number }): void {
      const count = (inFlight.get(domain) ?? 1) - 1;
      if (count > 0) inFlight.set(domain, count);
      else inFlight.delete(domain);
      if (putOff || tookMs >= SLOW_MS) troubled.set(domain, { since: now() });
      else troubled.delete(domain);
    },
  };
}
