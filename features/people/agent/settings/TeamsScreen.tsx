import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Plus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import type { TeamView } from '../../core/contract.ts';
import { meQuery, refreshPeople, teamsQuery } from '../queries.ts';
import { usePeopleText } from '../text.ts';
import { TeamDialog } from './TeamDialog.tsx';

/** Groups of people that tickets can be given to. */
export function TeamsScreen() {
  const t = usePeopleText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const teams = useQuery(teamsQuery);
  const [edited, setEdited] = useState<TeamView | 'new' | null>(null);
  const [doomed, setDoomed] = useState<TeamView | null>(null);
  const mayManage = me?.permissions.includes('teams.manage') ?? false;
  const archive = useMutation({ mutationFn: (id: string) => api.delete(`/teams/${id}`), onSettled: () => refreshPeople(cache) });

  const make = mayManage && (
    <Button tone="primary" icon={Plus} onPress={() => setEdited('new')}>
      {t('people.teams.new')}
    </Button>
  );
  if (teams.isError) return <ErrorState onRetry={() => void teams.refetch()}>{errorText(teams.error)}</ErrorState>;
  if (!teams.data) return <SkeletonRows count={3} />;
  return (
    <>
      <div className="mb-4 flex items-start justify-between gap-4">
        <p className="max-w-reading text-13 text-ink-faint">{t('people.teams.why')}</p>
        {teams.data.items.length > 0 && make}
      </div>
      {teams.data.items.length === 0 ? (
        <EmptyState icon={UsersRound} action={make}>
          {t('people.teams.empty')}
        </EmptyState>
      ) : (
        <RowList label={t('people.teams')}>
          {teams.data.items.map((team) => (
            <ListRow
              key={team.id}
              title={team.name}
              detail={t('people.teams.members', { count: team.memberIds.length })}
              actions={
                mayManage && (
                  <Menu
                    label={t('people.actions', { name: team.name })}
                    placement="bottom end"
                    trigger={<IconButton icon={Ellipsis} label={t('people.actions', { name: team.name })} />}
                    groups={[
                      { entries: [{ id: 'edit', label: t('people.edit'), onAction: () => setEdited(team) }] },
                      { entries: [{ id: 'archive', label: t('people.teams.archive'), tone: 'danger', onAction: () => setDoomed(team) }] },
                    ]}
                  />
                )
              }
            />
          ))}
        </RowList>
      )}
      <TeamDialog team={edited} onClose={() => setEdited(null)} />
      <ConfirmDialog
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        title={t('people.teams.archive_title', { name: doomed?.name ?? '' })}
        verb={t('people.teams.archive')}
        onConfirm={async () => doomed && archive.mutateAsync(doomed.id)}
        errorText={errorText}
      >
        {t('people.teams.archive_why')}
      </ConfirmDialog>
    </>
  );
}
