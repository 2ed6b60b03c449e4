import { useEffect, useEffectEvent, useLayoutEffect, useSyncExternalStore } from 'react';
import { placeOf, saveOwnKeys, type OwnKeys } from './own-keys.ts';
import { typeAhead } from './typed-ahead.ts';

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
  /** A box to type into comes of it, which takes `useTypedAhead`: what is typed from this key on is kept for it, also while something that closes puts it off. */
  readonly opensBox?: boolean;
  /** Goes to another screen, which whoever is in a form does not mean: what stands there would be lost. */
  readonly leaves?: boolean;
};

type Registered = { readonly shortcut: Shortcut; readonly run: () => void };

const registered: Registered[] = [];
/** How much of the screen is still to come, and the key that was pressed meanwhile and meant it. */
let awaited = 0;
let early: KeyboardEvent | null = null;
const listeners = new Set<() => void>();
/** What there is, told when somebody asks: a ticket brings thirty keys, and hardly anybody looks at the list meanwhile. */
let snapshot: readonly Shortcut[] | null = null;

/** What can be done at this moment by its name, whether or not a key does it. */
export type Action = { readonly id: string; readonly label: string; readonly group: string; readonly run: () => void; readonly keys?: Keys; /** Other words that people have for it. */ readonly also?: string };
type ActionSet = { readonly actions: readonly Omit<Action, 'run' | 'keys'>[]; readonly run: (id: string) => void };
const actionSets: ActionSet[] = [];
let actions: readonly Action[] | null = null;

/** While the component is shown, these can be found by their names where everything can. */
export function useActions(offered: readonly Action[]): void {
  const run = useEffectEvent((id: string) => offered.find((one) => one.id === id)?.run());
  const known = JSON.stringify(offered.map(({ id, label, group, also }) => ({ id, label, group, also })));
  useEffect(() => {
    const set: ActionSet = { actions: JSON.parse(known) as ActionSet['actions'], run: (id) => run(id) };
    actionSets.push(set);
    publish();
    return () => {
      actionSets.splice(actionSets.indexOf(set), 1);
      publish();
    };
  }, [known]);
}

export const useActionList = (): readonly Action[] => useSyncExternalStore(subscribe, () => actions ??= allActions());

/** Gives keys another place, for this person at this browser. */
export function changeKeys(changed: OwnKeys): void {
  saveOwnKeys(changed);
  publish();
}

/** While the component is shown, the key runs `act`. Of two that share a key the one that came later wins. */
export function useShortcut(shortcut: Shortcut, act: () => void): void {
  const run = useEffectEvent(act);
  const { code, mod = false, shift = false, label, group, whileTyping = mod, disabled = false, opensBox = false, leaves = false } = shortcut;
  // What is seen can be pressed; lists of the keys hear of it once it is painted.
  useLayoutEffect(() => {
    if (disabled) return undefined;
    return register({ shortcut: { code, mod, shift, label, group, whileTyping, opensBox, leaves }, run: () => run() });
  }, [code, mod, shift, label, group, whileTyping, disabled, opensBox, leaves]);
  useEffect(() => {
    publish();
    return publish;
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
export const useShortcutList = (): readonly Shortcut[] => useSyncExternalStore(subscribe, () => snapshot ??= registered.map(({ shortcut }) => shortcut));

/** The key as a person knows it: `R`, `/`, `Ctrl K` or `⌘ K`; nothing when it is off. */
export function keysText(keys: Keys): string {
  const { mod, shift } = keys;
  const code = placeOf(keys);
  if (code === null) return '';
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
  if (early && matches(entry.shortcut, early)) {
    early = null;
    queueMicrotask(() => begin(entry));
  }
  return () => {
    registered.splice(registered.indexOf(entry), 1);
    silence();
  };
}

// The same listener twice is one.
const listen = (): void => document.addEventListener('keydown', onKeyDown);
function silence(): void {
  if (registered.length === 0 && awaited === 0) document.removeEventListener('keydown', onKeyDown);
}

function publish(): void {
  snapshot = null;
  actions = null;
  for (const listener of listeners) listener();
}

function allActions(): Action[] {
  return [
    ...registered.map(({ shortcut, run }) => ({ id: `${shortcut.code}${shortcut.mod ?? ''}${shortcut.shift ?? ''}${shortcut.label}`, label: shortcut.label, group: shortcut.group, keys: shortcut, run: () => begin({ shortcut, run }) })),
    ...actionSets.flatMap((set) => set.actions.map((action) => ({ ...action, run: () => set.run(action.id) }))),
  ];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.repeat) return;
  const found = registered.findLast(({ shortcut }) => matches(shortcut, event));
  early = !found && awaited > 0 && !isElsewhere(event.target, false) ? event : null;
  if (!found || pressesItself(event) || isLeftTo(event.target, found.shortcut)) return;
  event.preventDefault();
  begin(found, closingBox(event.target));
}

function begin({ shortcut, run }: Registered, closing: Element | null = null): void {
  if (shortcut.opensBox) typeAhead();
  behindBox(closing, run);
}

/** A box that is being put away still has the focus, but whoever presses a key means what lies behind it. */
const closingBox = (target: EventTarget | null): Element | null => target instanceof HTMLElement ? target.closest('[data-exiting]') : null;

/** At once, or once the box is gone and has given the focus back: what opens before that would lose the focus again, and close. */
function behindBox(box: Element | null, run: () => void): void {
  if (!box) return run();
  requestAnimationFrame(() => {
    if (box.isConnected) behindBox(box, run);
    else requestAnimationFrame(run);
  });
}

function matches(keys: Keys, event: KeyboardEvent): boolean {
  const code = placeOf(keys);
  if (code === null || (event.ctrlKey || event.metaKey) !== (keys.mod ?? false)) return false;
  return samePlace({ ...keys, code }, event) || (isSign(keys) && event.key === nameOf(keys.code, keys.shift));
}

const samePlace = (keys: Keys, event: KeyboardEvent): boolean =>
  event.code === keys.code && event.shiftKey === (keys.shift ?? false);

/** `/` and `?` lie elsewhere on many keyboards: there the sign itself counts as well. */
const isSign = ({ code }: Keys): boolean => code === 'Slash';

/** Whoever has come to a link or a button by keys means that. */
const pressesItself = ({ key, ctrlKey, metaKey, target }: KeyboardEvent): boolean =>
  (key === 'Enter' || key === ' ') && !ctrlKey && !metaKey && target instanceof HTMLElement && target.matches('a[href]:focus-visible, button:focus-visible, summary:focus-visible');

const isLeftTo = (target: EventTarget | null, { whileTyping = false, mod = false, leaves = false }: Shortcut): boolean =>
  isElsewhere(target, whileTyping, mod) || (leaves && target instanceof HTMLElement && target.closest('form') !== null);

/** Keys that a field, a menu or a dialog needs for itself are left to it. */
function isElsewhere(target: EventTarget | null, whileTyping: boolean, mod = false): boolean {
  if (!(target instanceof HTMLElement) || closingBox(target)) return false;
  if (target.closest('[role="menu"], [role="dialog"] [role="listbox"]')) return true;
  const typing = target.isContentEditable || target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]') !== null;
  if (typing) return !whileTyping;
  return !mod && target.closest('[role="dialog"], [role="alertdialog"]') !== null;
}
