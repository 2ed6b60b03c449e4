import type { Now } from '../../../kernel/actor.ts';
import { keepIn } from '../../../kernel/bounded.ts';
import { afterCommit, type Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import type { WorkingTime } from '../../calendars/core/working-time.ts';
import type { Hours, Rule } from '../core/policy.ts';
import { READY_MADE } from '../core/ready-made.ts';
import { beginRules, insertPolicies, policiesOf, raiseRules, rulesRow } from './store.ts';

/** What is promised in a workspace, and by which version of that. */
export type Rules = { readonly version: number; readonly trustedFrom: number; readonly list: readonly Rule[]; readonly hours: Hours; readonly ids: ReadonlySet<string> };
export type RuleBook = ReturnType<typeof createRuleBook>;

const MOST_KEPT = 1_000;
/** Ready-made ones stand after all that people make. */
const READY_MADE_PLACE = 1_000_000;

/** Policies with their calendars, kept for each workspace until one of them changes. */
export function createRuleBook({ now, calendars }: { now: Now; calendars: Pick<Calendars, 'timeFor' | 'hours'> }) {
  const kept = new Map<string, Rules>();

  const forget = (workspaceId: string): void => { kept.delete(workspaceId); };

  async function read(tx: Tx, workspaceId: string): Promise<Rules> {
    const known = await rulesRow(tx, workspaceId);
    const row = known?.begun === true ? known : await begin(tx, workspaceId);
    const policies = await policiesOf(tx, workspaceId);
    const hours = await calendars.hours(tx, workspaceId);
    const times = new Map<string | null, WorkingTime>([[null, hours.timeOf(null)]]);
    const list: Rule[] = [];
    for (const { id, name, calendarId, conditions, targets, actions } of policies.filter(({ enabled }) => enabled)) {
      const time = times.get(calendarId) ?? await calendars.timeFor(tx, workspaceId, calendarId);
      times.set(calendarId, time);
      list.push({ id, name, calendarId, conditions, targets, actions, time, heldBy: null });
    }
    return { version: row.version, trustedFrom: row.trustedFrom, list, hours, ids: new Set(policies.map(({ id }) => id)) };
  }

  /** The first time that a workspace is looked at. */
  async function begin(tx: Tx, workspaceId: string) {
    if (await beginRules(tx, workspaceId)) {
      const at = now();
      await insertPolicies(tx, workspaceId, READY_MADE.map((policy, i) => ({ ...policy, id: newId(), calendarId: null, place: READY_MADE_PLACE + i, enabled: true, version: 1, createdAt: at, updatedAt: at })));
    }
    return (await rulesRow(tx, workspaceId))!;
  }

  return {
    forget,

    /** Kept ones are taken on trust; whoever saves by them is told when they are old. */
    async of(tx: Tx, workspaceId: string): Promise<Rules> {
      const known = kept.get(workspaceId);
      if (known) return known;
      const rules = await read(tx, workspaceId);
      // What this unit of work has written itself is kept by the next one.
      afterCommit(() => {
        const other = kept.get(workspaceId);
        if (!other || other.version <= rules.version) keepIn(kept, workspaceId, rules, MOST_KEPT);
      });
      return rules;
    },

    /** As they are now. */
    async fresh(tx: Tx, workspaceId: string): Promise<Rules> {
      forget(workspaceId);
      return this.of(tx, workspaceId);
    },

    /** Something about them has changed in this unit of work: all open tickets have to follow. */
    async raise(tx: Tx, workspaceId: string, { distrust = false } = {}): Promise<void> {
      await raiseRules(tx, workspaceId, { distrust });
      forget(workspaceId);
      afterCommit(() => { forget(workspaceId); });
    },
  };
}
