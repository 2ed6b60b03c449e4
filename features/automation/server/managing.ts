import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { can, demand } from '../../people/core/permissions.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { agesOf } from '../core/asking.ts';
import { MOST_RULES, type RuleCreate, type RulePatch, type RuleVersionView, type RuleView } from '../core/contract.ts';
import { READY_MADE_NUMBER, readyMade } from '../core/ready-made.ts';
import type { createChecking } from './checking.ts';
import type { createLooking } from './looking.ts';
import {
  claimReadyMade, findShown, findVersion, forgetReached, insertRules, lockRules, noSuchRule, removeRule, requireRule, rulePage, rulesInOrder, savePlaces, saveReached, saveRule, versionsOf,
  type Definition, type Rule, type ShownRule,
} from './store.ts';

type Paging = { readonly limit: number; readonly cursor?: string | undefined };
const DAY_MS = 86_400_000;
const MOST_COUNTED = 1_000;

/** Rules as their owners see them. Every change is a version; everybody who has compiled them hears `automation.rules_changed`. */
export function createManaging({ db, now, emit, workspaces, check, looking }: {
  db: Database; now: Now; emit: Emit; workspaces: Pick<Workspaces, 'get'>;
  check: ReturnType<typeof createChecking>; looking: Pick<ReturnType<typeof createLooking>, 'startingPlaces'>;
}) {
  const manage = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'rules.manage_own');
    return db.work(actor.workspaceId, async (tx) => {
      await lockRules(tx, actor.workspaceId);
      return act(tx);
    });
  };
  /** Leads write the rules of their teams, and see the others. */
  function demandTeam(actor: Actor, { teamId = null }: Pick<Definition, 'teamId'>): void {
    if (can(actor, 'rules.manage') || (teamId !== null && actor.teamIds.includes(teamId))) return;
    throw new AppError('forbidden', 'rule.not_of_your_team', 'Leads change rules of their own teams; ask an administrator about this one.');
  }

  const look = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'rules.list');
    return db.work(actor.workspaceId, act);
  };

  const announce = (tx: Tx, actor: Actor, what: string, { id, version }: Pick<Rule, 'id' | 'version'>): Promise<void> =>
    emit(tx, actor.workspaceId, { type: 'automation.rules_changed', subjectId: id, actor: { kind: 'person', id: actor.id }, data: { what, ruleId: id, version }, at: now() });

  /** A rule on time that begins to run, or waits for other ages than before, begins here and now. */
  async function save(tx: Tx, actor: Actor, before: Rule, after: Rule): Promise<Rule> {
    const isOn = after.enabled && after.definition.trigger.on === 'time';
    const saved: Rule = { ...after, lookAt: isOn ? now() : null };
    await saveRule(tx, actor.workspaceId, before, saved, actor.id);
    if (isOn && (!before.enabled || before.definition.trigger.on !== 'time' || waits(before.definition) !== waits(after.definition))) await begin(tx, actor.workspaceId, saved);
    return saved;
  }

  async function begin(tx: Tx, workspaceId: string, rule: Rule): Promise<void> {
    await forgetReached(tx, rule.id);
    await saveReached(tx, workspaceId, rule.id, await looking.startingPlaces(tx, workspaceId, rule));
  }

  const lately = () => ({ since: new Date(now().getTime() - DAY_MS), most: MOST_COUNTED });
  async function shown(tx: Tx, id: string): Promise<RuleView> {
    const rule = await findShown(tx, id, lately());
    if (!rule) throw noSuchRule();
    return present(rule);
  }

  /** Once for each workspace: those of before this room get the ready-made rules when somebody first looks. */
  async function ensureReadyMade(workspaceId: string): Promise<void> {
    await db.work(workspaceId, async (tx) => {
      if (!await claimReadyMade(tx, workspaceId, READY_MADE_NUMBER)) return;
      await lockRules(tx, workspaceId);
      const there = await rulesInOrder(tx, MOST_RULES);
      const known = new Set(there.map((rule) => rule.readyMade));
      const at = now();
      const missing = readyMade((await workspaces.get(workspaceId)).language).filter(({ key }) => !known.has(key));
      await insertRules(tx, workspaceId, missing.map(({ key, definition }, i): Rule => ({
        id: newId(), position: (there.at(-1)?.position ?? 0) + i + 1, enabled: false, definition, version: 1, readyMade: key, lookAt: null, createdAt: at, updatedAt: at,
      })), null);
    });
  }

  return {
    ensureReadyMade,

    async list(actor: Actor, { limit, cursor }: Paging): Promise<Page<RuleView>> {
      demand(actor, 'rules.list');
      await ensureReadyMade(actor.workspaceId);
      return look(actor, async (tx) => {
        const after = cursor === undefined ? null : decodeCursor(cursor, ['number', 'id']);
        return pageOfRows(await rulePage(tx, limit + 1, after, lately()), limit, (row) => [row.position, row.id], present);
      });
    },

    get: (actor: Actor, id: string): Promise<RuleView> => look(actor, (tx) => shown(tx, id)),

    create: (actor: Actor, { enabled, ...given }: RuleCreate): Promise<RuleView> =>
      manage(actor, async (tx) => {
        demandTeam(actor, given);
        const there = await rulesInOrder(tx, MOST_RULES);
        if (there.length >= MOST_RULES) throw new AppError('conflict', 'rule.too_many', `There can be ${MOST_RULES} rules; remove one first.`);
        const at = now();
        const definition = await check(tx, actor.workspaceId, given);
        const rule: Rule = {
          id: newId(), position: (there.at(-1)?.position ?? 0) + 1, enabled, definition, version: 1, readyMade: null,
          lookAt: enabled && definition.trigger.on === 'time' ? at : null, createdAt: at, updatedAt: at,
        };
        await insertRules(tx, actor.workspaceId, [rule], actor.id);
        if (rule.lookAt) await begin(tx, actor.workspaceId, rule);
        await announce(tx, actor, 'created', rule);
        return present({ ...rule, place: there.length + 1, lastRun: null, ranLately: 0 });
      }),

    change: (actor: Actor, id: string, { version, enabled, ...patch }: RulePatch): Promise<RuleView> =>
      manage(actor, async (tx) => {
        const before = await requireRule(tx, id);
        demandTeam(actor, before.definition);
        if (patch.teamId !== undefined) demandTeam(actor, { teamId: patch.teamId });
        if (version !== undefined && version !== before.version) {
          throw new AppError('conflict', 'rule.changed_meanwhile', 'Somebody changed this rule since it was read; read it again.', { version: before.version });
        }
        const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
        const isChanged = Object.keys(given).length > 0;
        const definition = isChanged ? await check(tx, actor.workspaceId, { ...mutable(before.definition), ...given }) : before.definition;
        const after = await save(tx, actor, before, { ...before, definition, enabled: enabled ?? before.enabled, version: before.version + (isChanged ? 1 : 0), updatedAt: now() });
        await announce(tx, actor, isChanged ? 'changed' : after.enabled ? 'switched_on' : 'switched_off', after);
        return shown(tx, id);
      }),

    remove: (actor: Actor, id: string): Promise<void> =>
      manage(actor, async (tx) => {
        const rule = await requireRule(tx, id);
        demandTeam(actor, rule.definition);
        await removeRule(tx, id, now());
        await announce(tx, actor, 'removed', rule);
      }),

    order: (actor: Actor, ids: readonly string[]): Promise<void> =>
      manage(actor, async (tx) => {
        demand(actor, 'rules.manage');
        const there = await rulesInOrder(tx, MOST_RULES);
        if (new Set(ids).size !== there.length || ids.length !== there.length || !there.every(({ id }) => ids.includes(id))) {
          throw new AppError('conflict', 'rule.order_changed', 'There are other rules by now; read the list again and put all of them in order.');
        }
        await savePlaces(tx, ids);
        const [first] = there;
        if (first) await announce(tx, actor, 'ordered', first);
      }),

    versions: (actor: Actor, id: string, { limit, cursor }: Paging): Promise<Page<RuleVersionView>> =>
      look(actor, async (tx) => {
        await requireRule(tx, id);
        const rows = await versionsOf(tx, id, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['number'])[0]);
        return pageOfRows(rows, limit, (row) => [row.version], ({ version, definition, changedAt, changedBy, changedByName }) => ({
          version, definition: mutable(definition), changedAt: changedAt.toISOString(), changedBy: changedBy === null ? null : { id: changedBy, name: changedByName ?? '' },
        }));
      }),

    /** What it was in an earlier version, as a new one; checked again, since people and teams may have gone. */
    restore: (actor: Actor, id: string, version: number): Promise<RuleView> =>
      manage(actor, async (tx) => {
        const before = await requireRule(tx, id);
        const kept = await findVersion(tx, id, version);
        if (!kept) throw new AppError('not_found', 'rule.version_not_found', 'There is no such version of this rule.');
        for (const one of [before.definition, kept]) demandTeam(actor, one);
        const definition = await check(tx, actor.workspaceId, mutable(kept));
        const after = await save(tx, actor, before, { ...before, definition, version: before.version + 1, updatedAt: now() });
        await announce(tx, actor, 'restored', after);
        return shown(tx, id);
      }),
  };
}

const waits = ({ conditions, calendarId, includeExisting, teamId = null }: Definition): string => JSON.stringify([agesOf(conditions), calendarId, includeExisting, teamId]);

const mutable = ({ actions, teamId = null, ...rest }: Definition) => ({ ...rest, teamId, actions: [...actions] as RuleView['actions'] });

const present = ({ definition, lastRun, ...rule }: ShownRule): RuleView => ({
  ...mutable(definition), id: rule.id, enabled: rule.enabled, position: rule.place, version: rule.version, readyMade: rule.readyMade,
  lastRun: lastRun && { ...lastRun, at: new Date(lastRun.at).toISOString() }, ranLately: rule.ranLately,
  createdAt: rule.createdAt.toISOString(), updatedAt: rule.updatedAt.toISOString(),
});
