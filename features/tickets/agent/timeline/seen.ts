const REMEMBERED = 500;
const seen = new Map<string, string>();

/** How far this browser has shown a ticket since it was opened; null when it has not. */
export const lastSeen = (ticketId: string): string | null => seen.get(ticketId) ?? null;

export function saw(ticketId: string, lastAt: string | null): void {
  if (lastAt === null) return;
  seen.delete(ticketId);
  seen.set(ticketId, lastAt);
  const [oldest] = seen.keys();
  if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
}
