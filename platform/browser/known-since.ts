let earliest: number | null = null;

/** An answer knows everything up to this place in the log of events. */
export function heardPlace(header: string | null): void {
  const place = Number(header);
  if (header !== null && Number.isSafeInteger(place) && place > 0) earliest = Math.min(earliest ?? place, place);
}

/** Up to where every answer of this page knows what happened; null when none said. */
export const knownSince = (): number | null => earliest;
