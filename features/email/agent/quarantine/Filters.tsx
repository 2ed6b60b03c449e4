import { useQuery } from '@tanstack/react-query';
import { SearchField } from '../../../../ui/components/SearchField.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { QUARANTINE_REASONS } from '../../core/quarantine.ts';
import { useEmailText } from '../text.ts';
import type { QuarantineFilter } from './queries.ts';
import { idOf, NOBODY, quarantineSettings, useCaretakers } from './settings/caretakers.ts';

type FiltersProps = { filter: QuarantineFilter; meId: string; onChange: (wish: Partial<QuarantineFilter>) => void };

/** What the list is narrowed to. */
export function Filters({ filter, meId, onChange }: FiltersProps) {
  const t = useEmailText();
  const owners = useOwners(meId);
  return (
    <div className="flex flex-col gap-2 border-b border-hairline px-3 py-2">
      <SearchField label={t('quarantine.search')} value={filter.q} onChange={(q) => onChange({ q })} />
      <div className="flex gap-2">
        <Select
          className="min-w-0 flex-1" label={t('quarantine.filter.reason')} labelHidden value={filter.reason} onChange={(reason) => onChange({ reason })}
          options={(['all', ...QUARANTINE_REASONS] as const).map((id) => ({ id, label: t(`quarantine.reason.${id}`) }))}
        />
        <Select
          className="min-w-0 flex-1" label={t('quarantine.filter.state')} labelHidden value={filter.state} onChange={(state) => onChange({ state })}
          options={(['held', 'discarded'] as const).map((id) => ({ id, label: t(`quarantine.state.${id}`) }))}
        />
      </div>
      {owners.length > 0 && (
        <Select
          label={t('quarantine.filter.owner')} labelHidden value={filter.ownerId === '' ? EVERYBODY : filter.ownerId}
          onChange={(id) => onChange({ ownerId: id === EVERYBODY ? '' : id })} options={[{ id: EVERYBODY, label: t('quarantine.owner.all') }, ...owners]}
        />
      )}
    </div>
  );
}

const EVERYBODY = 'all';

/** Those who look after a part of it, whoever asks first; nobody while the owners of the workspace look after everything. */
function useOwners(meId: string): readonly { id: string; label: string }[] {
  const t = useEmailText();
  const { data: settings } = useQuery(quarantineSettings);
  const { data: caretakers } = useCaretakers();
  const named = new Set(settings ? [settings.owner, ...settings.mailboxes.map(({ owner }) => owner)].map(idOf).filter((id) => id !== NOBODY) : []);
  if (named.size === 0 || !caretakers) return [];
  const others = caretakers.filter(({ id }) => named.has(id) && id !== `person:${meId}`).map(({ id, label }) => ({ id: id.split(':')[1] ?? id, label }));
  return [{ id: meId, label: t('quarantine.owner.mine') }, ...others];
}
