import { useQuery } from '@tanstack/react-query';
import { MessagesSquare } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useT } from '../../../../platform/browser/i18n.ts';
import { useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { classes } from '../../../../ui/classes.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { FlagMark } from '../../../../ui/components/FlagMark.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { isGrave } from '../../../customers/core/flags.ts';
import type { EntryView } from '../../../tickets/core/contract.ts';
import type { MineView } from '../../core/contract.ts';
import { myChats, wordsOf } from '../queries.ts';
import type { ChatTools } from '../slots.ts';
import { useChatText } from '../text.ts';
import { ChatBox } from '../ticket/ChatBox.tsx';

/** The chats that one holds, side by side; on a narrow screen one below the other. */
export function ChatsScreen({ mayWork, tools, ticketHref }: { mayWork: boolean; tools: ChatTools; ticketHref: (id: string) => string }) {
  const t = useChatText();
  const errorText = useErrorText();
  const chats = useQuery(myChats);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex min-h-13 shrink-0 items-center border-b border-hairline px-6 max-wide:px-3"><h1 className="text-16 font-semibold">{t('chat.mine')}</h1></header>
      <Body>{chats.isError ? <ErrorState onRetry={() => void chats.refetch()} isRetrying={chats.isFetching}>{errorText(chats.error)}</ErrorState>
        : !chats.data ? <SkeletonRows count={3} faces />
          : chats.data.length === 0 ? <EmptyState icon={MessagesSquare}>{t('chat.none')}</EmptyState>
            : chats.data.toSorted(byNumber).map((chat) => <Column key={chat.ticketId} chat={chat} mayWork={mayWork} tools={tools} href={ticketHref(chat.ticketId)} />)}</Body>
    </div>
  );
}

/** Each stays where it is while others wait longer or shorter: whoever types in one must not find themselves in another. */
const byNumber = (a: MineView, b: MineView): number => a.number - b.number;

function Body({ children }: { children: ReactNode }) {
  const t = useChatText();
  const place = useRef<HTMLDivElement>(null);
  useShortcut({ code: 'KeyJ', mod: true, label: t('chat.next'), group: t('chat.mine') }, () => {
    const columns = [...place.current?.querySelectorAll('section') ?? []];
    const at = columns.findIndex((column) => column.contains(document.activeElement));
    const next = columns[(at + 1) % columns.length];
    (next?.querySelector('textarea') ?? next?.querySelector<HTMLElement>('[role=log]'))?.focus();
  });
  return (
    <div ref={place} className="grid min-h-0 flex-1 auto-cols-[minmax(20rem,1fr)] grid-flow-col overflow-auto max-wide:grid-flow-row max-wide:auto-rows-[minmax(24rem,80dvh)] max-wide:auto-cols-auto">{children}</div>
  );
}

function Column({ chat, mayWork, tools, href }: { chat: MineView; mayWork: boolean; tools: ChatTools; href: string }) {
  const t = useChatText();
  const say = useT();
  const format = useFormat();
  const name = chat.name || t('chat.guest', { number: chat.number });
  return (
    <section aria-label={name} className="flex min-h-0 min-w-0 flex-col border-e border-hairline last:border-e-0 max-wide:border-e-0 max-wide:border-b">
      <header className="flex min-h-11 shrink-0 items-center gap-2 border-b border-hairline px-3">
        <h2 dir="auto" className={classes('min-w-0 flex-1 truncate text-14', chat.unread ? 'font-semibold' : 'font-medium')}>{name}</h2>
        {chat.unread && <Badge tone="accent">{t('chat.unanswered')}</Badge>}
        {chat.flags.length > 0 && <FlagMark words={format.list(chat.flags.map((flag) => say(`tickets.field.flag.${flag}`)))} isGrave={isGrave(chat.flags)} />}
        <Link href={href}>{t('chat.open_ticket', { number: chat.number })}</Link>
      </header>
      <Words ticketId={chat.ticketId} name={name} />
      <ChatBox ticketId={chat.ticketId} name={name} mayWork={mayWork} tools={tools} others={null} fallback={null} />
    </section>
  );
}

function Words({ ticketId, name }: { ticketId: string; name: string }) {
  const t = useChatText();
  const end = useRef<HTMLDivElement>(null);
  const { data: words } = useQuery(wordsOf(ticketId));
  const last = words?.at(-1)?.id;
  useEffect(() => { end.current?.scrollIntoView({ block: 'nearest' }); }, [last]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
    <div role="log" tabIndex={0} aria-label={t('chat.log', { name })} className="flex min-h-0 flex-1 flex-col gap-2 overflow-auto px-3 py-3">
      {words ? words.map((entry) => <Bubble key={entry.id} entry={entry} />) : <SkeletonRows count={2} />}
      <div ref={end} />
    </div>
  );
}

function Bubble({ entry: { direction, type, text, author, attachments, createdAt } }: { entry: EntryView }) {
  const t = useChatText();
  const format = useFormat();
  const isNote = type === 'note';
  return (
    <div className={classes('flex max-w-[85%] flex-col gap-0.5', direction === 'in' ? 'self-start' : 'self-end')}>
      <div className={classes('rounded-control border px-3 py-2 text-14 leading-text whitespace-pre-wrap [overflow-wrap:anywhere]',
        isNote ? 'border-note-edge/70 bg-note text-note-ink' : direction === 'in' ? 'border-hairline bg-sunken' : 'border-hairline bg-surface')}>
        {isNote && <span className="mb-0.5 block text-12 font-medium">{t('chat.note')}</span>}
        <span dir="auto" className="block">{text}</span>
        {attachments.map(({ id, name, url }) => <Link key={id} href={url}>{name}</Link>)}
      </div>
      <span className={classes('text-12 text-ink-faint', direction !== 'in' && 'self-end')}><bdi>{author.name}</bdi> · <time dateTime={createdAt} className="tabular-nums">{format.time(createdAt)}</time></span>
    </div>
  );
}
