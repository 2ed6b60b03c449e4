import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import { withChange } from '../../macros/core/planning.ts';
import { demand } from '../../people/core/permissions.ts';
import type { Routing } from '../../routing/server/routing.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Checklists } from '../../checklists/server/checklists.ts';
import type { Action } from '../core/actions.ts';
import type { Expanding, Part } from './expanding.ts';
import { asksForHours, asksForOwnHours, forLists, hoursAllow, scoped } from '../core/asking.ts';
import type { DryRunRequest, DryRunView, Effect, RuleCreate } from '../core/contract.ts';
import { atHours, byOwnHours } from '../core/hours.ts';
import { changeOf, effectOf, takes } from '../core/planning.ts';
import { type Deeds, isDeed } from './deeds.ts';
import { teamFor } from './acting.ts';
import type { createChecking } from './checking.ts';
import type { Replying } from './replying.ts';
import { requireRule, type Definition } from './store.ts';

/** Which tickets a rule would match now, and what would happen to them. Reads only. */
export function createDryRun({ db, now, tickets, routing, calendars, replying, check, checklists, expanding, deeds }: {
  db: Database; now: Now; tickets: Pick<Tickets, 'matching'>; routing: Pick<Routing, 'teamSpeaking'>; calendars: Pick<Calendars, 'timeFor' | 'hours'>; replying: Pick<Replying, 'would'>; check: ReturnType<typeof createChecking>;
  deeds: Pick<Deeds, 'would'>; checklists: Pick<Checklists, 'hasUnfinished'>; expanding: Pick<Expanding, 'partsNow'>;
}) {
  async function effectsOn(tx: Tx, workspaceId: string, { trigger, calendarId }: Definition, actions: readonly Part[], ticket: TicketState): Promise<Effect[]> {
    const effects: Effect[] = [];
    let state = ticket;
    const answers = trigger.on === 'event' && trigger.events.some((name) => name === 'message.received' || name === 'ticket.created');
    let isGone = false;
    for (const action of actions) {
      if (isGone) {
        effects.push(refused(action, 'ticket_gone'));
        continue;
      }
      const change = changeOf(action, state);
      const isTaken = takes(action, state);
      const effect = !isTaken ? refused(action, 'ticket_closed') : change ? effectOf(action.type, change, state)
        : isDeed(action) ? await deeds.would(tx, workspaceId, action, state, calendarId) : await otherEffect(tx, workspaceId, action, state, answers);
      effects.push(effect);
      isGone = effect.effect === 'changes' && (action.type === 'merge' || action.type === 'spam');
      if (isTaken && change) state = withChange(state, change);
    }
    return effects;
  }

  async function otherEffect(tx: Tx, workspaceId: string, action: Part, ticket: TicketState, answers: boolean): Promise<Effect> {
    const done: Effect = { type: action.type, effect: 'changes', reason: null, from: null, to: null };
    if (action.type === 'macro') return action.isGone ? refused(action, 'no_such_template') : { ...done, to: action.macroId };
    if (action.type === 'checklist') return await checklists.hasUnfinished(tx, workspaceId, ticket.id, action.templateId) ? { ...done, effect: 'nothing', reason: 'already_so' } : { ...done, to: action.templateId };
    if (action.type === 'route_team') return routed(tx, action, ticket);
    return action.type === 'reply' ? replying.would({ tx, workspaceId, ruleId: null, answers }, ticket) : done;
  }

  async function routed(tx: Tx, action: Extract<Part, { type: 'route_team' }>, { teamId, language, kind }: TicketState): Promise<Effect> {
    const to = teamId === null ? await teamFor(routing, tx, action, { language, kind }) : null;
    return { type: action.type, effect: to === null ? 'nothing' : 'changes', reason: teamId !== null ? 'already_so' : to === null ? 'no_such_team' : null, from: null, to };
  }

  async function run(tx: Tx, workspaceId: string, definition: Definition, { shelf, limit, cursor }: DryRunRequest): Promise<DryRunView> {
    const at = now();
    const whole = scoped(definition);
    const { places, timeOf } = await calendars.hours(tx, workspaceId);
    const own = definition.calendarId === null ? null : await calendars.timeFor(tx, workspaceId, definition.calendarId);
    const times = own ? [own] : [null, ...places.map(({ calendarId }) => calendarId)].map(timeOf);
    const asked = own ? atHours(whole, at, own) : byOwnHours(asksForOwnHours(whole) ? places : [], (calendarId) => atHours(whole, at, timeOf(calendarId)));
    const { assumed } = forLists(whole, false);
    const page = await tickets.matching(tx, { version: 1, all: [asked] }, { now: at }, { shelf, limit, cursor });
    const items: DryRunView['items'] = [];
    const actions = await expanding.partsNow(tx, definition);
    for (const ticket of page.items) {
      const { id, number, subject, status } = ticket;
      items.push({ ticket: { id, number, subject, status }, effects: await effectsOn(tx, workspaceId, definition, actions, ticket) });
    }
    const hoursFit = asksForHours(definition.conditions) ? times.some((time) => hoursAllow(definition.conditions, time.isOpen(at))) : null;
    return { items, nextCursor: page.nextCursor, assumed: assumed.map(({ value, ...test }) => ({ ...test, ...(value !== undefined && { value: value as never }) })), hoursFit };
  }

  const begin = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'rules.list');
    demand(actor, 'tickets.read');
    return db.work(actor.workspaceId, act);
  };

  return {
    dryRun: (actor: Actor, id: string, request: DryRunRequest): Promise<DryRunView> =>
      begin(actor, async (tx) => run(tx, actor.workspaceId, (await requireRule(tx, id)).definition, request)),

    /** Of a rule that is not kept yet. */
    dryRunDraft: (actor: Actor, { enabled: _on, ...given }: RuleCreate, request: DryRunRequest): Promise<DryRunView> =>
      begin(actor, async (tx) => run(tx, actor.workspaceId, await check(tx, actor.workspaceId, given), request)),
  };
}

const refused = ({ type }: Action, reason: Effect['reason']): Effect => ({ type, effect: 'refused', reason, from: null, to: null });
