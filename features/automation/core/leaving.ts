import type { Action } from './actions.ts';

/** What a rule of a team may not do, as its refusal says it. */
export const LEAVING: Readonly<Partial<Record<Action['type'], string>>> = {
  route_team: 'give tickets to another team', set_team: 'give tickets to another team', set_assignee: 'give tickets to somebody outside of it', notify: 'tell somebody outside of it', approval: 'have answers approved by somebody outside of it', webhook: 'call a webhook',
};

/** Whether an action takes something out of the team. */
export function leavesTeam(action: Action, teamId: string, memberIds: readonly string[]): boolean {
  switch (action.type) {
    case 'set_team': return action.teamId !== teamId;
    case 'set_assignee': return action.personId !== null && !memberIds.includes(action.personId);
    case 'notify': return typeof action.to === 'object' && !memberIds.includes(action.to.personId);
    case 'approval': return action.reviewers.by === 'team' ? action.reviewers.id !== teamId : action.reviewers.by === 'people' && !action.reviewers.ids.every((id) => memberIds.includes(id));
    case 'route_team':
    case 'webhook': return true;
    default: return false;
  }
}
