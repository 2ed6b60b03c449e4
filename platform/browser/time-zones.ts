export const zoneName = (zone: string): string => zone.replaceAll('_', ' ');

/** Some 420 zones to choose from; those that are in use already are among them, however they are written. */
export const zoneOptions = (...inUse: readonly string[]): { id: string; label: string }[] =>
  [...new Set(['UTC', ...inUse, ...Intl.supportedValuesOf('timeZone')])].map((id) => ({ id, label: zoneName(id) }));
