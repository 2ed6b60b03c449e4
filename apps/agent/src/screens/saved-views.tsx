import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import type { MeView } from '../../../../features/people/core/contract.ts';
import type { ListColumn, SavedViewsSlot } from '../../../../features/tickets/agent/slots.ts';
import { isColumn } from '../../../../features/tickets/core/columns.ts';
import { countsQuery, viewsQuery } from '../../../../features/views/agent/queries.ts';
import { useViewsText } from '../../../../features/views/agent/text.ts';
import { useOwnColumns } from './fields-seat.tsx';

/** Not part of what every agent loads in the morning. */
const SavedViewDialogs = lazy(async () => ({ default: (await import('./SavedViewDialogs.tsx')).SavedViewDialogs }));

/** The saved views of whoever works here, for the list of tickets. */
export function useSavedViews(me: MeView): SavedViewsSlot {
  const t = useViewsText();
  const { data } = useQuery(viewsQuery);
  const { data: counts } = useQuery({ ...countsQuery, enabled: (data?.items.length ?? 0) > 0 });
  const own = useOwnColumns();
  return useMemo(() => {
    const numbers = new Map(counts?.items.map((one) => [one.id, one]));
    return {
      views: (data?.items ?? []).map(({ id, name, sort, columns, mayChange }) => ({ id, name, sort, columns: columns.flatMap((column): ListColumn[] => (isColumn(column) ? [column] : own.filter((one) => one.id === column))), mayChange, count: numbers.get(id) ?? null })),
      maySave: me.permissions.includes('views.save'),
      words: { group: t('views.saved_ones'), make: t('views.make'), change: t('views.change'), remove: t('views.remove_this') },
      dialog: (props) => <Suspense><SavedViewDialogs {...props} mayShare={me.permissions.includes('views.share')} /></Suspense>,
    };
  }, [me, t, data, counts, own]);
}
