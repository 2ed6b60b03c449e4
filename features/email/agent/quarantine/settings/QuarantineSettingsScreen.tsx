import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../../platform/browser/format.ts';
import { Button } from '../../../../../ui/components/Button.tsx';
import { ErrorState } from '../../../../../ui/components/ErrorState.tsx';
import { Form } from '../../../../../ui/components/Form.tsx';
import { Select } from '../../../../../ui/components/Select.tsx';
import { Loading, Skeleton } from '../../../../../ui/components/Skeleton.tsx';
import { TextField } from '../../../../../ui/components/TextField.tsx';
import { toast } from '../../../../../ui/components/Toast.tsx';
import { Section } from '../../../../../ui/layout/Section.tsx';
import type { MailboxView } from '../../../core/contract.ts';
import { QuarantineSettings } from '../../../core/quarantine-contract.ts';
import { mailboxesQuery } from '../../settings/queries.ts';
import { useEmailText } from '../../text.ts';
import { type Caretaker, idOf, NOBODY, ownerOf, quarantineSettings, useCaretakers } from './caretakers.ts';

/** Who is told of what is held back, at what hour, and for how long it is kept. */
export function QuarantineSettingsScreen() {
  const t = useEmailText();
  const errorText = useErrorText();
  const settings = useQuery(quarantineSettings);
  const mailboxes = useQuery(mailboxesQuery);
  const caretakers = useCaretakers();
  const asked = [settings, mailboxes, caretakers];
  const failed = asked.find(({ error }) => error);
  if (failed) return <ErrorState onRetry={() => { for (const one of asked) void one.refetch(); }}>{errorText(failed.error)}</ErrorState>;
  if (!settings.data || !mailboxes.data || !caretakers.data) {
    return <Loading><Skeleton className="mb-4 h-9 max-w-form" /><Skeleton className="mb-4 h-9 max-w-form" /><Skeleton className="h-9 max-w-form" /></Loading>;
  }
  return (
    <>
      <p className="mb-6 max-w-reading text-13 text-ink-faint">{t('quarantine.settings.why')}</p>
      <SettingsForm key={JSON.stringify(settings.data)} settings={settings.data} mailboxes={mailboxes.data.items} caretakers={caretakers.data} />
    </>
  );
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

function SettingsForm({ settings, mailboxes, caretakers }: { settings: QuarantineSettings; mailboxes: readonly MailboxView[]; caretakers: readonly Caretaker[] }) {
  const t = useEmailText();
  const errorText = useErrorText();
  const format = useFormat();
  const cache = useQueryClient();
  const [owner, setOwner] = useState(idOf(settings.owner));
  const [single, setSingle] = useState<Readonly<Record<string, string>>>(Object.fromEntries(settings.mailboxes.map((one) => [one.mailboxId, idOf(one.owner)])));
  const [hour, setHour] = useState(String(settings.digestHour));
  const save = useMutation({
    mutationFn: (values: FormData) => api.put('/email/quarantine/settings', {
      keepDays: Number(values.get('keepDays')), digestHour: Number(hour), owner: ownerOf(owner),
      mailboxes: Object.entries(single).filter(([, id]) => id !== NOBODY).map(([mailboxId, id]) => ({ mailboxId, owner: ownerOf(id) })),
    }, QuarantineSettings),
    onSuccess: (saved) => {
      cache.setQueryData(quarantineSettings.queryKey, saved);
      toast({ text: t('email.saved') });
      return cache.invalidateQueries({ queryKey: ['email', 'quarantine', 'list'] });
    },
  });

  return (
    <Form
      onSubmit={(values) => save.mutate(values)}
      errors={fieldErrors(save.error)}
      problem={save.error && errorText(save.error)}
      footer={<Button type="submit" tone="primary" isPending={save.isPending}>{t('email.save')}</Button>}
    >
      <div className="flex max-w-form flex-col gap-5">
        <Select
          label={t('quarantine.settings.owner')} hint={t('quarantine.settings.owner_hint')} value={owner} onChange={setOwner}
          options={withMissing([{ id: NOBODY, label: t('quarantine.settings.owners') }, ...caretakers], owner, t('quarantine.settings.gone'))}
        />
        <Select
          label={t('quarantine.settings.hour')} hint={t('quarantine.settings.hour_hint')} value={hour} onChange={setHour}
          options={HOURS.map((one) => ({ id: String(one), label: format.time(new Date(2000, 0, 1, one)) }))}
        />
        <TextField
          name="keepDays" label={t('quarantine.settings.keep')} hint={t('quarantine.settings.keep_hint')} defaultValue={String(settings.keepDays)}
          inputMode="numeric" pattern="[0-9]*" autoComplete="off" isLatin isRequired
        />
      </div>
      {mailboxes.length > 1 && (
        <Section title={t('quarantine.settings.mailboxes')} description={t('quarantine.settings.mailboxes_why')}>
          <div className="flex max-w-form flex-col gap-4">
            {mailboxes.map(({ id, address }) => {
              const chosen = single[id] ?? NOBODY;
              return (
                <Select
                  key={id} label={address} value={chosen} onChange={(wish) => setSingle({ ...single, [id]: wish })}
                  options={withMissing([{ id: NOBODY, label: t('quarantine.settings.same') }, ...caretakers], chosen, t('quarantine.settings.gone'))}
                />
              );
            })}
          </div>
        </Section>
      )}
    </Form>
  );
}

/** Somebody who looks after it and may not any more is shown, so that somebody else is chosen. */
const withMissing = (options: readonly Caretaker[], chosen: string, words: string): readonly Caretaker[] =>
  options.some(({ id }) => id === chosen) ? options : [...options, { id: chosen, label: words }];
