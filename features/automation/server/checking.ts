import { AppError } from '../../../kernel/errors.ts';
import { LANGUAGES } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Approvals } from '../../approvals/server/approvals.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import { readCondition } from '../../conditions/core/check.ts';
import { asksForChange } from '../../conditions/core/fields.ts';
import type { Checklists } from '../../checklists/server/checklists.ts';
import { placeOf } from '../../macros/core/planning.ts';
import type { Macros } from '../../macros/server/macros.ts';
import type { People } from '../../people/server/people.ts';
import { attributeOf } from '../../fields/core/attributes.ts';
import { KINDS } from '../../tickets/core/contract.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Action } from '../core/actions.ts';
import { MARKED_SPAM, type EventName } from '../core/causes.ts';
import { agesOf, hoursWanted, testsOf } from '../core/asking.ts';
import type { RuleCreate } from '../core/contract.ts';
import { fieldsFor } from '../core/fields.ts';
import { unknownSlots } from '../core/filling.ts';
import { TOLD_CHANGES } from '../core/happening.ts';
import { strangeSlots } from '../core/planning.ts';
import { LEAVING, leavesTeam } from '../core/leaving.ts';
import type { Expanding } from './expanding.ts';
import type { Definition } from './store.ts';

type Given = Omit<RuleCreate, 'enabled'>;

/** The only way from what was sent to a rule: what would never run, and what nobody could do, is refused with its place. */
export function createChecking({ calendars, people, macros, checklists, approvals, expanding, tickets }: {
  tickets: Pick<Tickets, 'attributes' | 'readField' | 'checkTargets' | 'findLive'>; approvals: Pick<Approvals, 'checkReviewers'>;
  calendars: Pick<Calendars, 'require'>; people: Pick<People, 'peopleByIds' | 'requireTeams'>; macros: Pick<Macros, 'require'>; checklists: Pick<Checklists, 'require'>; expanding: Pick<Expanding, 'everyPart'>;
}) {
  async function checkAction(tx: Tx, workspaceId: string, action: Action): Promise<void> {
    if (action.type === 'set_team' && action.teamId !== null) await people.requireTeams(tx, [action.teamId]);
    if (action.type === 'route_team') await checkRoute(tx, action);
    if (action.type === 'set_assignee' && action.personId !== null) await requirePerson(tx, action.personId);
    if (action.type === 'notify' && typeof action.to === 'object') await requirePerson(tx, action.to.personId);
    await checkElsewhere(tx, workspaceId, action);
    for (const text of textsOf(action)) {
      const [unknown] = unknownSlots(text);
      if (unknown !== undefined) throw new AppError('invalid', 'rule.unknown_placeholder', `There is no placeholder "${unknown}"; mend it in the text.`, { unknown });
    }
  }

  async function checkRoute(tx: Tx, { by, teams }: Extract<Action, { type: 'route_team' }>): Promise<void> {
    const [strange] = Object.keys(teams).filter((value) => !(by === 'kind' ? KINDS : LANGUAGES as readonly string[]).includes(value));
    if (strange !== undefined) throw new AppError('invalid', 'rule.no_such_route', `"${strange}" is no ${by}; name teams for those that there are.`, { value: strange });
    const ids = [...new Set(Object.values(teams))];
    if (ids.length > 0) await people.requireTeams(tx, ids);
  }

  /** What a ticket is to have is there. */
  async function checkTicket(tx: Tx, action: Action): Promise<void> {
    const place = placeOf(action);
    if (place) await tickets.checkTargets(tx, place);
    const personId = action.type === 'add_follower' ? action.personId : action.type === 'promise' ? action.ownerId : null;
    if (personId !== null) await requirePerson(tx, personId);
    if (action.type === 'relate' && !await tickets.findLive(tx, action.ticketId)) throw new AppError('not_found', 'ticket.not_found', 'There is no such ticket.');
    if (action.type === 'set_subject' && strangeSlots(action.subject)) throw new AppError('invalid', 'rule.unknown_placeholder', 'A subject knows {{ticket.subject}} and {{ticket.number}} alone; mend it in the text.', { unknown: '{{' });
  }

  /** What it names of other rooms is there. */
  async function checkElsewhere(tx: Tx, workspaceId: string, action: Action): Promise<void> {
    await checkTicket(tx, action);
    if (action.type === 'approval') await approvals.checkReviewers(tx, action.reviewers);
    if (action.type === 'macro') await macros.require(tx, action.macroId);
    if (action.type === 'checklist') await checklists.require(tx, workspaceId, action.templateId);
    if (action.type === 'reply' && action.savedReplyId !== undefined) await macros.require(tx, action.savedReplyId);
  }

  /** What a rule of a team does stays in the team. */
  async function checkWithin(tx: Tx, teamId: string, actions: readonly Action[]): Promise<void> {
    const memberIds = (await people.requireTeams(tx, [teamId]))[0]?.memberIds ?? [];
    const leaving = (await expanding.everyPart(tx, actions)).find((action) => leavesTeam(action, teamId, memberIds));
    if (leaving) throw new AppError('invalid', 'rule.leaves_team', `A rule of a team cannot ${LEAVING[leaving.type] ?? 'do this'}; leave that action out, or ask an administrator for a rule of the whole workspace.`, { type: leaving.type });
  }

  async function requirePerson(tx: Tx, id: string): Promise<void> {
    const person = (await people.peopleByIds(tx, [id])).get(id);
    if (!person || person.deactivatedAt !== null) throw new AppError('not_found', 'person.not_found', 'There is no such person, or they no longer work here.');
  }

  return async (tx: Tx, workspaceId: string, given: Given): Promise<Definition> => {
    const { trigger } = given;
    const conditions = readCondition(given.conditions, await tickets.attributes(tx, fieldsFor(trigger.on)), { pointer: '#/conditions', changes: trigger.on === 'event' });
    const untold = testsOf(conditions).find(({ field, operator }) => asksForChange(operator) && !(TOLD_CHANGES as readonly string[]).includes(field) && attributeOf(field) === null);
    if (untold) throw new AppError('invalid', 'rule.change_not_told', `No event says that ${untold.field} changed; ask for changes of ${TOLD_CHANGES.join(', ')}.`);
    if (trigger.on === 'time') checkTime(conditions);
    checkKeeping(given);
    const actions: Action[] = [];
    for (const action of given.actions) {
      await checkAction(tx, workspaceId, action);
      actions.push(action.type === 'set_field' ? { ...action, value: await tickets.readField(tx, action.field, action.value) } : action);
    }
    const { teamId = null } = given;
    if (teamId !== null) await checkWithin(tx, teamId, actions);
    if (given.calendarId !== null) await calendars.require(tx, workspaceId, given.calendarId);
    return {
      name: given.name, description: given.description, trigger, conditions, calendarId: given.calendarId, actions, hourlyLimit: given.hourlyLimit,
      includeExisting: given.includeExisting, teamId,
    };
  };
}

/** Some are asked when one thing happens, and never again. */
function checkKeeping({ trigger, actions }: Pick<Given, 'trigger' | 'actions'>): void {
  const isIn = (action: Action['type']): boolean => actions.some(({ type }) => type === action);
  const isOn = (event: EventName): boolean => trigger.on === 'event' && trigger.events.includes(event);
  if (isIn('not_spam') && !isOn(MARKED_SPAM)) throw new AppError('invalid', 'rule.sees_no_spam', 'Rules see spam only when a ticket is marked as such: a rule that takes it back runs on "ticket.marked_spam".');
  if (!isIn('keep_resolved') || isOn('message.received')) return;
  throw new AppError('invalid', 'rule.keeps_nothing', 'Only a message of the customer opens a resolved ticket again: a rule that keeps it resolved runs on "message.received".');
}

function checkTime(conditions: Definition['conditions']): void {
  if (agesOf(conditions).length === 0) {
    throw new AppError('invalid', 'rule.no_age', 'A rule on time needs an age to wait for: a test with older_than, working_older_than or within_last, such as {"field": "lastMessageAt", "operator": "older_than", "value": {"amount": 3, "unit": "days"}}.');
  }
  if (hoursWanted(conditions) === 'nested') {
    throw new AppError('invalid', 'rule.hours_nested', 'A rule on time can wait for its hours only when insideHours stands once, and directly in the outermost "all".');
  }
}

function textsOf(action: Action): string[] {
  if (action.type === 'note' || action.type === 'follow_up' || action.type === 'forward') return [action.text];
  return action.type === 'reply' ? Object.values(action.texts ?? {}) : [];
}
