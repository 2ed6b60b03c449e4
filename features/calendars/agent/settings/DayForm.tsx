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
type What = (typeof WHATS)[number];

const whatOf = (day: DayView | null): What => (day?.hours ? 'open' : day?.closedFrom ? 'early' : 'closed');

/** A date, what it is called, and whether it is closed, closes early, or has hours of its own. */
export function DayForm({ calendarId, day, onSaved, onClose }: DayFormProps) {
  const t = useCalendarText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [what, setWhat] = useState<What>(() => whatOf(day));
  const [hours, setHours] = useState<readonly Hours[]>(day?.hours ?? [{ from: '09:00', to: '17:00' }]);
  const [closedFrom, setClosedFrom] = useState(day?.closedFrom ?? '12:00');
  const save = useMutation({
    mutationFn: (values: FormData) => {
      const [own, early] = [what === 'open' ? hours : null, what === 'early' ? closedFrom : null];
      const name = values.get('name') as string;
      const date = values.get('date') as string;
      return day
        ? api.patch(`/calendars/${calendarId}/days/${day.id}`, { date, ...(name !== day.name && { name }), hours: own, closedFrom: early }, DayView)
        : api.post(`/calendars/${calendarId}/days`, { date, name, ...(own && { hours: own }), ...(early && { closedFrom: early }) }, DayView);
    },
    onSuccess: ({ date }) => {
      onSaved(Number(date.slice(0, 4)));
      return cache.invalidateQueries({ queryKey: ['calendars'] });
    },
  });
  const overlaps = what === 'open' && overlapsOf({ mon: hours }).has('mon');
  const labels = { closed: t('calendars.all_day'), early: t('calendars.closes_early'), open: t('calendars.own_hours') };
  return (
    <div role="group" aria-label={day?.name ?? t('calendars.add_day')}>
      <SaveForm
        verb={day ? t('calendars.save') : t('calendars.add_day')} onSubmit={(values) => save.mutate(values)} isPending={save.isPending} isDisabled={overlaps || (what === 'open' && hours.length === 0)}
        onCancel={onClose} errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}
      >
        <div className="flex gap-3 max-wide:flex-col">
          <TextField name="date" type="date" label={t('calendars.date')} defaultValue={day?.date ?? ''} isLatin isRequired autoFocus className="w-40 max-wide:w-full" />
          <TextField name="name" label={t('calendars.day_name')} defaultValue={day?.name ?? ''} maxLength={200} autoComplete="off" isRequired className="min-w-40 flex-1" />
        </div>
        <RadioGroup label={t('calendars.that_day')} options={WHATS.map((id) => ({ id, label: labels[id] }))} value={what} onChange={setWhat} layout="line" />
        {what === 'early' && <TimeField label={t('calendars.closes_at')} shown value={closedFrom} onChange={setClosedFrom} />}
        {what === 'open' && <HoursList of={day?.name ?? t('calendars.add_day')} hours={hours} onChange={setHours} problem={overlaps ? t('calendars.overlap') : undefined} />}
      </SaveForm>
    </div>
  );
}
