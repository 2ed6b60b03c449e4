import type { Now } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import { readyRule, type Ready, type RuleSets } from './rule-sets.ts';
import { look, timeFor } from './running.ts';
import { holdRule } from './store.ts';

const keeps = ({ events, rule }: Ready): boolean => events.has('message.received') && rule.definition.actions.some(({ type }) => type === 'keep_resolved');

/**
 * Asked before a customer's message opens its ticket again, in the transaction that files it: the rule that leaves the ticket resolved, if one does. All
 * else that the rule does, and its log, comes with the event as for every rule.
 */
export const createKeepingResolved = ({ now, sets }: { now: Now; sets: RuleSets }) =>
  async (tx: Tx, workspaceId: string, ticket: TicketState, words: string): Promise<string | null> => {
    const set = await sets.of(workspaceId);
    for (const known of set.all.filter(keeps)) {
      const rule = await holdRule(tx, known.rule.id);
      if (!rule?.enabled) continue;
      const ready = rule.version === known.rule.version ? known : readyRule(rule);
      const happening = { name: 'message.received', data: { automatic: false }, by: 'customer', words } as const;
      const { moment, record } = look(ready, await timeFor(tx, ready, set, ticket), ticket, happening, now());
      if (keeps(ready) && ready.holds(moment, record, null)) return rule.id;
    }
    return null;
  };
