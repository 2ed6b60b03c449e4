import { keysText, useShortcut, type Keys } from '../../../../platform/browser/shortcuts.ts';
import type { MenuEntry, MenuGroup } from '../../../../ui/components/Menu.tsx';
import { useTicketsText } from '../text.ts';

/** What is done to a ticket seldom has its key with Shift, which nobody presses by a slip. What is undone has that of what it undoes. */
const MENU_KEYS: Readonly<Record<string, Keys>> = {
  subject: { code: 'KeyS', shift: true }, customer: { code: 'KeyC', shift: true }, merge: { code: 'KeyM', shift: true }, relate: { code: 'KeyL', shift: true }, link: { code: 'KeyU', shift: true },
  case: { code: 'KeyP', shift: true }, case_outside: { code: 'KeyO', shift: true }, rules: { code: 'KeyW', shift: true }, article: { code: 'KeyK', shift: true },
  spam: { code: 'KeyX', shift: true }, not_spam: { code: 'KeyX', shift: true }, spam_block: { code: 'KeyB', shift: true }, delete: { code: 'KeyD', shift: true }, restore: { code: 'KeyD', shift: true },
};

/** The same entries with the keys that `MenuKeys` gives them. */
export const withKeys = (groups: readonly MenuGroup[]): MenuGroup[] =>
  groups.map((group) => ({ ...group, entries: group.entries.map((entry) => (MENU_KEYS[entry.id] ? { ...entry, keys: keysText(MENU_KEYS[entry.id]!) } : entry)) }));

/** Has what stands in the menu done by its key. */
export const MenuKeys = ({ groups }: { groups: readonly MenuGroup[] }) =>
  groups.flatMap(({ entries }) => entries).map((entry) => MENU_KEYS[entry.id] && <EntryKey key={entry.id} keys={MENU_KEYS[entry.id]!} entry={entry} />);

function EntryKey({ keys, entry: { label, disabled = false, onAction } }: { keys: Keys; entry: MenuEntry }) {
  const t = useTicketsText();
  useShortcut({ ...keys, label, group: t('tickets.shortcuts.ticket'), disabled }, () => onAction?.());
  return null;
}
