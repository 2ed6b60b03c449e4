import type { PlaceView } from '../../core/contract.ts';
import type { PlaceKind } from '../../core/places.ts';

/** A place while it is written. */
export type PlaceDraft = {
  readonly kind: PlaceKind; readonly name: string; readonly teamIds: readonly string[]; readonly mailboxIds: readonly string[]; readonly widgetIds: readonly string[]; readonly hasPages: boolean; readonly host: string; readonly channel: string | null; readonly calendarId: string | null;
};
type Part = 'name' | 'teamIds' | 'mailboxIds' | 'widgetIds' | 'hasPages' | 'host' | 'channel';

/** What each kind of place is made of, beside its calendar. */
export const PARTS: Record<PlaceKind, readonly Part[]> = {
  team_channel: ['teamIds', 'channel'], team: ['teamIds'], office: ['name', 'teamIds'], brand: ['name', 'mailboxIds', 'widgetIds', 'hasPages', 'host'], channel: ['channel'],
};

const NEW: PlaceDraft = { kind: 'team', name: '', teamIds: [], mailboxIds: [], widgetIds: [], hasPages: false, host: '', channel: null, calendarId: null };

export const draftOf = (place: PlaceView | null): PlaceDraft => (place ? { ...place, name: place.name ?? '', host: place.host ?? '' } : NEW);

/** Offices and brands say something of tickets without hours, too. */
export const mayLackHours = (kind: PlaceKind): boolean => kind === 'office' || kind === 'brand';

const needed = (kind: PlaceKind): ('name' | 'teamIds' | 'channel')[] =>
  (mayLackHours(kind) ? ['name'] : PARTS[kind].filter((part): part is 'teamIds' | 'channel' => part === 'teamIds' || part === 'channel'));

/** What is sent; null while something is missing. */
export function placeOf(draft: PlaceDraft): object | null {
  const given = Object.fromEntries(PARTS[draft.kind].map((part) => [part, part === 'host' ? draft.host.trim() || null : draft[part]]));
  const isMissing = needed(draft.kind).some((part) => draft[part] === null || draft[part].length === 0);
  return isMissing || (draft.calendarId === null && !mayLackHours(draft.kind)) ? null : { kind: draft.kind, calendarId: draft.calendarId, ...given };
}
