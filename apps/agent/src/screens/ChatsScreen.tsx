import { ChatsScreen as Chats } from '../../../../features/chat/agent/mine/ChatsScreen.tsx';
import { ChatsSettings } from '../../../../features/chat/agent/settings/ChatsSettings.tsx';
import { useAppText } from '../text.ts';
import { CHAT_TOOLS } from './chat-seat.tsx';
import { useMe } from './use-desk-parts.tsx';

export function ChatsScreen() {
  const t = useAppText();
  return (
    <>
      <title>{`${t('app.chats')} · Rapport`}</title>
      <Chats tools={CHAT_TOOLS} mayWork={useMe().permissions.includes('chat.work')} ticketHref={(id) => `/inbox/mine/${id}`} />
    </>
  );
}

export const ChatSettings = () => <ChatsSettings mayManage={useMe().permissions.includes('chat.manage')} />;
