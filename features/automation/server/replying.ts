import type { Now } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Approvals } from '../../approvals/server/approvals.ts';
import type { Chat } from '../../chat/server/chat.ts';
import type { Email } from '../../email/server/email.ts';
import type { Macros } from '../../macros/server/macros.ts';
import type { Automaton } from '../../tickets/core/automatic.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Action } from '../core/actions.ts';
import type { Effect, Reason } from '../core/contract.ts';
import { hasRepliedSince } from './runs-store.ts';
import type { Rule } from './store.ts';
import type { Wording } from './wording.ts';

type Reply = Extract<Action, { type: 'reply' }>;
/** `answers`: a message of the customer is the cause. `rule` null: one that is not kept yet. */
type Asking = { readonly tx: Tx; readonly workspaceId: string; readonly ruleId: string | null; readonly answers: boolean };
type Doing = Omit<Asking, 'ruleId'> & { readonly rule: Rule };
type Way = { readonly by: 'chat' } | ({ readonly by: 'mail' } & Exclude<Awaited<ReturnType<Email['automatic']['allowed']>>, { refused: unknown }>);
type Road = Way | { readonly waits: 'chat' | 'mail' } | { readonly refused: Reason };
export type Replying = ReturnType<typeof createReplying>;

const DAY_MS = 86_400_000;
const told = (effect: Effect['effect'], reason: Reason | null = null, to: string | null = null): Effect => ({ type: 'reply', effect, reason, from: null, to });

/** What rules say to customers: in the chat while one is under way, else by mail. Neither is an answer of a person. */
export function createReplying({ now, chats, automatic, tickets, macros, approvals, wording }: {
  now: Now; chats: Pick<Chat, 'chatOn'>; automatic: Pick<Email['automatic'], 'allowed' | 'send'>; tickets: Pick<Tickets, 'messageBy' | 'isGated'>;
  macros: Pick<Macros, 'renderBy'>; approvals: Pick<Approvals, 'keepOfRule'>; wording: Pick<Wording, 'texts'>;
}) {
  /** A chat has many messages: a rule that answers them does so once a day, as by mail. */
  async function inChat({ tx, workspaceId, ruleId, answers }: Asking, { id }: TicketState): Promise<Road> {
    if (answers && ruleId !== null && await hasRepliedSince(tx, ruleId, id, new Date(now().getTime() - DAY_MS))) return { refused: 'too_many' };
    return await tickets.isGated(tx, workspaceId, id, null, 'chat') ? { waits: 'chat' } : { by: 'chat' };
  }

  async function roadTo(asking: Asking, ticket: TicketState): Promise<Road> {
    const { tx, workspaceId, answers } = asking;
    if (ticket.status === 'closed') return { refused: 'ticket_closed' };
    if (await chats.chatOn(tx, workspaceId, ticket.id) === 'open') return inChat(asking, ticket);
    const allowed = await automatic.allowed(tx, workspaceId, ticket.id, { answers });
    if ('refused' in allowed) return allowed.refused === 'needs_approval' ? { waits: 'mail' } : allowed;
    return { by: 'mail', ...allowed };
  }

  /** What a visitor calls themself only they read in their chat, and what waits is read by a person before it goes anywhere. */
  const isTrusted = (road: Road): boolean => !('by' in road) || road.by === 'chat' || road.isTrusted;

  return {
    async reply({ tx, workspaceId, rule, answers }: Doing, action: Reply, ticket: TicketState): Promise<Effect> {
      const road = await roadTo({ tx, workspaceId, ruleId: rule.id, answers }, ticket);
      if ('refused' in road) return told('refused', road.refused);
      const written = action.savedReplyId === undefined
        ? await wording.texts(tx, workspaceId, action.texts ?? {}, ticket, { calendarId: rule.definition.calendarId, isTrusted: isTrusted(road) })
        : await macros.renderBy(tx, workspaceId, action.savedReplyId, ticket, { isTrusted: isTrusted(road) });
      if (!written) return told('refused', 'no_such_template');
      const by: Automaton = { id: rule.id, name: rule.definition.name };
      if ('waits' in road) {
        await approvals.keepOfRule(tx, workspaceId, ticket, written, by, road.waits === 'chat' ? 'chat' : 'reply');
        return told('nothing', 'needs_approval');
      }
      if (road.by === 'chat') await tickets.messageBy(tx, workspaceId, ticket, { channel: 'chat', ...written }, by);
      else await automatic.send(tx, workspaceId, ticket, { ...road, answers, text: '', ...written }, by);
      // The address is the customer's: the log says who they are by the ticket.
      return told('changes');
    },

    /** What would come of it now. Reads only. */
    async would(asking: Asking, ticket: TicketState): Promise<Effect> {
      const road = await roadTo(asking, ticket);
      if ('refused' in road) return told('refused', road.refused);
      if ('waits' in road) return told('nothing', 'needs_approval');
      return told('changes', null, road.by === 'chat' ? null : road.to.address);
    },
  };
}
