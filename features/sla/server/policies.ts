import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { refusing } from '../../../platform/db/refusals.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import { readCondition } from '../../conditions/core/check.ts';
import { ALWAYS, type Condition } from '../../conditions/core/condition.ts';
import { momentOf } from '../../conditions/core/plan.ts';
import { demand, type Permission } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { LIMITS, type Action, type MatchView, type PolicyCreate, type PolicyPatch, type PolicyView } from '../core/contract.ts';
import type { RuleBook } from './rules.ts';
import { deletePolicy, insertPolicies, lockPolicies, placePolicies, policiesOf, savePolicy, type StoredPolicy } from './store.ts';

const MOST_COUNTED = 999;
const TAKEN = { sla_policies_name: () => new AppError('conflict', 'sla_policy.name_taken', 'There is a policy of this name; choose another one.') };

type Deps = {
  db: Database; now: Now; emit: Emit; calendars: Pick<Calendars, 'require' | 'timeFor'>; people: Pick<People, 'requireTeams' | 'peopleByIds'>;
  tickets: Pick<Tickets, 'matching' | 'attributes'>; ruleBook: RuleBook;
};

/** What is promised, and to which tickets. Tells `sla_policy.created`, `.changed`, `.removed` and `.ordered`. */
export function createPolicies({ db, now, emit, calendars, people, tickets, ruleBook }: Deps) {
  const work = <T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, permission);
    return db.work(actor.workspaceId, act);
  };

  /** All of them, made when nobody has looked yet. */
  async function all(tx: Tx, workspaceId: string): Promise<StoredPolicy[]> {
    await ruleBook.of(tx, workspaceId);
    return policiesOf(tx, workspaceId);
  }

  const manage = <T>(actor: Actor, act: (tx: Tx, policies: readonly StoredPolicy[]) => Promise<T>): Promise<T> =>
    refusing(work(actor, 'sla.manage', async (tx) => {
      await ruleBook.of(tx, actor.workspaceId);
      await lockPolicies(tx, actor.workspaceId);
      const before = await policiesOf(tx, actor.workspaceId);
      const result = await act(tx, before);
      // While nothing was promised nobody kept the clocks, so they are made anew from what has happened.
      await ruleBook.raise(tx, actor.workspaceId, { distrust: before.every(({ enabled }) => !enabled) });
      return result;
    }), TAKEN);

  const required = (policies: readonly StoredPolicy[], id: string): StoredPolicy => {
    const policy = policies.find((one) => one.id === id);
    if (!policy) throw new AppError('not_found', 'sla_policy.not_found', 'There is no such policy.');
    return policy;
  };

  const announce = (tx: Tx, actor: Actor, what: 'created' | 'changed' | 'removed' | 'ordered', subjectId: string | null, version: number): Promise<void> =>
    emit(tx, actor.workspaceId, { type: `sla_policy.${what}`, subjectId, actor: { kind: 'person', id: actor.id }, data: { version }, at: now() });

  const isNone = (json: unknown): boolean => json === null || json === undefined || (typeof json === 'object' && Object.keys(json).length === 0);
  /** None, said in whichever way: every ticket. */
  const readConditions = async (tx: Tx, json: unknown): Promise<Condition | null> =>
    (isNone(json) ? null : readCondition(json, await tickets.attributes(tx, TICKET_FIELDS), { pointer: '#/conditions' }));

  async function check(tx: Tx, workspaceId: string, { calendarId, actions }: { calendarId?: string | null | undefined; actions?: readonly Action[] | undefined }): Promise<void> {
    if (calendarId) await calendars.require(tx, workspaceId, calendarId);
    const given = (actions ?? []).flatMap((action) => (action.do === 'reassign' ? [action] : []));
    const persons = given.flatMap(({ assigneeId }) => assigneeId ?? []);
    const known = await people.peopleByIds(tx, persons);
    if (persons.some((id) => !known.has(id))) throw new AppError('invalid', 'sla_policy.no_such_person', 'One of the people to hand tickets to is not there; choose another.');
    await people.requireTeams(tx, given.flatMap(({ teamId }) => teamId ?? []));
  }

  return {
    list: (actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<PolicyView>> =>
      work(actor, 'sla.list', async (tx) => {
        const views = presentAll(await all(tx, actor.workspaceId));
        const from = cursor === undefined ? 0 : Number(decodeCursor(cursor, ['number'])[0]);
        return { items: views.slice(from, from + limit), nextCursor: views.length > from + limit ? encodeCursor([from + limit]) : null };
      }),

    get: (actor: Actor, id: string): Promise<PolicyView> => work(actor, 'sla.list', async (tx) => presentOne(await all(tx, actor.workspaceId), id)),

    create: (actor: Actor, { conditions, ...given }: PolicyCreate): Promise<PolicyView> =>
      manage(actor, async (tx, policies) => {
        if (policies.length >= LIMITS.policies) throw new AppError('conflict', 'sla_policy.too_many', `There can be ${LIMITS.policies} policies; remove one first.`);
        await check(tx, actor.workspaceId, given);
        const at = now();
        const last = policies.findLast(({ readyMade }) => readyMade === null);
        const policy: StoredPolicy = { ...given, id: newId(), conditions: await readConditions(tx, conditions), place: (last?.place ?? 0) + 1, readyMade: null, version: 1, createdAt: at, updatedAt: at };
        await insertPolicies(tx, actor.workspaceId, [policy]);
        await announce(tx, actor, 'created', policy.id, 1);
        return presentOne(await policiesOf(tx, actor.workspaceId), policy.id);
      }),

    change: (actor: Actor, id: string, { version, conditions, ...patch }: PolicyPatch): Promise<PolicyView> =>
      manage(actor, async (tx, policies) => {
        const before = required(policies, id);
        if (version !== undefined && version !== before.version) {
          throw new AppError('conflict', 'sla_policy.changed_meanwhile', 'Somebody changed this policy since it was read; read it again.', { version: before.version });
        }
        await check(tx, actor.workspaceId, patch);
        const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
        const policy: StoredPolicy = {
          ...before, ...given, conditions: conditions === undefined ? before.conditions : await readConditions(tx, conditions), version: before.version + 1, updatedAt: now(),
        };
        await savePolicy(tx, actor.workspaceId, policy);
        await announce(tx, actor, 'changed', id, policy.version);
        return presentOne(await policiesOf(tx, actor.workspaceId), id);
      }),

    remove: (actor: Actor, id: string): Promise<void> =>
      manage(actor, async (tx, policies) => {
        const { version } = required(policies, id);
        await deletePolicy(tx, actor.workspaceId, id);
        await announce(tx, actor, 'removed', id, version);
      }),

    /** One's own, all of them; the ready-made keep their places behind. */
    order: (actor: Actor, ids: readonly string[]): Promise<Page<PolicyView>> =>
      manage(actor, async (tx, policies) => {
        const own = policies.filter(({ readyMade }) => readyMade === null).map((policy) => policy.id);
        if (ids.length !== own.length || !own.every((id) => ids.includes(id))) {
          throw new AppError('invalid', 'sla_policy.order_incomplete', 'Name every policy of your own exactly once; somebody may have added or removed one.', { ids: own });
        }
        await placePolicies(tx, actor.workspaceId, ids);
        await announce(tx, actor, 'ordered', null, 0);
        return { items: presentAll(await policiesOf(tx, actor.workspaceId)), nextCursor: null };
      }),

    /** How many open tickets conditions hold for now; not how many come to them after the policies before. */
    matches: (actor: Actor, json: unknown): Promise<MatchView> =>
      work(actor, 'sla.list', async (tx) => {
        const moment = momentOf(now(), await calendars.timeFor(tx, actor.workspaceId, null));
        const { items } = await tickets.matching(tx, await readConditions(tx, json) ?? ALWAYS, moment, { shelf: 'active', limit: MOST_COUNTED + 1 });
        return { count: Math.min(items.length, MOST_COUNTED), more: items.length > MOST_COUNTED };
      }),
  };
}

const presentAll = (policies: readonly StoredPolicy[]): PolicyView[] => policies.map(({ createdAt, updatedAt, targets, actions, ...policy }, i) => ({
  ...policy, targets: [...targets], actions: [...actions], conditions: policy.conditions as PolicyView['conditions'], place: i + 1,
  createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString(),
}));

function presentOne(policies: readonly StoredPolicy[], id: string): PolicyView {
  const view = presentAll(policies).find((one) => one.id === id);
  if (!view) throw new AppError('not_found', 'sla_policy.not_found', 'There is no such policy.');
  return view;
}
