/** What routing knows of a ticket's turn. Milliseconds since 1970. */
export type Turn = {
  /** Since when its customer waits. */
  readonly since: number;
  /** Arrival: of two that came in the same moment. */
  readonly number: number;
  readonly rankAt: number;
};

const MINUTE_MS = 60_000;

/** How much earlier a ticket of this priority stands than it came. */
const HEAD_START_MS: Readonly<Record<string, number>> = { low: 0, normal: 60 * MINUTE_MS, high: 4 * 60 * MINUTE_MS, urgent: 24 * 60 * MINUTE_MS };

export const headStartOf = (priority: string, queueHeadStartSeconds: number): number => (HEAD_START_MS[priority] ?? 0) + queueHeadStartSeconds * 1000;

/**
 * Whose turn it is: `since − head start`, the earliest first. Urgency is a bounded advantage in waiting time and nothing else, so
 * nothing waits for ever: once a ticket has waited for longer than the largest head start, nothing that comes now is before it.
 * Channel and language do not stand in the formula.
 */
export const rankAt = (since: number, priority: string, queueHeadStartSeconds: number): number => since - headStartOf(priority, queueHeadStartSeconds);

export const byTurn = (a: Turn, b: Turn): number => a.rankAt - b.rankAt || a.since - b.since || a.number - b.number;
