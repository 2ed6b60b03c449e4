import type { Action } from './actions.ts';

/** What a rule of a team may not do, as its refusal says it. */
export const LEAVING: Readonly<Partial<Record<Action['type'], string>>> = {
  route_team: 'give tickets to another team', set_team: 'give tickets to another team', set_assignee: 'give tickets to somebody outside of it', notify: 'tell somebody outside of it', approval: 'have answers approved by somebody outside of it', webhook: 'call a webhook',
  set_queue: 'put tickets into a queue', merge: 'merge tickets', relate: 'say what tickets are to those of others', forward: 'pass on what customers write', promise: 'promise for somebody outside of it', add_follower: 'tell somebody outside of it',
};

const ALWAYS: readonly Action['type'][] = ['merge', 'relate', 'forward', 'route_team', 'webhook'];

/** Whether an action takes something out of the team. */
export const leavesTeam = (action: Action, teamId: string, memberIds: readonly string[]): boolean =>
  ALWAYS.includes(action.type) || namesOthers(action, memberIds) || givesAway(action, teamId, memberIds);

function namesOthers(action: Action, memberIds: readonly string[]): boolean {
  switch (action.type) {
    case 'set_assignee': return action.personId !== null && !memberIds.includes(action.personId);
    case 'promise': return action.ownerId !== null && !memberIds.includes(action.ownerId);
    case 'add_follower': return !memberIds.includes(action.personId);
    case 'notify': return typeof action.to === 'object' && !memberIds.includes(action.to.personId);
    default: return false;
  }
}

function givesAway(action: Action, teamId: string, memberIds: readonly string[]): boolean {
  switch (action.type) {
    case 'set_team': return action.teamId !== teamId;
    case 'set_queue': return action.queue !== null && action.queue !== 'none';
    case 'approval': return action.reviewers.by === 'team' ? action.reviewers.id !== teamId : action.reviewers.by === 'people' && !action.reviewers.ids.every((id) => memberIds.includes(id));
    default: return false;
  }
}
