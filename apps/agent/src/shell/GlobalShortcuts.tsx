import { useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { useAppText } from '../text.ts';

/** Not part of what every agent loads in the morning. */
const ShortcutSheet = lazy(async () => ({ default: (await import('./ShortcutSheet.tsx')).ShortcutSheet }));
const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }));

/** Keys that work on every screen, and the list of all that work at this moment. */
export function GlobalShortcuts({ me }: { me: MeView }) {
  const t = useAppText();
  const router = useRouter();
  const isOpen = useSyncExternalStore(subscribe, () => sheetIsOpen);
  const group = t('app.shortcuts.everywhere');

  useShortcut({ code: 'Slash', label: t('app.search'), group, opensBox: true }, () => router.history.push('/search'));
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  useShortcut({ code: 'KeyK', mod: true, label: t('app.palette'), group, opensBox: !isPaletteOpen }, () => setPaletteOpen(!isPaletteOpen));
  useShortcut({ code: 'Slash', shift: true, label: t('app.shortcuts'), group }, openShortcutSheet);

  return (
    <>
    {isPaletteOpen && <Suspense><Palette me={me} onClose={() => setPaletteOpen(false)} /></Suspense>}
    {isOpen && <Suspense><ShortcutSheet onClose={() => setSheet(false)} /></Suspense>}
    </>
  );
}

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
