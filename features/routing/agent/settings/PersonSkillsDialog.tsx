import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { PersonRoutingView, type RoutingSettings, type SkillView } from '../../core/contract.ts';
import { personRouting, refresh, settingsQuery, skillsQuery } from '../queries.ts';
import { useRoutingText } from '../text.ts';
import { capacityOf, draftOf } from './capacity.ts';
import { CapacityFields } from './CapacityFields.tsx';
import { LEVELS } from './levels.ts';

type PersonSkillsDialogProps = { person: { readonly id: string; readonly name: string } | null; onClose: () => void };

/** What somebody can, and how much they take. */
export function PersonSkillsDialog({ person, onClose }: PersonSkillsDialogProps) {
  const t = useRoutingText();
  return (
    <Dialog isOpen={person !== null} onClose={onClose} title={t('routing.skills.of', { name: person?.name ?? '' })} size="wide" isDismissable={false}>
      {person && <Loaded personId={person.id} onClose={onClose} />}
    </Dialog>
  );
}

function Loaded({ personId, onClose }: { personId: string; onClose: () => void }) {
  const errorText = useErrorText();
  const one = useQuery({ ...personRouting(personId), staleTime: 0, gcTime: 0 });
  const skills = useQuery(skillsQuery);
  const usual = useQuery(settingsQuery);
  const error = one.error ?? skills.error ?? usual.error;
  if (error) return <ErrorState onRetry={() => { for (const query of [one, skills, usual]) void query.refetch(); }}>{errorText(error)}</ErrorState>;
  if (!one.data || !skills.data || !usual.data) return <SkeletonRows count={3} />;
  return <PersonSkillsForm given={one.data} skills={skills.data.items} usual={usual.data.capacity} onClose={onClose} />;
}

type PersonSkillsFormProps = { given: PersonRoutingView; skills: readonly SkillView[]; usual: RoutingSettings['capacity']; onClose: () => void };

function PersonSkillsForm({ given, skills, usual, onClose }: PersonSkillsFormProps) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [levels, setLevels] = useState(() => new Map(given.skills.map(({ id, level }) => [id, level])));
  const [isOwn, setOwn] = useState(given.capacity !== null);
  const [draft, setDraft] = useState(() => draftOf(given.capacity ?? usual));
  const capacity = isOwn ? capacityOf(draft) : null;
  const save = useMutation({
    mutationFn: () => api.put(`/people/${given.person.id}/routing`, { skills: [...levels].map(([id, level]) => ({ id, level })), capacity }, PersonRoutingView),
    onSuccess: () => {
      toast({ text: t('routing.saved') });
      onClose();
      void refresh(cache, 'presence');
      return refresh(cache, 'skills');
    },
  });
  const put = (id: string, level: number | null) => {
    const next = new Map(levels);
    if (level === null) next.delete(id);
    else next.set(id, level);
    setLevels(next);
  };
  return (
    <SaveForm verb={t('routing.save')} onSubmit={() => save.mutate()} isPending={save.isPending} isDisabled={isOwn && capacity === null} onCancel={onClose} problem={save.error && errorText(save.error)}>
      <fieldset className="flex flex-col">
        <legend className="mb-1 text-13 font-medium">{t('routing.skills')}</legend>
        <p className="mb-2 text-13 text-ink-faint">{t('routing.skills.levels_what')}</p>
        {skills.length === 0 && <p className="text-13 text-ink-soft">{t('routing.skills.empty')}</p>}
        {skills.map(({ id, name }) => (
          <div key={id} className="flex min-h-11 items-center justify-between gap-3 border-t border-hairline py-1">
            <span dir="auto" className="min-w-0 truncate">{name}</span>
            <LevelSelect of={name} value={levels.get(id) ?? null} onChange={(level) => put(id, level)} />
          </div>
        ))}
      </fieldset>
      <Checkbox isSelected={isOwn} onChange={setOwn} hint={t('routing.capacity.own_what')}>{t('routing.capacity.own')}</Checkbox>
      {isOwn && <CapacityFields value={draft} onChange={setDraft} />}
    </SaveForm>
  );
}

const NONE = 'none';

function LevelSelect({ of, value, onChange }: { of: string; value: number | null; onChange: (level: number | null) => void }) {
  const t = useRoutingText();
  const options = [{ id: NONE, label: t('routing.level.none') }, ...LEVELS.map((level) => ({ id: String(level), label: t(`routing.level.${level}`) }))];
  return (
    <Select
      label={t('routing.level.of', { of })} labelHidden className="w-48 shrink-0 max-wide:w-40" options={options}
      value={value === null ? NONE : String(value)} onChange={(id) => onChange(id === NONE ? null : Number(id))}
    />
  );
}
