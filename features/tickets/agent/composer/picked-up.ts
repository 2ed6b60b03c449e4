/** Readings of the clock, `14:05` or `14:05:30`; empty where nothing is said. */
export type Times = { readonly asked: string; readonly answered: string };

export const NO_TIMES: Times = { asked: '', answered: '' };

/** The latest such reading that is not in the future, by the clock of the writer. */
function lastAt(reading: string, now: Date): Date {
  const [hours = 0, minutes = 0, seconds = 0] = reading.split(':').map(Number);
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate(), hours, minutes, seconds);
  return today > now ? new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1, hours, minutes, seconds) : today;
}

/** When somebody was asked for and when somebody was there; null where nothing is said, `amiss` where it cannot be so. */
export function pickedUpOf({ asked, answered }: Times, now: Date): { askedAt: string; answeredAt: string } | 'amiss' | null {
  if (asked === '' && answered === '') return null;
  if (asked === '' || answered === '') return 'amiss';
  const [from, to] = [lastAt(asked, now), lastAt(answered, now)];
  return from > to ? 'amiss' : { askedAt: from.toISOString(), answeredAt: to.toISOString() };
}
