import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MapPin, Pencil, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList, Section } from '../../../../ui/layout/Section.tsx';
import type { CalendarView, HoldingView, PlaceView } from '../../core/contract.ts';
import { useCalendarText } from '../text.ts';
import { useHoursWords } from '../words.ts';
import { type Choice, NONE } from './choices.ts';
import { OpenMark } from './OpenMark.tsx';
import { PlaceDialog } from './PlaceDialog.tsx';
import { holdingQuery, placesQuery, teamsQuery } from './queries.ts';

type PlacesPartProps = { mayManage: boolean; calendars: readonly CalendarView[]; channels: readonly Choice[]; mailboxes: readonly Choice[]; widgets: readonly Choice[] };

/** Which working hours hold for whom. */
export function PlacesPart({ mayManage, calendars, channels, mailboxes, widgets }: PlacesPartProps) {
  const t = useCalendarText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const places = useQuery(placesQuery);
  const teams = useTeams();
  const [edited, setEdited] = useState<PlaceView | 'new' | null>(null);
  const remove = useMutation({
    mutationFn: (id: string) => api.delete(`/calendar-places/${id}`),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['calendars'] }),
  });
  const add = mayManage && <Button icon={Plus} onPress={() => setEdited('new')}>{t('calendars.add_place')}</Button>;
  const items = places.data?.items ?? [];
  const choices = { calendars, teams, channels, mailboxes, widgets };
  return (
    <div className="mt-8">
      <Section title={t('calendars.places')} description={t('calendars.places_why')} actions={items.length > 0 && add}>
        {places.error && !places.data && <ErrorState onRetry={() => void places.refetch()}>{errorText(places.error)}</ErrorState>}
        {places.data && items.length === 0 && <EmptyState icon={MapPin} action={add}>{t('calendars.no_places')}</EmptyState>}
        {items.length > 0 && (
          <>
            <RowList label={t('calendars.places')}>
              {items.map((place) => <PlaceRow key={place.id} place={place} mayManage={mayManage} onEdit={() => setEdited(place)} onRemove={() => remove.mutate(place.id)} {...choices} />)}
            </RowList>
            <Asking {...choices} />
          </>
        )}
      </Section>
      <PlaceDialog place={edited} onClose={() => setEdited(null)} {...choices} />
    </div>
  );
}

function useTeams(): readonly Choice[] {
  const { data } = useQuery(teamsQuery);
  return (data?.items ?? []).map(({ id, name }) => ({ id, label: name }));
}

type Choices = { calendars: readonly CalendarView[]; teams: readonly Choice[]; channels: readonly Choice[]; mailboxes: readonly Choice[]; widgets: readonly Choice[] };
type PlaceRowProps = Choices & { place: PlaceView; mayManage: boolean; onEdit: () => void; onRemove: () => void };

const doorsOf = ({ hasPages, host }: PlaceView, pages: string): string[] => [...(hasPages ? [pages] : []), ...(host === null ? [] : [host])];

function PlaceRow({ place, mayManage, onEdit, onRemove, calendars, teams, channels, mailboxes, widgets }: PlaceRowProps) {
  const t = useCalendarText();
  const nameIn = (choices: readonly Choice[]) => (id: string) => choices.find((one) => one.id === id)?.label ?? t('calendars.gone');
  const calendar = calendars.find(({ id }) => id === place.calendarId);
  const members = [...place.teamIds.map(nameIn(teams)), ...place.mailboxIds.map(nameIn(mailboxes)), ...place.widgetIds.map(nameIn(widgets)), ...doorsOf(place, t('calendars.has_pages'))];
  const title = place.name ?? [...members, ...(place.channel === null ? [] : [nameIn(channels)(place.channel)])].join(' · ');
  return (
    <ListRow
      title={title} badges={calendar && <OpenMark calendar={calendar} />}
      detail={
        <>
          <span className="block">{t(`calendars.kind.${place.kind}`)}{place.name !== null && members.length > 0 && <> · <bdi>{members.join(', ')}</bdi></>}</span>
          <span className="block"><bdi>{calendar?.name ?? t(place.calendarId === null ? 'calendars.no_own_hours' : 'calendars.gone')}</bdi></span>
        </>
      }
      actions={mayManage && (
        <>
          <IconButton icon={Pencil} label={t('calendars.edit_place', { name: title })} onPress={onEdit} />
          <IconButton icon={X} label={t('calendars.remove_line', { name: title })} onPress={onRemove} />
        </>
      )}
    />
  );
}

/** For a team and a channel: which hours hold there, why, and when they begin next. */
function Asking({ calendars, teams, channels }: Choices) {
  const t = useCalendarText();
  const [team, setTeam] = useState<string>(NONE);
  const [channel, setChannel] = useState<string>(NONE);
  const { data: held } = useQuery({ ...holdingQuery(team === NONE ? null : team, channel === NONE ? null : channel), placeholderData: (before) => before });
  const words = useHoursWords(calendars.find(({ id }) => id === held?.calendarId)?.timeZone ?? 'UTC');
  const any = { id: NONE, label: t('calendars.any') };
  return (
    <div role="group" aria-label={t('calendars.which')} className="flex flex-col gap-3">
      <h3 className="text-13 font-medium">{t('calendars.which')}</h3>
      <div className="flex flex-wrap gap-3">
        <Select label={t('calendars.kind.team')} options={[any, ...teams]} value={team} onChange={setTeam} className="w-56 max-wide:w-full" />
        <Select label={t('calendars.kind.channel')} options={[any, ...channels]} value={channel} onChange={setChannel} className="w-56 max-wide:w-full" />
      </div>
      <p aria-live="polite" className="text-14">{held && <Answer held={held} words={words} />}</p>
    </div>
  );
}

function Answer({ held, words }: { held: HoldingView; words: ReturnType<typeof useHoursWords> }) {
  const t = useCalendarText();
  const opens = held.opensAt ? t('calendars.opens', { when: words.soon(new Date(held.opensAt)) }) : t('calendars.never_open');
  return (
    <>
      <strong className="font-semibold"><bdi>{held.name ?? t('calendars.around_the_clock')}</bdi></strong>
      {' · '}{t(`calendars.by.${held.by}`)}{' · '}<bdi>{held.isOpen ? t('calendars.open') : opens}</bdi>
    </>
  );
}
