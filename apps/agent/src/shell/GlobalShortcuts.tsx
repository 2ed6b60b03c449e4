import { useRouter } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { keysText, type Shortcut, useShortcut, useShortcutList } from '../../../../platform/browser/shortcuts.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { Kbd } from '../../../../ui/components/Kbd.tsx';
import { useAppText } from '../text.ts';

/** Keys that work on every screen, and the list of all that work at this moment. */
export function GlobalShortcuts() {
  const t = useAppText();
  const router = useRouter();
  const isOpen = useSyncExternalStore(subscribe, () => sheetIsOpen);
  const group = t('app.shortcuts.everywhere');

  useShortcut({ code: 'Slash', label: t('app.search'), group }, () => router.history.push('/search'));
  useShortcut({ code: 'KeyK', mod: true, label: t('app.search'), group }, () => router.history.push('/search'));
  useShortcut({ code: 'Slash', shift: true, label: t('app.shortcuts'), group }, openShortcutSheet);

  return (
    <Dialog isOpen={isOpen} onClose={() => setSheet(false)} title={t('app.shortcuts')} size="wide">
      <p className="mb-4 text-13 text-ink-faint">{t('app.shortcuts.physical')}</p>
      <ShortcutTable />
    </Dialog>
  );
}

function ShortcutTable() {
  const groups = Map.groupBy(useShortcutList(), ({ group }) => group);
  return (
    <div className="columns-2 gap-8 max-wide:columns-1">
      {[...groups].map(([group, shortcuts]) => (
        <section key={group} className="mb-5 break-inside-avoid">
          <h3 className="mb-1.5 text-13 font-semibold">{group}</h3>
          <dl className="flex flex-col">
            {shortcuts.map((shortcut) => (
              <Line key={`${shortcut.code}${shortcut.mod}${shortcut.shift}`} shortcut={shortcut} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

const Line = ({ shortcut }: { shortcut: Shortcut }) => (
  <div className="flex min-h-8 items-center justify-between gap-4 border-b border-hairline last:border-0">
    <dt className="text-13 text-ink-soft">{shortcut.label}</dt>
    <dd>
      <Kbd>{keysText(shortcut)}</Kbd>
      <span className="sr-only">{keysText(shortcut)}</span>
    </dd>
  </div>
);

const listeners = new Set<() => void>();
let sheetIsOpen = false;

export const openShortcutSheet = (): void => setSheet(true);

function setSheet(isOpen: boolean): void {
  sheetIsOpen = isOpen;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
