import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { SharedDraftView } from '../../core/shared-draft.ts';
import { useDesk } from '../desk.tsx';
import { sharedDraftsOf } from '../queries.ts';
import { type TicketsText, useTicketsText } from '../text.ts';
import { joined } from './joined.ts';
import { draftOfShared } from './shared.ts';
import { plainText } from './sending.ts';
import { addToReply, draftsOf, type useDraft } from './use-draft.ts';

type SharedStateProps = { ticketId: string; sharedId: string | undefined; draft: ReturnType<typeof useDraft>; isSending: boolean; onClose: () => void };

/** Above the words of a shared draft: who writes on it, and what is to become of two texts when somebody else changed it meanwhile. */
export const SharedState = ({ sharedId, ...props }: SharedStateProps) => (sharedId === undefined ? null : <State sharedId={sharedId} {...props} />);

function State({ ticketId, sharedId, draft, isSending, onClose }: SharedStateProps & { sharedId: string }) {
  const t = useTicketsText();
  const format = useFormat();
  const { me } = useDesk();
  const { data } = useQuery(sharedDraftsOf(ticketId));
  const one = data?.items.find(({ id }) => id === sharedId);
  useEffect(() => {
    if (!data || isSending) return;
    draftsOf(me.id).heard({ kind: 'reply', ticketId, sharedId }, one ? draftOfShared(one) : null);
  }, [data, one, isSending, me.id, ticketId, sharedId]);
  if (draft.status === 'conflict' && draft.theirs) return <Conflict ticketId={ticketId} draft={draft} theirs={draft.theirs} />;
  if (draft.status === 'ended') return <Ended ticketId={ticketId} draft={draft} onClose={onClose} />;
  if (!one) return null;
  const names = format.list(one.writers.map(({ name }) => isolated(name)));
  return <p className="px-3 pt-2 text-12 text-ink-faint">{one.team ? t('tickets.shared.head_team', { team: isolated(one.team.name), names }) : t('tickets.shared.head', { names })}</p>;
}

type Parts = { ticketId: string; draft: ReturnType<typeof useDraft> };

/** Neither text is lost: they are put together, or one's own is kept apart. */
function Conflict({ ticketId, draft, theirs }: Parts & { theirs: SharedDraftView }) {
  const t = useTicketsText();
  const { me } = useDesk();
  const drafts = draftsOf(me.id);
  const other = draftOfShared(theirs);
  const join = () => {
    const mine = draft.now();
    const files = [...mine.attachments, ...other.attachments.filter(({ id }) => !mine.attachments.some((one) => one.id === id))];
    drafts.put(draft.key, { ...other, html: joined(mine.html, other.html), attachments: files }, 'unsaved');
  };
  const take = () => {
    addToReply(me.id, ticketId, { html: draft.now().html, attachments: [] });
    drafts.put(draft.key, other, 'saved');
    toast({ text: t('tickets.shared.taken') });
  };
  return (
    <Banner
      shape="edge" tone="danger"
      action={
        <span className="flex flex-wrap gap-2">
          <Button size="small" onPress={join}>{t('tickets.shared.join')}</Button>
          <Button size="small" onPress={take}>{t('tickets.shared.take')}</Button>
        </span>
      }
    >
      <span className="block font-medium">{t('tickets.shared.conflict', { name: isolated(theirs.editedBy.name) })}</span>
      <q dir="auto" className="block max-h-32 overflow-auto whitespace-pre-wrap [overflow-wrap:anywhere]">{plainText(theirs.body.html)}</q>
    </Banner>
  );
}

const ENDS: readonly string[] = ['sent', 'held', 'discarded'];

function Ended({ ticketId, draft, onClose }: Parts & { onClose: () => void }) {
  const t = useTicketsText();
  const { me } = useDesk();
  const { by = '', outcome = 'gone' } = draft.end ?? {};
  const close = () => {
    onClose();
    draftsOf(me.id).forget(draft.key);
  };
  const keep = () => {
    addToReply(me.id, ticketId, { html: draft.now().html, attachments: [] });
    close();
  };
  return (
    <Banner
      shape="edge" tone="warning"
      action={
        <span className="flex flex-wrap gap-2">
          {!draft.isBlank && <Button size="small" onPress={keep}>{t('tickets.shared.keep_mine')}</Button>}
          <Button size="small" onPress={close}>{t('tickets.shared.close')}</Button>
        </span>
      }
    >
      {t(`tickets.shared.ended.${ENDS.includes(outcome) ? outcome : 'gone'}` as TicketsText, { name: isolated(by) })}
    </Banner>
  );
}
