import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarCheck, CalendarOff, Ellipsis, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Avatar } from '../../../../ui/components/Avatar.tsx';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import { type PresenceState, PresenceView, STATES } from '../../core/contract.ts';
import { AbsenceDialog } from '../absence/AbsenceDialog.tsx';
import { askAwayNow } from '../absence/away-now.ts';
import { useBack } from '../absence/use-away.ts';
import { STATE_ICONS, STATE_TONES, stateText, useStateName } from '../presence/states.ts';
import { presenceBoard, refresh } from '../queries.ts';
import { PersonSkillsDialog } from '../settings/PersonSkillsDialog.tsx';
import { useRoutingText } from '../text.ts';
import { useChannelName } from '../words.ts';
import { LoadMeter } from './LoadMeter.tsx';

type Person = PresenceView['person'];

/** Everybody who may be given work: what they are, since when, and how much they carry. */
export function PeopleHere({ team, meId, mayShare }: { team: string; meId: string; mayShare: boolean }) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [leaving, setLeaving] = useState<Person | null>(null);
  const { end } = useBack();
  const [taught, setTaught] = useState<Person | null>(null);
  const put = useMutation({
    mutationFn: ({ person, state }: { person: Person; state: PresenceState }) => api.put(`/people/${person.id}/presence`, { state }, PresenceView),
    onSuccess: ({ person, effective }) => toast({ text: t('routing.here.is_now', { name: person.name, state: t(stateText(effective)) }) }),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => refresh(cache, 'presence'),
  });
  return (
    <>
      <PagedRows query={useInfiniteQuery(presenceBoard(team))} errorText={errorText} faces empty={<EmptyState icon={UsersRound}>{t('routing.here.nobody')}</EmptyState>}>
        {(people) => (
          <RowList label={t('routing.here.people')}>
            {people.map((presence) => (
              <PersonRow
                key={presence.person.id} presence={presence} isMe={presence.person.id === meId} mayShare={mayShare} onState={(state) => put.mutate({ person: presence.person, state })}
                onAwayNow={() => askAwayNow({ person: presence.person, isOwn: presence.person.id === meId })} onBack={() => presence.absence && end(presence.absence.id)}
                onAbsence={() => setLeaving(presence.person)} onSkills={() => setTaught(presence.person)}
              />
            ))}
          </RowList>
        )}
      </PagedRows>
      <AbsenceDialog person={leaving} isOwn={leaving?.id === meId} onClose={() => setLeaving(null)} />
      <PersonSkillsDialog person={taught} onClose={() => setTaught(null)} />
    </>
  );
}

type PersonRowProps = { presence: PresenceView; isMe: boolean; mayShare: boolean; onState: (state: PresenceState) => void; onAbsence: () => void; onAwayNow: () => void; onBack: () => void; onSkills: () => void };

function PersonRow({ presence, isMe, mayShare, onState, onAbsence, onAwayNow, onBack, onSkills }: PersonRowProps) {
  const t = useRoutingText();
  const nameOf = useStateName();
  const { person, effective, load } = presence;
  const label = t('routing.actions', { name: person.name });
  return (
    <ListRow
      leading={<Avatar id={person.id} name={person.name} />}
      title={person.name}
      badges={presence.queuesExist ? <Badge tone={STATE_TONES[effective]} icon={STATE_ICONS[effective]}>{nameOf(presence)}</Badge> : <Seen isHere={isMe || presence.connected} />}
      detail={presence.queuesExist ? <Since presence={presence} /> : <Reasons presence={presence} />}
      actions={
        <>
          <LoadMeter load={load} />
          {mayShare && (
            <Menu
              label={label}
              placement="bottom end"
              trigger={<IconButton icon={Ellipsis} label={label} />}
              groups={[
                { title: t('routing.here.set_as'), entries: STATES.map((id) => ({ id, label: t(stateText(id)), icon: STATE_ICONS[id], chosen: presence.state === id && !presence.own, onAction: () => onState(id) })) },
                { entries: [presence.absence ? { id: 'back', label: t('routing.absence.is_back'), icon: CalendarCheck, onAction: onBack } : { id: 'away-now', label: t('routing.away_now'), icon: CalendarOff, onAction: onAwayNow }] },
                { entries: [{ id: 'skills', label: t('routing.skills.of_person'), onAction: onSkills }, { id: 'absence', label: t('routing.absence.plan'), onAction: onAbsence }] },
              ]}
            />
          )}
        </>
      }
    />
  );
}

/** Where nothing is shared out, what somebody chose to be says nothing: whether they sit here does. */
function Seen({ isHere }: { isHere: boolean }) {
  const t = useRoutingText();
  return isHere && <Badge tone="accent" icon={STATE_ICONS.online}>{t('routing.here.connected')}</Badge>;
}

const Reasons = ({ presence: { reason, absence } }: { presence: PresenceView }) => {
  const t = useRoutingText();
  const format = useFormat();
  return [absence ? t('routing.here.absent_until', { until: absence.to === null ? 'none' : format.dateTime(absence.to) }) : '', reason && isolated(reason)].filter(Boolean).join(' · ');
};

/** Since when, why, and what of it the server made. */
function Since({ presence: { since, reason, because, effective, absence, load } }: { presence: PresenceView }) {
  const t = useRoutingText();
  const channelName = useChannelName();
  const format = useFormat();
  const now = useNow(60_000);
  const channels = load.channels.filter(({ count }) => count > 0).map(({ channel, count, most }) =>
    t('routing.load.channel', { channel: channelName(channel), count: format.number(count), most: format.number(most) }));
  const parts = [
    because === null ? t('routing.here.since', { since: format.brief(since, now) }) : t(`routing.here.because.${because}`, { state: t(stateText(effective)) }),
    reason && isolated(reason),
    absence?.deputy ? t('routing.absence.deputy_is', { name: isolated(absence.deputy.name) }) : '',
  ].filter(Boolean).join(' · ');
  return (
    <>
      <span className="block">{parts}</span>
      {channels.length > 0 && <span className="block">{channels.join(' · ')}</span>}
    </>
  );
}
