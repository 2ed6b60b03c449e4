import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Award, Ellipsis, Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { LANGUAGE_NAMES } from '../../../../platform/browser/i18n.ts';
import { Avatar } from '../../../../ui/components/Avatar.tsx';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { ListRow, RowList, Section } from '../../../../ui/layout/Section.tsx';
import type { SkillView } from '../../core/contract.ts';
import { colleagues, refresh, skillsQuery } from '../queries.ts';
import { useRoutingText } from '../text.ts';
import { PersonSkillsDialog } from './PersonSkillsDialog.tsx';
import { SkillDialog } from './SkillDialog.tsx';

/** What work asks for, and who can do it how well. */
export function SkillsScreen({ mayManage, mayShare }: { mayManage: boolean; mayShare: boolean }) {
  const t = useRoutingText();
  const [edited, setEdited] = useState<SkillView | 'new' | null>(null);
  const make = mayManage && <Button tone="primary" icon={Plus} onPress={() => setEdited('new')}>{t('routing.skills.new')}</Button>;
  return (
    <>
      <Section title={t('routing.skills')} description={t('routing.skills.what')} actions={make}>
        <SkillList mayManage={mayManage} onEdit={setEdited} />
      </Section>
      {mayShare && (
        <Section title={t('routing.skills.people')} description={t('routing.skills.people_what')}>
          <PeopleList />
        </Section>
      )}
      <SkillDialog skill={edited} onClose={() => setEdited(null)} />
    </>
  );
}

function SkillList({ mayManage, onEdit }: { mayManage: boolean; onEdit: (skill: SkillView) => void }) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const skills = useQuery(skillsQuery);
  const [doomed, setDoomed] = useState<SkillView | null>(null);
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/skills/${id}`), onSettled: () => Promise.all([refresh(cache, 'skills'), refresh(cache, 'queues')]) });
  if (skills.isError) return <ErrorState onRetry={() => void skills.refetch()} isRetrying={skills.isFetching}>{errorText(skills.error)}</ErrorState>;
  if (!skills.data) return <SkeletonRows count={3} />;
  if (skills.data.items.length === 0) return <EmptyState icon={Award}>{t('routing.skills.empty')}</EmptyState>;
  return (
    <>
      <RowList label={t('routing.skills')}>
        {skills.data.items.map((skill) => (
          <SkillRow key={skill.id} skill={skill} mayManage={mayManage} onEdit={() => onEdit(skill)} onDelete={() => setDoomed(skill)} />
        ))}
      </RowList>
      <ConfirmDialog isOpen={doomed !== null} onClose={() => setDoomed(null)} title={t('routing.delete_title', { name: doomed?.name ?? '' })} verb={t('routing.delete')} onConfirm={async () => doomed && remove.mutateAsync(doomed.id)} errorText={errorText}>
        {t('routing.skills.delete_why')}
      </ConfirmDialog>
    </>
  );
}

function SkillRow({ skill: { name, language, people }, mayManage, onEdit, onDelete }: { skill: SkillView; mayManage: boolean; onEdit: () => void; onDelete: () => void }) {
  const t = useRoutingText();
  const label = t('routing.actions', { name });
  return (
    <ListRow
      title={name}
      badges={language && <Badge>{t('routing.skills.language_is', { language: LANGUAGE_NAMES[language] })}</Badge>}
      detail={t('routing.skills.count', { count: people })}
      actions={mayManage && (
        <Menu
          label={label}
          placement="bottom end"
          trigger={<IconButton icon={Ellipsis} label={label} />}
          groups={[{ entries: [{ id: 'edit', label: t('routing.edit'), onAction: onEdit }] }, { entries: [{ id: 'delete', label: t('routing.delete'), tone: 'danger', onAction: onDelete }] }]}
        />
      )}
    />
  );
}

/** Everybody who answers customers; what each can is opened one by one. */
function PeopleList() {
  const t = useRoutingText();
  const errorText = useErrorText();
  const format = useFormat();
  const people = useQuery(colleagues);
  const [taught, setTaught] = useState<{ id: string; name: string } | null>(null);
  if (people.isError) return <ErrorState onRetry={() => void people.refetch()} isRetrying={people.isFetching}>{errorText(people.error)}</ErrorState>;
  if (!people.data) return <SkeletonRows count={3} faces />;
  const working = people.data.filter(({ role }) => role !== 'colleague').sort((a, b) => format.compare(a.name, b.name));
  return (
    <>
      <RowList label={t('routing.skills.people')}>
        {working.map((person) => (
          <ListRow
            key={person.id}
            leading={<Avatar id={person.id} name={person.name} />}
            title={person.name}
            actions={<Button size="small" onPress={() => setTaught(person)} aria-label={t('routing.skills.of', { name: person.name })}>{t('routing.skills.of_person')}</Button>}
          />
        ))}
      </RowList>
      <PersonSkillsDialog person={taught} onClose={() => setTaught(null)} />
    </>
  );
}
