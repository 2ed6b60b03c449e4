import { useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
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

  useShortcut({ code: 'Slash', label: t('app.search'), group }, () => router.history.push('/search'));
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [sought, setSought] = useState('');
  const setPalette = (open: boolean) => {
    setSought('');
    setPaletteOpen(open);
  };
  useShortcut({ code: 'KeyK', mod: true, label: t('app.palette'), group }, () => setPalette(!isPaletteOpen));
  useShortcut({ code: 'Slash', shift: true, label: t('app.shortcuts'), group }, openShortcutSheet);

  return (
    <>
    {isPaletteOpen && (
      <>
        <KeepKeys onType={(key) => setSought((before) => before + key)} />
        <Suspense><Palette me={me} text={sought} onText={setSought} onClose={() => setPalette(false)} /></Suspense>
      </>
    )}
    {isOpen && <Suspense><ShortcutSheet onClose={() => setSheet(false)} /></Suspense>}
    </>
  );
}

/** Until the box of the palette has the focus, what is typed is put into it: these letters would be keys of the screen below. */
function KeepKeys({ onType }: { onType: (key: string) => void }): null {
  const tell = useRef(onType);
  useLayoutEffect(() => {
    const keep = (event: KeyboardEvent) => {
      const isElsewhere = document.querySelector('[role=dialog]')?.contains(document.activeElement) !== true;
      if (!isElsewhere || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      tell.current(event.key);
    };
    window.addEventListener('keydown', keep, true);
    return () => window.removeEventListener('keydown', keep, true);
  }, []);
  return null;
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
