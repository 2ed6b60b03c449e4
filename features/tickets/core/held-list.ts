type Row = { readonly id: string };

export type HeldList<T extends Row> = {
  readonly rows: readonly T[];
  /** How many rows are known that are not shown yet, so that nothing jumps under the reader's eyes. */
  readonly arrived: number;
};

/**
 * Joins what is shown with what the server says now while somebody reads: rows keep their places and get their new
 * words, rows that left go (except `keep`, the one being read), a further page is added at the end, and rows that
 * came in between are only counted, unless it is the one being read: the reader brought it here.
 */
export function hold<T extends Row>(shown: readonly T[], fresh: readonly T[], keep: string | null): HeldList<T> {
  const now = new Map(fresh.map((row) => [row.id, row]));
  const kept = shown.flatMap((row) => now.get(row.id) ?? (row.id === keep ? row : []));
  const held = new Set(kept.map((row) => row.id));
  const lastHeld = fresh.findLastIndex((row) => held.has(row.id));
  if (lastHeld === -1) return { rows: [...kept, ...fresh], arrived: 0 };

  const between = fresh.slice(0, lastHeld).filter((row) => !held.has(row.id));
  const opened = between.find((row) => row.id === keep);
  const rows = opened ? insertAsIn(fresh, kept, opened) : kept;
  return { rows: [...rows, ...fresh.slice(lastHeld + 1)], arrived: between.length - (opened ? 1 : 0) };
}

/** Before the first row that follows it in `order`. */
function insertAsIn<T extends Row>(order: readonly T[], rows: readonly T[], added: T): readonly T[] {
  const after = new Set(order.slice(order.indexOf(added) + 1).map((row) => row.id));
  const at = rows.findIndex((row) => after.has(row.id));
  return rows.toSpliced(at, 0, added);
}

/** The row after (1) or before (-1) the chosen one; without a choice the first. Null at the end. */
export function neighbour(ids: readonly string[], chosen: string | null, step: 1 | -1): string | null {
  const at = chosen === null ? -1 : ids.indexOf(chosen);
  if (at === -1) return ids[0] ?? null;
  return ids[at + step] ?? null;
}
