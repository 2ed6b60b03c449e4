import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { LoggedEvent, WithinHandler } from '../../../platform/events/events.ts';
import { followMerges } from '../../tickets/core/merging.ts';
import { returned, said, taken } from '../core/course.ts';
import { byPerson, type Context } from './context.ts';
import { takeCall } from './calls.ts';
import type { createEnding } from './ending.ts';
import type { createStream } from './stream.ts';
import { bringBack, conversationOn, moveConversations, openOf, placesOf, saveConversation, type Conversation, type ConversationChange } from './store.ts';
import { mark, type Visitor, type VisitorRow } from './visitor-store.ts';
import type { StoredWidget } from './widget-store.ts';

/** How long an answer may stand unseen before it goes by mail as well; business time. */
export const MAIL_AFTER_MS = 60_000;

/** What happens to tickets, as far as somebody sits in front of them. Heard within the transaction. */
export function createHearing(context: Context, stream: ReturnType<typeof createStream>, { finish }: ReturnType<typeof createEnding>) {
  const { customers, people, calendars, routing } = context;
  const visitorOf = (workspaceId: string, { visitorId }: Pick<Conversation, 'visitorId'>) => ({ workspaceId, visitorId });

  /** Only what went to the visitor's own address, or came from there: of a ticket that others take part in they see nothing else. */
  async function isTheirs(tx: Tx, { email, customerId }: VisitorRow, entryId: string): Promise<boolean> {
    const letter = await context.addressesOf(tx, entryId);
    const known = customerId === null ? null : await customers.known(tx, customerId);
    const own = new Set([...(email === null ? [] : [email.toLowerCase()]), ...(known?.identities ?? []).filter(({ kind }) => kind === 'email').map(({ key }) => key)]);
    return letter.some((address) => own.has(address));
  }

  /** How long the first reply took, in the hours of the widget; of a message for later nobody waits for it. */
  async function firstReply(tx: Tx, workspaceId: string, { calendarId }: Pick<StoredWidget, 'calendarId'>, { beganAt, firstReplyAt, isMessage }: Conversation, at: Date): Promise<ConversationChange> {
    if (firstReplyAt !== null) return {};
    if (isMessage) return { firstReplyAt: at };
    const time = await calendars.timeFor(tx, workspaceId, calendarId);
    return { firstReplyAt: at, firstReplySeconds: Math.round(time.between(beganAt, at).seconds) };
  }

  /** Another matter of the same visitor may be under way: what is said here reaches them all the same. */
  const turn = async (tx: Tx, visitor: Visitor, { state }: Conversation, change: () => ConversationChange): Promise<ConversationChange> =>
    (state !== 'ended' || !await openOf(tx, visitor) ? change() : {});

  async function weSaid(tx: Tx, { workspaceId, ticketId, subjectId, actor, data, at }: LoggedEvent): Promise<void> {
    const seated = await context.seatedOn(tx, workspaceId, ticketId!);
    if (!seated) throw new AppError('conflict', 'reply.no_chat', 'Nobody sits in front of a chat here; reply by mail.');
    const { conversation, visitor: row, widget } = seated;
    const visitor = visitorOf(workspaceId, conversation);
    if (widget.deletedAt) throw new AppError('conflict', 'reply.no_chat', 'The chat that this was said in is gone; reply by mail.');
    const change: ConversationChange = {
      ...(data['automatic'] !== true && await turn(tx, visitor, conversation, () => ({ course: said(conversation, widget, at), agentId: conversation.agentId ?? actor.id, endedBy: null, endedAt: null }))),
      ...(actor.kind === 'person' && await firstReply(tx, workspaceId, widget, conversation, at)), ...(row.email !== null && { mailAt: new Date(at.getTime() + MAIL_AFTER_MS) }),
    };
    const save = async (): Promise<void> => { if (Object.keys(change).length > 0) await saveConversation(tx, workspaceId, conversation.id, change); };
    const line = await stream.append(tx, visitor, { conversationId: conversation.id, entryId: subjectId!, at, isAnswer: true }, save);
    // That it was read, the words say themselves; who has it, and whether anybody, is another from here on.
    if (line && conversation.state !== 'active') await context.tellVisitor(tx, workspaceId, conversation.visitorId);
  }

  async function byMail(tx: Tx, conversation: Conversation, { workspaceId, subjectId, at }: LoggedEvent): Promise<void> {
    const visitor = visitorOf(workspaceId, conversation);
    const { visitor: row } = await context.whose(tx, visitor);
    if (!await context.isOwnMatter(tx, row, conversation.ticketId)) return;
    if (subjectId !== null && await isTheirs(tx, row, subjectId)) await stream.append(tx, visitor, { conversationId: conversation.id, entryId: subjectId, at });
  }

  const onEntry: WithinHandler = async (tx, event) => {
    const { workspaceId, ticketId, data } = event;
    // What begins a ticket, and what visitors say, has its place already.
    const isOurs = data['channel'] === 'chat' && data['direction'] === 'out';
    if (ticketId === null || data['type'] !== 'message' || data['begins'] === true || !(isOurs || data['channel'] === 'email')) return;
    if (isOurs) return weSaid(tx, event);
    const conversation = await conversationOn(tx, workspaceId, ticketId);
    if (conversation) await byMail(tx, conversation, event);
  };

  /** Whoever takes it themselves is there; of somebody whom others give it to that has to be known. */
  const isThere = async (tx: Tx, personId: string, actor: LoggedEvent['actor']): Promise<boolean> => actor.id === personId || (await routing.attending(tx, 'chat')).has(personId);

  async function assigned(tx: Tx, conversation: Conversation, { workspaceId, at, actor }: LoggedEvent, to: string | null): Promise<Conversation> {
    const visitor = visitorOf(workspaceId, conversation);
    const isHeld = to !== null && await isThere(tx, to, actor);
    const course = isHeld ? taken(conversation, at) : returned(conversation, at);
    await saveConversation(tx, workspaceId, conversation.id, { course, agentId: to });
    if (to !== null && conversation.call) await takeCall(context, tx, workspaceId, { ...conversation, call: conversation.call }, to);
    if (isHeld && to !== conversation.agentId) {
      const person = (await people.peopleByIds(tx, [to])).get(to);
      await mark(tx, visitor, 'taken_seq', Number.MAX_SAFE_INTEGER);
      await stream.append(tx, visitor, { conversationId: conversation.id, notice: 'joined', data: { name: person?.name ?? '' }, at });
    }
    await context.tellVisitor(tx, workspaceId, conversation.visitorId);
    return { ...conversation, ...course, agentId: to };
  }

  const onChange: WithinHandler = async (tx, event) => {
    const { workspaceId, ticketId, data, at, actor } = event;
    const [assignee, status] = [toOf(data['assigneeId']), toOf(data['status'])];
    if (ticketId === null || (assignee === undefined && status === undefined)) return;
    let conversation = await conversationOn(tx, workspaceId, ticketId);
    if (!conversation || conversation.state === 'ended') return;
    if (assignee !== undefined) conversation = await assigned(tx, conversation, event, assignee);
    if (status === 'resolved' || status === 'closed') await finish(tx, workspaceId, conversation, { by: 'agent', at, actor });
  };

  const onDeleted: WithinHandler = async (tx, { workspaceId, ticketId, at, actor }) => {
    const conversation = ticketId === null ? undefined : await conversationOn(tx, workspaceId, ticketId);
    if (conversation) await finish(tx, workspaceId, conversation, { by: 'agent', at, actor: actor.kind === 'person' && actor.id !== null ? byPerson({ id: actor.id }) : actor });
  };

  /** What was taken back, or out for good, goes from the visitor's screen too. */
  const onTakenOut: WithinHandler = async (tx, { workspaceId, ticketId, subjectId, type }) => {
    if (subjectId === null || ticketId === null) return;
    const places = await placesOf(tx, workspaceId, [subjectId]);
    for (const { visitorId, id } of places) await context.tellVisitor(tx, workspaceId, visitorId, { ids: type === 'entry.withdrawn' ? [id] : [] });
  };

  return {
    'entry.added': onEntry, 'ticket.changed': onChange, 'ticket.deleted': onDeleted,
    'entry.withdrawn': onTakenOut, 'entry.redacted': onTakenOut,
    ...followMerges<Tx>({
      along: (tx, workspaceId, { from, to }) => moveConversations(tx, workspaceId, from, to),
      back: (tx, workspaceId, { to }) => bringBack(tx, workspaceId, to),
    }),
  } satisfies Record<string, WithinHandler>;
}

/** Of `[from, to]` in the log. */
function toOf(change: unknown): string | null | undefined {
  if (!Array.isArray(change)) return undefined;
  const to: unknown = change[1];
  return typeof to === 'string' ? to : null;
}
