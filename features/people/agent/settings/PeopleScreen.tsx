import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, UserPlus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { errorText, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Avatar } from '../../../../ui/components/Avatar.tsx';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { SearchField } from '../../../../ui/components/SearchField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import { InvitedView, type MeView, type PersonView } from '../../core/contract.ts';
import { mayGrant } from '../../core/permissions.ts';
import { meQuery, peopleQuery, refreshPeople } from '../queries.ts';
import { usePeopleText } from '../text.ts';
import { InviteDialog, LinkDialog } from './InviteDialog.tsx';
import { PersonDialog } from './PersonDialog.tsx';

/** Everybody who works here. Those who may manage people find the means on each row. */
export function PeopleScreen() {
  const t = usePeopleText();
  const [search, setSearch] = useState('');
  const calmSearch = useDeferredValue(search.trim());
  const [isInviting, setInviting] = useState(false);
  const { data: me } = useQuery(meQuery);
  const mayManage = me?.permissions.includes('people.manage') ?? false;

  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <SearchField label={t('people.find')} value={search} onChange={setSearch} className="min-w-48 flex-1 max-wide:basis-full" />
        {mayManage && (
          <Button tone="primary" icon={UserPlus} onPress={() => setInviting(true)}>
            {t('people.invite')}
          </Button>
        )}
      </div>
      {me && <PeopleList me={me} search={calmSearch} mayManage={mayManage} />}
      <InviteDialog isOpen={isInviting} onClose={() => setInviting(false)} />
    </>
  );
}

function PeopleList({ me, search, mayManage }: { me: MeView; search: string; mayManage: boolean }) {
  const t = usePeopleText();
  return (
    <PagedRows query={useInfiniteQuery(peopleQuery(search))} errorText={useErrorText()} faces empty={<EmptyState>{t('people.none_found')}</EmptyState>}>
      {(people) => (
        <RowList label={t('people.people')}>
          {people.map((person) => (
            <PersonRow key={person.id} person={person} me={me} mayManage={mayManage && mayGrant(me, person.role)} />
          ))}
        </RowList>
      )}
    </PagedRows>
  );
}

function PersonRow({ person, me, mayManage }: { person: PersonView; me: MeView; mayManage: boolean }) {
  const t = usePeopleText();
  const cache = useQueryClient();
  const [dialog, setDialog] = useState<'edit' | 'deactivate' | 'two-step' | null>(null);
  const [unsent, setUnsent] = useState<InvitedView | null>(null);
  const settled = { onSettled: () => refreshPeople(cache), onError: (error: unknown) => toast({ tone: 'failed', text: errorText(error) }) };
  const inviteAgain = useMutation({
    ...settled,
    mutationFn: () => api.post(`/people/${person.id}/invitations`, {}, InvitedView),
    onSuccess: (invited) => {
      if (invited.invitationLink === null) toast({ text: t('people.invited_again', { name: person.name }) });
      else setUnsent(invited);
    },
  });
  const activate = useMutation({
    ...settled,
    mutationFn: () => api.delete(`/people/${person.id}/deactivation`),
    onSuccess: () => toast({ text: t('people.activated', { name: person.name }) }),
  });
  const deactivate = useMutation({ mutationFn: () => api.put(`/people/${person.id}/deactivation`, {}), onSettled: settled.onSettled });

  const resetTwoStep = useMutation({
    mutationFn: () => api.delete(`/people/${person.id}/two-step`),
    onSuccess: () => toast({ text: t('people.reset_two_step_done', { name: person.name }) }),
  });

  const entries = [
    { id: 'edit', label: t('people.edit'), onAction: () => setDialog('edit') },
    ...(person.state === 'invited' ? [{ id: 'again', label: t('people.invite_again'), onAction: () => inviteAgain.mutate() }] : []),
    ...(person.state === 'deactivated' ? [{ id: 'activate', label: t('people.activate'), onAction: () => activate.mutate() }] : []),
  ];
  const endings =
    person.state === 'deactivated' || person.id === me.id
      ? []
      : [
          ...(person.state === 'active' ? [{ id: 'two-step', label: t('people.reset_two_step'), tone: 'danger' as const, onAction: () => setDialog('two-step') }] : []),
          { id: 'deactivate', label: t('people.deactivate'), tone: 'danger' as const, onAction: () => setDialog('deactivate') },
        ];

  return (
    <>
      <ListRow
        leading={<Avatar id={person.id} name={person.name} />}
        title={person.name}
        badges={
          <>
            <Badge tone={person.role === 'owner' || person.role === 'admin' ? 'accent' : 'neutral'}>{t(`people.role.${person.role}`)}</Badge>
            {person.state !== 'active' && <Badge tone="warning">{t(`people.state.${person.state}`)}</Badge>}
            {person.id === me.id && <span className="text-12 text-ink-faint">{t('people.you')}</span>}
          </>
        }
        detail={<bdi dir="ltr">{person.email}</bdi>}
        actions={
          mayManage && (
            <Menu
              label={t('people.actions', { name: person.name })}
              placement="bottom end"
              trigger={<IconButton icon={Ellipsis} label={t('people.actions', { name: person.name })} />}
              groups={[{ entries }, { entries: endings }]}
            />
          )
        }
      />
      <LinkDialog invited={unsent} onClose={() => setUnsent(null)} />
      <PersonDialog person={person} me={me} isOpen={dialog === 'edit'} onClose={() => setDialog(null)} />
      <ConfirmDialog
        isOpen={dialog === 'deactivate'}
        onClose={() => setDialog(null)}
        title={t('people.deactivate_title', { name: person.name })}
        verb={t('people.deactivate')}
        onConfirm={() => deactivate.mutateAsync()}
        errorText={errorText}
      >
        {t('people.deactivate_why')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={dialog === 'two-step'}
        onClose={() => setDialog(null)}
        title={t('people.reset_two_step_title', { name: person.name })}
        verb={t('people.reset_two_step')}
        onConfirm={() => resetTwoStep.mutateAsync()}
        errorText={errorText}
      >
        {t('people.reset_two_step_why')}
      </ConfirmDialog>
    </>
  );
}
