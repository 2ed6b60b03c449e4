import type { Tx } from '../../../platform/db/db.ts';
import { dueRows, type DueWork } from '../../../platform/jobs/due.ts';
import { next, type Act } from '../core/course.ts';
import { mailWords, type Values } from '../core/words.ts';
import { BY_CHAT, BY_ITSELF, toOf, type Context } from './context.ts';
import type { createEnding } from './ending.ts';
import { MAIL_AFTER_MS } from './hearing.ts';
import type { createStream } from './stream.ts';
import { dueConversations, dueMails, findConversation, linesAfter, saveConversation, type Conversation, type Due } from './store.ts';
import type { Visitor, VisitorRow } from './visitor-store.ts';

const MOST_BY_MAIL = 100;

/** What time alone makes of conversations: nobody waits without a word, silent ones end, and what was missed goes by mail. */
export function createMoments(context: Context, stream: ReturnType<typeof createStream>, { finish }: ReturnType<typeof createEnding>): DueWork[] {
  const { db, tickets, email, people, routing, machineNow, log } = context;

  /** Its ticket locked first, as everywhere; null when it is gone, or somebody was faster. */
  async function locked(tx: Tx, { workspaceId, id }: Due): Promise<{ conversation: Conversation; visitor: Visitor } | null> {
    const before = await findConversation(tx, workspaceId, id);
    if (!before || !await tickets.lockLive(tx, before.ticketId)) {
      if (before) await saveConversation(tx, workspaceId, id, { course: { ...before, nextAt: null }, mailAt: null });
      return null;
    }
    const conversation = await findConversation(tx, workspaceId, id);
    return conversation ? { conversation, visitor: { workspaceId, visitorId: conversation.visitorId } } : null;
  }


  /** Nothing that is not so: nobody is "busy" when nobody is there, and whoever left an address is not asked for it. */
  async function wordFor(tx: Tx, { agentId, state }: Conversation, row: VisitorRow, act: Exclude<Act, 'end'>): Promise<{ notice: Exclude<Act, 'end'> | 'nobody_here'; data?: Values }> {
    if (act === 'still_there') return { notice: act };
    if (state === 'waiting') {
      if (act === 'leave_address' && row.email === null) return { notice: act };
      return { notice: (await routing.attending(tx, 'chat')).size === 0 ? 'nobody_here' : 'waiting_longer' };
    }
    const name = agentId === null ? undefined : (await people.peopleByIds(tx, [agentId])).get(agentId)?.name;
    return act === 'still_busy' || row.email !== null ? { notice: 'still_busy', data: { name: name ?? '' } } : { notice: act };
  }

  async function step(tx: Tx, due: Due, now: Date): Promise<void> {
    const found = await locked(tx, due);
    if (!found) return;
    const { conversation, visitor } = found;
    const { workspaceId } = visitor;
    const { visitor: row, widget } = await context.whose(tx, visitor);
    const moved = next(conversation, widget, now);
    if (!moved) return;
    if (moved.act === 'end') {
      await finish(tx, workspaceId, conversation, { by: 'idle', at: now });
      const ticket = await tickets.current(tx, conversation.ticketId);
      if (ticket.status === 'open' || ticket.status === 'new') await tickets.changeBy(tx, workspaceId, ticket, { status: 'waiting_customer' }, BY_ITSELF);
      return;
    }
    await saveConversation(tx, workspaceId, conversation.id, { course: moved.course });
    await stream.append(tx, visitor, { conversationId: conversation.id, ...await wordFor(tx, conversation, row, moved.act), at: now });
    await context.emit(tx, workspaceId, { type: 'chat.reminded', ticketId: conversation.ticketId, subjectId: conversation.id, actor: BY_CHAT, data: { what: moved.act }, at: now });
  }

  /** What agents said that the visitor has not seen, in one mail; and what stays in the chat is the same, once. */
  async function mail(tx: Tx, due: Due, now: Date): Promise<void> {
    const found = await locked(tx, due);
    if (!found || found.conversation.mailAt === null || found.conversation.mailAt > now) return;
    const { conversation, visitor } = found;
    const { visitor: row } = await context.whose(tx, visitor);
    const save = (change: Parameters<typeof saveConversation>[3]) => saveConversation(tx, visitor.workspaceId, conversation.id, change);
    const unseen = row.email === null ? [] : await unseenBy(tx, visitor, row, conversation);
    if (row.email === null || unseen.length === 0 || !await mayGoByMail(tx, visitor, conversation, unseen)) return save({ mailAt: null });
    if (context.isHere(row)) return save({ mailAt: new Date(now.getTime() + MAIL_AFTER_MS) });
    const language = await context.languageOf(visitor, row);
    const words = mailWords(language);
    const isSent = await email.carry(tx, visitor.workspaceId, {
      ticketId: conversation.ticketId, entryId: unseen.at(-1)!.entryId, to: toOf(row, row.email), subject: words.subject, language,
      text: [words.above, ...unseen.map(({ author, text }) => `${author}:\n${text}`), words.below].join('\n\n'), files: unseen.flatMap(({ files }) => files),
    });
    await save({ mailAt: null, mailedSeq: unseen.at(-1)!.seq });
    if (isSent) await stream.append(tx, visitor, { conversationId: conversation.id, notice: 'sent_by_mail', data: { address: row.email }, at: now });
    await context.tellDesk(tx, visitor.workspaceId, conversation, isSent ? 'mailed' : 'not_mailed');
  }

  /** What the desk said by itself goes by the rules of automatic mail: anybody may have typed that address. It goes along with what a person says next. */
  const mayGoByMail = async (tx: Tx, { workspaceId }: Visitor, { ticketId }: Conversation, unseen: readonly { readonly isAutomatic: boolean }[]): Promise<boolean> =>
    !unseen.every(({ isAutomatic }) => isAutomatic) || !('refused' in await email.automatic.allowed(tx, workspaceId, ticketId, { answers: false }));

  async function unseenBy(tx: Tx, visitor: Visitor, row: VisitorRow, { id, mailedSeq }: Conversation) {
    const lines = (await linesAfter(tx, visitor, Math.max(row.readSeq, mailedSeq), MOST_BY_MAIL)).filter(({ conversationId, entryId }) => conversationId === id && entryId !== null);
    const said = new Map((await tickets.said(tx, lines.flatMap(({ entryId }) => entryId ?? []))).map((one) => [one.id, one]));
    const { name: company } = await context.workspaces.get(visitor.workspaceId);
    return lines.flatMap((line) => {
      const entry = said.get(line.entryId ?? '');
      return entry?.direction === 'out' && entry.channel === 'chat' ? [{ entryId: entry.id, seq: line.seq, author: entry.authorKind === 'system' ? company : entry.authorName, text: entry.text, files: entry.files, isAutomatic: entry.authorKind === 'system' }] : [];
    });
  }

  const work = (name: string, find: typeof dueMails, act: typeof step): DueWork => dueRows<Due>({
    name, log, machineNow, find: (now, limit) => find(db.lookup, now, limit), idOf: ({ workspaceId, id }) => `${workspaceId}/${id}`,
    handle: (due, now) => db.work(due.workspaceId, (tx) => act(tx, due, now)),
  });

  return [work('chat', dueConversations, step), work('chat mail', dueMails, mail)];
}
