import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import type { FollowedEvent } from '../../../platform/events/followers.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import { readCondition } from '../../conditions/core/check.ts';
import { momentOf } from '../../conditions/core/plan.ts';
import { forViewer } from '../../conditions/core/viewer.ts';
import { attributeOf } from '../../fields/core/attributes.ts';
import { can, demand } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import { isColumn } from '../../tickets/core/columns.ts';
import type { TicketView } from '../../tickets/core/contract.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { SavedList, Tickets } from '../../tickets/server/tickets.ts';
import type { ViewCounts, ViewCreate, ViewPatch, ViewView } from '../core/contract.ts';
import { createCounting } from './counting.ts';
import { createKnownViews } from './known-views.ts';
import { countMade, deleteView, findView, insertView, lockView, type StoredView, updateView, visibleViews } from './store.ts';

export type Views = ReturnType<typeof createViews>;

const MOST_OF_ONE = 200;
const MOST_COUNTED = 100;
const MAX_COUNT = 999;

/** The front door of the views room: saved lists of tickets, one's own, a team's, everybody's. */
export function createViews({ db, now, machineNow, emit, people, calendars, tickets }: {
  db: Database; now: Now; machineNow: Now; emit: Emit; people: Pick<People, 'requireTeams'>; calendars: Pick<Calendars, 'timeFor'>; tickets: () => Pick<Tickets, 'list' | 'matchingIds' | 'unresolvedAmong' | 'attributes'>;
}) {
  const absent = () => new AppError('not_found', 'view.not_found', 'There is no such view.');
  const counting = createCounting({ tickets: { matchingIds: (...asked) => tickets().matchingIds(...asked), unresolvedAmong: (...asked) => tickets().unresolvedAmong(...asked) }, calendars, now, machineNow, work: (workspaceId, act) => db.work(workspaceId, act, { reads: true }) });

  const read = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'tickets.read');
    return db.work(actor.workspaceId, act, { repeats: true, reads: true });
  };

  const write = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'views.save');
    return db.work(actor.workspaceId, act);
  };

  const maySee = (actor: Actor, { ownerId, teamId }: StoredView): boolean =>
    (ownerId === null ? teamId === null || actor.teamIds.includes(teamId) || can(actor, 'views.share') : ownerId === actor.id);

  const countedFor = (actor: Actor): Promise<StoredView[]> => read(actor, (tx) => visibleViews(tx, actor, { q: '', limit: MOST_COUNTED, after: null }));
  const known = createKnownViews({ read: countedFor, machineNow });

  async function numbersOf(actor: Actor, views: readonly StoredView[]): Promise<ViewCounts> {
    const numbers = await counting.of(actor, views);
    return { items: [...numbers].map(([id, count]) => ({ id, count: Math.min(count, MAX_COUNT), more: count > MAX_COUNT })) };
  }

  const mayChange = (actor: Actor, { ownerId }: StoredView): boolean => can(actor, ownerId === null ? 'views.share' : 'views.save') && (ownerId === null || ownerId === actor.id);

  async function access(tx: Tx, actor: Actor, id: string): Promise<StoredView> {
    const view = await lockView(tx, id);
    if (!view || !maySee(actor, view)) throw absent();
    if (!mayChange(actor, view)) throw new AppError('forbidden', 'view.not_yours', 'Views of a team or of everybody are changed by leads and administrators; save one of your own instead.');
    return view;
  }

  /** Who sees it: a team is one of the workspace's, and sharing is the leads'. */
  async function seenBy(tx: Tx, actor: Actor, { sharedWith, teamId }: { sharedWith: ViewView['sharedWith']; teamId: string | null }): Promise<Pick<StoredView, 'ownerId' | 'teamId'>> {
    if ((sharedWith === 'team') !== (teamId !== null)) throw new AppError('invalid', 'view.which_team', 'Give a team if the view is shared with a team, and only then.');
    if (sharedWith === 'me') return { ownerId: actor.id, teamId: null };
    if (!can(actor, 'views.share')) throw new AppError('forbidden', 'view.not_shared', 'Leads and administrators share views; save it for yourself.');
    if (teamId !== null) await people.requireTeams(tx, [teamId]);
    return { ownerId: null, teamId };
  }

  const conditionsOf = async (tx: Tx, given: object) => readCondition(given, await tickets().attributes(tx, TICKET_FIELDS), { pointer: '#/conditions', viewer: true });

  /** Own fields are those that there are. */
  async function columnsOf(tx: Tx, given: readonly string[]): Promise<readonly string[]> {
    const own = given.filter((id) => !isColumn(id));
    if (own.length === 0) return given;
    const known = await tickets().attributes(tx, TICKET_FIELDS);
    const wrong = own.find((id) => attributeOf(id) === null || known.get(id) === undefined);
    if (wrong !== undefined) throw new AppError('invalid', 'view.no_such_column', `A list cannot show “${wrong}”.`, { column: wrong });
    return given;
  }

  const present = (actor: Actor, view: StoredView): ViewView => ({
    id: view.id, name: view.name, sharedWith: sharing(view), teamId: view.teamId, conditions: view.conditions, shelf: view.shelf, sort: view.sort, columns: [...view.columns],
    mayChange: mayChange(actor, view), version: view.version, updatedAt: view.updatedAt.toISOString(),
  });

  /** `versions`: as it was and as it is. One that only its owner has ever seen concerns nobody else. */
  const changed = (tx: Tx, actor: Actor, id: string, ...versions: readonly Pick<StoredView, 'ownerId'>[]) =>
    emit(tx, actor.workspaceId, { type: 'view.changed', subjectId: id, actor: { kind: 'person', id: actor.id }, data: versions.every(({ ownerId }) => ownerId === actor.id) ? { personId: actor.id } : {}, at: now() });

  async function seen(tx: Tx, actor: Actor, id: string): Promise<StoredView> {
    const view = await findView(tx, id);
    if (!view || !maySee(actor, view)) throw absent();
    return view;
  }

  return {
    heard(events: readonly FollowedEvent[]): void {
      counting.heard(events);
      known.heard(events);
    },

    list: (actor: Actor, { q = '', limit, cursor }: { q?: string | undefined; limit: number; cursor?: string | undefined }): Promise<Page<ViewView>> =>
      read(actor, async (tx) => {
        const rows = await visibleViews(tx, actor, { q, limit: limit + 1, after: cursor === undefined ? null : decodeCursor(cursor, ['string', 'id']) });
        return pageOfRows(rows, limit, (row) => [row.name, row.id], (row) => present(actor, row));
      }),

    create: (actor: Actor, given: ViewCreate): Promise<ViewView> =>
      write(actor, async (tx) => {
        if (await countMade(tx, actor.id) >= MOST_OF_ONE) throw new AppError('conflict', 'view.too_many', `One person can save ${MOST_OF_ONE} views; remove one that is not used any more.`);
        const at = now();
        const view: StoredView = {
          id: newId(), name: given.name, ...await seenBy(tx, actor, { sharedWith: given.sharedWith, teamId: given.teamId ?? null }), conditions: await conditionsOf(tx, given.conditions),
          shelf: given.shelf, sort: given.sort, columns: await columnsOf(tx, given.columns), createdBy: actor.id, version: 1, createdAt: at, updatedAt: at,
        };
        await insertView(tx, actor.workspaceId, view);
        await changed(tx, actor, view.id, view);
        return present(actor, view);
      }),

    change: (actor: Actor, id: string, given: ViewPatch): Promise<ViewView> =>
      write(actor, async (tx) => {
        const before = await access(tx, actor, id);
        if (given.version !== undefined && given.version !== before.version) {
          throw new AppError('conflict', 'view.changed_meanwhile', 'Somebody has changed this view meanwhile; look at it again and repeat your change.', { version: before.version });
        }
        const shared = given.sharedWith === undefined ? { ownerId: before.ownerId, teamId: before.teamId } : await seenBy(tx, actor, { sharedWith: given.sharedWith, teamId: given.teamId ?? null });
        const view: StoredView = {
          ...before, ...shared, name: given.name ?? before.name, conditions: given.conditions ? await conditionsOf(tx, given.conditions) : before.conditions,
          shelf: given.shelf ?? before.shelf, sort: given.sort ?? before.sort, columns: given.columns ? await columnsOf(tx, given.columns) : before.columns, version: before.version + 1, updatedAt: now(),
        };
        await updateView(tx, view);
        await changed(tx, actor, id, before, view);
        return present(actor, view);
      }),

    remove: (actor: Actor, id: string): Promise<void> =>
      write(actor, async (tx) => {
        const view = await access(tx, actor, id);
        await deleteView(tx, id);
        await changed(tx, actor, id, view);
      }),

    /** The tickets of a view in its own order. */
    async tickets(actor: Actor, id: string, paging: { limit: number; cursor?: string | undefined }): Promise<Page<TicketView>> {
      const { sort } = await read(actor, (tx) => seen(tx, actor, id));
      return tickets().list(actor, { view: id, sort, ...paging });
    },

    counts: async (actor: Actor): Promise<ViewCounts> => numbersOf(actor, await countedFor(actor)),
    /** The same for whoever has them before their eyes; the views themselves are read again when one is another. */
    told: async (actor: Actor): Promise<ViewCounts> => numbersOf(actor, await known.of(actor)),

    /** For the list of tickets below: what a view picks for somebody, and from which shelf. */
    async of(tx: Tx, actor: Actor, id: string): Promise<SavedList> {
      const view = await seen(tx, actor, id);
      const moment = momentOf(now(), await calendars.timeFor(tx, actor.workspaceId, null));
      return { status: view.shelf, condition: forViewer(view.conditions, TICKET_FIELDS, { personId: actor.id, teamIds: actor.teamIds }), moment };
    },
  };
}

const sharing = ({ ownerId, teamId }: StoredView): ViewView['sharedWith'] => (ownerId !== null ? 'me' : teamId !== null ? 'team' : 'everybody');
