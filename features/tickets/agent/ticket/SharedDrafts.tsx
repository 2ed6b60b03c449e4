import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FilePen, Trash2 } from 'lucide-react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { useActions } from '../../../../platform/browser/shortcuts.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { RelativeTime } from '../../../../ui/components/RelativeTime.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { SharedDraftView } from '../../core/shared-draft.ts';
import { bringBackShared, discardShared } from '../composer/shared.ts';
import { plainText } from '../composer/sending.ts';
import { KEYS, sharedDraftsOf } from '../queries.ts';
import { useTicketsText } from '../text.ts';

const MOST_SHOWN = 160;
type SharedDraftsProps = { ticketId: string; /** The one that is being written on below. */ openId: string | undefined; onOpen: (id: string) => void };

/** Drafts of a reply on which others have begun, above the place to write. */
export function SharedDrafts({ ticketId, openId, onOpen }: SharedDraftsProps) {
  const t = useTicketsText();
  const { data } = useQuery(sharedDraftsOf(ticketId));
  const shown = data?.items.filter(({ id }) => id !== openId) ?? [];
  useActions(shown.map((one) => ({ id: one.id, label: t('tickets.shared.open_of', { name: one.author.name }), group: t('tickets.shortcuts.ticket'), run: () => onOpen(one.id) })));
  if (shown.length === 0) return null;
  return (
    <ul aria-label={t('tickets.shared.list')} className="flex max-h-48 shrink-0 flex-col overflow-auto border-t border-hairline bg-surface">
      {shown.map((one) => <li key={one.id}><Row one={one} onOpen={() => onOpen(one.id)} /></li>)}
    </ul>
  );
}

function Row({ one, onOpen }: { one: SharedDraftView; onOpen: () => void }) {
  const t = useTicketsText();
  const format = useFormat();
  const now = useNow(30_000);
  const discard = useDiscard(one);
  const { author, editedBy, editedAt, team, body } = one;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
      <FilePen aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-ink-faint" />
      <div className="min-w-0 flex-1 basis-48">
        <p className="text-12 text-ink-faint [overflow-wrap:anywhere]">
          {team ? t('tickets.shared.by_team', { name: isolated(author.name), team: isolated(team.name) }) : t('tickets.shared.by', { name: isolated(author.name) })}
          {' · '}
          {editedBy.id !== author.id && <>{t('tickets.shared.edited', { name: isolated(editedBy.name) })}{' · '}</>}
          <RelativeTime at={editedAt} inFull={format.inFull(editedAt)}>{format.brief(editedAt, now)}</RelativeTime>
        </p>
        <p dir="auto" className="truncate text-13">{plainText(body.html).slice(0, MOST_SHOWN)}</p>
      </div>
      <span className="flex gap-1">
        <Button size="small" aria-label={t('tickets.shared.open_of', { name: author.name })} onPress={onOpen}>{t('tickets.shared.open')}</Button>
        <IconButton label={t('tickets.shared.discard_of', { name: author.name })} icon={Trash2} onPress={discard} />
      </span>
    </div>
  );
}

/** Out of sight for all who write on it; it can be brought back at once. */
function useDiscard({ id, ticketId }: SharedDraftView): () => void {
  const t = useTicketsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: (isBack: boolean) => (isBack ? bringBackShared(id) : discardShared(id)),
    onSuccess: (_nothing, isBack) => !isBack && toast({ text: t('tickets.shared.discarded'), action: { label: t('tickets.undo'), onAction: () => mutate(true) } }),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: KEYS.shared(ticketId) }),
  });
  return () => mutate(false);
}
