import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { classes } from '../../../../ui/classes.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { ChatView } from '../../core/contract.ts';
import { chatMoved } from '../queries.ts';
import { useChatText } from '../text.ts';
import { useIsTyping } from '../typing.ts';
import { BanDialog } from './BanDialog.tsx';
import { FactsDialog } from './FactsDialog.tsx';
import { TransferDialog } from './TransferDialog.tsx';

type Open = 'transfer' | 'ban' | 'facts' | null;

/** Who sits in front of the chat, what they look at, and what can be done with it. */
export function ChatStrip({ chat, mayWork }: { chat: ChatView; mayWork: boolean }) {
  const t = useChatText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const { ticketId, state } = chat;
  const end = useMutation({
    mutationFn: () => api.post(`/tickets/${ticketId}/chat/ending`, {}),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => Promise.all([chatMoved(cache, ticketId), cache.invalidateQueries({ queryKey: ['tickets'] })]),
  });
  const isOpen = state !== 'ended';
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-hairline bg-sunken px-3 py-1.5 text-13">
      <Presence chat={chat} />
      <Marks chat={chat} />
      <span className="ms-auto flex shrink-0 items-center gap-2">
      {mayWork && isOpen && <Button size="small" onPress={() => setOpen('transfer')}>{t('chat.transfer')}</Button>}
      {mayWork && isOpen && <Button size="small" isPending={end.isPending} onPress={() => end.mutate()}>{t('chat.end')}</Button>}
      <Menu
        label={t('chat.menu')}
        placement="top end"
        trigger={<IconButton label={t('chat.menu')} icon={Ellipsis} />}
        groups={[
          { entries: [{ id: 'facts', label: t('chat.facts'), onAction: () => setOpen('facts') }] },
          { entries: mayWork && !chat.isBanned ? [{ id: 'ban', label: t('chat.ban'), tone: 'danger', onAction: () => setOpen('ban') }] : [] },
        ]}
      />
      </span>
      {open === 'transfer' && <TransferDialog ticketId={ticketId} onClose={close} />}
      {open === 'facts' && <FactsDialog chat={chat} onClose={close} />}
      {open === 'ban' && <BanDialog ticketId={ticketId} onClose={close} />}
    </div>
  );
}

function Presence({ chat: { ticketId, state, visitor, isBanned, rating } }: { chat: ChatView }) {
  const t = useChatText();
  const isTyping = useIsTyping(ticketId);
  const { isHere, email, page } = visitor;
  const away = () => (email === null ? t('chat.gone') : t('chat.gone_mail', { email: isolated(email) }));
  const present = () => t(isTyping ? 'chat.typing' : 'chat.here');
  const words = state === 'ended' ? t('chat.ended') : isHere ? present() : away();
  return (
    <>
      <span role="status" className="flex min-w-0 items-center gap-2 font-medium">
        <span aria-hidden className={classes('size-2 shrink-0 rounded-full', isHere && state !== 'ended' ? 'bg-good-ink' : 'border border-border')} />
        <span className="truncate">{words}</span>
      </span>
      {page && page.url !== '' && <span dir="auto" title={page.url} className="min-w-0 max-w-72 truncate text-ink-faint">{t('chat.page', { page: isolated(page.title || page.url) })}</span>}
      {isBanned && <Badge tone="danger">{t('chat.banned')}</Badge>}
      {rating && <Badge>{t('chat.rated', { score: rating.score })}</Badge>}
    </>
  );
}

function Marks({ chat: { deliveredUntil, readUntil } }: { chat: ChatView }) {
  const t = useChatText();
  const format = useFormat();
  if (readUntil !== null && readUntil === deliveredUntil) return <span className="text-12 text-ink-faint">{t('chat.seen', { at: format.time(readUntil) })}</span>;
  return deliveredUntil !== null && <span className="text-12 text-ink-faint">{t('chat.delivered', { at: format.time(deliveredUntil) })}</span>;
}
