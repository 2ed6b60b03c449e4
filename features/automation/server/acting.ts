import { sql } from 'kysely';
import type { Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { minutesOf } from '../../conditions/core/condition.ts';
import type { Approvals } from '../../approvals/server/approvals.ts';
import type { Checklists } from '../../checklists/server/checklists.ts';
import type { Macros } from '../../macros/server/macros.ts';
import type { People } from '../../people/server/people.ts';
import type { Routing } from '../../routing/server/routing.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Automaton } from '../../tickets/core/automatic.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Action, Audience } from '../core/actions.ts';
import type { Effect, Reason } from '../core/contract.ts';
import { changeOf, effectOf } from '../core/planning.ts';
import { type Deeds, type Done, isDeed } from './deeds.ts';
import type { Expanding, Part } from './expanding.ts';
import type { Replying } from './replying.ts';
import { insertFollowUp } from './runs-store.ts';
import type { Rule } from './store.ts';
import type { Wording } from './wording.ts';

type Deps = {
  readonly emit: Emit; readonly now: Now; readonly tickets: Pick<Tickets, 'changeBy' | 'noteBy' | 'lockLive'>; readonly people: Pick<People, 'peopleByIds' | 'requireTeams' | 'whoLeads'>;
  readonly routing: Pick<Routing, 'teamSpeaking'>; readonly macros: Pick<Macros, 'noteBy' | 'countUse'>; readonly replying: Pick<Replying, 'reply'>;
  readonly deeds: Deeds; readonly checklists: Pick<Checklists, 'addBy'>; readonly approvals: Pick<Approvals, 'demandBy'>; readonly wording: Wording; readonly expanding: Pick<Expanding, 'partsNow'>;
};
/** `answers`: a message of the customer is the cause, so that a mail would be an answer to it. */
/** `leftBy`: the rule that left the ticket resolved when its message came. */
type Doing = { readonly tx: Tx; readonly workspaceId: string; readonly rule: Rule; readonly answers: boolean; readonly leftBy: unknown };
type Outcome = Done;
export type Act = ReturnType<typeof createActing>;

const MOST_TOLD = 100;
/** What is done while a ticket is taken for spam. */
const OF_SPAM: readonly Action['type'][] = ['not_spam', 'notify', 'webhook'];
const WRITES_ONE: readonly Action['type'][] = ['note', 'notify', 'webhook', 'follow_up'];

const effect = (type: Action['type'], kind: Effect['effect'], reason: Reason | null = null, to: string | null = null): Effect => ({ type, effect: kind, reason, from: null, to });

/** What a message would have made of the ticket, and what it stayed. */
const KEPT: Effect = { type: 'keep_resolved', effect: 'changes', reason: null, from: 'open', to: 'resolved' };

/** Why a room below refused; what is not known by name is told as `refused`. */
const REASON: Readonly<Record<string, Reason>> = {
  'ticket.closed': 'ticket_closed', 'ticket.no_such_person': 'no_such_person', 'ticket.no_such_team': 'no_such_team', 'team.not_found': 'no_such_team', 'ticket.not_found': 'no_such_ticket', 'relation.exists': 'already_so',
  'ticket.no_such_brand': 'no_such_place', 'ticket.no_such_office': 'no_such_place', 'ticket.no_such_policy': 'no_such_policy', 'ticket.no_such_queue': 'no_such_queue', 'checklist.no_such_template': 'no_such_checklist',
};

/** Of a ticket without one: the team that is named for it, else for a language the one that speaks it. */
export async function teamFor(routing: Pick<Routing, 'teamSpeaking'>, tx: Tx, { by, teams }: Extract<Action, { type: 'route_team' }>, { language, kind }: Pick<TicketState, 'language' | 'kind'>): Promise<string | null> {
  const value = by === 'kind' ? kind : language;
  if (value === null) return null;
  return teams[value] ?? (by === 'language' && language !== null ? routing.teamSpeaking(tx, language) : null);
}

/** Does what a rule says, action after action, on a ticket that the caller has locked. One that is refused leaves the others alone. */
export function createActing({ emit, now, tickets, people, routing, macros, checklists, approvals, wording, replying, expanding, deeds }: Deps) {
  const byOf = ({ id, definition }: Rule): Automaton => ({ id, name: definition.name });

  const tell = ({ tx, workspaceId, rule }: Doing, type: `automation.${string}`, ticket: TicketState, data: { readonly [key: string]: string | readonly string[] }): Promise<void> =>
    emit(tx, workspaceId, { type, ticketId: ticket.id, subjectId: rule.id, actor: { kind: 'system', id: rule.id }, data: { ruleId: rule.id, name: rule.definition.name, ...data }, at: now() });

  async function audience(tx: Tx, to: Audience, ticket: TicketState): Promise<string[]> {
    if (to === 'lead') return people.whoLeads(tx, ticket.teamId);
    if (to === 'team') return ticket.teamId === null ? [] : [...(await people.requireTeams(tx, [ticket.teamId]))[0]?.memberIds ?? []].slice(0, MOST_TOLD);
    const id = to === 'assignee' ? ticket.assigneeId : to.personId;
    const person = id === null ? undefined : (await people.peopleByIds(tx, [id])).get(id);
    return person && person.deactivatedAt === null ? [person.id] : [];
  }

  /** To the team that fits, where it has none. */
  async function route({ tx, workspaceId, rule }: Doing, action: Extract<Part, { type: 'route_team' }>, ticket: TicketState): Promise<Outcome> {
    const teamId = ticket.teamId === null ? await teamFor(routing, tx, action, ticket) : null;
    if (teamId === null) return { ticket, effect: effect('route_team', 'nothing', ticket.teamId === null ? 'no_such_team' : 'already_so') };
    const after = await tickets.changeBy(tx, workspaceId, ticket, { teamId }, byOf(rule));
    return { ticket: after, effect: effect('route_team', 'changes', null, teamId) };
  }

  async function one(doing: Doing, action: Part, ticket: TicketState): Promise<Outcome> {
    const { tx, workspaceId, rule } = doing;
    if (ticket.spamAt !== null && !OF_SPAM.includes(action.type)) return { ticket, effect: effect(action.type, 'refused', 'ticket_gone') };
    if (isDeed(action)) return deeds.act(doing, action, ticket);
    if (action.type === 'route_team') return route(doing, action, ticket);
    if (action.type === 'keep_resolved') return { ticket, effect: doing.leftBy === rule.id ? KEPT : effect('keep_resolved', 'nothing', 'already_so') };
    const change = changeOf(action, ticket);
    if (change) {
      const done = effectOf(action.type, change, ticket);
      const after = done.effect === 'changes' ? await tickets.changeBy(tx, workspaceId, ticket, change, byOf(rule)) : ticket;
      if (action.type === 'escalate') {
        const personIds = await audience(tx, 'lead', ticket);
        await tell(doing, 'automation.escalated', ticket, { personIds, text: action.text });
        return { ticket: after, effect: personIds.length > 0 ? { ...done, effect: 'changes', reason: null } : done };
      }
      return { ticket: after, effect: done };
    }
    return { ticket, effect: await other(doing, action, ticket) };
  }

  const noteText = ({ tx, workspaceId, rule }: Doing, { text, isOfMacro }: Extract<Part, { type: 'note' }>, ticket: TicketState): Promise<string> =>
    (isOfMacro ? macros.noteBy(tx, workspaceId, text, ticket) : wording.note(tx, workspaceId, text, ticket, rule.definition.calendarId));

  async function fromOtherRooms({ tx, workspaceId, rule }: Doing, action: Extract<Part, { type: 'checklist' | 'approval' | 'macro' }>, ticket: TicketState): Promise<Effect> {
    if (action.type === 'checklist') {
      const isNew = await checklists.addBy(tx, workspaceId, ticket, action.templateId, byOf(rule));
      return isNew ? effect('checklist', 'changes', null, action.templateId) : effect('checklist', 'nothing', 'already_so');
    }
    if (action.type === 'approval') {
      const isNew = await approvals.demandBy(tx, workspaceId, ticket, action.reviewers, byOf(rule));
      return isNew ? effect('approval', 'changes') : effect('approval', 'nothing', 'already_so');
    }
    return action.isGone ? effect('macro', 'refused', 'no_such_template') : effect('macro', 'changes', null, action.macroId);
  }

  async function other(doing: Doing, action: Part, ticket: TicketState): Promise<Effect> {
    const { tx, workspaceId, rule } = doing;
    switch (action.type) {
      case 'note':
        await tickets.noteBy(tx, workspaceId, ticket, { text: await noteText(doing, action, ticket) }, byOf(rule));
        return effect('note', 'changes');
      case 'checklist': case 'approval': case 'macro': return fromOtherRooms(doing, action, ticket);
      case 'reply': return replying.reply(doing, action, ticket);
      case 'notify': {
        const personIds = await audience(tx, action.to, ticket);
        if (personIds.length === 0) return effect('notify', 'nothing', 'nobody_to_tell');
        await tell(doing, 'automation.notify_asked', ticket, { personIds, text: action.text });
        return effect('notify', 'changes');
      }
      case 'follow_up': {
        const dueAt = new Date(now().getTime() + minutesOf(action.in) * 60_000);
        await insertFollowUp(tx, workspaceId, { id: newId(), ruleId: rule.id, ticketId: ticket.id, text: action.text, dueAt }, now());
        return effect('follow_up', 'changes', null, dueAt.toISOString());
      }
      case 'webhook':
        await tell(doing, 'automation.webhook_asked', ticket, { webhookId: action.webhookId });
        return effect('webhook', 'changes', null, action.webhookId);
      default: throw new Error(`nobody does ${action.type}`);
    }
  }

  /** What writes several things takes all of them back when it is refused. */
  async function whole<T>(tx: Tx, action: Action, act: () => Promise<T>): Promise<T> {
    if (WRITES_ONE.includes(action.type)) return act();
    await sql`savepoint one_action`.execute(tx);
    const done = await act().catch(async (error: unknown) => {
      if (error instanceof AppError) await sql`rollback to savepoint one_action`.execute(tx);
      throw error;
    });
    await sql`release savepoint one_action`.execute(tx);
    return done;
  }

  /** After all else and in one order: whoever uses the same ones waits for the end of this transaction, and never for each other. */
  async function countMacros(tx: Tx, effects: readonly Effect[]): Promise<void> {
    const used = effects.flatMap(({ type, effect: what, to }) => (type === 'macro' && what === 'changes' && to !== null ? [to] : []));
    for (const id of used.sort()) await macros.countUse(tx, id, now());
  }

  return async (doing: Doing, ticket: TicketState): Promise<{ ticket: TicketState | null; effects: Effect[] }> => {
    const effects: Effect[] = [];
    let state: TicketState | null = ticket;
    for (const action of await expanding.partsNow(doing.tx, doing.rule.definition)) {
      const before: TicketState | null = state;
      if (before === null) {
        effects.push(effect(action.type, 'refused', 'ticket_gone'));
        continue;
      }
      try {
        const done: Outcome = await whole(doing.tx, action, () => one(doing, action, before));
        state = done.ticket;
        effects.push(done.effect);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        state = await tickets.lockLive(doing.tx, before.id) ?? before;
        effects.push(effect(action.type, 'refused', REASON[error.code] ?? 'refused'));
      }
    }
    await countMacros(doing.tx, effects);
    return { ticket: state, effects };
  };
}
