import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarDays, ChevronLeft, ChevronRight, Pencil, Plus, RotateCcw, X } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { serverNow } from '../../../../platform/browser/server-clock.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import { type CalendarView, DayView } from '../../core/contract.ts';
import { useCalendarText } from '../text.ts';
import { useCountryName, useHoursWords } from '../words.ts';
import { DayForm } from './DayForm.tsx';
import { countriesQuery, daysQuery } from './queries.ts';

type DaysDialogProps = { calendar: CalendarView | null; mayManage: boolean; onClose: () => void };

/** Days on which the week does not hold: public holidays, and a calendar's own. */
export function DaysDialog({ calendar, mayManage, onClose }: DaysDialogProps) {
  const t = useCalendarText();
  return (
    <Dialog isOpen={calendar !== null} onClose={onClose} title={t('calendars.days_title', { name: calendar?.name ?? '' })} size="wide">
      {calendar && <Days calendar={calendar} mayManage={mayManage} />}
    </Dialog>
  );
}

function Days({ calendar, mayManage }: { calendar: CalendarView; mayManage: boolean }) {
  const t = useCalendarText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [year, setYear] = useState(() => serverNow().getUTCFullYear());
  const [edited, setEdited] = useState<string | null>(null);
  const adding = useRef<HTMLButtonElement>(null);
  const days = useQuery(daysQuery(calendar.id, year));
  const close = () => {
    setEdited(null);
    // The form had the focus, and is gone.
    requestAnimationFrame(() => adding.current?.focus());
  };
  const saved = (to: number) => { setYear(to); close(); };
  const act = useMutation({
    mutationFn: async ({ day, restored }: { day: DayView; restored: boolean }) => {
      const path = `/calendars/${calendar.id}/days/${day.id}`;
      // One's own is gone, and with it what has the focus.
      if (!restored && day.publicDay === null) adding.current?.focus();
      await (restored ? api.patch(path, { restored: true }, DayView) : api.delete(path));
    },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['calendars'] }),
  });
  const turn = (to: number) => { setYear(to); setEdited(null); };
  return (
    <div className="flex flex-col gap-4 pb-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <YearTurner year={year} onTurn={turn} />
        {mayManage && <Button ref={adding} size="small" icon={Plus} onPress={() => setEdited('new')}>{t('calendars.add_day')}</Button>}
      </div>
      {edited === 'new' && <DayForm key={year} calendarId={calendar.id} day={null} onSaved={saved} onClose={close} />}
      {days.error && !days.data && <ErrorState onRetry={() => void days.refetch()}>{errorText(days.error)}</ErrorState>}
      {days.data?.items.length === 0 && edited !== 'new' && <EmptyState icon={CalendarDays}>{t(emptyWords(calendar))}</EmptyState>}
      <RowsOf label={t('calendars.days_of', { year: String(year) })} items={days.data?.items ?? []}>
        {(day) => (day.id === edited
          ? <li key={day.id} className="border-b border-hairline px-3.5 py-3 last:border-0"><DayForm calendarId={calendar.id} day={day} onSaved={saved} onClose={close} /></li>
          : <DayRow key={day.id} day={day} mayManage={mayManage} onEdit={() => setEdited(day.id)} onAct={(restored) => act.mutate({ day, restored })} />)}
      </RowsOf>
      {calendar.observes && <Credit calendar={calendar} />}
    </div>
  );
}

const emptyWords = ({ observes }: CalendarView) => (observes ? 'calendars.no_days' as const : 'calendars.no_days_at_all' as const);

const RowsOf = ({ label, items, children }: { label: string; items: readonly DayView[]; children: (day: DayView) => ReactNode }) => items.length > 0 && <RowList label={label}>{items.map(children)}</RowList>;

function YearTurner({ year, onTurn }: { year: number; onTurn: (year: number) => void }) {
  const t = useCalendarText();
  return (
    <div className="flex items-center gap-1" role="group" aria-label={t('calendars.year')}>
      <IconButton icon={ChevronLeft} mirrored label={t('calendars.year_before')} onPress={() => onTurn(year - 1)} />
      <h3 className="min-w-14 text-center text-16 font-semibold tabular-nums" aria-live="polite">{year}</h3>
      <IconButton icon={ChevronRight} mirrored label={t('calendars.year_after')} onPress={() => onTurn(year + 1)} />
    </div>
  );
}

type DayRowProps = { day: DayView; mayManage: boolean; onEdit: () => void; onAct: (restored: boolean) => void };

function DayRow({ day, mayManage, onEdit, onAct }: DayRowProps) {
  const words = useHoursWords('UTC');
  return (
    <ListRow
      title={<bdi className={day.removed ? 'text-ink-faint line-through' : ''}>{day.name}</bdi>} badges={<DayBadges day={day} />}
      detail={
        <>
          <span className="block"><bdi>{words.date(day.date)}</bdi>{!day.removed && <> · <bdi>{words.dayHours(day)}</bdi></>}</span>
          <MovedFrom day={day} />
        </>
      }
      actions={mayManage && <DayActions day={day} onEdit={onEdit} onAct={onAct} />}
    />
  );
}

/** The date that the country's data has, when it is another one. */
const movedFrom = ({ publicDay, date, removed }: DayView): string | null => (publicDay !== null && publicDay.date !== date && !removed ? publicDay.date : null);

function MovedFrom({ day }: { day: DayView }) {
  const t = useCalendarText();
  const words = useHoursWords('UTC');
  const from = movedFrom(day);
  return from !== null && <span className="block">{t('calendars.moved_from', { date: words.date(from) })}</span>;
}

function DayBadges({ day }: { day: DayView }) {
  const t = useCalendarText();
  if (day.publicDay === null) return <Badge>{t('calendars.own_day')}</Badge>;
  if (day.removed) return <Badge>{t('calendars.worked')}</Badge>;
  return day.changed && <Badge tone="accent">{movedFrom(day) === null ? t('calendars.changed') : t('calendars.moved')}</Badge>;
}

function DayActions({ day, onEdit, onAct }: Omit<DayRowProps, 'mayManage'>) {
  const t = useCalendarText();
  const { name } = day;
  const restore = <IconButton icon={RotateCcw} label={t('calendars.restore_day', { name })} onPress={() => onAct(true)} />;
  if (day.removed) return restore;
  return (
    <>
      <IconButton icon={Pencil} label={t('calendars.edit_day', { name })} onPress={onEdit} />
      {day.changed && restore}
      <IconButton icon={X} label={day.publicDay ? t('calendars.work_day', { name }) : t('calendars.remove_line', { name })} onPress={() => onAct(false)} />
    </>
  );
}

/** The licence of the data asks for it. */
function Credit({ calendar }: { calendar: CalendarView }) {
  const t = useCalendarText();
  const nameOf = useCountryName();
  const credit = useQuery(countriesQuery).data?.credit;
  return (
    <p className="text-13 text-ink-faint">
      {t('calendars.from_data', { country: nameOf(calendar.observes?.country ?? '') })}
      {credit && <> <Link href={credit.url} target="_blank" rel="noreferrer"><bdi>{credit.text}</bdi></Link> (<Link href={credit.licenceUrl} target="_blank" rel="noreferrer"><bdi>{credit.licence}</bdi></Link>)</>}
    </p>
  );
}
