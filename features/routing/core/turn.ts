/** What routing knows of a ticket's turn. Milliseconds since 1970. */
export type Turn = {
  /** Since when its customer waits. */
  readonly since: number;
  /** Arrival: of two that came in the same moment. */
  readonly number: number;
  readonly rankAt: number;
};

const HOUR_MS = 3_600_000;
/** The largest head start but for the queue's: nothing that comes now is before what has waited for longer. */
export const MOST_HEAD_MS = 24 * HOUR_MS;

/** How much earlier a ticket of this priority stands than it came. */
export const PRIORITY_HEAD_MS: Readonly<Record<string, number>> = { low: 0, normal: HOUR_MS, high: 4 * HOUR_MS, urgent: MOST_HEAD_MS };
export const priorityHead = (priority: string): number => PRIORITY_HEAD_MS[priority] ?? 0;

type Urgency = { readonly priority: string; readonly queueHeadStartSeconds?: number; /** When what is promised on it is due first; null: nothing is. */ readonly dueAt?: number | null };

/**
 * Whose turn it is, the earliest first: `since − head start`. The head start is the priority's, or that of a promise, whichever is
 * larger: what is due in less than a day after its customer began to wait stands as much earlier. A day is the most of both, the queue's
 * own comes on top. So urgency is a bounded advantage in waiting time and nothing else, and nothing waits for ever: once a ticket has waited
 * for longer than the largest head start, nothing that comes now is before it. Channel and language do not stand in the formula.
 */
export const rankAt = (since: number, { priority, queueHeadStartSeconds = 0, dueAt = null }: Urgency): number =>
  Math.max(since - MOST_HEAD_MS, Math.min(since - priorityHead(priority), (dueAt ?? Infinity) - MOST_HEAD_MS)) - queueHeadStartSeconds * 1000;

/** Whether its promise, more than its priority, made its turn. */
export const goesByDue = (since: number, { priority, dueAt = null }: Urgency): boolean => dueAt !== null && dueAt - MOST_HEAD_MS < since - priorityHead(priority);

export const byTurn = (a: Turn, b: Turn): number => a.rankAt - b.rankAt || a.since - b.since || a.number - b.number;
