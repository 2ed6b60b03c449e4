import type { Proactive } from './visitor-contract.ts';

/** What the visitor's browser knows at this moment; times in milliseconds of one clock. */
export type Looking = {
  readonly url: string; readonly onPageSince: number; readonly now: number;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** When each was shown the last time. */
  readonly shownAt: Readonly<Record<string, number>>;
  readonly isChatting: boolean; readonly doNotDisturb: boolean;
};

/** At most one in this time, whichever. */
const PAUSE_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;

/** The message to show now, and when to look again otherwise (null: not before the page or the visitor is another). */
export function dueProactive(all: readonly Proactive[], looking: Looking): { show: Proactive | null; lookAgainAt: number | null } {
  if (looking.isChatting || looking.doNotDisturb) return { show: null, lookAgainAt: null };
  const quietUntil = Math.max(0, ...Object.values(looking.shownAt).map((at) => at + PAUSE_MS));
  let soonest: number | null = null;
  for (const one of all) {
    if (!one.isOn || !fits(one, looking)) continue;
    const at = Math.max(looking.onPageSince + one.afterSeconds * 1000, quietUntil, (looking.shownAt[one.id] ?? -Infinity) + one.everyHours * HOUR_MS);
    if (at <= looking.now) return { show: one, lookAgainAt: null };
    soonest = Math.min(soonest ?? Infinity, at);
  }
  return { show: null, lookAgainAt: soonest };
}

const fits = ({ pageContains, attributes }: Proactive, looking: Looking): boolean =>
  pageContains.every((part) => looking.url.toLowerCase().includes(part.toLowerCase()))
  && attributes.every(({ key, is }) => String(looking.attributes[key] ?? '') === is);
