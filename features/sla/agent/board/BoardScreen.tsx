import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Handshake } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { RowList } from '../../../../ui/layout/Section.tsx';
import { TeamPage } from '../../../people/core/contract.ts';
import { boardQuery } from '../queries.ts';
import { useSlaText } from '../text.ts';
import { BoardRow } from './BoardRow.tsx';
import { Flags } from './Flags.tsx';
import { KeptPart } from './KeptPart.tsx';

const ALL = 'all';
type Whose = typeof ALL | 'me' | 'none';

/** What breaks next, and what is late already; for whoever shares out the work. */
export function BoardScreen({ mayReview, seesFigures, ticketHref }: { mayReview: boolean; seesFigures: boolean; ticketHref: (ticketId: string) => string }) {
  const t = useSlaText();
  const errorText = useErrorText();
  const [team, setTeam] = useState(ALL);
  const [whose, setWhose] = useState<Whose>(ALL);
  const board = useInfiniteQuery(boardQuery({ ...(team !== ALL && { team }), ...(whose !== ALL && { assignee: whose }) }));
  return (
    <div className="h-full overflow-auto">
      <div className="mx-auto flex w-full max-w-page flex-col gap-6 px-8 py-7 max-wide:px-4 max-wide:py-4">
        <header className="flex flex-wrap items-end gap-3">
          <div className="min-w-56 flex-1 max-wide:basis-full">
            <h1 className="text-20 font-semibold">{t('sla.board.title')}</h1>
            <p className="mt-1 text-13 text-ink-faint">{t('sla.board.why')}</p>
          </div>
          <TeamFilter value={team} onChange={setTeam} />
          <Select
            label={t('sla.board.whose')} labelHidden className="w-40 max-wide:flex-1"
            options={[{ id: ALL, label: t('sla.board.everybody') }, { id: 'me', label: t('sla.board.mine') }, { id: 'none', label: t('sla.board.nobody') }]}
            value={whose} onChange={setWhose}
          />
        </header>
        <PagedRows query={board} errorText={errorText} empty={<EmptyState icon={Handshake}>{t('sla.board.empty')}</EmptyState>}>
          {(items) => (
            <RowList label={t('sla.board.list')}>
              {items.map(({ ticket, clock }) => <BoardRow key={ticket.id} ticket={ticket} clock={clock} href={ticketHref(ticket.id)} />)}
            </RowList>
          )}
        </PagedRows>
        <Flags mayReview={mayReview} ticketHref={ticketHref} />
        {seesFigures && <KeptPart />}
      </div>
    </div>
  );
}

function TeamFilter({ value, onChange }: { value: string; onChange: (team: string) => void }) {
  const t = useSlaText();
  const { data } = useQuery({ queryKey: ['people', 'teams'], queryFn: ({ signal }) => api.get('/teams?limit=100', TeamPage, { signal }) });
  const options = [
    { id: ALL, label: t('sla.board.every_team') }, { id: 'mine', label: t('sla.board.my_teams') },
    ...(data?.items ?? []).map(({ id, name }) => ({ id, label: name })),
    { id: 'none', label: t('sla.board.no_team') },
  ];
  return <Select label={t('sla.board.team')} labelHidden className="w-44 max-wide:flex-1" options={options} value={value} onChange={onChange} />;
}
