import { CopyPlus, Plus, X } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { LIMITS } from '../../core/contract.ts';
import { type Hours, overlapsOf, readTime, WEEKDAYS, type Week } from '../../core/week.ts';
import { useCalendarText } from '../text.ts';
import { useHoursWords } from '../words.ts';

const FIRST: Hours = { from: '09:00', to: '17:00' };

type WeekFieldsProps = { week: Week; onChange: (week: Week) => void };

/** Seven days, each with its hours. */
export function WeekFields({ week, onChange }: WeekFieldsProps) {
  const t = useCalendarText();
  const words = useHoursWords('UTC');
  const overlaps = overlapsOf(week);
  return (
    <fieldset className="flex flex-col">
      <legend className="mb-1 text-13 font-medium">{t('calendars.week')}</legend>
      <p className="mb-2 text-13 text-ink-faint">{t('calendars.week_hint')}</p>
      {WEEKDAYS.map((day, at) => {
        const name = words.dayName(day);
        const yesterday = WEEKDAYS[at - 1];
        return (
          <div key={day} role="group" aria-label={name} className="flex items-start gap-x-3 gap-y-1 border-t border-hairline py-2 max-wide:flex-col">
            <span className="flex h-control w-28 shrink-0 items-center max-wide:h-auto"><span className="block first-letter:uppercase">{name}</span></span>
            <HoursList
              of={name} hours={week[day] ?? []} onChange={(hours) => onChange({ ...week, [day]: hours })} goesOn
              problem={overlaps.has(day) ? t('calendars.overlap') : undefined}
              actions={yesterday && (
                <IconButton icon={CopyPlus} label={t('calendars.as_before', { day: name })} onPress={() => onChange({ ...week, [day]: week[yesterday] ?? [] })} />
              )}
            />
          </div>
        );
      })}
    </fieldset>
  );
}

type HoursListProps = { /** Whose hours, for those who hear the page. */ of: string; hours: readonly Hours[]; onChange: (hours: Hours[]) => void; /** Hours may end on the next day. */ goesOn?: boolean; problem?: string | undefined; actions?: ReactNode };

/** The hours of one day, one line each, or that it is closed. */
export function HoursList({ of, hours, onChange, goesOn = false, problem, actions }: HoursListProps) {
  const t = useCalendarText();
  const adding = useRef<HTMLButtonElement>(null);
  const faultOf = ({ from, to }: Hours): string | undefined => {
    if (from === to && to !== '') return t('calendars.no_time');
    return !goesOn && to !== '' && to < from ? t('calendars.ends_first') : undefined;
  };
  const put = (at: number, changed: Hours) => onChange(hours.map((one, i) => (i === at ? changed : one)));
  const add = () => {
    const last = hours.at(-1);
    onChange([...hours, last ? { from: last.to < '24:00' ? last.to : '', to: '' } : FIRST]);
  };
  const remove = (at: number) => {
    onChange(hours.filter((_, i) => i !== at));
    // What had the focus is gone.
    adding.current?.focus();
  };
  return (
    <div className="flex w-full min-w-0 items-start gap-1">
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        {hours.length === 0 && <span className="flex h-control items-center text-ink-faint">{t('calendars.closed')}</span>}
        {hours.map((one, at) => (
          // Lines have no names of their own; they keep their places while one of them is written.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={at} className="flex items-start gap-2">
            <TimeField label={t('calendars.from', { of })} value={one.from} onChange={(from) => put(at, { ...one, from })} error={one.from === '24:00' ? t('calendars.not_a_time') : undefined} />
            <span aria-hidden className="flex h-control items-center text-ink-faint">–</span>
            <TimeField label={t('calendars.to', { of })} value={one.to} onChange={(to) => put(at, { ...one, to })} error={faultOf(one) ?? (at === hours.length - 1 ? problem : undefined)} />
            <span className="flex h-control items-center">
              <IconButton icon={X} label={t('calendars.remove_hours', { of })} onPress={() => remove(at)} />
            </span>
          </div>
        ))}
      </div>
      <span className="flex h-control shrink-0 items-center">
        {actions}
        <IconButton ref={adding} icon={Plus} label={t('calendars.add_hours', { of })} isDisabled={hours.length >= LIMITS.intervals} onPress={add} />
      </span>
    </div>
  );
}

type TimeFieldProps = { label: string; /** Not only for those who hear the page. */ shown?: boolean; value: string; onChange: (value: string) => void; error?: string | undefined };

/** A time of day. What is typed becomes a time when the field is left: 9 is 09:00, 1730 is 17:30. */
export function TimeField({ label, shown = false, value, onChange, error }: TimeFieldProps) {
  const t = useCalendarText();
  const [typed, setTyped] = useState<string | null>(null);
  const isBad = typed === null && readTime(value) === null;
  return (
    <TextField
      label={label} labelHidden={!shown} isLatin isRequired autoFocus={value === ''} autoComplete="off" inputMode="numeric" placeholder="00:00" maxLength={5} className="w-20"
      value={typed ?? value} onChange={setTyped} error={isBad && value !== '' ? t('calendars.not_a_time') : error}
      onBlur={() => {
        if (typed !== null) onChange(readTime(typed) ?? typed);
        setTyped(null);
      }}
    />
  );
}
