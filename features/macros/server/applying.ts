import type { Actor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Checklists } from '../../checklists/server/checklists.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { MacroAction } from '../core/actions.ts';
import type { MacroEffect } from '../core/contract.ts';
import { actionFor, planOf } from '../core/macro.ts';
import { changeTo, fieldChange, withChange, type FieldChange } from '../core/planning.ts';
import type { createFilling } from './filling.ts';

type Applied = { readonly effects: MacroEffect[]; readonly undo: (FieldChange & { version: number }) | null };

/** Does what a macro says, for a person, on a ticket that the caller has locked: all of it or nothing. */
export function createApplying({ tickets, checklists, filling }: {
  tickets: Pick<Tickets, 'changeByPerson' | 'noteByPerson'>; checklists: Pick<Checklists, 'addBy' | 'hasUnfinished'>; filling: ReturnType<typeof createFilling>;
}) {
  async function plan(tx: Tx, workspaceId: string, actions: readonly MacroAction[], ticket: TicketState, by: string | null): Promise<MacroEffect[]> {
    const has = new Set<string>();
    for (const action of actions) {
      if (action.type === 'checklist' && await checklists.hasUnfinished(tx, workspaceId, ticket.id, action.templateId)) has.add(action.templateId);
    }
    return planOf(actions, ticket, by, has).effects;
  }

  return {
    plan,

    async apply(tx: Tx, actor: Actor, writer: string, actions: readonly MacroAction[], ticket: TicketState): Promise<Applied> {
      const effects = await plan(tx, actor.workspaceId, actions, ticket, actor.id);
      let wanted = ticket;
      for (const given of actions) {
        const action = actionFor(given, actor.id);
        if (action?.type === 'note') await tickets.noteByPerson(tx, actor, ticket, { text: await filling.note(tx, actor.workspaceId, action.text, ticket, writer), attachmentIds: [] });
        else if (action?.type === 'checklist') await checklists.addBy(tx, actor.workspaceId, ticket, action.templateId, { person: actor.id });
        else if (action) wanted = withChange(wanted, fieldChange(action, wanted));
      }
      const change = changeTo(wanted, ticket);
      if (!change) return { effects, undo: null };
      // One change of the ticket, whatever it consists of.
      const saved = await tickets.changeByPerson(tx, actor, ticket, change);
      const undo = changeTo(ticket, saved);
      return { effects, undo: undo && { ...undo, version: saved.version } };
    },
  };
}
