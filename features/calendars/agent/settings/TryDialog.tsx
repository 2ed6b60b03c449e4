import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { zoneName } from '../../../../platform/browser/time-zones.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { type CalendarView, DueView, MOST_SECONDS } from '../../core/contract.ts';
import { momentOf, readingOf } from '../../core/zone.ts';
import { useCalendarText } from '../text.ts';
import { useHoursWords } from '../words.ts';

type TryDialogProps = { calendar: CalendarView | null; onClose: () => void };

/** From when, how long: due when, and why. */
export function TryDialog({ calendar, onClose }: TryDialogProps) {
  const t = useCalendarText();
  return (
    <Dialog isOpen={calendar !== null} onClose={onClose} title={t('calendars.try_title', { name: calendar?.name ?? '' })}>
      {calendar && <TryForm calendar={calendar} />}
    </Dialog>
  );
}

function TryForm({ calendar }: { calendar: CalendarView }) {
  const t = useCalendarText();
  const errorText = useErrorText();
  const words = useHoursWords(calendar.timeZone);
  const [now] = useState(() => readingOf(calendar.timeZone, new Date()));
  const ask = useMutation({
    mutationFn: (values: FormData) => api.post(`/calendars/${calendar.id}/due`, {
      from: momentOf(calendar.timeZone, (values.get('from') as string).slice(0, 16)).toISOString(),
      seconds: Number(values.get('hours')) * 3600 + Number(values.get('minutes')) * 60,
    }, DueView),
  });
  return (
    <div className="flex flex-col gap-5">
      <Form
        onSubmit={(values) => ask.mutate(values)}
        problem={ask.error && errorText(ask.error)}
        footer={<Button type="submit" tone="primary" isPending={ask.isPending}>{t('calendars.try_verb')}</Button>}
      >
        <TextField name="from" type="datetime-local" label={t('calendars.try_from')} hint={t('calendars.try_from_hint', { zone: zoneName(calendar.timeZone) })} defaultValue={now} isLatin isRequired />
        <div className="flex gap-3">
          <Count name="hours" label={t('calendars.try_hours')} first="8" max={MOST_SECONDS / 3600} />
          <Count name="minutes" label={t('calendars.try_minutes')} first="0" max={59} />
        </div>
      </Form>
      <div aria-live="polite">
        {ask.data && (
          <section className="flex flex-col gap-3 border-t border-hairline pt-4">
            <p>
              {t('calendars.due')} <strong className="font-semibold"><bdi>{words.inFull(ask.data.due)}</bdi></strong>
            </p>
            {ask.data.explanation.length > 0 && (
              <>
                <h3 className="text-13 font-medium">{t('calendars.counted', { count: ask.data.explanation.length })}</h3>
                <Counted intervals={ask.data.explanation} timeZone={calendar.timeZone} />
              </>
            )}
          </section>
        )}
      </div>
    </div>
  );
}

const Count = ({ name, label, first, max }: { name: string; label: string; first: string; max: number }) => {
  const t = useCalendarText();
  return (
    <TextField
      name={name} label={label} defaultValue={first} inputMode="numeric" autoComplete="off" maxLength={5} isLatin isRequired className="w-28"
      validate={(value) => (/^\d+$/.test(value.trim()) && Number(value) <= max ? null : t('calendars.up_to', { max }))}
    />
  );
};

/** More than this is told by its number alone. */
const SHOWN = 100;

function Counted({ intervals, timeZone }: { intervals: DueView['explanation']; timeZone: string }) {
  const t = useCalendarText();
  const words = useHoursWords(timeZone);
  return (
    <ol className="flex flex-col gap-1.5 text-13">
      {intervals.slice(0, SHOWN).map((interval) => (
        <li key={interval.from} className="flex justify-between gap-4">
          <bdi>{words.interval(interval)}</bdi>
          <span className="shrink-0 text-ink-faint tabular-nums">{words.duration((Date.parse(interval.to) - Date.parse(interval.from)) / 1000)}</span>
        </li>
      ))}
      {intervals.length > SHOWN && <li className="text-ink-faint">{t('calendars.counted_more', { count: intervals.length - SHOWN })}</li>}
    </ol>
  );
}
