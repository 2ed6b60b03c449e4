import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { keysText, useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { Afterwards } from '../../../../ui/components/Afterwards.tsx';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Kbd } from '../../../../ui/components/Kbd.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { foot } from '../../../../ui/components/foot.ts';
import type { EntryView, TicketView } from '../../core/contract.ts';
import { ticketChanged } from '../changes.ts';
import { Composer, warmUpEditor } from '../composer/Composer.tsx';
import type { Mode } from '../composer/sending.ts';
import { useHasWords } from '../composer/use-draft.ts';
import { useTakeBack } from '../composer/use-sending.tsx';
import { WaitingLetters } from '../composer/WaitingLetters.tsx';
import { useDesk, useMay } from '../desk.tsx';
import { customerName } from '../labels.ts';
import { ticketEntries } from '../queries.ts';
import type { SavedReplySlot } from '../slots.ts';
import { useTicketsText } from '../text.ts';
import type { EntryActions } from '../timeline/Entry.tsx';
import { RedactDialog } from '../timeline/RedactDialog.tsx';
import { Timeline } from '../timeline/Timeline.tsx';
import { KnownCard } from './KnownCard.tsx';
import { Over } from './Over.tsx';
import { SharedDrafts } from './SharedDrafts.tsx';
import { useSplitting } from './use-splitting.ts';

type Begun = { readonly mode: Mode; readonly forwarding: EntryView | null; readonly turn: number; readonly sharedId?: string | undefined };

/** The talk and where to go on with it. */
export function TicketTalk({ ticket, savedReplies }: { ticket: TicketView; savedReplies: SavedReplySlot | null }) {
  const mayReply = useMay('tickets.reply');
  const [writing, setWriting] = useState<Begun | null>(null);
  // At once, so that the place to write holds the focus before the next key comes.
  const write = (mode: Mode, forwarding: EntryView | null = null, sharedId?: string) => flushSync(() => setWriting((now) => next(now, { mode, forwarding, sharedId })));
  const isOver = ticket.deletedAt !== null || ticket.mergedInto !== null;
  const mayRedact = useMay('tickets.redact');
  const { misdirected } = useDesk();
  const [misdirectedId, setMisdirectedId] = useState<string | null>(null);
  const [redacting, setRedacting] = useState<{ entry: EntryView; selected: string } | null>(null);
  const actions: EntryActions = {
    ...useEntryActions(ticket.id, mayReply && !isOver, write),
    onMisdirected: misdirected && ((entry) => setMisdirectedId(entry.id)),
    onSplit: useSplitting(ticket),
    onRedact: mayRedact && ticket.mergedInto === null ? (entry, selected) => setRedacting({ entry, selected }) : null,
  };
  return (
    <>
      <Timeline ticket={ticket} actions={actions} />
      {misdirectedId !== null && misdirected?.({ ticketId: ticket.id, entryId: misdirectedId, onClose: () => setMisdirectedId(null) })}
      {redacting && <RedactDialog ticketId={ticket.id} {...redacting} onClose={() => setRedacting(null)} />}
      <Afterwards>
        {!isOver && <KnownCard key={`${ticket.id} known`} ticket={ticket} />}
        <WaitingLetters ticketId={ticket.id} />
      </Afterwards>
      {isOver ? <Over ticket={ticket} /> : <Below ticket={ticket} writing={writing} onWrite={write} onClose={() => setWriting(null)} savedReplies={savedReplies} />}
    </>
  );
}

const next = (now: Begun | null, begun: Omit<Begun, 'turn'>): Begun => ({ ...begun, turn: (now?.turn ?? 0) + 1 });

type BelowProps = Pick<WritingProps, 'ticket' | 'writing' | 'onClose' | 'savedReplies'> & { onWrite: (mode: Mode, forwarding?: EntryView | null, sharedId?: string) => void };

/** What others have begun, and the place to write. */
function Below({ onWrite, ...props }: BelowProps) {
  const mayReply = useMay('tickets.reply');
  const openShared = (id: string) => onWrite('reply', null, id);
  return (
    <>
      <Afterwards>{mayReply && <SharedDrafts ticketId={props.ticket.id} openId={props.writing?.sharedId} onOpen={openShared} />}</Afterwards>
      <Writing {...props} mayReply={mayReply} onWrite={(mode) => onWrite(mode)} onShared={openShared} />
    </>
  );
}

function useEntryActions(ticketId: string, mayWrite: boolean, write: (mode: Mode, forwarding?: EntryView) => void): Omit<EntryActions, 'onRedact' | 'onMisdirected' | 'onSplit'> {
  const { retryDelivery } = useDesk();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const takeBack = useTakeBack(ticketId);
  const retry = useMutation({
    mutationFn: async (mailId: string) => retryDelivery?.(mailId),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => ticketChanged(cache, ticketId),
  });
  return {
    onForward: mayWrite ? (entry) => write('forward', entry) : null,
    onUndo: mayWrite ? (entry) => {
      takeBack(entry, { kind: 'reply', ticketId }, draftOf(entry));
      if (!entry.writtenBy) write('reply');
    } : null,
    onRetry: retryDelivery && (({ delivery }) => delivery && retry.mutate(delivery.mailId)),
  };
}

type WritingProps = {
  ticket: TicketView;
  mayReply: boolean;
  writing: Begun | null;
  onWrite: (mode: Mode) => void;
  onShared: (id: string) => void;
  onClose: () => void;
  savedReplies: SavedReplySlot | null;
};

/** The composer: open when somebody writes or a draft waits, else one line that invites. */
function Writing({ ticket, mayReply, writing, onWrite, onShared, onClose, savedReplies }: WritingProps) {
  const t = useTicketsText();
  const { data: entries = [] } = useInfiniteQuery(ticketEntries(ticket.id));
  const waiting = useOpenDraft(ticket.id);
  const { chat } = useDesk();
  const [isPutAway, setPutAway] = useState(false);
  // A draft that comes back, or one that is begun anew, is shown again.
  if (isPutAway && waiting === null) setPutAway(false);
  const group = t('tickets.shortcuts.ticket');
  useShortcut({ code: 'KeyR', label: t('tickets.reply'), group, disabled: !mayReply }, () => onWrite('reply'));
  useShortcut({ code: 'KeyN', label: t('tickets.note'), group }, () => onWrite('note'));

  const shown: Begun | null = writing ?? (waiting && !isPutAway ? { mode: mayReply ? waiting : 'note', forwarding: null, turn: 0 } satisfies Begun : null);
  if (!shown) {
    const name = customerName(ticket.customer, t('tickets.nobody'));
    const invitation = <Invitation mayReply={mayReply} name={name} hasAddress={ticket.customer.email !== null} draft={waiting} onWrite={onWrite} />;
    if (ticket.channel !== 'chat' || !chat) return invitation;
    return chat({ ticketId: ticket.id, name, fallback: invitation, others: <Others mayReply={mayReply} onWrite={onWrite} /> });
  }
  return (
    <Composer
      key={shown.turn}
      ticket={ticket}
      mode={shown.mode}
      onMode={toOther(shown.mode, onWrite)}
      sharedId={shown.sharedId}
      onShared={onShared}
      forwarding={shown.forwarding}
      entries={entries}
      autoFocus={writing !== null}
      onClose={() => {
        setPutAway(true);
        onClose();
      }}
      savedReplies={savedReplies}
    />
  );
}

/** Who answers already goes on with the same draft. */
const toOther = (now: Mode, onWrite: (mode: Mode) => void) => (mode: Mode): void => { if (mode !== now || mode !== 'reply') onWrite(mode); };

/** The words of a letter that comes back, as a draft. */
const draftOf = (entry: EntryView) => ({
  html: entry.html ?? `<p>${entry.text.split('\n').map(escaped).join('<br>')}</p>`,
  attachments: entry.attachments.map(({ id, name, contentType, size, sha256 }) => ({ id, name, contentType, size, sha256 })),
  ...(entry.recipients && { to: entry.recipients.to.map(({ address }) => address), cc: entry.recipients.cc.map(({ address }) => address) }),
});

const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);

/** Which kind of draft waits here; the reply first. */
function useOpenDraft(ticketId: string): 'reply' | 'note' | null {
  const reply = useHasWords({ kind: 'reply', ticketId });
  const note = useHasWords({ kind: 'note', ticketId });
  return reply ? 'reply' : note ? 'note' : null;
}

/** The ways to go on besides the chat itself. */
const Others = ({ mayReply, onWrite }: { mayReply: boolean; onWrite: (mode: Mode) => void }) => {
  const t = useTicketsText();
  return (
    <div className="flex flex-wrap gap-2">
      {mayReply && <Button size="small" tone="quiet" keys={keysText({ code: 'KeyR' })} onPress={() => onWrite('reply')}>{t('tickets.by_mail')}</Button>}
      <Button size="small" tone="quiet" keys={keysText({ code: 'KeyN' })} onPress={() => onWrite('note')}>{t('tickets.note')}</Button>
    </div>
  );
};

type InvitationProps = { mayReply: boolean; name: string; hasAddress: boolean; draft: 'reply' | 'note' | null; onWrite: (mode: Mode) => void };

/** The composer at rest: one line that opens when it is needed. */
const Invitation = ({ mayReply, name, hasAddress, draft, onWrite }: InvitationProps) => {
  const t = useTicketsText();
  useEffect(() => {
    const timer = setTimeout(warmUpEditor, 1_500);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div ref={foot} className="flex shrink-0 gap-2 border-t border-hairline bg-surface px-3 py-2.5">
      {mayReply && (
        <button
          type="button"
          onClick={() => onWrite(hasAddress ? 'reply' : 'call')}
          className="flex h-control min-w-0 flex-1 items-center gap-2 rounded-control border border-border/70 px-3 text-start text-ink-faint hover:border-border hover:bg-hover"
        >
          <span className="min-w-0 flex-1 truncate">{hasAddress ? t('tickets.reply_to', { name: isolated(name) }) : t('tickets.log_with', { name: isolated(name) })}</span>
          {draft === 'reply' && <Badge tone="warning">{t('tickets.draft')}</Badge>}
          {hasAddress && <span className="pointer-coarse:hidden"><Kbd>{keysText({ code: 'KeyR' })}</Kbd></span>}
        </button>
      )}
      <button
        type="button"
        onClick={() => onWrite('note')}
        className="flex h-control min-w-0 items-center gap-2 rounded-control border border-note-edge/70 bg-note px-3 text-note-ink hover:border-note-edge"
      >
        <span className="truncate">{t('tickets.note')}</span>
        {draft === 'note' && <Badge>{t('tickets.draft')}</Badge>}
        <span className="pointer-coarse:hidden"><Kbd>{keysText({ code: 'KeyN' })}</Kbd></span>
      </button>
    </div>
  );
};
