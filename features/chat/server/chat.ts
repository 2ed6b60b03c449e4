import type { Tx } from '../../../platform/db/db.ts';
import { createAsking } from './asking.ts';
import { createBadge } from './badge.ts';
import { createContext, type ChatDeps } from './context.ts';
import { createCalls } from './calls.ts';
import { createDesk } from './desk.ts';
import { createEnding } from './ending.ts';
import { createHearing } from './hearing.ts';
import { createMoments } from './moments.ts';
import { createProving } from './proving.ts';
import { createSessions } from './sessions.ts';
import { createStanding } from './standing.ts';
import { createStream } from './stream.ts';
import { createTalking } from './talking.ts';
import { createVisiting } from './visiting.ts';
import { createVouching } from './vouching.ts';
import { conversationOn } from './store.ts';
import { createWidgets } from './widgets.ts';

export type Chat = ReturnType<typeof createChat>;

/** The front door of the chat room: who sits in front of a widget, what they see, and what agents make of it. */
export function createChat(deps: ChatDeps) {
  const context = createContext(deps);
  deps.customers.carries({ table: 'chat_visitors' });
  const stream = createStream(context);
  const standing = createStanding(context);
  const proving = createProving(context);
  const { badgeOf, unread } = createBadge(context, stream);
  const sessions = createSessions(context, proving, standing, stream, badgeOf);
  const ending = createEnding(context, stream);
  const { admit, customerOf, here, ...doors } = sessions;
  const { settled, intakeStep } = createAsking(context, admit);
  const { speak: say, ...talking } = createTalking(context, { admit, customerOf, here }, standing, settled, stream);
  return {
    ...doors,
    ...talking,
    intakeStep,
    ...createCalls(context, admit, say, stream),
    ...createVisiting(context, { state: sessions.state, admit }, stream, ending),
    ...createDesk(context, stream, ending),
    ...createWidgets(context, ending),
    ...createVouching(context, proving),
    unread,
    /** For rooms below, in their transaction: whether words can be left in a chat about this ticket, and whether it is under way. */
    async chatOn(tx: Tx, workspaceId: string, ticketId: string): Promise<'open' | 'over' | null> {
      const conversation = await conversationOn(tx, workspaceId, ticketId);
      if (!conversation || (await context.whose(tx, { workspaceId, visitorId: conversation.visitorId })).widget.deletedAt) return null;
      return conversation.state === 'ended' ? 'over' : 'open';
    },
    file: stream.file,
    subscriptions: createHearing(context, stream, ending),
    works: createMoments(context, stream, ending),
  };
}
