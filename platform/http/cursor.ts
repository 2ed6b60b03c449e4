import { AppError } from '../../kernel/errors.ts';

/** Where a keyset page ended: the sort values of its last row, opaque to clients. */
export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/** The values of `encodeCursor`, checked against the expected types; anything else is refused. */
export function decodeCursor<const T extends readonly ('string' | 'number')[]>(
  cursor: string, types: T,
): { [K in keyof T]: T[K] extends 'string' ? string : number } {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(values) && values.length === types.length && values.every((value, i) => typeof value === types[i])) {
      return values as never;
    }
  } catch { /* falls through to the one refusal */ }
  throw new AppError('invalid', 'request.bad_cursor', 'Use the nextCursor of the previous page, unchanged and with the same filters.');
}

/** Takes `limit + 1` rows apart: the page, and the cursor when there is more. */
export function pageOfRows<Row, Item>(
  rows: readonly Row[], limit: number, key: (row: Row) => readonly (string | number)[], present: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(present), nextCursor: rows.length > limit && last !== undefined ? encodeCursor(key(last)) : null };
}
