import { Download, Ellipsis, Forward, ImageIcon, LetterText } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { classes } from '../../../../ui/classes.ts';
import { Avatar } from '../../../../ui/components/Avatar.tsx';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import type { EntryView } from '../../core/contract.ts';
import { CHANNEL_ICONS } from '../labels.ts';
import { type TicketsText, useTicketsText } from '../text.ts';
import { Attachments } from './Attachments.tsx';
import { Delivery } from './Delivery.tsx';
import { FormattedFrame } from './FormattedFrame.tsx';
import { Quoted, WrittenText } from './WrittenText.tsx';

export type EntryActions = {
  readonly onUndo: ((entry: EntryView) => void) | null;
  readonly onRetry: ((entry: EntryView) => void) | null;
  readonly onForward: ((entry: EntryView) => void) | null;
};

/** One letter, note, call or visit. */
export function Entry({ entry, actions, myId }: { entry: EntryView; actions: EntryActions; myId: string }) {
  const t = useTicketsText();
  const [isFormatted, setFormatted] = useState(entry.text.trim() === '' && entry.htmlUrl !== null);
  const isNote = entry.type === 'note';
  return (
    <article
      aria-label={`${entry.author.name} · ${t(`tickets.entry.type.${entry.type}` as TicketsText)}`}
      className={classes('px-6 py-4 max-wide:px-4', isNote ? 'border-y border-note-edge/50 bg-note text-on-note' : entry.direction === 'out' && 'bg-canvas')}
    >
      <EntryHead entry={entry} myId={myId} menu={<EntryMenu entry={entry} actions={actions} isFormatted={isFormatted} onFormatted={setFormatted} />} />
      <div className="ps-10 max-wide:ps-0">
        {entry.notice && <div className="mb-2"><Notice notice={entry.notice} /></div>}
        {isFormatted && entry.htmlUrl ? (
          <FormattedFrame url={entry.htmlUrl} title={t('tickets.entry.formatted_of', { name: entry.author.name })} text={entry.text + entry.quoted} remoteImages={entry.remoteImages} />
        ) : (
          <>
            {entry.text.trim() === '' ? <p className="text-ink-faint">{t('tickets.entry.no_words')}</p> : <WrittenText text={entry.text} />}
            {entry.quoted.trim() !== '' && <Quoted text={entry.quoted} />}
          </>
        )}
        <Attachments attachments={entry.attachments} />
        {entry.delivery && (
          <Delivery
            delivery={entry.delivery}
            onUndo={actions.onUndo && (() => actions.onUndo?.(entry))}
            onRetry={actions.onRetry && (() => actions.onRetry?.(entry))}
          />
        )}
      </div>
    </article>
  );
}

function EntryHead({ entry, myId, menu }: { entry: EntryView; myId: string; menu: ReactNode }) {
  const t = useTicketsText();
  const format = useFormat();
  const { author } = entry;
  const name = author.id === myId && author.kind === 'person' ? t('tickets.you') : author.name || author.address || t('tickets.nobody');
  const Icon = CHANNEL_ICONS[entry.channel];
  return (
    <header className="mb-2 flex items-start gap-3">
      <span className="max-wide:hidden"><Avatar id={author.id ?? author.address ?? author.name} name={author.name || (author.address ?? '')} /></span>
      <div className="min-w-0 flex-1">
        <div className="flex min-h-7 flex-wrap items-center gap-x-2">
          <bdi className="truncate font-semibold">{name}</bdi>
          {entry.type === 'note' && <Badge tone="warning">{t('tickets.entry.internal')}</Badge>}
          <span className={classes('inline-flex items-center gap-1 text-12', entry.type === 'note' ? 'text-note-ink' : 'text-ink-faint')}>
            {entry.type !== 'note' && <Icon aria-hidden size={13} strokeWidth={1.75} />}
            {entry.type !== 'note' && <span>{t(wayText(entry))}</span>}
            <time dateTime={entry.createdAt} title={format.inFull(entry.createdAt)} className="tabular-nums">{format.dateTime(entry.createdAt)}</time>
          </span>
        </div>
        <Recipients entry={entry} />
      </div>
      {menu}
    </header>
  );
}

const wayText = ({ type, channel, direction }: EntryView): TicketsText =>
  type === 'message' ? `tickets.channel.${channel}` : (`tickets.entry.way.${type}_${direction === 'in' ? 'in' : 'out'}` as TicketsText);

/** To whom it went, when that is more than one would think. */
const Recipients = ({ entry: { recipients, direction } }: { entry: EntryView }) => {
  const t = useTicketsText();
  const format = useFormat();
  if (!recipients || (direction === 'in' && recipients.to.length + recipients.cc.length < 2)) return null;
  const names = (list: readonly { name: string; address: string }[]) => format.list(list.map(({ name, address }) => `\u2068${name ? `${name} <${address}>` : address}\u2069`));
  return (
    <p className="text-12 text-ink-faint [overflow-wrap:anywhere]">
      {t('tickets.entry.to', { names: names(recipients.to) })}
      {recipients.cc.length > 0 && <> · {t('tickets.entry.cc', { names: names(recipients.cc) })}</>}
    </p>
  );
};

const Notice = ({ notice }: { notice: string }) => {
  const t = useTicketsText();
  const known: Readonly<Record<string, TicketsText>> = { unparsable: 'tickets.notice.unparsable' };
  const text = known[notice];
  return <Banner tone="warning">{text ? t(text) : <span dir="auto">{notice}</span>}</Banner>;
};

type EntryMenuProps = { entry: EntryView; actions: EntryActions; isFormatted: boolean; onFormatted: (isFormatted: boolean) => void };

function EntryMenu({ entry, actions: { onForward }, isFormatted, onFormatted }: EntryMenuProps) {
  const t = useTicketsText();
  const entries = [
    entry.htmlUrl !== null && {
      id: 'formatted', label: t(isFormatted ? 'tickets.entry.as_text' : 'tickets.entry.formatted'), icon: isFormatted ? LetterText : ImageIcon, onAction: () => onFormatted(!isFormatted),
    },
    onForward !== null && entry.type !== 'note' && { id: 'forward', label: t('tickets.forward'), icon: Forward, onAction: () => onForward(entry) },
    entry.rawUrl !== null && { id: 'raw', label: t('tickets.entry.raw'), icon: Download, onAction: () => download(entry.rawUrl ?? '') },
  ].filter((one) => one !== false);
  if (entries.length === 0) return null;
  return <Menu label={t('tickets.entry.menu')} placement="bottom end" trigger={<IconButton label={t('tickets.entry.menu')} icon={Ellipsis} />} groups={[{ entries }]} />;
}

/** Our answers to such links are always attachments, so the page stays where it is. */
const download = (url: string): void => {
  const link = Object.assign(document.createElement('a'), { href: url, download: 'message.eml' });
  link.click();
};
