import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { useOne } from '../../../platform/db/quota.ts';
import { refusing } from '../../../platform/db/refusals.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { shareOf, type Channel } from '../core/capacity.ts';
import type { OwnStateCreate, OwnStatePatch, OwnStateView, PresencePut, PresenceState, PresenceView, RoutingSettings } from '../core/contract.ts';
import { agentPage, agentRow, type StoredAgent } from './agent-store.ts';
import type { createAgents, Settled } from './agents.ts';
import { byPerson, type Context } from './context.ts';
import type { createOffering } from './offering.ts';
import { deleteOwnState, findOwnState, ownStatesPage, putOwnState, saveActivity, savePresence, saveSeen } from './presence-store.ts';
import { markBack } from './return-store.ts';

type Paging = { readonly limit: number; readonly cursor?: string | undefined };
const after = (cursor: string | undefined) => (cursor === undefined ? null : decodeCursor(cursor, ['string', 'id']));
const MOST_OWN_STATES = 50;
const MOST_CHANGES = { uses: 30, seconds: 60 };
const ACTIVE_EVERY_MS = 2_000;

const noSuchPerson = () => new AppError('not_found', 'person.not_found', 'There is no such person, or they are not given work.');
const TAKEN = { presence_states_name: () => new AppError('conflict', 'presence_state.name_taken', 'There is a state of this name; choose another one.') };
const noSuchState = () => new AppError('not_found', 'presence_state.not_found', 'There is no such state.');

/** Who is there. Tells `presence.changed`. */
export function createPresence(context: Context, { settle }: Pick<ReturnType<typeof createAgents>, 'settle'>, offering: Pick<ReturnType<typeof createOffering>, 'withdrawFrom'>) {
  const { db, calendars, emit, now, machineNow } = context;

  async function views(tx: Tx, workspaceId: string, rows: readonly StoredAgent[]): Promise<PresenceView[]> {
    const { settings, queues } = await context.rules(tx, workspaceId);
    const machine = machineNow();
    return (await settle(tx, rows, settings)).map((one) => ({ ...toView(one, settings, machine), queuesExist: queues.length > 0 }));
  }

  async function view(tx: Tx, workspaceId: string, personId: string): Promise<PresenceView> {
    const row = await agentRow(tx, personId, now());
    if (!row) throw noSuchPerson();
    return (await views(tx, workspaceId, [row]))[0]!;
  }

  async function chosen(tx: Tx, { state, ownId }: PresencePut): Promise<{ state: PresenceState; ownStateId: string | null }> {
    if (ownId === undefined) return { state: state ?? 'offline', ownStateId: null };
    const own = await findOwnState(tx, ownId);
    if (!own) throw noSuchState();
    return { state: own.state, ownStateId: own.id };
  }

  /** Each change is an event that everybody hears of. */
  async function demandSeldom({ id }: Actor): Promise<void> {
    const retryAfter = await useOne(db.lookup, `presence/${id}`, MOST_CHANGES);
    if (retryAfter !== null) throw new AppError('rate_limited', 'presence.too_often', `A state can be set ${MOST_CHANGES.uses} times in ${MOST_CHANGES.seconds} seconds; wait a moment and say the one that holds.`, { retryAfter });
  }

  /** Whoever goes offline has a moment to hand over what is live; their open mail goes back after a longer time. */
  async function put(tx: Tx, actor: Actor, personId: string, given: PresencePut): Promise<PresenceView> {
    if (!await agentRow(tx, personId, now())) throw noSuchPerson();
    const [{ settings }, { state, ownStateId }] = [await context.settingsIn(tx), await chosen(tx, given)];
    const [at, machine] = [now(), machineNow()];
    const isOff = state === 'offline';
    const before = await savePresence(tx, actor.workspaceId, {
      personId, state, ownStateId, reason: given.reason, channels: given.channels, now: at, machine, seenAfter: new Date(machine.getTime() - settings.graceSeconds * 1000),
      goneAt: isOff ? new Date(machine.getTime() + settings.graceSeconds * 1000) : null, backAt: isOff ? await backAt(tx, actor.workspaceId, settings, at) : null,
    });
    if (state !== 'online') await offering.withdrawFrom(tx, actor.workspaceId, personId, at);
    const back = isOff ? [] : await markBack(tx, personId, at);
    await emit(tx, actor.workspaceId, ...back.map((id) => ({ type: 'absence.cut_short' as const, subjectId: id, actor: byPerson(actor), data: { personId }, at })));
    await emit(tx, actor.workspaceId, { type: 'presence.changed', subjectId: personId, actor: byPerson(actor), data: { state, from: before?.state ?? 'offline' }, at });
    return view(tx, actor.workspaceId, personId);
  }

  async function backAt(tx: Tx, workspaceId: string, { backAfterSeconds }: RoutingSettings, from: Date): Promise<Date | null> {
    if (backAfterSeconds === null) return null;
    return (await calendars.timeFor(tx, workspaceId, null)).add(from, backAfterSeconds)?.due ?? null;
  }

  async function ownState(tx: Tx, id: string): Promise<OwnStateView> {
    const found = await findOwnState(tx, id);
    if (!found) throw noSuchState();
    return found;
  }

  const configure = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => refusing(context.work(actor, 'routing.manage', act), TAKEN);

  return {
    backAt,

    presence: (actor: Actor): Promise<PresenceView> => context.work(actor, 'routing.work', (tx) => view(tx, actor.workspaceId, actor.id)),
    setPresence: async (actor: Actor, given: PresencePut): Promise<PresenceView> => {
      await demandSeldom(actor);
      return context.work(actor, 'routing.work', (tx) => put(tx, actor, actor.id, given));
    },
    setPresenceOf: async (actor: Actor, personId: string, given: PresencePut): Promise<PresenceView> => {
      await demandSeldom(actor);
      return context.work(actor, 'routing.share', (tx) => put(tx, actor, personId, given));
    },

    /** Hands on the keyboard; said more often than every few seconds, it is not written down again. */
    active: (actor: Actor): Promise<void> => context.work(actor, 'routing.work', async (tx) => { await saveActivity(tx, actor.id, machineNow(), new Date(machineNow().getTime() - ACTIVE_EVERY_MS)); }),

    board: (actor: Actor, { limit, cursor, team }: Paging & { team?: string | undefined }): Promise<Page<PresenceView>> =>
      context.work(actor, 'routing.read', async (tx) => {
        const page = pageOfRows(await agentPage(tx, { now: now(), team, limit: limit + 1, after: after(cursor) }), limit, (row) => [row.nameKey, row.id], (row) => row);
        return { items: await views(tx, actor.workspaceId, page.items), nextCursor: page.nextCursor };
      }),

    /** Whose browsers are open in this process. */
    seen: (workspaceId: string, personIds: readonly string[]): Promise<void> => db.work(workspaceId, async (tx) => {
      const { settings } = await context.settingsIn(tx);
      const machine = machineNow();
      const back = await saveSeen(tx, personIds, { machine, goneAt: new Date(machine.getTime() + settings.graceSeconds * 1000) });
      await emit(tx, workspaceId, ...back.map((id) => ({ type: 'presence.changed' as const, subjectId: id, actor: byPerson({ id }), data: { because: 'connected' }, at: now() })));
    }),

    ownStates: (actor: Actor, { limit, cursor }: Paging): Promise<Page<OwnStateView>> =>
      context.work(actor, 'routing.read', async (tx) => pageOfRows(await ownStatesPage(tx, limit + 1, after(cursor)), limit, (row) => [row.nameKey, row.id], ({ id, name, state }) => ({ id, name, state }))),

    addOwnState: (actor: Actor, { name, state }: OwnStateCreate): Promise<OwnStateView> => configure(actor, async (tx) => {
      if ((await ownStatesPage(tx, MOST_OWN_STATES, null)).length >= MOST_OWN_STATES) throw new AppError('conflict', 'presence_state.too_many', `There can be ${MOST_OWN_STATES} states; remove one first.`);
      const own = { id: newId(), name, state };
      await putOwnState(tx, actor.workspaceId, own, now());
      return own;
    }),

    changeOwnState: (actor: Actor, id: string, patch: OwnStatePatch): Promise<OwnStateView> => configure(actor, async (tx) => {
      const before = await ownState(tx, id);
      const own = { id, name: patch.name ?? before.name, state: patch.state ?? before.state };
      await putOwnState(tx, actor.workspaceId, own, now());
      return own;
    }),

    /** Whoever is in it stays what it stood for. */
    removeOwnState: (actor: Actor, id: string): Promise<void> => configure(actor, async (tx) => { await deleteOwnState(tx, (await ownState(tx, id)).id); }),
  };
}

function toView({ row, effective, capacity, load }: Settled, settings: RoutingSettings, machine: Date): Omit<PresenceView, 'queuesExist'> {
  const deputy = row.deputyId === null ? null : { id: row.deputyId, name: row.deputyName ?? '' };
  return {
    person: { id: row.id, name: row.name }, state: row.state, effective: effective.state, because: effective.because,
    own: row.ownStateId === null ? null : { id: row.ownStateId, name: row.ownStateName ?? '' }, reason: row.reason, channels: row.channels, since: row.since.toISOString(),
    connected: row.seenAt !== null && machine.getTime() - row.seenAt.getTime() <= settings.graceSeconds * 1000,
    wrapUpUntil: row.wrapUpUntil?.toISOString() ?? null,
    load: {
      used: Math.round(load.all), total: capacity.total,
      channels: (Object.keys(capacity.channels) as Channel[]).map((channel) => ({ channel, count: load.counts[channel] ?? 0, most: shareOf(capacity, channel).most })),
    },
    absence: row.absenceId === null ? null : { id: row.absenceId, from: row.absentFrom!.toISOString(), to: row.absentOpen === true ? null : row.absentTo!.toISOString(), deputy },
  };
}
