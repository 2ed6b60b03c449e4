import type { Now } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Email } from '../../email/server/email.ts';
import { stateOf } from '../../people/core/person.ts';
import type { People } from '../../people/server/people.ts';
import type { Automaton } from '../../tickets/core/automatic.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { dueOf } from '../core/clock.ts';
import { timeOf, type Rule, type Step } from '../core/policy.ts';
import { hearBy, truthFor } from '../core/truth.ts';

/** What rooms above know of customers who wait, each within the transaction at hand. */
export type Waiting = {
  /** Whether somebody sits in front of a chat about this ticket, or sat there and finds it again; null: there is none. */
  chatOn(tx: Tx, workspaceId: string, ticketId: string): Promise<'open' | 'over' | null>;
  /** By when they were told already that they hear from us; null: nothing of that is open. */
  awaited(tx: Tx, workspaceId: string, ticketId: string): Promise<Date | null>;
  /** What they were told just now, as a promise that somebody keeps; `untold`: why nothing could tell them. */
  promiseAnswer(tx: Tx, workspaceId: string, given: { ticketId: string; entryId: string | null; ownerId: string; what: string; dueAt: Date; untold: string | null }): Promise<void>;
};

export type TellingDeps = {
  readonly now: Now; readonly waiting: Waiting; readonly email: { readonly automatic: Pick<Email['automatic'], 'allowed' | 'send'> };
  readonly tickets: Pick<Tickets, 'messageBy'>; readonly people: Pick<People, 'peopleByIds' | 'whoLeads'>; readonly workspaces: Pick<Workspaces, 'get'>;
};

/** Behind these sits nobody who waits. */
const NOBODY: readonly string[] = ['robot', 'own_address'];

/** Tells customers the truth: that it takes longer, and by when they hear. That becomes a promise; whom nothing can tell is to be called. */
export function createTelling({ now, waiting, email, tickets, people, workspaces }: TellingDeps) {
  type Words = ReturnType<typeof truthFor> & { readonly language: NonNullable<TicketState['language']> };
  type Said = { readonly entryId: string } | { readonly refused: string };

  const inChat = async (tx: Tx, workspaceId: string, ticket: TicketState, { line }: Words, by: Automaton): Promise<Said> =>
    ({ entryId: await tickets.messageBy(tx, workspaceId, ticket, { channel: 'chat', text: line }, by) });

  /** In the chat while one is under way, else by mail, and in the chat that is over where no mail can go. */
  async function say(tx: Tx, workspaceId: string, ticket: TicketState, words: Words, by: Automaton): Promise<Said> {
    const chat = await waiting.chatOn(tx, workspaceId, ticket.id);
    if (chat === 'open') return inChat(tx, workspaceId, ticket, words, by);
    const allowed = await email.automatic.allowed(tx, workspaceId, ticket.id, { answers: false });
    if (!('refused' in allowed)) return { entryId: await email.automatic.send(tx, workspaceId, ticket, { ...allowed, answers: false, text: words.letter, language: words.language }, by) };
    return chat === 'over' ? inChat(tx, workspaceId, ticket, words, by) : allowed;
  }

  /** Whoever has the ticket, while they work here; else who leads. */
  async function ownerOf(tx: Tx, { assigneeId, teamId }: TicketState): Promise<string | null> {
    const person = assigneeId === null ? undefined : (await people.peopleByIds(tx, [assigneeId])).get(assigneeId);
    if (person && stateOf(person) === 'active') return person.id;
    return (await people.whoLeads(tx, teamId))[0] ?? null;
  }

  /** On a ticket that is locked. Nobody is told anew while the time that they were told lies ahead. */
  return async function tell(tx: Tx, workspaceId: string, ticket: TicketState, { step: { clock, threshold }, rule, by }: { step: Step; rule: Rule; by: Automaton }): Promise<void> {
    const [at, earlier, missed, ownerId] = [now(), (await waiting.awaited(tx, workspaceId, ticket.id))?.getTime() ?? 0, dueOf(clock, timeOf(rule)), await ownerOf(tx, ticket)];
    if (clock.goal === null || missed === null || ownerId === null || earlier > at.getTime()) return;
    const workspace = await workspaces.get(workspaceId);
    const language = ticket.language ?? workspace.language;
    const after = hearBy(at, clock.goal, timeOf(rule));
    const before = new Date(Math.max(missed, earlier));
    const words = truthFor({ language, metric: clock.metric, timeZone: workspace.timeZone, before, after, isBroken: threshold === 100 });
    const said = await say(tx, workspaceId, ticket, { ...words, language }, by);
    const outcome = 'refused' in said ? { entryId: null, untold: said.refused } : { entryId: said.entryId, untold: null };
    if (outcome.untold !== null && NOBODY.includes(outcome.untold)) return;
    await waiting.promiseAnswer(tx, workspaceId, { ticketId: ticket.id, ownerId, what: words.promise, dueAt: after, ...outcome });
  };
}
