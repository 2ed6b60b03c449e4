import type { Actor, Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { refusing } from '../../../platform/db/refusals.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import type { People } from '../../people/server/people.ts';
import { MOST_PLACES, type HoldingQuery, type HoldingView, type PlaceCreate, type PlaceView } from '../core/contract.ts';
import { clashOf, holdingFor, PLACE_KINDS, type Holding, type Place, type Subject } from '../core/places.ts';
import type { WorkingTime } from '../core/working-time.ts';
import { deletePlace, placesOf, savePlace } from './places-store.ts';

type Deps = {
  now: Now; emit: Emit; people: Pick<People, 'requireTeams'>; isCommonHost(host: string): Promise<boolean>;
  reading<T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T>;
  managing<T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T>;
  require(tx: Tx, workspaceId: string, id: string): Promise<unknown>;
  timeOf(tx: Tx, workspaceId: string, id: string | null): Promise<WorkingTime>;
  named(tx: Tx, workspaceId: string, id: string | null): Promise<{ id: string; name: string } | null>;
};

const REFUSALS = { calendar_places_host: () => new AppError('conflict', 'calendar.host_taken', 'Another brand has its pages under this host; name another.') };

/** A calendar that holds somewhere, and its time. */
export type Held = Holding & { readonly time: WorkingTime };
/** Which calendar holds for whom, for a moment of a workspace; the time of a calendar is the same object whoever asks. */
export type Hours = { readonly places: readonly Place[]; of(subject: Subject): Held; timeOf(calendarId: string | null): WorkingTime };

/** Where calendars hold. Tells `calendar.places_changed`. */
export function createPlaces({ now, emit, people, isCommonHost, reading, managing, require, timeOf, named }: Deps) {
  const changed = (tx: Tx, actor: Actor, id: string): Promise<void> =>
    emit(tx, actor.workspaceId, { type: 'calendar.places_changed', subjectId: id, actor: { kind: 'person', id: actor.id }, at: now() });

  async function put(tx: Tx, actor: Actor, id: string, given: PlaceCreate): Promise<PlaceView> {
    const { workspaceId } = actor;
    const place = placeOf(id, given);
    const others = (await placesOf(tx, workspaceId)).filter((one) => one.id !== id);
    if (others.length >= MOST_PLACES) throw new AppError('conflict', 'calendar.too_many_places', `Calendars can be set for ${MOST_PLACES} places; remove one first.`);
    const clash = clashOf(others, place);
    if (clash) throw new AppError('conflict', 'calendar.place_taken', 'One of these has a calendar of this kind already; change that one instead.', { placeId: clash.id });
    if (place.host !== null && await isCommonHost(place.host)) throw REFUSALS.calendar_places_host();
    if (place.calendarId !== null) await require(tx, workspaceId, place.calendarId);
    await people.requireTeams(tx, place.teamIds);
    await savePlace(tx, workspaceId, place, now());
    await changed(tx, actor, id);
    return present(place);
  }

  async function required(tx: Tx, workspaceId: string, id: string): Promise<Place> {
    const place = (await placesOf(tx, workspaceId)).find((one) => one.id === id);
    if (!place) throw new AppError('not_found', 'calendar.place_not_found', 'There is no such place.');
    return place;
  }

  return {
    places: (actor: Actor): Promise<{ items: PlaceView[] }> => reading(actor, async (tx) => {
      const all = await placesOf(tx, actor.workspaceId);
      return { items: PLACE_KINDS.flatMap((kind) => all.filter((place) => place.kind === kind)).map(present) };
    }),

    addPlace: (actor: Actor, given: PlaceCreate): Promise<PlaceView> => refusing(managing(actor, (tx) => put(tx, actor, newId(), given)), REFUSALS),

    replacePlace: (actor: Actor, id: string, given: PlaceCreate): Promise<PlaceView> => refusing(managing(actor, async (tx) => {
      await required(tx, actor.workspaceId, id);
      return put(tx, actor, id, given);
    }), REFUSALS),

    removePlace: (actor: Actor, id: string): Promise<void> => managing(actor, async (tx) => {
      await required(tx, actor.workspaceId, id);
      await deletePlace(tx, actor.workspaceId, id);
      await changed(tx, actor, id);
    }),

    holding: (actor: Actor, query: HoldingQuery): Promise<HoldingView> => reading(actor, async (tx) => {
      const { calendarId, by, place } = holdingFor(await placesOf(tx, actor.workspaceId), query);
      const [calendar, time, at] = [await named(tx, actor.workspaceId, calendarId), await timeOf(tx, actor.workspaceId, calendarId), now()];
      return { calendarId: calendar?.id ?? null, name: calendar?.name ?? null, by, placeId: place?.id ?? null, isOpen: time.isOpen(at), opensAt: time.nextOpening(at)?.toISOString() ?? null };
    }),

    /** For rooms above, inside their transaction: which calendar holds for whom, of the calendars of all places. */
    async hours(tx: Tx, workspaceId: string): Promise<Hours> {
      const places = await placesOf(tx, workspaceId);
      const times = new Map<string | null, WorkingTime>();
      for (const id of new Set([null, ...places.map(({ calendarId }) => calendarId)])) times.set(id, await timeOf(tx, workspaceId, id));
      // The default is always there.
      const usual = times.get(null)!;
      const known = (calendarId: string | null): WorkingTime => times.get(calendarId) ?? usual;
      return { places, timeOf: known, of: (subject) => { const holding = holdingFor(places, subject); return { ...holding, time: known(holding.calendarId) }; } };
    },

    /** For rooms above, inside their transaction. */
    brands: async (tx: Tx, workspaceId: string): Promise<Place[]> => (await placesOf(tx, workspaceId)).filter(({ kind }) => kind === 'brand'),

    holdingIn: async (tx: Tx, workspaceId: string, subject: Subject): Promise<Holding> => holdingFor(await placesOf(tx, workspaceId), subject),
  };
}

const placeOf = (id: string, given: PlaceCreate): Place => ({
  id, kind: given.kind, calendarId: given.calendarId, name: 'name' in given ? given.name : null, channel: 'channel' in given ? given.channel : null,
  teamIds: 'teamIds' in given ? given.teamIds : [], ...(given.kind === 'brand' ? { mailboxIds: given.mailboxIds, widgetIds: given.widgetIds, hasPages: given.hasPages, host: given.host } : { mailboxIds: [], widgetIds: [], hasPages: false, host: null }),
});

const present = ({ teamIds, mailboxIds, widgetIds, ...place }: Place): PlaceView => ({ ...place, teamIds: [...teamIds], mailboxIds: [...mailboxIds], widgetIds: [...widgetIds] });
