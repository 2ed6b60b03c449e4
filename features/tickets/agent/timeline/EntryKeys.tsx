import { useShortcut, type Keys } from '../../../../platform/browser/shortcuts.ts';
import type { EntryView } from '../../core/contract.ts';
import { useTicketsText } from '../text.ts';
import type { EntryActions } from './Entry.tsx';
import { canForward, canSplit, ENTRY_KEYS, selectedWords } from './entry-acts.ts';

/** Has done by a key what stands in the menu of a message: of the one that has the focus, else of the latest with which it can be done. */
export function EntryKeys({ entries, actions: { onForward, onSplit, onRedact } }: { entries: readonly EntryView[]; actions: EntryActions }) {
  const t = useTicketsText();
  const meant = (fits: (entry: EntryView) => boolean): EntryView | undefined => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-entry]')?.dataset['entry'];
    return entries.find((entry) => entry.id === focused && fits(entry)) ?? entries.findLast(fits);
  };
  const group = t('tickets.shortcuts.entry');
  const key = (keys: Keys, label: string, fits: (entry: EntryView) => boolean, act: ((entry: EntryView) => void) | null) =>
    [{ ...keys, label, group, disabled: act === null || !entries.some(fits) }, () => { const entry = meant(fits); if (entry) act?.(entry); }] as const;
  useShortcut(...key(ENTRY_KEYS.forward, t('tickets.forward'), canForward, onForward));
  useShortcut(...key(ENTRY_KEYS.split, t('tickets.split'), canSplit, onSplit));
  useShortcut(...key(ENTRY_KEYS.redact, t('tickets.redact'), () => true, onRedact && ((entry) => onRedact(entry, selectedWords()))));
  return null;
}
