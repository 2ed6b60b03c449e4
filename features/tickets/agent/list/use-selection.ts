import { useState } from 'react';

export type Selection = {
  /** Null while nobody selects: then a click opens. */
  readonly ids: ReadonlySet<string> | null;
  readonly toggle: (id: string) => void;
  readonly choose: (ids: readonly string[]) => void;
  readonly end: () => void;
};

/** Several tickets of one list; another list begins with none. */
export function useSelection(list: string): Selection {
  const [chosen, setChosen] = useState<{ list: string; ids: ReadonlySet<string> } | null>(null);
  const ids = chosen?.list === list ? chosen.ids : null;
  return {
    ids,
    toggle: (id) => setChosen({ list, ids: ids?.has(id) ? new Set([...ids].filter((one) => one !== id)) : new Set([...ids ?? [], id]) }),
    choose: (all) => setChosen({ list, ids: new Set(all) }),
    end: () => setChosen(null),
  };
}
