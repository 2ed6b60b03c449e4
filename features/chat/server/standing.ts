import { keepIn } from '../../../kernel/bounded.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import { median } from '../core/median.ts';
import type { AvailabilityView, ConversationView, VisitorState, VisitorView } from '../core/visitor-contract.ts';
import type { Context } from './context.ts';
import { countWaiting, latestOf, replySeconds, type Conversation } from './store.ts';
import type { Visitor, VisitorRow } from './visitor-store.ts';
import type { StoredWidget } from './widget-store.ts';

/** Who waits at once in a workspace; further ones leave a message. */
export const MOST_WAITING = 500;
const DAY_MS = 86_400_000;
const MEDIAN_DAYS = 7;
const MOST_REPLIES = 2_000;
/** How old what everybody is told may be; machine time. */
const KEPT_MS = 1_000;
const MOST_KEPT = 1_000;

/** The conversation that the next message goes on with, and its ticket; both null: it begins a matter. */
export type Place = { readonly conversation: Conversation; readonly ticket: TicketState } | { readonly conversation: null; readonly ticket: null };
type General = Omit<AvailabilityView, 'place'> & { readonly attending: ReadonlySet<string> };

/** How things stand, as far as somebody can say: never more than is known. */
export function createStanding(context: Context) {
  const { calendars, routing, people, tickets, now, machineNow } = context;
  const kept = new Map<string, { until: number; general: General }>();

  async function look(tx: Tx, workspaceId: string, widget: Pick<StoredWidget, 'calendarId'>): Promise<General> {
    const at = now();
    const [time, attending, seconds, waiting] = await Promise.all([
      calendars.timeFor(tx, workspaceId, widget.calendarId), routing.attending(tx, 'chat'),
      replySeconds(tx, workspaceId, new Date(at.getTime() - MEDIAN_DAYS * DAY_MS), MOST_REPLIES), countWaiting(tx, workspaceId, MOST_WAITING),
    ]);
    const isOpen = time.isOpen(at);
    return { isOpen, opensAt: isOpen ? null : time.nextOpening(at)?.toISOString() ?? null, isAttended: attending.size > 0, replySeconds: median(seconds), isFull: waiting >= MOST_WAITING, attending };
  }

  /** The same for everybody in front of a widget; asked anew once a second. */
  async function general(tx: Tx, workspaceId: string, widget: Pick<StoredWidget, 'id' | 'calendarId'>): Promise<General> {
    const at = machineNow().getTime();
    const known = kept.get(widget.id);
    if (known && known.until > at) return known.general;
    const found = await look(tx, workspaceId, widget);
    keepIn(kept, widget.id, { until: at + KEPT_MS, general: found }, MOST_KEPT);
    return found;
  }

  async function conversationView(tx: Tx, conversation: Conversation): Promise<ConversationView | null> {
    const { id, ticketId, state, isMessage, agentId, endedBy, rating, startedAt } = conversation;
    const ticket = await tickets.find(tx, ticketId);
    if (!ticket) return null;
    const agent = agentId === null || state !== 'active' ? undefined : (await people.peopleByIds(tx, [agentId])).get(agentId);
    return { id, number: ticket.number, state, isMessage, agent: agent ? { id: agent.id, name: agent.name, face: (await context.facesOf(tx, [agent.id])).get(agent.id) ?? null } : null, endedBy, rating, startedAt: startedAt.toISOString() };
  }

  /** In the last conversation as long as that takes answers, else in a new one. `look`: whether its ticket is only found, or locked. */
  async function placeFor(tx: Tx, row: VisitorRow, latest: Conversation | undefined, { at, look }: { at: Date; look: (id: string) => Promise<TicketState | null | undefined> }): Promise<Place> {
    const conversation = row.customerId === null ? undefined : latest;
    const ticket = conversation ? await look(conversation.ticketId) ?? null : null;
    const isGood = ticket !== null && ticket.deletedAt === null && await tickets.takesAnswers(tx, ticket, at);
    return isGood && conversation ? { conversation, ticket } : { conversation: null, ticket: null };
  }

  return {
    look, general, placeFor,

    async state(tx: Tx, visitor: Visitor, row: VisitorRow, widget: StoredWidget): Promise<VisitorState & { readonly ticketId: string | null }> {
      const { attending: _attending, ...standing } = await general(tx, visitor.workspaceId, widget);
      const latest = row.customerId === null ? undefined : await latestOf(tx, visitor);
      const conversation = latest ? await conversationView(tx, latest) : null;
      const place = latest?.state === 'waiting' && !latest.isMessage ? await routing.placeOf(tx, latest.ticketId) : null;
      return {
        ticketId: latest && latest.state !== 'ended' ? latest.ticketId : null,
        visitor: visitorView(row), conversation, availability: { ...standing, place }, marks: { delivered: row.takenSeq, read: row.seenSeq },
        asksFirst: widget.intakeKinds.length > 0 && (await placeFor(tx, row, latest, { at: now(), look: (id) => tickets.find(tx, id) })).ticket === null, seq: row.seq, readSeq: row.readSeq,
      };
    },
  };
}

export const visitorView = ({ id, name, email, subject, doNotDisturb }: VisitorRow): VisitorView => ({ id, name, email, isProven: subject !== null, doNotDisturb });
