import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Select } from '../../../../ui/components/Select.tsx';
import { Section } from '../../../../ui/layout/Section.tsx';
import { AbsenceList } from '../absence/AbsenceList.tsx';
import { myPresence, teamsQuery } from '../queries.ts';
import { useRoutingText } from '../text.ts';
import { PeopleHere } from './PeopleHere.tsx';
import { QueuesHere } from './QueuesHere.tsx';

type HereScreenProps = { meId: string; mayShare: boolean; ticketHref: (ticketId: string) => string; settingsHref: string | null };

/** Who is here, how much they carry, what waits and how long: for whoever shares out the work. */
export function HereScreen({ meId, mayShare, ticketHref, settingsHref }: HereScreenProps) {
  const t = useRoutingText();
  const { data: teams } = useQuery(teamsQuery);
  const { data: me } = useQuery(myPresence);
  const [team, setTeam] = useState('');
  const everybody = { id: 'all', label: t('routing.here.everybody') };
  const choice = (teams?.items.length ?? 0) > 0 && (
    <Select
      label={t('routing.here.team')} labelHidden className="w-56 max-w-full" value={team || everybody.id}
      options={[everybody, ...(teams?.items ?? []).map(({ id, name }) => ({ id, label: name }))]} onChange={(id) => setTeam(id === everybody.id ? '' : id)}
    />
  );
  return (
    <div className="h-full overflow-auto">
      <div className="mx-auto w-full max-w-page px-8 py-7 max-wide:px-4 max-wide:py-4">
        <h1 className="mb-6 text-20 font-semibold">{t('routing.here')}</h1>
        <div>
          <Section title={t('routing.here.queues')} description={t('routing.here.queues_what')}>
            <QueuesHere mayShare={mayShare} ticketHref={ticketHref} settingsHref={settingsHref} />
          </Section>
          <Section title={t('routing.here.people')} description={t(me?.queuesExist === false ? 'routing.here.people_unshared' : 'routing.here.people_what')} actions={choice}>
            <PeopleHere team={team} meId={meId} mayShare={mayShare} />
          </Section>
          {mayShare && (
            <Section title={t('routing.absences')} description={t('routing.here.absences_what')}>
              <AbsenceList empty={t('routing.absence.nobody')} />
            </Section>
          )}
        </div>
      </div>
    </div>
  );
}
