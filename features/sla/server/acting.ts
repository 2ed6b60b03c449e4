import type { Tx } from '../../../platform/db/db.ts';
import type { Emit } from '../../../platform/events/events.ts';
import type { Email } from '../../email/server/email.ts';
import { PRIORITIES } from '../../tickets/core/contract.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Action } from '../core/contract.ts';
import type { Rule, Step } from '../core/policy.ts';
import { sorryFor } from '../core/words.ts';

type Asked = { readonly step: Step; readonly rule: Rule | null; readonly wanted: readonly Action[]; readonly now: Date };

/** What a policy asks for at a threshold, in the transaction that announces it. Whom to tell is a matter of the announcement. */
export function createActing({ emit, tickets, email }: {
  emit: Emit; tickets: Pick<Tickets, 'lockLive' | 'changeBy'>; email: { readonly automatic: Pick<Email['automatic'], 'allowed' | 'send'> };
}) {
  const higher = (ticket: TicketState, to: TicketState['priority']): boolean => PRIORITIES.indexOf(to) > PRIORITIES.indexOf(ticket.priority);

  async function change(tx: Tx, workspaceId: string, ticket: TicketState, action: Action, by: { id: string; name: string }): Promise<TicketState> {
    if (action.do === 'raise_priority' && higher(ticket, action.to)) return tickets.changeBy(tx, workspaceId, ticket, { priority: action.to }, by);
    if (action.do !== 'reassign') return ticket;
    const { assigneeId, teamId } = action;
    return tickets.changeBy(tx, workspaceId, ticket, { ...(assigneeId !== undefined && { assigneeId }), ...(teamId !== undefined && { teamId }) }, by);
  }

  async function tellCustomer(tx: Tx, workspaceId: string, ticket: TicketState, isBroken: boolean, by: { id: string; name: string }): Promise<void> {
    const allowed = await email.automatic.allowed(tx, workspaceId, ticket.id, { answers: false });
    if ('refused' in allowed) return;
    await email.automatic.send(tx, workspaceId, ticket, { ...allowed, answers: false, ...sorryFor(ticket.language, { isBroken }) }, by);
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
      if (wanted.some((action) => action.do === 'tell_customer')) await tellCustomer(tx, workspaceId, ticket, step.threshold === 100, by);
    },
  };
}
