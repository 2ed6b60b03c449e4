import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

/**
 * A key by where it sits, not by what it types: `KeyR` is the same key on Latin, Cyrillic and Arabic keyboards.
 * `mod` is Ctrl, or Command on a Mac.
 */
export type Keys = { readonly code: string; readonly mod?: boolean; readonly shift?: boolean };

export type Shortcut = Keys & {
  /** One sentence part for the list of shortcuts, already translated: "Reply to the customer". */
  readonly label: string;
  /** Heading under which the list shows it, already translated. */
  readonly group: string;
  /** Works while typing, too; for `mod` combinations this is the default. */
  readonly whileTyping?: boolean;
  readonly disabled?: boolean;
};

type Registered = { readonly shortcut: Shortcut; readonly run: () => void };

const registered: Registered[] = [];
/** How much of the screen is still to come, and the key that was pressed meanwhile and meant it. */
let awaited = 0;
let early: KeyboardEvent | null = null;
const listeners = new Set<() => void>();
let snapshot: readonly Shortcut[] = [];

/** While the component is shown, the key runs `act`. Of two that share a key the one that came later wins. */
export function useShortcut(shortcut: Shortcut, act: () => void): void {
  const run = useEffectEvent(act);
  const { code, mod = false, shift = false, label, group, whileTyping = mod, disabled = false } = shortcut;
  useEffect(() => {
    if (disabled) return undefined;
    return register({ shortcut: { code, mod, shift, label, group, whileTyping }, run: () => run() });
  }, [code, mod, shift, label, group, whileTyping, disabled]);
}

/** While the component is shown, a key that means nothing yet is kept for what comes in its place: whoever is faster than the server is not made to press twice. */
export function useEarlyKeys(): void {
  useEffect(() => {
    listen();
    awaited += 1;
    return () => {
      awaited -= 1;
      // What stands there instead has registered its keys by then.
      if (awaited === 0) queueMicrotask(() => { early = null; });
      silence();
    };
  }, []);
}

/** What can be pressed at this moment, for the list behind `?`. */
export const useShortcutList = (): readonly Shortcut[] => useSyncExternalStore(subscribe, () => snapshot);

/** The key as a person knows it: `R`, `/`, `Ctrl K` or `⌘ K`. */
export function keysText({ code, mod, shift }: Keys): string {
  const mac = navigator.platform.startsWith('Mac');
  return [mod && (mac ? '⌘' : 'Ctrl'), shift && !SHIFTED[code] && (mac ? '⇧' : 'Shift'), nameOf(code, shift)].filter(Boolean).join(' ');
}

const NAMES: Readonly<Record<string, string>> = {
  Slash: '/', Period: '.', Comma: ',', Enter: '↵', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', Space: 'Space',
};
const SHIFTED: Readonly<Record<string, string>> = { Slash: '?' };

const nameOf = (code: string, shift = false): string =>
  (shift && SHIFTED[code]) || (NAMES[code] ?? code.replace(/^(Key|Digit)/, ''));

function register(entry: Registered): () => void {
  listen();
  registered.push(entry);
  publish();
  if (early && matches(entry.shortcut, early)) {
    early = null;
    queueMicrotask(() => entry.run());
  }
  return () => {
    registered.splice(registered.indexOf(entry), 1);
    silence();
    publish();
  };
}

// The same listener twice is one.
const listen = (): void => document.addEventListener('keydown', onKeyDown);
function silence(): void {
  if (registered.length === 0 && awaited === 0) document.removeEventListener('keydown', onKeyDown);
}

function publish(): void {
  snapshot = registered.map(({ shortcut }) => shortcut);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.repeat) return;
  const found = registered.findLast(({ shortcut }) => matches(shortcut, event));
  early = !found && awaited > 0 && !isElsewhere(event.target, false) ? event : null;
  if (!found || isElsewhere(event.target, found.shortcut.whileTyping ?? false, found.shortcut.mod)) return;
  event.preventDefault();
  found.run();
}

const matches = (keys: Keys, event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.metaKey) === (keys.mod ?? false) &&
  (isSign(keys) ? event.key === nameOf(keys.code, keys.shift) || samePlace(keys, event) : samePlace(keys, event));

const samePlace = (keys: Keys, event: KeyboardEvent): boolean =>
  event.code === keys.code && event.shiftKey === (keys.shift ?? false);

/** `/` and `?` lie elsewhere on many keyboards: there the sign itself counts as well. */
const isSign = ({ code }: Keys): boolean => code === 'Slash';

/** Keys that a field, a menu or a dialog needs for itself are left to it. */
function isElsewhere(target: EventTarget | null, whileTyping: boolean, mod = false): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="menu"], [role="dialog"] [role="listbox"]')) return true;
  const typing = target.isContentEditable || target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]') !== null;
  if (typing) return !whileTyping;
  return !mod && target.closest('[role="dialog"], [role="alertdialog"]') !== null;
}
