import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';

/** What can be opened or pressed; a list of tickets is one of them and has arrows of its own. */
const STOPS = 'a[href], button:not([disabled]), [role=listbox]';

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 };

/**
 * Arrows lead from the box through all that was found, in its order, and back to the box. Whoever is faster than the answer
 * is led to its tickets once they are there, unless they have left the box meanwhile.
 */
export function useStops(box: RefObject<HTMLInputElement | null>, { query, text, askAtOnce }: { query: string; text: string; askAtOnce: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  const [awaited, setAwaited] = useState<string | null>(null);
  const stops = (): HTMLElement[] => [...place.current?.querySelectorAll<HTMLElement>(STOPS) ?? []];

  const onBoxKey = (event: KeyboardEvent) => {
    if (event.target !== box.current || event.nativeEvent.isComposing) return;
    setAwaited(null);
    if (stepOf(event) !== 1) return;
    event.preventDefault();
    const wanted = text.trim();
    const first = wanted === query ? stops()[0] : undefined;
    if (first) return first.focus();
    setAwaited(wanted);
    if (wanted !== query) askAtOnce();
  };
  const onKey = (event: KeyboardEvent) => {
    const [all, step] = [stops(), stepOf(event)];
    const from = all.findIndex((one) => one === event.target);
    if (step === null || from < 0) return;
    event.preventDefault();
    (from + step < 0 ? box.current : all[from + step])?.focus();
  };
  return { place, isAwaited: awaited === query, onBoxKey, onBoxLeft: () => setAwaited(null), onKey };
}

const stepOf = (event: KeyboardEvent): 1 | -1 | null =>
  event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey ? null : STEPS[event.key] ?? null;
