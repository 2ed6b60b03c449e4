import { useActions } from '../../../platform/browser/shortcuts.ts';
import type { MenuGroup } from '../../../ui/components/Menu.tsx';
import { useIsSketch } from '../../../ui/components/Sketched.tsx';
import { useTicketsText } from './text.ts';

/** What stands in a menu of the ticket is found by its name as well, behind that of the menu; without one, what a key does has the same name already. What holds cannot be done again. */
export function useMenuActions(menu: string, groups: readonly MenuGroup[], isOff = false): void {
  const t = useTicketsText();
  const isSketch = useIsSketch();
  const entries = isOff || isSketch ? [] : groups.flatMap((group) => group.entries);
  useActions(entries.flatMap(({ id, label, keys, chosen, disabled, onAction }) => (
    (menu === '' && keys !== undefined) || chosen === true || disabled === true || !onAction ? []
      : [{ id: `${menu} ${id}`, label: menu === '' ? label : `${menu}: ${label}`, group: t('tickets.shortcuts.ticket'), run: onAction }])));
}
