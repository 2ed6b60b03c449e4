/** The law's month: the same day of the next one, or its last; the time of day stays. */
export function inAMonth(at: Date): Date {
  const due = new Date(at);
  due.setUTCMonth(due.getUTCMonth() + 1);
  // The 31st of a month that has none has gone over into the next.
  if (due.getUTCDate() !== at.getUTCDate()) due.setUTCDate(0);
  return due;
}
