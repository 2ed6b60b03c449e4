import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import { PreferencesView } from '../../core/contract.ts';
import { type Kind, KINDS, type Way, WAYS } from '../../core/kinds.ts';
import { preferencesQuery } from '../queries.ts';
import { useNotificationText } from '../text.ts';

/** How one is told of what; each choice holds at once. */
export function NoticesScreen() {
  const t = useNotificationText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const preferences = useQuery(preferencesQuery);
  const prefer = useMutation({
    mutationFn: ({ kind, way }: { kind: Kind; way: Way }) => api.put('/me/notices/preferences', { kinds: { [kind]: way } }, PreferencesView),
    onSuccess: (saved) => {
      cache.setQueryData(preferencesQuery.queryKey, saved);
      toast({ text: t('notifications.saved') });
    },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
  if (preferences.isError) return <ErrorState onRetry={() => void preferences.refetch()} isRetrying={preferences.isFetching}>{errorText(preferences.error)}</ErrorState>;
  if (!preferences.data) return <SkeletonRows count={6} />;
  const { kinds } = preferences.data;
  const options = WAYS.map((way) => ({ id: way, label: t(`notifications.way.${way}`) }));
  return (
    <>
      <p className="mb-4 max-w-reading text-13 text-ink-faint">{t('notifications.why')}</p>
      <RowList label={t('notifications.settings')}>
        {KINDS.map((kind) => (
          <ListRow
            key={kind}
            title={<span className="whitespace-normal">{t(`notifications.about.${kind}`)}</span>}
            actions={
              <Select
                label={t(`notifications.about.${kind}`)} labelHidden className="w-44 max-wide:w-36" options={options}
                value={prefer.isPending && prefer.variables.kind === kind ? prefer.variables.way : kinds[kind]} onChange={(way) => prefer.mutate({ kind, way })}
              />
            }
          />
        ))}
      </RowList>
    </>
  );
}
