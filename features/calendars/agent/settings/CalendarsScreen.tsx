import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarClock, Ellipsis, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { zoneName } from '../../../../platform/browser/time-zones.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import { CalendarView } from '../../core/contract.ts';
import { workingTime } from '../../core/working-time.ts';
import { useCalendarText } from '../text.ts';
import { useHoursWords } from '../words.ts';
import { CalendarDialog } from './CalendarDialog.tsx';
import { calendarsQuery } from './queries.ts';
import { TryDialog } from './TryDialog.tsx';

type CalendarsScreenProps = { mayManage: boolean; /** For new calendars. */ timeZone: string };

/** When work is done; promises to customers are counted by it. */
export function CalendarsScreen({ mayManage, timeZone }: CalendarsScreenProps) {
  const t = useCalendarText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const calendars = useInfiniteQuery(calendarsQuery);
  const [edited, setEdited] = useState<CalendarView | 'new' | null>(null);
  const [tried, setTried] = useState<CalendarView | null>(null);
  const [doomed, setDoomed] = useState<CalendarView | null>(null);
  const refresh = () => cache.invalidateQueries({ queryKey: ['calendars'] });
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/calendars/${id}`), onSettled: refresh });
  const makeDefault = useMutation({
    mutationFn: (id: string) => api.patch(`/calendars/${id}`, { isDefault: true }, CalendarView),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: refresh,
  });

  const make = mayManage && (
    <Button tone="primary" icon={Plus} onPress={() => setEdited('new')}>
      {t('calendars.new')}
    </Button>
  );
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-4">
        <p className="max-w-reading min-w-56 flex-1 text-13 text-ink-faint">{t('calendars.why')}</p>
        {calendars.data?.pages.some(({ items }) => items.length > 0) && make}
      </div>
      <PagedRows query={calendars} errorText={errorText} empty={<EmptyState icon={CalendarClock} action={make}>{t('calendars.empty')}</EmptyState>}>
        {(items) => (
          <RowList label={t('calendars.list')}>
            {items.map((calendar) => (
              <CalendarRow
                key={calendar.id} calendar={calendar} mayManage={mayManage} onEdit={() => setEdited(calendar)} onTry={() => setTried(calendar)}
                onMakeDefault={() => makeDefault.mutate(calendar.id)} onDelete={() => setDoomed(calendar)}
              />
            ))}
          </RowList>
        )}
      </PagedRows>
      <CalendarDialog calendar={edited} timeZone={timeZone} onClose={() => setEdited(null)} />
      <TryDialog calendar={tried} onClose={() => setTried(null)} />
      <ConfirmDialog
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        title={t('calendars.delete_title', { name: doomed?.name ?? '' })}
        verb={t('calendars.delete')}
        onConfirm={async () => doomed && remove.mutateAsync(doomed.id)}
        errorText={errorText}
      >
        {t('calendars.delete_why')}
      </ConfirmDialog>
    </>
  );
}

type CalendarRowProps = { calendar: CalendarView; mayManage: boolean; onEdit: () => void; onTry: () => void; onMakeDefault: () => void; onDelete: () => void };

function CalendarRow({ calendar, mayManage, onEdit, onTry, onMakeDefault, onDelete }: CalendarRowProps) {
  const t = useCalendarText();
  const words = useHoursWords(calendar.timeZone);
  const label = t('calendars.actions', { name: calendar.name });
  const changes = [
    { id: 'edit', label: t('calendars.edit'), onAction: onEdit },
    ...(calendar.isDefault ? [] : [{ id: 'default', label: t('calendars.make_default'), onAction: onMakeDefault }]),
  ];
  return (
    <ListRow
      title={calendar.name}
      badges={
        <>
          {calendar.isDefault && <Badge tone="accent">{t('calendars.default')}</Badge>}
          <OpenMark calendar={calendar} />
        </>
      }
      detail={
        <>
          <span className="block"><bdi>{words.week(calendar.week)}</bdi></span>
          <span className="block"><bdi>{zoneName(calendar.timeZone)}</bdi></span>
        </>
      }
      actions={
        <>
          <Button size="small" onPress={onTry} aria-label={t('calendars.try_one', { name: calendar.name })}>{t('calendars.try')}</Button>
          {mayManage && (
            <Menu
              label={label}
              placement="bottom end"
              trigger={<IconButton icon={Ellipsis} label={label} />}
              groups={[{ entries: changes }, ...(calendar.isDefault ? [] : [{ entries: [{ id: 'delete', label: t('calendars.delete'), tone: 'danger' as const, onAction: onDelete }] }])]}
            />
          )}
        </>
      }
    />
  );
}

/** Whether it is working time now, and if not, from when on. */
function OpenMark({ calendar }: { calendar: CalendarView }) {
  const t = useCalendarText();
  const words = useHoursWords(calendar.timeZone);
  const now = useNow(30_000);
  const time = useMemo(() => workingTime(calendar), [calendar]);
  if (time.isOpen(now)) return <Badge tone="good">{t('calendars.open')}</Badge>;
  const opens = time.nextOpening(now);
  return <Badge>{opens ? t('calendars.opens', { when: words.soon(opens) }) : t('calendars.never_open')}</Badge>;
}
