import { AppError } from '../../kernel/errors.ts';

/** Where a keyset page ended: the sort values of its last row, opaque to clients. */
export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a value of a cursor may be: only what the database can compare with its column. */
const KINDS = {
  string: (value: unknown): boolean => typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000'),
  number: (value: unknown): boolean => Number.isSafeInteger(value),
  time: (value: unknown): boolean => typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value)),
  id: (value: unknown): boolean => typeof value === 'string' && ID.test(value),
};

/** The values of `encodeCursor`, checked against the expected kinds; anything else is refused. */
export function decodeCursor<const T extends readonly (keyof typeof KINDS)[]>(
  cursor: string, kinds: T,
): { [K in keyof T]: T[K] extends 'number' ? number : string } {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(values) && values.length === kinds.length && kinds.every((kind, i) => KINDS[kind](values[i]))) {
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
