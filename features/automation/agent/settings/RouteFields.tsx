import { LANGUAGES } from '../../../../kernel/languages.ts';
import { LANGUAGE_NAMES, useT } from '../../../../platform/browser/i18n.ts';
import { Select } from '../../../../ui/components/Select.tsx';
import { KINDS } from '../../../tickets/core/contract.ts';
import { useAutomationText } from '../text.ts';
import type { ActionFieldsProps } from './draft.ts';

const NONE = 'none';

/** A team for each language, or for each kind. */
export function RouteFields({ action, names, onChange }: ActionFieldsProps) {
  const t = useAutomationText();
  const words = useT();
  const by = action['by'] === 'kind' ? 'kind' : 'language';
  const teams = (action['teams'] ?? {}) as Readonly<Record<string, string>>;
  const rows = by === 'kind' ? KINDS.map((id) => ({ id, label: words(`tickets.kind.${id}`) })) : LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }));
  const put = (id: string, team: string) => onChange({ type: 'route_team', by, teams: Object.fromEntries([...Object.entries(teams).filter(([key]) => key !== id), ...(team === NONE ? [] : [[id, team]])]) });
  return (
    <>
      <p className="text-13 text-ink-faint">{t('automation.route.hint')}</p>
      <Select
        label={t('automation.route.by')} className="max-w-80" options={[{ id: 'language', label: words('tickets.language') }, { id: 'kind', label: words('tickets.kind') }]}
        value={by} onChange={(id) => onChange({ type: 'route_team', by: id, teams: {} })}
      />
      {rows.map(({ id, label }) => (
        <Select key={id} label={label} className="max-w-80" options={[{ id: NONE, label: t('automation.route.none') }, ...names.choices('team')]} value={teams[id] ?? NONE} onChange={(team) => put(id, team)} />
      ))}
    </>
  );
}
