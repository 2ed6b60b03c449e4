import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../ui/components/Skeleton.tsx';
import { Switch } from '../../../ui/components/Switch.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { RequestSettings, STAFF_NAMES } from '../core/contract.ts';
import { useRequestsText } from './text.ts';

const settingsQuery = queryOptions({ queryKey: ['requests', 'settings'], queryFn: ({ signal }) => api.get('/request-settings', RequestSettings, { signal }) });

/** The form by which customers write to us, and what they see of us when they look at their requests. */
export function RequestsScreen({ mayChange }: { mayChange: boolean }) {
  const t = useRequestsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const settings = useQuery(settingsQuery);
  const save = useMutation({
    mutationFn: (change: Partial<RequestSettings>) => api.put('/request-settings', { ...settings.data!, ...change }, RequestSettings),
    onSuccess: (saved) => { cache.setQueryData(settingsQuery.queryKey, saved); toast({ text: t('requestspage.saved') }); },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
  if (settings.isError) return <ErrorState onRetry={() => void settings.refetch()} isRetrying={settings.isFetching}>{errorText(settings.error)}</ErrorState>;
  if (!settings.data) return <SkeletonRows count={2} />;
  const isFixed = !mayChange || save.isPending;
  return (
    <>
      <Section title={t('requestspage.form')} description={<>{t('requestspage.form_why')} <Link href="/requests/new" target="_blank">{t('requestspage.open')}</Link></>}>
        <Switch isSelected={settings.data.strangers} isDisabled={isFixed} hint={t('requestspage.strangers_hint')} onChange={(strangers) => save.mutate({ strangers })}>{t('requestspage.strangers')}</Switch>
      </Section>
      <Section title={t('requestspage.names')} description={t('requestspage.names_why')}>
        <Select label={t('requestspage.names')} labelHidden className="max-w-form" isDisabled={isFixed} options={STAFF_NAMES.map((id) => ({ id, label: t(`requestspage.names.${id}`) }))} value={settings.data.staffNames} onChange={(staffNames) => save.mutate({ staffNames })} />
      </Section>
    </>
  );
}
