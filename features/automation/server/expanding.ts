import type { Tx } from '../../../platform/db/db.ts';
import { actionFor } from '../../macros/core/macro.ts';
import type { Macros } from '../../macros/server/macros.ts';
import type { People } from '../../people/server/people.ts';
import type { Action } from '../core/actions.ts';
import { leavesTeam } from '../core/leaving.ts';
import type { Definition } from './store.ts';

/** One thing to do; the note of a macro has placeholders of its own. `isGone`: a macro that is not there any more. */
export type Part = Action & { readonly isOfMacro?: boolean; readonly isGone?: boolean };
export type Expanding = ReturnType<typeof createExpanding>;

/** What a rule does one after the other: of a macro, itself and what it consists of now; of anything else, that. */
export function createExpanding({ macros, people }: { macros: Pick<Macros, 'partsOf'>; people: Pick<People, 'requireTeams'> }) {
  async function partsOf(tx: Tx, action: Action): Promise<Part[]> {
    if (action.type !== 'macro') return [action];
    const macro = await macros.partsOf(tx, action.macroId);
    if (!macro) return [{ ...action, isGone: true }];
    const parts = macro.actions.flatMap((one): Part[] => {
      const now = actionFor(one, null);
      return now === null ? [] : [{ ...(now as Action), isOfMacro: true }];
    });
    return [action, ...parts, ...(macro.hasText ? [{ type: 'reply' as const, savedReplyId: action.macroId, isOfMacro: true }] : [])];
  }

  async function everyPart(tx: Tx, actions: readonly Action[]): Promise<Part[]> {
    const parts: Part[] = [];
    for (const action of actions) parts.push(...await partsOf(tx, action));
    return parts;
  }

  return {
    everyPart,

    /** As it is to be done now. A macro may have been changed since the rule of a team was checked: what would leave the team is left out. */
    async partsNow(tx: Tx, { actions, teamId = null }: Pick<Definition, 'actions' | 'teamId'>): Promise<Part[]> {
      const parts = await everyPart(tx, actions);
      if (teamId === null || !parts.some(({ isOfMacro }) => isOfMacro)) return parts;
      const memberIds = (await people.requireTeams(tx, [teamId]))[0]?.memberIds ?? [];
      return parts.filter((part) => !part.isOfMacro || !leavesTeam(part, teamId, memberIds));
    },
  };
}
