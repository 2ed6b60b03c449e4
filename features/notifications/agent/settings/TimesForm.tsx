import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { zoneOptions } from '../../../../platform/browser/time-zones.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { ComboBox } from '../../../../ui/components/ComboBox.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { PreferencesView, type Times } from '../../core/contract.ts';
import { isQuietAt } from '../../core/times.ts';
import { preferencesQuery } from '../queries.ts';
import { useNotificationText } from '../text.ts';

/** Not the name of any zone. */
const WORKSPACE = 'workspace';
const NIGHT = { from: '20:00', to: '07:00', urgent: true };

/** When the mail of the day comes, and when none does. */
export function TimesForm({ given }: { given: Times }) {
  const t = useNotificationText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [dailyAt, setDailyAt] = useState(given.dailyAt);
  const [zone, setZone] = useState<string | null>(given.timeZone ?? WORKSPACE);
  const [isQuiet, setIsQuiet] = useState(given.quiet !== null);
  const [quiet, setQuiet] = useState(given.quiet ?? NIGHT);
  const zones = useMemo(() => [{ id: WORKSPACE, label: t('notifications.zone_workspace') }, ...zoneOptions(given.timeZone ?? 'UTC')], [t, given]);
  const save = useMutation({
    mutationFn: (times: Times) => api.put('/me/notices/preferences', { times }, PreferencesView),
    onSuccess: (saved) => {
      cache.setQueryData(preferencesQuery.queryKey, saved);
      toast({ text: t('notifications.saved') });
    },
  });
  const isSame = isQuiet && quiet.from === quiet.to;
  return (
    <Form
      className="max-w-form"
      onSubmit={() => { if (zone !== null) save.mutate({ timeZone: zone === WORKSPACE ? null : zone, dailyAt, quiet: isQuiet ? quiet : null }); }}
      errors={fieldErrors(save.error)}
      problem={save.error && errorText(save.error)}
      footer={<Button type="submit" tone="primary" isPending={save.isPending} isDisabled={zone === null || isSame}>{t('notifications.save')}</Button>}
    >
      <TextField
        type="time" label={t('notifications.daily_at')} value={dailyAt} onChange={setDailyAt} isLatin isRequired className="w-40"
        {...(isQuiet && dailyAt !== '' && isQuietAt(dailyAt, quiet) && { hint: t('notifications.daily_in_quiet') })}
      />
      <ComboBox label={t('notifications.zone')} options={zones} value={zone} onChange={setZone} />
      <Checkbox isSelected={isQuiet} onChange={setIsQuiet} hint={t('notifications.quiet_hint')}>{t('notifications.quiet')}</Checkbox>
      {isQuiet && (
        <div className="flex flex-col gap-4 ps-7">
          <div className="flex flex-wrap gap-3">
            <TextField type="time" label={t('notifications.quiet_from')} value={quiet.from} onChange={(from) => setQuiet({ ...quiet, from })} isLatin isRequired className="w-40" />
            <TextField type="time" label={t('notifications.quiet_to')} value={quiet.to} onChange={(to) => setQuiet({ ...quiet, to })} isLatin isRequired className="w-40" {...(isSame && { error: t('notifications.quiet_same') })} />
          </div>
          <Checkbox isSelected={quiet.urgent} onChange={(urgent) => setQuiet({ ...quiet, urgent })} hint={t('notifications.quiet_urgent_hint')}>{t('notifications.quiet_urgent')}</Checkbox>
        </div>
      )}
    </Form>
  );
}
