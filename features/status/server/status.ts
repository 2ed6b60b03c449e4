import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import { keepIn } from '../../../kernel/bounded.ts';
import { afterCommit, type Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { LoggedEvent } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { DueWork } from '../../../platform/jobs/due.ts';
import { demand } from '../../people/core/permissions.ts';
import { LIMITS, type ComponentPatch, type ComponentState, type ComponentView, type IncidentCreate, type IncidentKind, type IncidentView, type State, type Texts, type UpdateCreate } from '../core/contract.ts';
import { ENDS, noticed, shownState, stateAt, statesOf } from '../core/standing.ts';
import { createAttaching, noIncident } from './attaching.ts';
import { byPerson, type StatusDeps } from './context.ts';
import {
  affect, affectedOf, archiveComponent, changeComponent, componentsOf, findIncident, incidentsByIds, incidentPage, insertComponent, insertIncident, insertUpdate, lockIncident, oweLetters,
  saveIncident, setRight, ticketCounts, updatesOf, type Component, type Incident,
} from './store.ts';
import { createNotices } from './notices.ts';
import { createSubscribing } from './subscribing.ts';
import { createTelling } from './telling.ts';

export type Status = ReturnType<typeof createStatus>;
type Paging = { readonly limit: number; readonly cursor?: string | undefined };
export type Facts = { readonly components: readonly Component[]; readonly open: readonly IncidentView[]; readonly now: Date };

/** For so long what stands above other pages may be old in a process that has heard of no change. */
const KEEP_MS = 10_000;
const MOST_KEPT = 1_000;

const noComponent = (): AppError => new AppError('not_found', 'component.not_found', 'There is no such component.');

/**
 * The front door of the status room: what runs, what does not, and who is told. Tells `status.changed`; hears nothing.
 */
export function createStatus(deps: StatusDeps) {
  const { db, now, emit } = deps;
  const notices = createNotices(deps);
  const { attachFirst, aboutTicket, ...attaching } = createAttaching(deps);

  function work<T>(actor: Actor, act: (tx: Tx, workspaceId: string) => Promise<T>): Promise<T> {
    demand(actor, 'status.manage');
    return db.work(actor.workspaceId, (tx) => act(tx, actor.workspaceId));
  }
  const kept = new Map<string, { readonly at: number; readonly facts: Promise<Facts> }>();
  const forget = (workspaceId: string): void => { kept.delete(workspaceId); };
  const changed = (tx: Tx, actor: Actor, subjectId: string): Promise<void> => {
    afterCommit(() => { forget(actor.workspaceId); });
    return emit(tx, actor.workspaceId, { type: 'status.changed', subjectId, actor: byPerson(actor), at: now() });
  };

  async function views(tx: Tx, workspaceId: string, incidents: readonly Incident[]): Promise<IncidentView[]> {
    const ids = incidents.map(({ id }) => id);
    const [updates, affected, counts] = [await updatesOf(tx, workspaceId, ids), await affectedOf(tx, workspaceId, ids), await ticketCounts(tx, workspaceId, ids)];
    return incidents.map((one) => ({
      id: one.id, kind: one.kind, titles: one.titles, impact: one.impact, state: stateAt(one, now()), startsAt: one.startsAt.toISOString(), endsAt: one.endsAt?.toISOString() ?? null,
      endedAt: one.endedAt?.toISOString() ?? null, componentIds: affected.filter(({ incidentId }) => incidentId === one.id).map(({ componentId }) => componentId),
      updates: updates.filter(({ incidentId }) => incidentId === one.id).map(({ id, state, texts, at }) => ({ id, state, texts, at: at.toISOString() })),
      tickets: counts.get(one.id) ?? 0, banner: one.banner, createdAt: one.createdAt.toISOString(), updatedAt: one.updatedAt.toISOString(),
    }));
  }

  const view = async (tx: Tx, workspaceId: string, id: string): Promise<IncidentView> => {
    const incident = await findIncident(tx, workspaceId, id);
    if (!incident) throw noIncident();
    return (await views(tx, workspaceId, [incident]))[0]!;
  };

  const openOnes = (tx: Tx, workspaceId: string): Promise<Incident[]> => incidentPage(tx, workspaceId, { limit: LIMITS.open, before: null, openAt: now() });

  async function page(tx: Tx, workspaceId: string, { limit, cursor }: Paging, open: boolean): Promise<Page<IncidentView>> {
    const rows = await incidentPage(tx, workspaceId, { limit: limit + 1, before: cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']), openAt: open ? now() : null });
    const cut = pageOfRows(rows, limit, (row) => [row.startsAt.toISOString(), row.id], (row) => row);
    return { items: await views(tx, workspaceId, cut.items), nextCursor: cut.nextCursor };
  }

  /** Components as everybody sees them: work that goes on shows on what it touches. */
  async function components(tx: Tx, workspaceId: string, open: readonly Incident[]): Promise<Component[]> {
    const working = open.filter((one) => one.kind === 'maintenance' && stateAt(one, now()) === 'in_progress').map(({ id }) => id);
    const touched = new Set((await affectedOf(tx, workspaceId, working)).map(({ componentId }) => componentId));
    return (await componentsOf(tx, workspaceId, LIMITS.components)).map((one) => ({ ...one, state: shownState(one.state, touched.has(one.id)) }));
  }

  async function setStates(tx: Tx, workspaceId: string, incidentId: string, given: readonly { id: string; state: ComponentState }[], isMaintenance: boolean): Promise<void> {
    for (const { id, state } of given) {
      // What is only worked on keeps its own state; the page shows the work while it lasts.
      if (!await changeComponent(tx, workspaceId, id, { at: now(), ...(!isMaintenance && { state }) })) throw noComponent();
    }
    await affect(tx, workspaceId, incidentId, given.map(({ id }) => id));
  }

  async function say(tx: Tx, actor: Actor, incidentId: string, { state, texts, tell }: { state: State; texts: Texts; tell: boolean }): Promise<void> {
    const update = { id: newId(), incidentId, state, texts, at: now() };
    await insertUpdate(tx, actor.workspaceId, update, actor.id);
    if (tell) await oweLetters(tx, actor.workspaceId, { updateId: update.id, incidentId, at: deps.machineNow() });
    await changed(tx, actor, incidentId);
  }

  const facts = (workspaceId: string): Promise<Facts> => db.work(workspaceId, async (tx) => {
    const open = await openOnes(tx, workspaceId);
    return { components: await components(tx, workspaceId, open), open: await views(tx, workspaceId, open), now: now() };
  });

  return {
    ...createSubscribing(deps),
    works: [createTelling(deps), notices.due] as readonly DueWork[],
    notices,

    /** For everybody: what the page says. */
    facts,

    /** For everybody: what is to be said above other pages, which are read much more often than it changes. */
    shownOnPages: async (workspaceId: string): Promise<IncidentView[]> => {
      const at = now().getTime();
      const known = kept.get(workspaceId);
      const fresh = known && Math.abs(at - known.at) < KEEP_MS ? known.facts : facts(workspaceId);
      if (fresh !== known?.facts) {
        keepIn(kept, workspaceId, { at, facts: fresh }, MOST_KEPT);
        fresh.catch(() => { forget(workspaceId); });
      }
      return noticed((await fresh).open, now());
    },
    /** What other processes have changed. */
    heard(events: readonly Pick<LoggedEvent, 'type' | 'workspaceId'>[]): void {
      for (const { type, workspaceId } of events) if (type === 'status.changed') forget(workspaceId);
    },
    history: (workspaceId: string, paging: Paging): Promise<Page<IncidentView>> => db.work(workspaceId, (tx) => page(tx, workspaceId, paging, false)),

    components: (actor: Actor): Promise<{ items: ComponentView[] }> => {
      demand(actor, 'tickets.read');
      return db.work(actor.workspaceId, async (tx) => {
        const all = await components(tx, actor.workspaceId, await openOnes(tx, actor.workspaceId));
        return { items: all.map(({ id, names, state, place, updatedAt }) => ({ id, names, state, place, updatedAt: updatedAt.toISOString() })) };
      });
    },
    addComponent: (actor: Actor, { names }: { names: Texts }): Promise<string> => work(actor, async (tx, workspaceId) => {
      const known = await componentsOf(tx, workspaceId, LIMITS.components);
      if (known.length >= LIMITS.components) throw new AppError('conflict', 'component.too_many', `A status page has ${LIMITS.components} components at most; take one off first.`);
      const [id, at] = [newId(), now()];
      await insertComponent(tx, workspaceId, { id, names, place: (known.at(-1)?.place ?? 0) + 1, state: 'operational', createdAt: at, updatedAt: at });
      await changed(tx, actor, id);
      return id;
    }),
    changeComponent: (actor: Actor, id: string, patch: ComponentPatch): Promise<void> => work(actor, async (tx, workspaceId) => {
      if (!await changeComponent(tx, workspaceId, id, { ...patch, at: now() })) throw noComponent();
      await changed(tx, actor, id);
    }),
    removeComponent: (actor: Actor, id: string): Promise<void> => work(actor, async (tx, workspaceId) => {
      if (!await archiveComponent(tx, workspaceId, id, now())) throw noComponent();
      await changed(tx, actor, id);
    }),

    incidents: (actor: Actor, { open, ...paging }: Paging & { open?: '1' | undefined }): Promise<Page<IncidentView>> => {
      demand(actor, 'tickets.read');
      return db.work(actor.workspaceId, (tx) => page(tx, actor.workspaceId, paging, open === '1'));
    },
    incident: (actor: Actor, id: string): Promise<IncidentView> => {
      demand(actor, 'tickets.read');
      return db.work(actor.workspaceId, (tx) => view(tx, actor.workspaceId, id));
    },

    open: (actor: Actor, given: IncidentCreate): Promise<IncidentView> => work(actor, async (tx, workspaceId) => {
      const at = now();
      const { kind, titles, impact, texts, components: touched, tell, ticketIds, banner } = given;
      const { startsAt, endsAt } = spanOf(given, at);
      const state = given.state ?? statesOf(kind)[0]!;
      if (!statesOf(kind).includes(state) || ENDS.has(state)) throw wrongState(kind);
      const incident: Incident = { id: newId(), kind, titles, impact, state, banner, startsAt, endsAt, endedAt: null, createdAt: at, updatedAt: at };
      await insertIncident(tx, workspaceId, incident);
      await setStates(tx, workspaceId, incident.id, touched, kind !== 'incident');
      await attachFirst(tx, actor, incident.id, ticketIds);
      await say(tx, actor, incident.id, { state, texts, tell });
      return view(tx, workspaceId, incident.id);
    }),

    /** Says more about it. What ends it sets its components right. */
    update: (actor: Actor, id: string, { state, texts, components: touched, tell, banner }: UpdateCreate): Promise<IncidentView> => work(actor, async (tx, workspaceId) => {
      const at = now();
      const incident = await lockIncident(tx, workspaceId, id);
      if (!incident) throw noIncident();
      if (incident.endedAt !== null) throw new AppError('conflict', 'incident.ended', 'This one has ended; begin another.');
      if (!statesOf(incident.kind).includes(state)) throw wrongState(incident.kind);
      await setStates(tx, workspaceId, id, touched, incident.kind !== 'incident');
      await saveIncident(tx, workspaceId, id, { state, banner: banner ?? incident.banner, endedAt: ENDS.has(state) ? at : null, updatedAt: at });
      if (ENDS.has(state) && incident.kind === 'incident') await setRight(tx, workspaceId, id, at);
      await say(tx, actor, id, { state, texts, tell });
      return view(tx, workspaceId, id);
    }),

    ...attaching,
    /** What a ticket is about. */
    ofTicket: (actor: Actor, ticketId: string): Promise<{ items: IncidentView[] }> => {
      demand(actor, 'tickets.read');
      return db.work(actor.workspaceId, async (tx) => {
        const ids = await aboutTicket(tx, actor.workspaceId, ticketId);
        return { items: await views(tx, actor.workspaceId, await incidentsByIds(tx, actor.workspaceId, ids)) };
      });
    },
  };
}

const wrongState = (kind: IncidentKind): AppError => new AppError('invalid', 'incident.state', `Here the states are: ${statesOf(kind).join(', ')}; a new one has not ended yet.`);

function spanOf({ kind, startsAt, endsAt }: IncidentCreate, now: Date): { startsAt: Date; endsAt: Date | null } {
  const begins = startsAt === undefined ? now : new Date(startsAt);
  if (kind === 'incident') return { startsAt: begins > now ? now : begins, endsAt: null };
  const ends = endsAt === undefined ? null : new Date(endsAt);
  if (ends === null || ends <= begins || ends <= now) throw new AppError('invalid', 'incident.span', 'Planned work and announcements begin before they end, and end in the future: give startsAt and endsAt.');
  return { startsAt: begins, endsAt: ends };
}
