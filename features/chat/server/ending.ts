import type { Tx } from '../../../platform/db/db.ts';
import type { EventActor } from '../../../platform/events/events.ts';
import { over } from '../core/course.ts';
import { BY_CHAT, type Context } from './context.ts';
import type { createStream } from './stream.ts';
import { saveConversation, type Conversation } from './store.ts';

const NOTICE = { visitor: 'ended_by_visitor', agent: 'ended_by_agent', idle: 'ended_idle' } as const;

/** How a conversation comes to its end. It frees the place of whoever held it, and the next message begins it anew. */
export const createEnding = (context: Context, { append }: Pick<ReturnType<typeof createStream>, 'append'>) => ({
  /** The caller has locked the ticket, and says what becomes of it. */
  async finish(tx: Tx, workspaceId: string, conversation: Conversation, { by, at, actor = BY_CHAT }: { by: keyof typeof NOTICE; at: Date; actor?: EventActor }): Promise<void> {
    if (conversation.state === 'ended') return;
    await saveConversation(tx, workspaceId, conversation.id, { course: over(conversation), endedBy: by, endedAt: at });
    await append(tx, { workspaceId, visitorId: conversation.visitorId }, { conversationId: conversation.id, notice: NOTICE[by], at });
    await context.emit(tx, workspaceId, { type: 'chat.ended', ticketId: conversation.ticketId, subjectId: conversation.id, actor, data: { by }, at });
    await context.tellVisitor(tx, workspaceId, conversation.visitorId);
  },
});
