import { useIsRoomy } from '../../../../platform/browser/wide.ts';
import { savedIn } from '../../core/views.ts';
import type { ListColumn, SavedViewsSlot } from '../slots.ts';

const NONE: readonly ListColumn[] = [];

/** The columns of a view, while nothing is chosen from it and there is room for them; the list then has the room beside it, too. */
export function useTable(saved: SavedViewsSlot | null, view: string, chosenId: string | null): readonly ListColumn[] {
  const isRoomy = useIsRoomy();
  const id = savedIn(view);
  if (!isRoomy || chosenId !== null || id === null) return NONE;
  return saved?.views.find((one) => one.id === id)?.columns ?? NONE;
}
