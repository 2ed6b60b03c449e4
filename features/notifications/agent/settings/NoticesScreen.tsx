import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { Switch } from '../../../../ui/components/Switch.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { RowList, Section } from '../../../../ui/layout/Section.tsx';
import { PreferencesView } from '../../core/contract.ts';
import { type Kind, KINDS, MAILS, type Preference } from '../../core/kinds.ts';
import { preferencesQuery } from '../queries.ts';
import { useNotificationText } from '../text.ts';
import { PushSection } from './PushSection.tsx';
import { TimesForm } from './TimesForm.tsx';

/** How one is told of what, which holds at once, and when one is written to. */
export function NoticesScreen() {
  const t = useNotificationText();
  const errorText = useErrorText();
  const preferences = useQuery(preferencesQuery);
  if (preferences.isError) return <ErrorState onRetry={() => void preferences.refetch()} isRetrying={preferences.isFetching}>{errorText(preferences.error)}</ErrorState>;
  if (!preferences.data) return <SkeletonRows count={6} />;
  const { kinds, times } = preferences.data;
  return (
    <>
      <Section title={t('notifications.what')} description={t('notifications.why')}><KindRows kinds={kinds} /></Section>
      <PushSection />
      <Section title={t('notifications.times')} description={t('notifications.times_why')}><TimesForm key={JSON.stringify(times)} given={times} /></Section>
    </>
  );
}

function KindRows({ kinds }: { kinds: PreferencesView['kinds'] }) {
  const t = useNotificationText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const prefer = useMutation({
    mutationFn: ({ kind, wish }: { kind: Kind; wish: Partial<Preference> }) => api.put('/me/notices/preferences', { kinds: { [kind]: wish } }, PreferencesView),
    onSuccess: (saved) => {
      cache.setQueryData(preferencesQuery.queryKey, saved);
      toast({ text: t('notifications.saved') });
    },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
  const options = MAILS.map((mail) => ({ id: mail, label: t(`notifications.mail.${mail}`) }));
  return (
    <RowList label={t('notifications.what')}>
      {KINDS.map((kind) => {
        const about = t(`notifications.about.${kind}`);
        const { bell, mail, push } = { ...kinds[kind], ...(prefer.isPending && prefer.variables.kind === kind && prefer.variables.wish) };
        return (
          <li key={kind} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-hairline px-3.5 py-2 last:border-0">
            <span className="min-w-56 flex-1 font-medium">{about}</span>
            <span className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <Switch className="items-center" aria-label={t('notifications.by_bell', { about })} isSelected={bell} onChange={(wish) => prefer.mutate({ kind, wish: { bell: wish } })}>{t('notifications.on_bell')}</Switch>
              <Switch className="items-center" aria-label={t('notifications.by_push', { about })} isSelected={push} onChange={(wish) => prefer.mutate({ kind, wish: { push: wish } })}>{t('notifications.on_push')}</Switch>
              <Select
                label={t('notifications.by_mail', { about })} labelHidden className="w-48 max-wide:w-44" options={options}
                value={mail} onChange={(wish) => prefer.mutate({ kind, wish: { mail: wish } })}
              />
            </span>
          </li>
        );
      })}
    </RowList>
  );
}
