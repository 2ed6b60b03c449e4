import type { Tx } from '../../../platform/db/db.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { PRIORITIES } from '../../tickets/core/contract.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Action } from '../core/contract.ts';
import type { Rule, Step } from '../core/policy.ts';
import { createTelling, type TellingDeps } from './telling.ts';

type Asked = { readonly step: Step; readonly rule: Rule | null; readonly wanted: readonly Action[]; readonly now: Date };

/** What a policy asks for at a threshold, in the transaction that announces it. Whom to tell is a matter of the announcement. */
export function createActing({ emit, tickets, ...deps }: Omit<TellingDeps, 'tickets'> & { readonly emit: Emit; readonly tickets: Pick<Tickets, 'lockLive' | 'changeBy'> & TellingDeps['tickets'] }) {
  const tell = createTelling({ ...deps, tickets });
  const higher = (ticket: TicketState, to: TicketState['priority']): boolean => PRIORITIES.indexOf(to) > PRIORITIES.indexOf(ticket.priority);

  async function change(tx: Tx, workspaceId: string, ticket: TicketState, action: Action, by: { id: string; name: string }): Promise<TicketState> {
    if (action.do === 'raise_priority' && higher(ticket, action.to)) return tickets.changeBy(tx, workspaceId, ticket, { priority: action.to }, by);
    if (action.do !== 'reassign') return ticket;
    const { assigneeId, teamId } = action;
    return tickets.changeBy(tx, workspaceId, ticket, { ...(assigneeId !== undefined && { assigneeId }), ...(teamId !== undefined && { teamId }) }, by);
  }

  return {
    async act(tx: Tx, workspaceId: string, ticketId: string, { step, rule, wanted, now }: Asked): Promise<void> {
      if (!rule || wanted.every((action) => action.do === 'notify')) return;
      let ticket = await tickets.lockLive(tx, ticketId);
      if (!ticket) return;
      const by = { id: rule.id, name: rule.name };
      for (const action of wanted) ticket = await change(tx, workspaceId, ticket, action, by);
      if (wanted.some((action) => action.do === 'escalate')) {
        const { id, assigneeId, teamId } = ticket;
        await emit(tx, workspaceId, {
          type: 'sla.escalated', ticketId: id, actor: { kind: 'system', id: rule.id }, at: now,
          data: { metric: step.clock.metric, percent: step.threshold, assigneeId, teamId },
        });
      }
      if (wanted.some((action) => action.do === 'tell_customer')) await tell(tx, workspaceId, ticket, { step, rule, by });
    },
  };
}
