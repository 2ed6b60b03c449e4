import { X } from 'lucide-react';
import { useT } from '../../../platform/browser/i18n.ts';
import { IconButton } from '../../../ui/components/IconButton.tsx';
import { OrderedList } from '../../../ui/components/OrderedList.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { COLUMN_LABELS, COLUMNS, MOST_COLUMNS } from '../../tickets/core/columns.ts';
import { useViewsText } from './text.ts';

export type ViewColumn = { readonly id: string; readonly label: string };

/** Which columns a view shows, and in which order. */
export function ViewColumns({ chosen, own, onChange }: { chosen: readonly string[]; own: readonly ViewColumn[]; onChange: (chosen: string[]) => void }) {
  const t = useViewsText();
  const say = useT();
  const all = [...COLUMNS.map((id): ViewColumn => ({ id, label: say(COLUMN_LABELS[id]) })), ...own];
  const columns = chosen.flatMap((id) => all.filter((one) => one.id === id));
  const without = (gone: string) => chosen.filter((id) => id !== gone);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">{t('views.columns')}</legend>
      <p className="text-12 text-ink-faint">{t('views.columns.hint')}</p>
      {columns.length > 0 && (
        <OrderedList label={t('views.columns')} items={columns} nameOf={({ label }) => label} onMove={({ id }, to) => onChange(without(id).toSpliced(to, 0, id))}>
          {({ id, label }) => (
            <span className="flex min-h-7 min-w-0 flex-1 items-center justify-between gap-2">
              <span dir="auto" className="truncate text-13">{label}</span>
              <IconButton size="small" label={t('views.columns.remove', { name: label })} icon={X} onPress={() => onChange(without(id))} />
            </span>
          )}
        </OrderedList>
      )}
      {chosen.length < MOST_COLUMNS && (
        <Select label={t('views.columns.add')} labelHidden placeholder={t('views.columns.add')} options={all.filter(({ id }) => !chosen.includes(id))} value={null} onChange={(id) => onChange([...chosen, id])} />
      )}
    </fieldset>
  );
}
