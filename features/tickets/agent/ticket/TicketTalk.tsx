import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { keysText, useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Kbd } from '../../../../ui/components/Kbd.tsx';
import type { EntryView, TicketView } from '../../core/contract.ts';
import { Composer, type SavedReplySlot } from '../composer/Composer.tsx';
import type { Mode } from '../composer/sending.ts';
import { useDraft } from '../composer/use-draft.ts';
import { useTakeBack } from '../composer/use-sending.tsx';
import { useDesk, useMay } from '../desk.tsx';
import { customerName } from '../labels.ts';
import { ticketEntries } from '../queries.ts';
import { useTicketsText } from '../text.ts';
import { Timeline } from '../timeline/Timeline.tsx';

type Writing = { readonly mode: Mode; readonly forwarding: EntryView | null; readonly turn: number };

/** The talk and where to go on with it. */
export function TicketTalk({ ticket, savedReplies }: { ticket: TicketView; savedReplies: SavedReplySlot | null }) {
  const t = useTicketsText();
  const { me, retryDelivery } = useDesk();
  const mayReply = useMay('tickets.reply');
  const { data: entries = [] } = useInfiniteQuery(ticketEntries(ticket.id));
  const [writing, setWriting] = useState<Writing | null>(null);
  const open = useOpenDraft(ticket.id);
  const takeBack = useTakeBack(ticket.id);
  const isOver = ticket.deletedAt !== null || ticket.mergedInto !== null;

  const write = (mode: Mode, forwarding: EntryView | null = null) => setWriting((now) => ({ mode, forwarding, turn: (now?.turn ?? 0) + 1 }));
  const group = t('tickets.shortcuts.ticket');
  useShortcut({ code: 'KeyR', label: t('tickets.reply'), group, disabled: !mayReply || isOver }, () => write('reply'));
  useShortcut({ code: 'KeyN', label: t('tickets.note'), group, disabled: isOver }, () => write('note'));

  const shown: Writing | null = writing ?? (open && { mode: mayReply ? open : 'note', forwarding: null, turn: 0 });
  return (
    <>
      <Timeline
        ticket={ticket}
        actions={{
          onForward: mayReply && !isOver ? (entry) => write('forward', entry) : null,
          onUndo: mayReply ? (entry) => {
            if (entry.author.id !== me.id) return;
            takeBack(entry, { kind: 'reply', ticketId: ticket.id }, draftOf(entry));
            write('reply');
          } : null,
          onRetry: retryDelivery && (() => void retryDelivery(ticket.id)),
        }}
      />
      {isOver ? (
        <Banner shape="edge" tone="info">{t(ticket.mergedInto ? 'tickets.is_merged' : 'tickets.is_deleted')}</Banner>
      ) : shown ? (
        <Composer
          key={shown.turn}
          ticket={ticket}
          mode={shown.mode}
          onMode={(mode) => write(mode)}
          forwarding={shown.forwarding}
          entries={entries}
          autoFocus={writing !== null}
          onClose={() => setWriting(null)}
          savedReplies={savedReplies}
        />
      ) : (
        <Invitation
          mayReply={mayReply}
          name={customerName(ticket.customer, t('tickets.nobody'))}
          hasAddress={ticket.customer.email !== null}
          onWrite={write}
        />
      )}
    </>
  );
}

/** The words of a letter that comes back, as a draft. */
const draftOf = (entry: EntryView) => ({
  html: entry.html ?? `<p>${entry.text.split('\n').map(escaped).join('<br>')}</p>`,
  attachments: entry.attachments.map(({ id, name, contentType, size, sha256 }) => ({ id, name, contentType, size, sha256 })),
  ...(entry.recipients && { to: entry.recipients.to.map(({ address }) => address), cc: entry.recipients.cc.map(({ address }) => address) }),
});

const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);

/** Which kind of draft waits here; the reply first. */
function useOpenDraft(ticketId: string): 'reply' | 'note' | null {
  const reply = useDraft({ kind: 'reply', ticketId });
  const note = useDraft({ kind: 'note', ticketId });
  if (reply.status !== 'loading' && !reply.isBlank) return 'reply';
  return note.status !== 'loading' && !note.isBlank ? 'note' : null;
}

type InvitationProps = { mayReply: boolean; name: string; hasAddress: boolean; onWrite: (mode: Mode) => void };

/** The composer at rest: one line that opens when it is needed. */
const Invitation = ({ mayReply, name, hasAddress, onWrite }: InvitationProps) => {
  const t = useTicketsText();
  return (
    <div className="flex shrink-0 gap-2 border-t border-hairline bg-surface px-3 py-2.5">
      {mayReply && (
        <button
          type="button"
          onClick={() => onWrite(hasAddress ? 'reply' : 'call')}
          className="flex h-control min-w-0 flex-1 items-center gap-2 rounded-control border border-border/70 px-3 text-start text-ink-faint hover:border-border hover:bg-hover"
        >
          <span className="min-w-0 flex-1 truncate">{hasAddress ? t('tickets.reply_to', { name: `\u2068${name}\u2069` }) : t('tickets.log_with', { name: `\u2068${name}\u2069` })}</span>
          {hasAddress && <Kbd>{keysText({ code: 'KeyR' })}</Kbd>}
        </button>
      )}
      <button
        type="button"
        onClick={() => onWrite('note')}
        className="flex h-control min-w-0 items-center gap-2 rounded-control border border-note-edge/70 bg-note px-3 text-note-ink hover:border-note-edge"
      >
        <span className="truncate">{t('tickets.note')}</span>
        <span className="max-wide:hidden"><Kbd>{keysText({ code: 'KeyN' })}</Kbd></span>
      </button>
    </div>
  );
};
