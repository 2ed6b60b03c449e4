import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { refusing } from '../../../platform/db/refusals.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { readCondition } from '../../conditions/core/check.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import { planOf } from '../../conditions/core/plan.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { QueueCreate, QueuePatch, QueueView, RoutingSettings, RoutingSettingsPatch, SkillCreate, SkillPatch, SkillView } from '../core/contract.ts';
import type { createAgents } from './agents.ts';
import { byPerson, type Context } from './context.ts';
import { peopleIn } from './giving.ts';
import {
  allQueues, countSkills, deleteQueue, deleteSkill, findQueue, findSkill, insertQueue, insertSkill, knownSkills, lockQueues, placeQueues, saveQueue, saveSkill, skillsPage, waitingIn,
  type StoredQueue, type StoredSkill,
} from './queue-store.ts';
import { nextVersion, saveSettings } from './store.ts';

type Paging = { readonly limit: number; readonly cursor?: string | undefined };

const [MOST_QUEUES, MOST_SKILLS] = [100, 200];
const USUAL_OFFER_SECONDS = 30;
const noQueue = () => new AppError('not_found', 'queue.not_found', 'There is no such queue.');
const noSkill = () => new AppError('not_found', 'skill.not_found', 'There is no such skill.');

/** Queues, skills and what a workspace says about sharing out. Tells `queue.created`, `.changed`, `.removed`, `skill.*`, `routing.settings_changed`. */
export function createQueues(context: Context, { present }: Pick<ReturnType<typeof createAgents>, 'present'>, sorted: (workspaceId: string) => Promise<void>) {
  const { people, calendars, emit, now } = context;

  /** Whoever changes queues finds their tickets in them, the first ones at once. */
  async function manage<T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> {
    const result = await refusing(context.work(actor, 'routing.manage', async (tx) => {
      await lockQueues(tx, actor.workspaceId);
      const done = await act(tx);
      await nextVersion(tx, actor.workspaceId);
      return done;
    }), TAKEN);
    await sorted(actor.workspaceId);
    return result;
  }

  const announce = (tx: Tx, actor: Actor, type: `${'queue' | 'skill'}.${'created' | 'changed' | 'removed'}` | 'routing.settings_changed', id: string | null): Promise<void> =>
    emit(tx, actor.workspaceId, { type, subjectId: id, actor: byPerson(actor), at: now() });

  async function views(tx: Tx, queues: readonly StoredQueue[]): Promise<QueueView[]> {
    const { settings } = await context.settingsIn(tx);
    const [counts, agents] = [await waitingIn(tx, queues.map(({ id }) => id)), await present(tx, settings, now(), { thereOnly: true })];
    return queues.map((queue) => {
      const { waiting = 0, oldest = null } = counts.get(queue.id) ?? {};
      return {
        id: queue.id, name: queue.name, conditions: queue.conditions as QueueView['conditions'], mode: queue.mode, teamIds: [...queue.teamIds], overflow: [...queue.overflow], offerSeconds: queue.offerSeconds,
        skills: [...queue.skills], language: queue.language, headStartSeconds: queue.headStartSeconds, ownAgentSeconds: queue.ownAgentSeconds, calendarId: queue.calendarId, position: queue.position,
        version: queue.version, waiting, oldestSince: oldest?.toISOString() ?? null, present: peopleIn(queue, agents, oldest ?? now(), now()), nobodySince: queue.nobodySince?.toISOString() ?? null,
        createdAt: queue.createdAt.toISOString(), updatedAt: queue.updatedAt.toISOString(),
      };
    });
  }

  async function required(tx: Tx, id: string): Promise<StoredQueue> {
    const queue = await findQueue(tx, id);
    if (!queue) throw noQueue();
    return queue;
  }

  /** Everything that it names is there. */
  async function check(tx: Tx, workspaceId: string, queue: StoredQueue): Promise<void> {
    await people.requireTeams(tx, [...queue.teamIds, ...queue.overflow.map(({ teamId }) => teamId)]);
    const ids = queue.skills.map(({ id }) => id);
    if (new Set(ids).size < ids.length) throw new AppError('invalid', 'skill.twice', 'A skill stands there twice.');
    if (await knownSkills(tx, ids) < ids.length) throw noSkill();
    if (queue.calendarId !== null) await calendars.require(tx, workspaceId, queue.calendarId);
    if (queue.mode === 'push' && queue.offerSeconds === null) throw new AppError('invalid', 'queue.push_asks', 'Mode push asks first: give offerSeconds, or choose least_loaded to give without asking.');
    if (queue.mode === 'pull' && queue.offerSeconds !== null) throw new AppError('invalid', 'queue.pull_asks_nobody', 'Mode pull offers nothing by itself: leave offerSeconds out.');
  }

  /** Into its place among the others, from 1. */
  async function place(tx: Tx, id: string, position: number | undefined): Promise<number> {
    const others = (await allQueues(tx)).map((queue) => queue.id).filter((other) => other !== id);
    const order = others.toSpliced(Math.min(position ?? others.length + 1, others.length + 1) - 1, 0, id);
    await placeQueues(tx, order);
    return order.indexOf(id) + 1;
  }

  async function requiredSkill(tx: Tx, id: string): Promise<StoredSkill> {
    const skill = await findSkill(tx, id);
    if (!skill) throw noSkill();
    return skill;
  }

  return {
    views, required,

    queues: (actor: Actor, { limit, cursor }: Paging): Promise<Page<QueueView>> =>
      context.work(actor, 'routing.read', async (tx) => {
        const after = cursor === undefined ? null : decodeCursor(cursor, ['number', 'id']);
        const rest = (await allQueues(tx)).filter(({ position, id }) => after === null || position > after[0] || (position === after[0] && id > after[1]));
        const page = pageOfRows(rest.slice(0, limit + 1), limit, (row) => [row.position, row.id], (row) => row);
        return { items: await views(tx, page.items), nextCursor: page.nextCursor };
      }),

    queue: (actor: Actor, id: string): Promise<QueueView> => context.work(actor, 'routing.read', async (tx) => (await views(tx, [await required(tx, id)]))[0]!),

    addQueue: (actor: Actor, { position, offerSeconds, conditions, ...given }: QueueCreate): Promise<QueueView> =>
      manage(actor, async (tx) => {
        const count = (await allQueues(tx)).length;
        if (count >= MOST_QUEUES) throw new AppError('conflict', 'queue.too_many', `There can be ${MOST_QUEUES} queues; remove one first.`);
        const at = now();
        const queue: StoredQueue = {
          ...given, id: newId(), conditions: await read(tx, context, conditions), offerSeconds: offerSeconds === undefined ? (given.mode === 'push' ? USUAL_OFFER_SECONDS : null) : offerSeconds,
          position: count + 1, version: 1, nobodySince: null, createdAt: at, updatedAt: at,
        };
        await check(tx, actor.workspaceId, queue);
        await insertQueue(tx, actor.workspaceId, queue);
        const placed = { ...queue, position: await place(tx, queue.id, position) };
        await announce(tx, actor, 'queue.created', queue.id);
        return (await views(tx, [placed]))[0]!;
      }),

    changeQueue: (actor: Actor, id: string, { version, position, conditions, ...patch }: QueuePatch): Promise<QueueView> =>
      manage(actor, async (tx) => {
        const before = await required(tx, id);
        if (version !== undefined && version !== before.version) throw new AppError('conflict', 'queue.changed_meanwhile', 'Somebody changed this queue since it was read; read it again.', { version: before.version });
        const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<StoredQueue>;
        const queue: StoredQueue = { ...before, ...withOffer(before, given), ...(conditions !== undefined && { conditions: await read(tx, context, conditions) }), version: before.version + 1, updatedAt: now() };
        await check(tx, actor.workspaceId, queue);
        await saveQueue(tx, queue);
        const placed = position === undefined ? queue : { ...queue, position: await place(tx, id, position) };
        await announce(tx, actor, 'queue.changed', id);
        return (await views(tx, [placed]))[0]!;
      }),

    /** Its tickets go to the queues that are left. */
    removeQueue: (actor: Actor, id: string): Promise<void> =>
      manage(actor, async (tx) => {
        await required(tx, id);
        await deleteQueue(tx, id);
        await placeQueues(tx, (await allQueues(tx)).map((queue) => queue.id));
        await announce(tx, actor, 'queue.removed', id);
      }),

    skills: (actor: Actor, { limit, cursor }: Paging): Promise<Page<SkillView>> =>
      context.work(actor, 'routing.read', async (tx) =>
        pageOfRows(await skillsPage(tx, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['string', 'id'])), limit, (row) => [row.nameKey, row.id], toSkill)),

    skill: (actor: Actor, id: string): Promise<SkillView> => context.work(actor, 'routing.read', async (tx) => toSkill(await requiredSkill(tx, id))),

    addSkill: (actor: Actor, { name, language = null }: SkillCreate): Promise<SkillView> =>
      manage(actor, async (tx) => {
        if (await countSkills(tx) >= MOST_SKILLS) throw new AppError('conflict', 'skill.too_many', `There can be ${MOST_SKILLS} skills; remove one first.`);
        const skill = { id: newId(), name, language, people: 0 };
        await insertSkill(tx, actor.workspaceId, skill, now());
        await announce(tx, actor, 'skill.created', skill.id);
        return toSkill(skill);
      }),

    changeSkill: (actor: Actor, id: string, patch: SkillPatch): Promise<SkillView> =>
      manage(actor, async (tx) => {
        const before = await requiredSkill(tx, id);
        const skill = { ...before, name: patch.name ?? before.name, language: patch.language === undefined ? before.language : patch.language };
        await saveSkill(tx, skill);
        await announce(tx, actor, 'skill.changed', id);
        return toSkill(skill);
      }),

    removeSkill: (actor: Actor, id: string): Promise<void> =>
      manage(actor, async (tx) => {
        await requiredSkill(tx, id);
        const asking = (await allQueues(tx)).find(({ skills }) => skills.some((skill) => skill.id === id));
        if (asking) throw new AppError('conflict', 'skill.in_use', `The queue "${asking.name}" asks for this skill; change the queue first.`, { queueId: asking.id });
        await deleteSkill(tx, id);
        await announce(tx, actor, 'skill.removed', id);
      }),

    settings: (actor: Actor): Promise<RoutingSettings> => context.work(actor, 'routing.read', async (tx) => (await context.settingsIn(tx)).settings),

    changeSettings: (actor: Actor, patch: RoutingSettingsPatch): Promise<RoutingSettings> =>
      context.work(actor, 'routing.manage', async (tx) => {
        await lockQueues(tx, actor.workspaceId);
        const settings = { ...(await context.settingsIn(tx)).settings, ...(Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<RoutingSettings>) };
        await saveSettings(tx, actor.workspaceId, settings);
        await announce(tx, actor, 'routing.settings_changed', null);
        return settings;
      }),
  };
}

/** Read, and such that it can be asked at any moment. */
async function read(tx: Tx, { tickets }: Pick<Context, 'tickets'>, json: unknown): Promise<Condition | null> {
  if (json === null) return null;
  const condition = readCondition(json, await tickets.attributes(tx, TICKET_FIELDS), { pointer: '#/conditions' });
  planOf(condition, TICKET_FIELDS, { now: new Date(0) });
  return condition;
}

/** With another mode and nothing said, offers are what is usual for it. */
function withOffer(before: StoredQueue, given: Partial<StoredQueue>): Partial<StoredQueue> {
  if (given.mode === undefined || given.mode === before.mode || 'offerSeconds' in given) return given;
  return { ...given, offerSeconds: given.mode === 'push' ? before.offerSeconds ?? USUAL_OFFER_SECONDS : given.mode === 'pull' ? null : before.offerSeconds };
}

const toSkill = ({ id, name, language, people }: StoredSkill): SkillView => ({ id, name, language: language as SkillView['language'], people });

const named = (code: 'queue.name_taken' | 'skill.name_taken') => () => new AppError('conflict', code, 'There is one of this name; choose another name.');
const TAKEN = {
  queues_name: named('queue.name_taken'), skills_name: named('skill.name_taken'),
  skills_language: () => new AppError('conflict', 'skill.language_taken', 'There is a skill for this language; change that one.'),
};
