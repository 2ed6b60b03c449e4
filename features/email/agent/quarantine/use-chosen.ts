import { useState } from 'react';

const NONE: ReadonlySet<string> = new Set();

/** Which messages the verbs are about: some of them, or all that match, those included that were not fetched yet. */
export function useChosen(shown: readonly { readonly id: string }[]) {
  const [selected, setSelected] = useState(NONE);
  const [isAll, setAll] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const ids = isAll ? new Set(shown.map(({ id }) => id)) : selected;
  return {
    ids, isAll, isSelecting: isAsked || ids.size > 0,
    begin: () => setAsked(true),
    chooseAll: () => setAll(true),
    toggle: (id: string) => {
      setAll(false);
      setAsked(true);
      setSelected(ids.has(id) ? new Set([...ids].filter((one) => one !== id)) : new Set([...ids, id]));
    },
    forget: () => {
      setSelected(NONE);
      setAll(false);
      setAsked(false);
    },
  };
}
