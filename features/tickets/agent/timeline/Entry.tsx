import { Download, Ellipsis, EyeOff, Forward, ImageIcon, LetterText, MailWarning, Split, type LucideIcon } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { keysText } from '../../../../platform/browser/shortcuts.ts';
import { classes } from '../../../../ui/classes.ts';
import { Afterwards } from '../../../../ui/components/Afterwards.tsx';
import { Avatar } from '../../../../ui/components/Avatar.tsx';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import type { EntryView } from '../../core/contract.ts';
import { saysMoreThanText } from '../../core/formatting.ts';
import { afterMenu } from '../after-menu.ts';
import { CHANNEL_ICONS } from '../labels.ts';
import { type TicketsText, useTicketsText } from '../text.ts';
import { Attachments } from './Attachments.tsx';
import { secretsOf } from './RedactDialog.tsx';
import { Delivery } from './Delivery.tsx';
import { Doer } from './EventsLine.tsx';
import { canForward, canSplit, ENTRY_KEYS, selectedWords } from './entry-acts.ts';
import { Forwarded } from './Forwarded.tsx';
import { FormattedFrame } from './FormattedFrame.tsx';
import { Notice } from './Notice.tsx';
import { SenderProof } from './SenderProof.tsx';
import { Quoted, WrittenText } from './WrittenText.tsx';

export type EntryActions = {
  readonly onUndo: ((entry: EntryView) => void) | null;
  readonly onRetry: ((entry: EntryView) => void) | null;
  readonly onForward: ((entry: EntryView) => void) | null;
  /** Makes a ticket of its own of it. */
  readonly onSplit: ((entry: EntryView) => void) | null;
  readonly onMisdirected: ((entry: EntryView) => void) | null;
  /** `selected`: words that are marked on the screen. */
  readonly onRedact: ((entry: EntryView, selected: string) => void) | null;
};

type EntryProps = { entry: EntryView; /** What it forwards, where that is at hand. */ original?: EntryView | null; actions: EntryActions; myId: string; ticketId: string };

/** One letter, note, call or visit. */
export function Entry({ entry, original = null, actions, myId, ticketId }: EntryProps) {
  const t = useTicketsText();
  const [isFormatted, setFormatted] = useState(entry.text.trim() === '' && entry.htmlUrl !== null);
  const ground = entry.type === 'note' ? 'border-y border-note-edge/50 bg-note text-on-note' : entry.direction === 'out' && 'bg-canvas';
  return (
    <article aria-label={`${entry.author.name} · ${t(`tickets.entry.type.${entry.type}` as TicketsText)}`} className={classes('px-6 py-4 max-wide:px-4', ground)}>
      <EntryHead entry={entry} myId={myId} ticketId={ticketId} menu={<Afterwards instead={<span className="size-control-small" />}><EntryMenu entry={entry} actions={actions} /></Afterwards>} />
      <div className="ps-10 max-wide:ps-0">
        <SenderProof entry={entry} />
        {actions.onRedact && <CardHint entry={entry} onRedact={actions.onRedact} />}
        <Forwarded entry={entry} original={original} />
        {entry.notice && <div className="mb-2"><Notice notice={entry.notice} /></div>}
        <Words entry={entry} isFormatted={isFormatted} onFormatted={setFormatted} />
        <Attachments attachments={entry.attachments} />
        {entry.delivery && (
          <Delivery
            delivery={entry.delivery}
            onUndo={actions.onUndo && entry.author.id === myId ? () => actions.onUndo?.(entry) : null}
            onRetry={actions.onRetry && (() => actions.onRetry?.(entry))}
          />
        )}
      </div>
    </article>
  );
}

type WordsProps = { entry: EntryView; isFormatted: boolean; onFormatted: (isFormatted: boolean) => void };

const Words = ({ entry: { html, htmlUrl, author, text, quoted, remoteImages }, isFormatted, onFormatted }: WordsProps) => {
  const t = useTicketsText();
  const saysMore = useMemo(() => text.trim() === '' || saysMoreThanText(html ?? ''), [text, html]);
  if (isFormatted && htmlUrl) {
    return (
      <FormattedFrame url={htmlUrl} title={t('tickets.entry.formatted_of', { name: author.name })} text={text + quoted} remoteImages={remoteImages}>
        {text.trim() !== '' && <Switch icon={LetterText} onPress={() => onFormatted(false)}>{t('tickets.entry.as_text')}</Switch>}
      </FormattedFrame>
    );
  }
  return (
    <>
      {text.trim() === '' ? <p className="text-ink-faint">{t('tickets.entry.no_words')}</p> : <WrittenText text={text} />}
      {quoted.trim() !== '' && <Quoted text={quoted} />}
      {htmlUrl && saysMore && <div className="-ms-2.5 mt-1"><Switch icon={ImageIcon} onPress={() => onFormatted(true)}>{t('tickets.entry.formatted')}</Switch></div>}
    </>
  );
};

const Switch = ({ icon, onPress, children }: { icon: LucideIcon; onPress: () => void; children: string }) =>
  <Button tone="quiet" size="small" icon={icon} onPress={onPress}>{children}</Button>;

function EntryHead({ entry, myId, ticketId, menu }: Pick<EntryProps, 'entry' | 'myId' | 'ticketId'> & { menu: ReactNode }) {
  const { author } = entry;
  return (
    <header className="mb-2 flex items-start gap-3">
      <span className="max-wide:hidden"><Avatar id={author.id ?? author.address ?? author.name} name={author.name || (author.address ?? '')} /></span>
      <div className="min-w-0 flex-1">
        <div className="flex min-h-7 flex-wrap items-center gap-x-2">
          <AuthorName author={author} isMe={author.kind === 'person' && author.id === myId} ticketId={ticketId} />
          {entry.writtenBy && <WrittenBy names={entry.writtenBy} />}
          <WayAndTime entry={entry} />
        </div>
        <Recipients entry={entry} />
      </div>
      {menu}
    </header>
  );
}

const AuthorName = ({ author, isMe, ticketId }: { author: EntryView['author']; isMe: boolean; ticketId: string }) => {
  const t = useTicketsText();
  const { kind, id, name, address } = author;
  if (kind === 'system' && id !== null) return <Doer author={author} ticketId={ticketId} />;
  return <bdi className="truncate font-semibold">{isMe ? t('tickets.you') : name || address || t('tickets.nobody')}</bdi>;
};

/** Others began it, or wrote on it. */
const WrittenBy = ({ names }: { names: NonNullable<EntryView['writtenBy']> }) => {
  const t = useTicketsText();
  const format = useFormat();
  return <span className="text-12 text-ink-faint">{t('tickets.entry.written_by', { names: format.list(names.map(({ name }) => isolated(name))) })}</span>;
};

const WayAndTime = ({ entry }: { entry: EntryView }) => {
  const t = useTicketsText();
  const format = useFormat();
  const time = <time dateTime={entry.createdAt} title={format.inFull(entry.createdAt)} className="tabular-nums">{format.dateTime(entry.createdAt)}</time>;
  if (entry.type === 'note') return <><Badge tone="warning">{t('tickets.entry.internal')}</Badge><span className="text-12 text-note-ink">{time}</span></>;
  const Icon = CHANNEL_ICONS[entry.channel];
  return (
    <span className="inline-flex items-center gap-1.5 text-12 text-ink-faint">
      <Icon aria-hidden size={13} strokeWidth={1.75} />
      <span>{t(wayText(entry))}</span>
      <span aria-hidden>·</span>
      {time}
    </span>
  );
};

const wayText = ({ type, channel, direction }: EntryView): TicketsText =>
  type === 'message' ? `tickets.channel.${channel}` : (`tickets.entry.way.${type}_${direction === 'in' ? 'in' : 'out'}` as TicketsText);

/** To whom it went, when that is more than one would think. */
const Recipients = ({ entry: { recipients, direction } }: { entry: EntryView }) => {
  const t = useTicketsText();
  const format = useFormat();
  if (!recipients || (direction === 'in' && recipients.to.length + recipients.cc.length < 2)) return null;
  const names = (list: readonly { name: string; address: string }[]) => format.list(list.map(({ name, address }) => isolated(name ? `${name} <${address}>` : address)));
  return (
    <p className="text-12 text-ink-faint [overflow-wrap:anywhere]">
      {t('tickets.entry.to', { names: names(recipients.to) })}
      {recipients.cc.length > 0 && <> · {t('tickets.entry.cc', { names: names(recipients.cc) })}</>}
    </p>
  );
};

/** Numbers of cards do not belong in mail: said where one seems to stand. */
const CardHint = ({ entry, onRedact }: { entry: EntryView; onRedact: NonNullable<EntryActions['onRedact']> }) => {
  const t = useTicketsText();
  const hasCard = useMemo(() => secretsOf(entry).some(({ kind }) => kind === 'card'), [entry]);
  if (!hasCard) return null;
  return (
    <div className="mb-2">
      <Banner tone="warning" action={<Button size="small" onPress={() => onRedact(entry, '')}>{t('tickets.redact.hint.do')}</Button>}>{t('tickets.redact.hint')}</Banner>
    </div>
  );
};

function EntryMenu({ entry, actions: { onForward, onRedact, onMisdirected, onSplit } }: { entry: EntryView; actions: EntryActions }) {
  const t = useTicketsText();
  const entries = [
    onForward !== null && canForward(entry) && { id: 'forward', label: t('tickets.forward'), icon: Forward, keys: keysText(ENTRY_KEYS.forward), onAction: () => afterMenu(() => onForward(entry)) },
    onSplit !== null && canSplit(entry) && { id: 'split', label: t('tickets.split'), icon: Split, keys: keysText(ENTRY_KEYS.split), onAction: () => onSplit(entry) },
    entry.rawUrl !== null && { id: 'raw', label: t('tickets.entry.raw'), icon: Download, onAction: () => download(entry.rawUrl ?? '') },
    onMisdirected !== null && entry.delivery !== null && { id: 'misdirected', label: t('tickets.entry.misdirected'), icon: MailWarning, tone: 'danger' as const, onAction: () => afterMenu(() => onMisdirected(entry)) },
    onRedact !== null && { id: 'redact', label: t('tickets.redact'), icon: EyeOff, keys: keysText(ENTRY_KEYS.redact), tone: 'danger' as const, onAction: () => { const selected = selectedWords(); afterMenu(() => onRedact(entry, selected)); } },
  ].filter((one) => one !== false);
  if (entries.length === 0) return null;
  return <Menu label={t('tickets.entry.menu')} placement="bottom end" trigger={<IconButton label={t('tickets.entry.menu')} icon={Ellipsis} />} groups={[{ entries }]} />;
}

/** Our answers to such links are always attachments, so the page stays where it is. */
const download = (url: string): void => {
  const link = Object.assign(document.createElement('a'), { href: url, download: 'message.eml' });
  link.click();
};
