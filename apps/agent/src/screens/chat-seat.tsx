import type { ChatTools } from '../../../../features/chat/agent/slots.ts';
import { TicketReplies } from './TicketReplies.tsx';
import { AttachmentTray } from '../../../../features/tickets/agent/composer/AttachmentTray.tsx';
import { AttachButton } from '../../../../features/tickets/agent/composer/ComposerFoot.tsx';
import { plainText } from '../../../../features/tickets/agent/composer/sending.ts';
import { useUploads } from '../../../../features/tickets/agent/composer/use-uploads.ts';

/** What the line of a chat borrows from other rooms. */
export const CHAT_TOOLS: ChatTools = {
  useUploads,
  tray: (props) => <AttachmentTray {...props} />,
  attach: (props) => <AttachButton {...props} />,
  savedReplies: ({ onInsert, ...props }) => <TicketReplies {...props} onInsert={(html) => onInsert(plainText(html))} />,
};
