import { useQuery } from '@tanstack/react-query';
import { foot } from '../../../../ui/components/foot.ts';
import type { ReactNode } from 'react';
import { chatOf } from '../queries.ts';
import type { ChatTools } from '../slots.ts';
import { ChatLine } from './ChatLine.tsx';
import { ChatStrip } from './ChatStrip.tsx';

type ChatBoxProps = {
  ticketId: string;
  name: string;
  mayWork: boolean;
  tools: ChatTools;
  /** Other ways to go on: by mail, with a note. Null where they are not at hand. */
  others: ReactNode;
  /** Instead of it while nobody sits in front of a chat. */
  fallback: ReactNode;
  autoFocus?: boolean;
};

/** The live end of a talk: who sits there, what they look at, and the line to write to them. */
export function ChatBox({ ticketId, name, mayWork, tools, others, fallback, autoFocus = false }: ChatBoxProps) {
  const { data: chat } = useQuery(chatOf(ticketId));
  if (chat === undefined) return null;
  if (chat === null) return fallback;
  return (
    <div ref={foot} className="flex shrink-0 flex-col border-t border-hairline bg-surface">
      <ChatStrip chat={chat} mayWork={mayWork} />
      {mayWork && chat.state !== 'ended' ? <ChatLine key={ticketId} ticketId={ticketId} name={name} tools={tools} others={others} autoFocus={autoFocus} /> : fallback}
    </div>
  );
}
