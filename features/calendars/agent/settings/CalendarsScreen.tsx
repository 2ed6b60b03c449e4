import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarClock, Ellipsis, Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { zoneName } from '../../../../platform/browser/time-zones.ts';
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
import { useCalendarText } from '../text.ts';
import { useCountryName, useHoursWords } from '../words.ts';
import { CalendarDialog } from './CalendarDialog.tsx';
import type { Choice } from './choices.ts';
import { DaysDialog } from './DaysDialog.tsx';
import { OpenMark } from './OpenMark.tsx';
import { PlacesPart } from './PlacesPart.tsx';
import { calendarsQuery } from './queries.ts';
import { TryDialog } from './TryDialog.tsx';

type CalendarsScreenProps = { mayManage: boolean; /** For new calendars. */ timeZone: string; channels: readonly Choice[]; mailboxes: readonly Choice[]; widgets: readonly Choice[] };

/** When work is done; promises to customers are counted by it. */
export function CalendarsScreen({ mayManage, timeZone, channels, mailboxes, widgets }: CalendarsScreenProps) {
  const t = useCalendarText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const calendars = useInfiniteQuery(calendarsQuery);
  const [edited, setEdited] = useState<CalendarView | 'new' | null>(null);
  const [shown, setShown] = useState<CalendarView | null>(null);
  const [tried, setTried] = useState<CalendarView | null>(null);
  const [doomed, setDoomed] = useState<CalendarView | null>(null);
  const refresh = () => cache.invalidateQueries({ queryKey: ['calendars'] });
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/calendars/${id}`), onSettled: refresh });
  const makeDefault = useMutation({
    mutationFn: (id: string) => api.patch(`/calendars/${id}`, { isDefault: true }, CalendarView),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: refresh,
  });

  const all = calendars.data?.pages.flatMap(({ items }) => items) ?? [];
  const make = mayManage && (
    <Button tone="primary" icon={Plus} onPress={() => setEdited('new')}>
      {t('calendars.new')}
    </Button>
  );
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-4">
        <p className="max-w-reading min-w-56 flex-1 text-13 text-ink-faint">{t('calendars.why')}</p>
        {all.length > 0 && make}
      </div>
      <PagedRows query={calendars} errorText={errorText} empty={<EmptyState icon={CalendarClock} action={make}>{t('calendars.empty')}</EmptyState>}>
        {(items) => (
          <RowList label={t('calendars.list')}>
            {items.map((calendar) => (
              <CalendarRow
                key={calendar.id} calendar={calendar} mayManage={mayManage} onEdit={() => setEdited(calendar)} onTry={() => setTried(calendar)} onDays={() => setShown(calendar)}
                onMakeDefault={() => makeDefault.mutate(calendar.id)} onDelete={() => setDoomed(calendar)}
              />
            ))}
          </RowList>
        )}
      </PagedRows>
      {all.length > 0 && <PlacesPart mayManage={mayManage} calendars={all} channels={channels} mailboxes={mailboxes} widgets={widgets} />}
      <DaysDialog calendar={shown} mayManage={mayManage} onClose={() => setShown(null)} />
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

type CalendarRowProps = { calendar: CalendarView; mayManage: boolean; onEdit: () => void; onTry: () => void; onDays: () => void; onMakeDefault: () => void; onDelete: () => void };

function CalendarRow({ calendar, mayManage, onEdit, onTry, onDays, onMakeDefault, onDelete }: CalendarRowProps) {
  const t = useCalendarText();
  const words = useHoursWords(calendar.timeZone);
  const nameOf = useCountryName();
  const label = t('calendars.actions', { name: calendar.name });
  const changes = [
    { id: 'edit', label: t('calendars.edit'), onAction: onEdit },
    { id: 'days', label: t('calendars.days'), onAction: onDays },
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
          <span className="block"><bdi>{zoneName(calendar.timeZone)}</bdi>{calendar.observes && <> · {t('calendars.observes', { country: nameOf(calendar.observes.country) })}</>}</span>
        </>
      }
      actions={
        <>
          {!mayManage && <Button size="small" onPress={onDays} aria-label={t('calendars.days_title', { name: calendar.name })}>{t('calendars.days')}</Button>}
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
