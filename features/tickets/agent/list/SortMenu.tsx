import { ArrowDownWideNarrow } from 'lucide-react';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { SORTS } from '../../core/contract.ts';
import { useTicketsText } from '../text.ts';
import type { Sorting } from './use-sorting.ts';

/** Which tickets come first. */
export function SortMenu({ sorting: { sort, choose } }: { sorting: Sorting }) {
  const t = useTicketsText();
  const label = t('tickets.sort', { order: t(`tickets.sort.${sort}`) });
  return (
    <Menu
      label={t('tickets.sort.menu')}
      placement="bottom end"
      trigger={<IconButton label={label} icon={ArrowDownWideNarrow} />}
      groups={[{ entries: SORTS.map((id) => ({ id, label: t(`tickets.sort.${id}`), chosen: id === sort, onAction: () => choose(id) })) }]}
    />
  );
}
