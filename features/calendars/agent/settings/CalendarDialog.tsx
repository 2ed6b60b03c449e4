import { useMutation, useQueryClient } from '@tanstack/react-query';
import { memo, useMemo, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { zoneOptions } from '../../../../platform/browser/time-zones.ts';
import { ComboBox } from '../../../../ui/components/ComboBox.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { CalendarView } from '../../core/contract.ts';
import { overlapsOf, type Week } from '../../core/week.ts';
import type { Observed } from '../../core/days.ts';
import type { Closure } from '../../core/working-time.ts';
import { useCalendarText } from '../text.ts';
import { ClosureFields, type Line, lineOf } from './ClosureFields.tsx';
import { WeekFields } from './HoursFields.tsx';
import { ObservedFields } from './ObservedFields.tsx';

type CalendarDialogProps = { calendar: CalendarView | 'new' | null; timeZone: string; onClose: () => void };

export function CalendarDialog({ calendar, timeZone, onClose }: CalendarDialogProps) {
  const t = useCalendarText();
  return (
    <Dialog isOpen={calendar !== null} onClose={onClose} title={calendar === 'new' || !calendar ? t('calendars.new') : calendar.name} size="wide" isDismissable={false}>
      {calendar && <CalendarForm calendar={calendar === 'new' ? null : calendar} timeZone={timeZone} onClose={onClose} />}
    </Dialog>
  );
}

const usual = [{ from: '09:00', to: '17:00' }];
const USUAL_WEEK: Week = { mon: usual, tue: usual, wed: usual, thu: usual, fri: usual };

/** What stands in the form at first. */
type First = Pick<CalendarView, 'name' | 'timeZone' | 'observes' | 'closures'> & { readonly week: Week };

type CalendarFormProps = { calendar: CalendarView | null; timeZone: string; onClose: () => void };

function CalendarForm({ calendar, timeZone: usualZone, onClose }: CalendarFormProps) {
  const t = useCalendarText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const first: First = calendar ?? { name: '', timeZone: usualZone, week: USUAL_WEEK, observes: null, closures: [] };
  const [timeZone, setTimeZone] = useState<string | null>(first.timeZone);
  const [week, setWeek] = useState<Week>(first.week);
  const [observes, setObserves] = useState<Observed | null>(first.observes);
  const [closures, setClosures] = useState<Line<Closure>[]>(() => first.closures.map(lineOf));
  const save = useMutation({
    mutationFn: (values: FormData) => {
      const body = {
        name: values.get('name'), timeZone, week, observes,
        closures: closures.map(({ from, to, reason }) => ({ from, to, reason })).sort((a, b) => a.from.localeCompare(b.from)),
      };
      return calendar ? api.patch(`/calendars/${calendar.id}`, { ...body, version: calendar.version }, CalendarView) : api.post('/calendars', body, CalendarView);
    },
    onSuccess: () => {
      toast({ text: t('calendars.saved') });
      onClose();
      return cache.invalidateQueries({ queryKey: ['calendars'] });
    },
  });

  const errors = useMemo(() => fieldErrors(save.error), [save.error]);

  return (
    <SaveForm
      verb={t('calendars.save')}
      onSubmit={(values) => save.mutate(values)}
      isPending={save.isPending}
      isDisabled={!timeZone || overlapsOf(week).size > 0}
      onCancel={onClose}
      errors={errors}
      problem={save.error && errorText(save.error)}
    >
      <TextField name="name" label={t('calendars.name')} hint={t('calendars.name_hint')} defaultValue={first.name} maxLength={100} autoComplete="off" isRequired autoFocus />
      <ZoneField usual={usualZone} value={timeZone} onChange={setTimeZone} />
      <ObservedFields value={observes} onChange={setObserves} hadOther={first.observes} />
      <WeekFields week={week} onChange={setWeek} />
      <ClosureFields lines={closures} onChange={setClosures} />
    </SaveForm>
  );
}

type ZoneFieldProps = { usual: string; value: string | null; onChange: (zone: string | null) => void };

/** Drawn anew only when the zone changes, not with everything else in the form. */
const ZoneField = memo(function ZoneField({ usual, value, onChange }: ZoneFieldProps) {
  const t = useCalendarText();
  const [first] = useState(value);
  const zones = useMemo(() => zoneOptions(usual, first ?? usual), [usual, first]);
  return <ComboBox label={t('calendars.time_zone')} hint={t('calendars.time_zone_hint')} options={zones} value={value} onChange={onChange} />;
});
