import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SavedViewsSlot } from '../../../../features/tickets/agent/slots.ts';
import { viewsQuery } from '../../../../features/views/agent/queries.ts';
import { useViewsText } from '../../../../features/views/agent/text.ts';
import { ViewDialog } from '../../../../features/views/agent/ViewDialog.tsx';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { useTicketConditions } from './conditions-seat.tsx';
import { useOwnColumns } from './fields-seat.tsx';

type DialogsProps = Parameters<SavedViewsSlot['dialog']>[0] & { mayShare: boolean };

/** What makes, changes and removes a saved view. */
export function SavedViewDialogs({ open, onClose, onDone, mayShare }: DialogsProps) {
  const t = useViewsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data } = useQuery(viewsQuery);
  const conditions = useTicketConditions(useMemo(() => ({ person: { id: 'me', label: t('views.me') }, team: { id: 'mine', label: t('views.my_teams') } }), [t]));
  const ownColumns = useOwnColumns();
  const id = open && 'id' in open ? open.id : null;
  const view = data?.items.find((one) => one.id === id) ?? null;
  const edited = { make: 'new', change: view, remove: null } as const;
  const remove = async () => {
    if (!view) return;
    await api.delete(`/views/${view.id}`);
    onDone(null);
    await cache.invalidateQueries({ queryKey: ['views'] });
  };
  return (
    <>
      <ViewDialog view={open && edited[open.task]} mayShare={mayShare} conditions={conditions.editor} ownColumns={ownColumns} onClose={onClose} onSaved={(saved) => onDone(saved.id)} />
      <ConfirmDialog isOpen={open?.task === 'remove'} onClose={onClose} title={t('views.remove_title', { name: view?.name ?? '' })} verb={t('views.remove')} onConfirm={remove} errorText={errorText}>
        {t('views.remove_why')}
      </ConfirmDialog>
    </>
  );
}
