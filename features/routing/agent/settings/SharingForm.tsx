import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { RoutingSettings } from '../../core/contract.ts';
import { DurationField, secondsOf, type Span, spanOf } from '../DurationField.tsx';
import { KEYS, refresh } from '../queries.ts';
import { stateText } from '../presence/states.ts';
import { useRoutingText } from '../text.ts';
import { capacityOf, draftOf } from './capacity.ts';
import { CapacityFields } from './CapacityFields.tsx';
import { percentsOf, StatusFields, statusesOf } from './StatusFields.tsx';

const SPANS = ['idleSeconds', 'graceSeconds', 'wrapUpSeconds', 'backAfterSeconds'] as const;
type Spans = Record<(typeof SPANS)[number], Span>;
const MISSED = ['never', '1', '2', '3', '5', '10'] as const;

/** What is written, as the server takes it; null while something is amiss. */
function settingsOf({ spans, ...rest }: { spans: Spans; capacity: RoutingSettings['capacity'] | null; statuses: RoutingSettings['statuses'] | null; idleState: RoutingSettings['idleState']; missedOffers: number | null }): RoutingSettings | null {
  const seconds = Object.fromEntries(SPANS.map((name) => [name, secondsOf(spans[name])]));
  return RoutingSettings.safeParse({ ...seconds, ...rest }).data ?? null;
}

export function SharingForm({ given }: { given: RoutingSettings }) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [spans, setSpans] = useState<Spans>(() => Object.fromEntries(SPANS.map((name) => [name, spanOf(given[name])])) as Spans);
  const [idleState, setIdleState] = useState(given.idleState);
  const [missed, setMissed] = useState(given.missedOffers === null ? 'never' : String(given.missedOffers));
  const [capacity, setCapacity] = useState(() => draftOf(given.capacity));
  const [percents, setPercents] = useState(() => percentsOf(given.statuses));
  const wish = settingsOf({ spans, idleState, missedOffers: missed === 'never' ? null : Number(missed), capacity: capacityOf(capacity), statuses: statusesOf(percents) });
  const save = useMutation({
    mutationFn: (settings: RoutingSettings) => api.patch('/routing-settings', settings, RoutingSettings),
    onSuccess: (settings) => {
      cache.setQueryData(KEYS.settings, settings);
      toast({ text: t('routing.saved') });
      return refresh(cache, 'presence');
    },
  });
  const span = (name: (typeof SPANS)[number], never?: string) => (
    <DurationField
      label={t(`routing.sharing.${name}`)} hint={t(`routing.sharing.${name}.what`)} value={spans[name]} onChange={(value) => setSpans({ ...spans, [name]: value })}
      units={name === 'backAfterSeconds' ? ['hours', 'days'] : ['seconds', 'minutes', 'hours']} {...(never !== undefined && { never })}
    />
  );
  const counts = MISSED.includes(missed as (typeof MISSED)[number]) ? MISSED : [...MISSED, missed];
  return (
    <Form
      className="max-w-form"
      onSubmit={() => { if (wish) save.mutate(wish); }}
      problem={save.error && errorText(save.error)}
      footer={<Button type="submit" tone="primary" isPending={save.isPending} isDisabled={wish === null}>{t('routing.save')}</Button>}
    >
      <CapacityFields value={capacity} onChange={setCapacity} />
      <StatusFields value={percents} onChange={setPercents} />
      {span('idleSeconds', t('routing.never'))}
      {spans.idleSeconds.unit !== 'never' && (
        <Select
          label={t('routing.sharing.idleState')} value={idleState} onChange={setIdleState}
          options={[{ id: 'away' as const, label: t(stateText('away')) }, { id: 'offline' as const, label: t(stateText('offline')) }]}
        />
      )}
      <Select
        label={t('routing.sharing.missedOffers')} hint={t('routing.sharing.missedOffers.what')} value={missed} onChange={setMissed}
        options={counts.map((id) => ({ id: id as string, label: id === 'never' ? t('routing.never') : t('routing.sharing.offers', { count: Number(id) }) }))}
      />
      {span('graceSeconds')}
      {span('wrapUpSeconds')}
      {span('backAfterSeconds', t('routing.sharing.stays'))}
    </Form>
  );
}
