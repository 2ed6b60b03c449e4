import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { RadioGroup } from '../../../../ui/components/RadioGroup.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { DayView } from '../../core/contract.ts';
import { type Hours, overlapsOf } from '../../core/week.ts';
import { useCalendarText } from '../text.ts';
import { HoursList, TimeField } from './HoursFields.tsx';

type DayFormProps = { calendarId: string; day: DayView | null; /** In which year it lies now. */ onSaved: (year: number) => void; onClose: () => void };
const WHATS = ['closed', 'early', 'open'] as const;
/** What is worked on that day, while it is written. */
type Draft = { readonly what: (typeof WHATS)[number]; readonly hours: readonly Hours[]; readonly closedFrom: string };

const NEW: Draft = { what: 'closed', hours: [{ from: '09:00', to: '17:00' }], closedFrom: '12:00' };
function draftOf(day: DayView | null): Draft {
  if (day?.hours) return { ...NEW, what: 'open', hours: day.hours };
  return day?.closedFrom ? { ...NEW, what: 'early', closedFrom: day.closedFrom } : NEW;
}
const hoursOf = ({ what, hours, closedFrom }: Draft) => ({ hours: what === 'open' ? hours : null, closedFrom: what === 'early' ? closedFrom : null });
const overlaps = ({ what, hours }: Draft): boolean => what === 'open' && overlapsOf({ mon: hours }).has('mon');
const isWhole = (draft: Draft): boolean => !overlaps(draft) && (draft.what !== 'open' || draft.hours.length > 0);

/** A date, what it is called, and whether it is closed, closes early, or has hours of its own. */
export function DayForm({ calendarId, day, onSaved, onClose }: DayFormProps) {
  const t = useCalendarText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(day));
  const known = day ?? { name: '', date: '' };
  const title = day?.name ?? t('calendars.add_day');
  const save = useMutation({
    mutationFn: (values: FormData) => {
      const [date, name] = [values.get('date') as string, values.get('name') as string];
      const worked = hoursOf(draft);
      // A name that is not changed stays in the language of each reader.
      if (day) return api.patch(`/calendars/${calendarId}/days/${day.id}`, { date, ...(name !== day.name && { name }), ...worked }, DayView);
      return api.post(`/calendars/${calendarId}/days`, { date, name, ...Object.fromEntries(Object.entries(worked).filter(([, value]) => value !== null)) }, DayView);
    },
    onSuccess: ({ date }) => {
      onSaved(Number(date.slice(0, 4)));
      return cache.invalidateQueries({ queryKey: ['calendars'] });
    },
  });
  return (
    <div role="group" aria-label={title}>
      <SaveForm
        verb={day ? t('calendars.save') : t('calendars.add_day')} onSubmit={(values) => save.mutate(values)} isPending={save.isPending} isDisabled={!isWhole(draft)}
        onCancel={onClose} errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}
      >
        <div className="flex gap-3 max-wide:flex-col">
          <TextField name="date" type="date" label={t('calendars.date')} defaultValue={known.date} isLatin isRequired autoFocus className="w-40 max-wide:w-full" />
          <TextField name="name" label={t('calendars.day_name')} defaultValue={known.name} maxLength={200} autoComplete="off" isRequired className="min-w-40 flex-1" />
        </div>
        <WorkedFields of={title} draft={draft} put={(change) => setDraft({ ...draft, ...change })} />
      </SaveForm>
    </div>
  );
}

function WorkedFields({ of, draft, put }: { of: string; draft: Draft; put: (change: Partial<Draft>) => void }) {
  const t = useCalendarText();
  const labels = { closed: t('calendars.all_day'), early: t('calendars.closes_early'), open: t('calendars.own_hours') };
  return (
    <>
      <RadioGroup label={t('calendars.that_day')} options={WHATS.map((id) => ({ id, label: labels[id] }))} value={draft.what} onChange={(what) => put({ what })} layout="line" />
      {draft.what === 'early' && <TimeField label={t('calendars.closes_at')} shown value={draft.closedFrom} onChange={(closedFrom) => put({ closedFrom })} />}
      {draft.what === 'open' && <HoursList of={of} hours={draft.hours} onChange={(hours) => put({ hours })} problem={overlaps(draft) ? t('calendars.overlap') : undefined} />}
    </>
  );
}
