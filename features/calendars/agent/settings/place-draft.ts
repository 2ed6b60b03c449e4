import type { PlaceView } from '../../core/contract.ts';
import type { PlaceKind } from '../../core/places.ts';

/** A place while it is written. */
export type PlaceDraft = {
  readonly kind: PlaceKind; readonly name: string; readonly teamIds: readonly string[]; readonly mailboxIds: readonly string[]; readonly channel: string | null; readonly calendarId: string | null;
};
type Part = 'name' | 'teamIds' | 'mailboxIds' | 'channel';

/** What each kind of place is made of, beside its calendar. */
export const PARTS: Record<PlaceKind, readonly Part[]> = {
  team_channel: ['teamIds', 'channel'], team: ['teamIds'], office: ['name', 'teamIds'], brand: ['name', 'mailboxIds'], channel: ['channel'],
};

const NEW: PlaceDraft = { kind: 'team', name: '', teamIds: [], mailboxIds: [], channel: null, calendarId: null };

export const draftOf = (place: PlaceView | null): PlaceDraft => (place ? { ...place, name: place.name ?? '' } : NEW);

/** What is sent; null while something is missing. */
export function placeOf(draft: PlaceDraft): object | null {
  const given = Object.fromEntries(PARTS[draft.kind].map((part) => [part, draft[part]]));
  const isMissing = Object.values(given).some((value) => value === null || value.length === 0);
  return draft.calendarId === null || isMissing ? null : { kind: draft.kind, calendarId: draft.calendarId, ...given };
}
