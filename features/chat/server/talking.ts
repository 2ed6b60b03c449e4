import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { useOne, type Quota } from '../../../platform/db/quota.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import { textIn } from '../../../kernel/languages.ts';
import { withLines } from '../../intake/core/walk.ts';
import { begun, heard, taken, unattended, unhurried, type Course } from '../core/course.ts';
import type { MessageCreate, MessageView } from '../core/visitor-contract.ts';
import { guestName, openingInWords, subjectFor } from '../core/words.ts';
import type { createAsking } from './asking.ts';
import { BY_CHAT, BY_ITSELF, type Context } from './context.ts';
import { banned, tooFast, type createSessions } from './sessions.ts';
import { MOST_WAITING, type createStanding } from './standing.ts';
import type { createStream, Shown } from './stream.ts';
import { countWaiting, insertConversation, latestOf, lineByClient, linesAfterEach, saveConversation, type Conversation, type Line } from './store.ts';
import { findEachWithBan, lockVisitor, mark, markDelivered, takeUploads, type Guarded, type Reached, type Visitor, type VisitorRow } from './visitor-store.ts';
import type { StoredWidget } from './widget-store.ts';

/** What one visitor may say; far above what people type. */
const MESSAGES: Quota = { uses: 60, seconds: 60 };
const MAX_SUBJECT = 80;

export type Saying = { readonly visitor: Visitor; readonly row: VisitorRow; readonly widget: StoredWidget; readonly given: MessageCreate; readonly at: Date; /** When it is known already. */ readonly latest?: Conversation | undefined };

/** How far a tab has come. */
export type Place = { readonly visitorId: string; readonly since: number };

/** What visitors say: a message is an entry of a ticket like any other, and has its place in their order. */
export function createTalking(context: Context, { admit, customerOf, here }: Pick<ReturnType<typeof createSessions>, 'admit' | 'customerOf' | 'here'>, { look, placeFor }: Pick<ReturnType<typeof createStanding>, 'look' | 'placeFor'>, settled: ReturnType<typeof createAsking>['settled'], stream: ReturnType<typeof createStream>) {
  const { db, tickets, now } = context;

  async function receive(tx: Tx, { visitor, row, widget, given, at }: Saying, ticket: TicketState | null): Promise<{ ticketId: string; entryId: string }> {
    const { workspaceId } = visitor;
    const uploads = await takeUploads(tx, visitor, given.fileIds);
    if (uploads.length < new Set(given.fileIds).size) throw new AppError('invalid', 'visitor.file_not_found', 'One of the files is not there any more; send it again.');
    const language = await context.languageOf(visitor, row);
    const { lines, ...begins } = await settled(tx, widget, { isNew: ticket === null, given: given.intake, language });
    const name = row.name || guestName(row.id, language);
    const whose = await customerOf(tx, visitor, row, name);
    const received = await tickets.receive(tx, workspaceId, {
      ticketId: ticket?.id ?? null, ...whose, mailboxId: null, teamId: widget.teamId, channel: 'chat', subject: ticket ? '' : subjectOf(given.text) || subjectFor(name, language), text: withLines(given.text.trim(), lines),
      quoted: '', html: null, author: { name, address: '' }, recipients: { to: [], cc: [] }, messageId: null, ledgerId: null, language: row.language,
      attachments: uploads.map((file) => ({ ...file, contentId: null })), notice: null, automatic: false, cameBy: { widgetId: widget.id }, ...begins,
      // Answers reach a guest at the address that they left, on this ticket alone.
      participants: row.subject === null && row.email !== null && ticket === null ? [{ name, address: row.email }] : [], at,
    });
    if (ticket === null) await began(tx, visitor, given, received.ticketId);
    return received;
  }

  /** A new round: whoever has it goes on when they are there, else it waits for somebody. */
  async function begin(tx: Tx, { visitor, row, widget, given, at }: Saying, { id, ticketId }: { id: string; ticketId: string }): Promise<void> {
    const { workspaceId } = visitor;
    const standing = await look(tx, workspaceId, widget);
    const isMessage = given.isMessage === true || !standing.isOpen;
    const ticket = await tickets.current(tx, ticketId);
    const agentId = ticket.assigneeId !== null && standing.attending.has(ticket.assigneeId) ? ticket.assigneeId : null;
    const isAlone = !isMessage && standing.attending.size === 0;
    await saveConversation(tx, workspaceId, id, { course: firstCourse({ isMessage, isAlone, agentId }, at), ticketId, agentId, endedBy: null, endedAt: null, beganAt: at });
    if (ticket.assigneeId !== null && agentId === null) await tickets.handOver(tx, workspaceId, ticket, null, BY_CHAT, at);
    if (isAlone) await stream.append(tx, visitor, { conversationId: id, notice: 'nobody_here', at });
    else if (!standing.isOpen) await stream.append(tx, visitor, { conversationId: id, notice: 'outside_hours', data: { when: await whenInWords(tx, visitor, row, widget, standing.opensAt) }, at });
  }

  const whenInWords = async (tx: Tx, visitor: Visitor, row: VisitorRow, widget: StoredWidget, opensAt: string | null): Promise<string> =>
    openingInWords(opensAt === null ? null : new Date(opensAt), await context.clocksOf(tx, visitor.workspaceId, widget, row.timeZone), await context.languageOf(visitor, row));

  /** A bare "yes" says nothing to whoever did not see what the chat had shown by itself. */
  async function noteWhatTheyAnswer(tx: Tx, { visitor, row, widget, given }: Saying, ticketId: string): Promise<void> {
    const shown = given.proactiveId === undefined ? undefined : widget.proactive.find(({ id }) => id === given.proactiveId);
    const text = shown && textIn(shown.text, [await context.languageOf(visitor, row), 'en'])?.text;
    if (text) await tickets.noteBy(tx, visitor.workspaceId, await tickets.current(tx, ticketId), { text }, BY_ITSELF);
  }

  /** The help centre hears which matter came all the same. */
  async function began(tx: Tx, { workspaceId, visitorId }: Visitor, { searched }: Pick<MessageCreate, 'searched'>, ticketId: string): Promise<void> {
    await context.help.atChat.began(tx, workspaceId, { visitorId, ticketId });
    if (searched !== undefined) await context.help.ticketAfter(tx, workspaceId, searched, ticketId);
  }

  async function say(tx: Tx, saying: Saying): Promise<Line> {
    const { visitor, row, given, at } = saying;
    const { conversation, ticket } = await placeFor(tx, row, saying.latest ?? await latestOf(tx, visitor), { at, look: (ticketId) => tickets.living(tx, ticketId) });
    const goesOn = conversation !== null && conversation.state !== 'ended';
    if (!goesOn && given.isMessage !== true && await countWaiting(tx, visitor.workspaceId, MOST_WAITING) >= MOST_WAITING) {
      throw new AppError('unavailable', 'visitor.queue_full', 'Too many wait already: leave a message (isMessage), and it is answered as soon as somebody can.', { retryAfter: 60 });
    }
    const { ticketId, entryId } = await receive(tx, saying, ticket);
    const id = conversation?.id ?? newId();
    if (!conversation) await insertConversation(tx, visitor.workspaceId, { id, visitorId: row.id, ticketId, course: begun(false, at), at });
    const goOn = async (): Promise<void> => {
      if (goesOn) await saveConversation(tx, visitor.workspaceId, id, { course: given.isMessage === true ? unhurried(conversation) : heard(conversation, at), ticketId });
    };
    const line = await stream.append(tx, visitor, { conversationId: id, entryId, clientId: given.clientId, at }, goOn);
    if (!goesOn) {
      await noteWhatTheyAnswer(tx, saying, ticketId);
      await begin(tx, saying, { id, ticketId });
      await context.tellVisitor(tx, visitor.workspaceId, visitor.visitorId);
    }
    return line!;
  }

  function refusalOf(row: Guarded | undefined): AppError | null {
    if (!row) return context.sessionOver();
    return row.isBanned ? banned() : null;
  }

  return {
    /** Within somebody's transaction, who has locked the visitor. */
    speak: say,

    /** Durable when this resolves; the same `clientId` is the same message, however often it is sent. `inTab`: said in a tab that is open, which the desk is to see at once. */
    async say(visitor: Visitor, given: MessageCreate, { inTab = false } = {}): Promise<{ message: MessageView; isNew: boolean }> {
      return db.work(visitor.workspaceId, async (tx) => {
        // Sent together, and done in this order.
        const [, retryAfter, { visitor: row, widget }, before, latest] = await Promise.all([
          lockVisitor(tx, visitor), useOne(tx, `chat message ${visitor.visitorId}`, MESSAGES), context.visitor(tx, visitor), lineByClient(tx, visitor, given.clientId), latestOf(tx, visitor),
        ]);
        if (retryAfter !== null) throw tooFast(retryAfter);
        admit(row);
        const line = before ?? await say(tx, { visitor, row, widget, given, at: now(), latest });
        if (inTab && !context.isHere(row)) await here(tx, visitor.workspaceId, [visitor.visitorId]);
        const message = before || given.fileIds.length > 0 || given.intake ? (await stream.views(tx, visitor, row, [line]))[0] : stream.ownWords(line, given.text.trim());
        if (!message) throw new AppError('conflict', 'visitor.message_gone', 'This message was taken out.');
        return { message, isNew: before === undefined };
      }, { repeats: true });
    },

    messages: (visitor: Visitor, { after, before, limit }: { after?: number | undefined; before?: number | undefined; limit: number }) => db.work(visitor.workspaceId, async (tx) => {
      const { visitor: row } = await context.visitor(tx, visitor);
      admit(row);
      if (after === undefined) return stream.before(tx, visitor, row, before ?? Number.MAX_SAFE_INTEGER, limit);
      const { items, hasMore } = await stream.after(tx, visitor, row, after, limit);
      return { items, hasMore };
    }),

    /** Everything up to here stood on the visitor's screen. */
    read: (visitor: Visitor, seq: number): Promise<void> => db.work(visitor.workspaceId, async (tx) => {
      const moved = await mark(tx, visitor, 'read_seq', seq);
      await mark(tx, visitor, 'delivered_seq', seq);
      const latest = moved ? await latestOf(tx, visitor) : undefined;
      if (latest) await context.tellDesk(tx, visitor.workspaceId, latest, 'read');
      if (moved) await context.tellVisitor(tx, visitor.workspaceId, visitor.visitorId);
    }, { repeats: true }),

    /** What has reached one of the tabs of each of these visitors. */
    delivered: (workspaceId: string, reached: readonly Reached[]): Promise<void> => db.work(workspaceId, async (tx) => {
      await context.tellDeskOf(tx, workspaceId, await markDelivered(tx, workspaceId, reached), 'delivered');
    }, { repeats: true }),

    /** For sockets: what stands behind where each of them is, or why they are told nothing more. */
    behind: (workspaceId: string, asked: readonly Place[], limit: number): Promise<(Shown | AppError)[]> => db.work(workspaceId, async (tx) => {
      // Sent together, and read in this order: who is kept out from now on sees nothing newer.
      const [rows, lines] = await Promise.all([findEachWithBan(tx, workspaceId, asked.map(({ visitorId }) => visitorId), context.machineNow()), linesAfterEach(tx, workspaceId, asked, limit + 1)]);
      const known = new Map(rows.map((row) => [row.id, row]));
      const refusals = asked.map(({ visitorId }) => refusalOf(known.get(visitorId)));
      const welcome = asked.flatMap(({ visitorId, since }, i) => {
        const row = known.get(visitorId);
        return row && !refusals[i] ? [{ visitor: { workspaceId, visitorId }, row, lines: lines[i]!, from: Math.min(since, row.seq) }] : [];
      });
      const pages = (await stream.pages(tx, workspaceId, welcome, limit)).values();
      return refusals.map((refusal) => refusal ?? pages.next().value!);
    }, { repeats: true }),
  };
}

function firstCourse({ isMessage, isAlone, agentId }: { isMessage: boolean; isAlone: boolean; agentId: string | null }, at: Date): Course {
  const first = isAlone ? unattended(begun(isMessage, at), at) : begun(isMessage, at);
  return agentId === null ? first : taken(first, at);
}

/** The first line, as the subject of a matter. */
function subjectOf(text: string): string {
  const line = text.trim().split(/\r?\n/, 1)[0]!.trim();
  return line.length > MAX_SUBJECT ? `${[...line].slice(0, MAX_SUBJECT - 1).join('')}…` : line;
}
