/** Midnight of the day that `at` falls on in a time zone. Days of 23 and 25 hours come out right. */
export function startOfDay(at: Date, timeZone: string): Date {
  const day = partsOf(at, timeZone);
  // The offset may change during the day, so the guess is corrected by what the clock on the wall shows at it.
  let guess = Date.UTC(day.year, day.month - 1, day.day);
  for (let i = 0; i < 3; i++) {
    const wall = partsOf(new Date(guess), timeZone);
    const shown = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
    const off = shown - Date.UTC(day.year, day.month - 1, day.day);
    if (off === 0) break;
    guess -= off;
  }
  return new Date(guess);
}

function partsOf(at: Date, timeZone: string) {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  });
  const value = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, Number(part.value)]));
  return { year: value.year!, month: value.month!, day: value.day!, hour: value.hour!, minute: value.minute!, second: value.second! };
}
