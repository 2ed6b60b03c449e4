import type { Now } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import type { Commitments } from '../../commitments/server/commitments.ts';
import { minutesOf } from '../../conditions/core/condition.ts';
import type { Email } from '../../email/server/email.ts';
import type { People } from '../../people/server/people.ts';
import { isResolved, type TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Action } from '../core/actions.ts';
import type { Effect, Reason } from '../core/contract.ts';
import type { Rule } from './store.ts';
import type { Wording } from './wording.ts';

/** What is done with a whole ticket, or beside it. */
const DEEDS = ['snooze', 'merge', 'relate', 'spam', 'not_spam', 'forward', 'promise', 'add_follower'] as const;
export type Deed = Extract<Action, { type: (typeof DEEDS)[number] }>;
export const isDeed = (action: Action): action is Deed => (DEEDS as readonly string[]).includes(action.type);

/** `ticket` null: it is gone. */
export type Done = { readonly ticket: TicketState | null; readonly effect: Effect };
type Doing = { readonly tx: Tx; readonly workspaceId: string; readonly rule: Rule };
type Deps = {
  readonly now: Now; readonly tickets: Pick<Tickets, 'snoozeBy' | 'mergeBy' | 'mergeTarget' | 'hasUnproven' | 'relateBy' | 'spamBy' | 'notSpamBy' | 'followBy' | 'findLive'>; readonly people: Pick<People, 'peopleByIds' | 'whoLeads'>;
  readonly automatic: Pick<Email['automatic'], 'mayPassOn' | 'passOn'>; readonly commitments: Pick<Commitments, 'promise' | 'promisedOn'>; readonly calendars: Pick<Calendars, 'timeFor'>; readonly wording: Pick<Wording, 'note'>;
};

type Judging = Extract<Deed, { type: 'spam' | 'not_spam' }>;
const isJudging = (deed: Deed): deed is Judging => deed.type === 'spam' || deed.type === 'not_spam';

const told = ({ type }: Deed, effect: Effect['effect'], reason: Reason | null, to: string | null = null): Effect => ({ type, effect, reason, from: null, to });
const refused = (deed: Deed, reason: Reason): Effect => told(deed, 'refused', reason);

export type Deeds = ReturnType<typeof createDeeds>;

export function createDeeds({ now, tickets, people, automatic, commitments, calendars, wording }: Deps) {
  const toldUntil = (action: Extract<Deed, { type: 'snooze' }>): string => untilOf(action)?.toISOString() ?? 'customer';
  const untilOf = (action: Extract<Deed, { type: 'snooze' }>): Date | null => (action.in === null ? null : new Date(now().getTime() + minutesOf(action.in) * 60_000));

  async function dueOf(tx: Tx, workspaceId: string, action: Extract<Deed, { type: 'promise' }>, ticket: TicketState, calendarId: string | null): Promise<Date | null> {
    const seconds = minutesOf(action.in) * 60;
    return action.isWorking ? (await calendars.timeFor(tx, workspaceId, calendarId, ticket)).add(now(), seconds)?.due ?? null : new Date(now().getTime() + seconds * 1000);
  }

  async function ownerOf(tx: Tx, { ownerId }: Extract<Deed, { type: 'promise' }>, { assigneeId, teamId }: TicketState): Promise<string | null> {
    for (const id of [ownerId, assigneeId]) {
      const person = id === null ? undefined : (await people.peopleByIds(tx, [id])).get(id);
      if (person && person.deactivatedAt === null) return person.id;
    }
    return (await people.whoLeads(tx, teamId))[0] ?? null;
  }

  /** Once: what is promised already is not promised again by the same words. */
  async function promise({ tx, workspaceId, rule }: Doing, action: Extract<Deed, { type: 'promise' }>, ticket: TicketState): Promise<Effect> {
    if ((await commitments.promisedOn(tx, workspaceId, ticket.id)).some(({ what }) => what === action.what)) return told(action, 'nothing', 'already_so');
    const [ownerId, dueAt] = [await ownerOf(tx, action, ticket), await dueOf(tx, workspaceId, action, ticket, rule.definition.calendarId)];
    if (ownerId === null || dueAt === null) return refused(action, 'no_such_person');
    await commitments.promise(tx, workspaceId, { ticketId: ticket.id, entryId: null, kind: 'information', what: action.what, ownerId, dueAt });
    return told(action, 'changes', null, dueAt.toISOString());
  }

  async function forward({ tx, workspaceId, rule }: Doing, action: Extract<Deed, { type: 'forward' }>, ticket: TicketState): Promise<Effect> {
    const stopped = await automatic.mayPassOn(tx, workspaceId, ticket.id, action.to);
    if (stopped) return refused(action, stopped);
    const text = await wording.note(tx, workspaceId, action.text, ticket, rule.definition.calendarId);
    return await automatic.passOn(tx, workspaceId, ticket, { to: action.to, text }, byOf(rule)) ? told(action, 'changes', null, action.to) : refused(action, 'nothing_to_pass_on');
  }

  /** What is not proven to be the customer's gets nowhere where a mail could not get by itself. */
  async function merge({ tx, workspaceId, rule }: Doing, action: Extract<Deed, { type: 'merge' }>, ticket: TicketState): Promise<Done> {
    if (await tickets.hasUnproven(tx, ticket.id)) return { ticket, effect: refused(action, 'unproven_author') };
    const number = await tickets.mergeBy(tx, workspaceId, ticket, action.into, byOf(rule));
    return number === null ? { ticket, effect: told(action, 'nothing', 'no_such_ticket') } : { ticket: null, effect: told(action, 'changes', null, String(number)) };
  }

  async function wouldMerge(tx: Tx, action: Extract<Deed, { type: 'merge' }>, ticket: TicketState): Promise<Effect> {
    if (await tickets.hasUnproven(tx, ticket.id)) return refused(action, 'unproven_author');
    const id = await tickets.mergeTarget(tx, ticket, action.into);
    const target = id === null ? null : await tickets.findLive(tx, id);
    return target ? told(action, 'changes', null, String(target.number)) : told(action, 'nothing', 'no_such_ticket');
  }

  const wouldJudge = (action: Judging, { spamAt }: TicketState): Effect => ((spamAt !== null) === (action.type === 'spam') ? told(action, 'nothing', 'already_so') : told(action, 'changes', null));

  const wouldRelate = async (tx: Tx, action: Extract<Deed, { type: 'relate' }>): Promise<Effect> =>
    (await tickets.findLive(tx, action.ticketId) ? told(action, 'changes', null) : refused(action, 'no_such_ticket'));

  async function wouldForward(tx: Tx, workspaceId: string, action: Extract<Deed, { type: 'forward' }>, ticket: TicketState): Promise<Effect> {
    const stopped = await automatic.mayPassOn(tx, workspaceId, ticket.id, action.to);
    return stopped ? refused(action, stopped) : told(action, 'changes', null, action.to);
  }

  const once = (action: Deed, isNew: boolean, to: string | null): Effect => (isNew ? told(action, 'changes', null, to) : told(action, 'nothing', 'already_so'));

  return {
    /** On a ticket that the caller has locked. */
    async act(doing: Doing, action: Deed, ticket: TicketState): Promise<Done> {
      const { tx, workspaceId, rule } = doing;
      switch (action.type) {
        case 'merge': return merge(doing, action, ticket);
        case 'spam':
          await tickets.spamBy(tx, workspaceId, ticket, byOf(rule));
          return { ticket: null, effect: told(action, 'changes', null) };
        case 'not_spam': return ticket.spamAt === null ? { ticket, effect: told(action, 'nothing', 'already_so') } : { ticket: await tickets.notSpamBy(tx, workspaceId, ticket, byOf(rule)), effect: told(action, 'changes', null) };
        case 'snooze':
          if (isResolved(ticket.status)) return { ticket, effect: refused(action, 'ticket_done') };
          return { ticket: await tickets.snoozeBy(tx, workspaceId, ticket, untilOf(action), byOf(rule)), effect: told(action, 'changes', null, toldUntil(action)) };
        case 'relate': return { ticket, effect: once(action, await tickets.relateBy(tx, workspaceId, ticket, { kind: action.kind, toId: action.ticketId }, byOf(rule)), null) };
        case 'add_follower': return { ticket, effect: once(action, await tickets.followBy(tx, workspaceId, ticket, action.personId, byOf(rule)), action.personId) };
        case 'promise': return { ticket, effect: await promise(doing, action, ticket) };
        case 'forward': return { ticket, effect: await forward(doing, action, ticket) };
      }
    },

    /** What would come of it now. Reads only. */
    async would(tx: Tx, workspaceId: string, action: Deed, ticket: TicketState, calendarId: string | null): Promise<Effect> {
      if (isJudging(action)) return wouldJudge(action, ticket);
      switch (action.type) {
        case 'snooze': return isResolved(ticket.status) ? refused(action, 'ticket_done') : told(action, 'changes', null, toldUntil(action));
        case 'merge': return wouldMerge(tx, action, ticket);
        case 'relate': return wouldRelate(tx, action);
        case 'promise': return told(action, 'changes', null, (await dueOf(tx, workspaceId, action, ticket, calendarId))?.toISOString() ?? null);
        case 'forward': return wouldForward(tx, workspaceId, action, ticket);
        case 'add_follower': return told(action, 'changes', null, action.personId);
      }
    },
  };
}

const byOf = ({ id, definition }: Rule) => ({ id, name: definition.name });
