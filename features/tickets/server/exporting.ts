import type { Actor } from '../../../kernel/actor.ts';
import type { Subject } from '../../fields/core/contract.ts';
import type { FieldValues } from '../../fields/core/types.ts';
import type { Permission } from '../../people/core/permissions.ts';
import type { Context } from './context.ts';
import { countExport } from './quotas.ts';

type Table<Listed> = {
  readonly permission: Permission;
  readonly subject: Subject;
  readonly heads: readonly string[];
  readonly page: (cursor: string | undefined) => Promise<{ readonly items: readonly Listed[]; readonly nextCursor: string | null }>;
  readonly rowOf: (one: Listed) => readonly string[];
};

/**
 * A whole list as rows of a table, the heads first, its own fields last; page by page, each in a unit of work of its own: an
 * export never holds a transaction open. What the first page is refused for is said before anything is handed out.
 */
export async function* exported<Listed extends { readonly fields: FieldValues }>(
  { db, work, fields }: Pick<Context, 'db' | 'work' | 'fields'>, actor: Actor, { permission, subject, heads, page, rowOf }: Table<Listed>,
): AsyncGenerator<string[][], void> {
  await work(actor, permission, () => countExport(db, actor));
  const own = await work(actor, permission, (tx) => fields.columnsFor(tx, subject, heads));
  let first = [[...heads, ...own.heads]];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await page(cursor);
    const cells = await work(actor, permission, (tx) => fields.cellsIn(tx, own, items));
    yield [...first, ...items.map((one, i) => [...rowOf(one), ...cells[i] ?? []])];
    first = [];
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}
