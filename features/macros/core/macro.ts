import type { TicketState } from '../../tickets/core/ticket.ts';
import type { MacroAction } from './actions.ts';
import type { MacroEffect } from './contract.ts';
import { fieldChange, fromTo, withChange, type FieldAction } from './planning.ts';

/** An action as it is to be done now, by this person or by nobody; null when it means only somebody who is not there. */
export function actionFor(action: MacroAction, by: string | null): FieldAction | Extract<MacroAction, { type: 'note' | 'checklist' }> | null {
  if (action.type !== 'set_assignee' || action.personId !== 'me') return action as Exclude<MacroAction, { type: 'set_assignee' }>;
  return by === null ? null : { type: 'set_assignee', personId: by };
}

type Planned = { readonly ticket: TicketState; readonly effects: MacroEffect[] };

/** What a macro would do to a ticket; `hasChecklist` says which templates stand on it with something left to do. */
export function planOf(actions: readonly MacroAction[], ticket: TicketState, by: string | null, hasChecklist: ReadonlySet<string>): Planned {
  const effects: MacroEffect[] = [];
  let state = ticket;
  for (const given of actions) {
    const action = actionFor(given, by);
    if (action === null) effects.push({ type: given.type, effect: 'nothing', from: null, to: null });
    else if (action.type === 'note') effects.push({ type: 'note', effect: 'changes', from: null, to: null });
    else if (action.type === 'checklist') effects.push({ type: 'checklist', effect: hasChecklist.has(action.templateId) ? 'nothing' : 'changes', from: null, to: action.templateId });
    else {
      const change = fieldChange(action, state);
      const told = fromTo(change, state);
      effects.push({ type: action.type, effect: told.from === told.to ? 'nothing' : 'changes', ...told });
      state = withChange(state, change);
    }
  }
  return { ticket: state, effects };
}
