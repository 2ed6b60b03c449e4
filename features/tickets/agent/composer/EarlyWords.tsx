import { useLayoutEffect, useRef } from 'react';
import { classes } from '../../../../ui/classes.ts';

export type Early = { readonly note: (text: string) => void; readonly take: () => string };

export function createEarlyWords(): Early {
  let words = '';
  return {
    note: (text) => {
      words = text;
    },
    take: () => {
      const taken = words;
      words = '';
      return taken;
    },
  };
}

type EarlyWordsProps = { label: string; autoFocus: boolean; isAbove: boolean; words: Early };

/**
 * Stands in for the editor until that holds the focus. Who presses `r` and types on loses no letter, and no letter
 * is taken for a shortcut.
 */
export function EarlyWords({ label, autoFocus, isAbove, words }: EarlyWordsProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);
  return (
    <textarea
      ref={field}
      dir="auto"
      aria-label={label}
      aria-busy
      onChange={(event) => words.note(event.target.value)}
      className={classes('block h-34 w-full resize-none bg-transparent px-3 py-2.5 text-14 leading-text outline-none', isAbove && 'absolute inset-x-0 top-0 z-1')}
    />
  );
}
