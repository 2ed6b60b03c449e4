import { useMemo, useState } from 'react';

export type Selection = {
  /** Null while nobody selects: then a click opens. */
  readonly ids: ReadonlySet<string> | null;
  readonly toggle: (id: string) => void;
  readonly choose: (ids: readonly string[]) => void;
  readonly end: () => void;
};

/** What the list is told about it; nothing where there is no such thing. */
export function selectionOf(selection: Selection | undefined) {
  if (!selection) return {};
  const { ids, toggle } = selection;
  return { onToggle: toggle, ...(ids && { selectedIds: ids, isSelecting: true }) };
}

/** Whether one row is selected; null while nobody selects. */
export const isSelectedIn = (selection: Selection | undefined, id: string): boolean | null => selection?.ids?.has(id) ?? null;

/** Several tickets of one list, for whoever may do something with them; another list begins with none. */
export function useSelection(list: string, isAllowed: boolean): Selection | undefined {
  const [chosen, setChosen] = useState<{ list: string; ids: ReadonlySet<string> } | null>(null);
  const ids = chosen?.list === list ? chosen.ids : null;
  return useMemo(() => (!isAllowed ? undefined : {
    ids,
    toggle: (id: string) => setChosen({ list, ids: ids?.has(id) ? new Set([...ids].filter((one) => one !== id)) : new Set([...ids ?? [], id]) }),
    choose: (all: readonly string[]) => setChosen({ list, ids: new Set(all) }),
    end: () => setChosen(null),
  }), [list, ids, isAllowed]);
}
