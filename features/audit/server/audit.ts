import type { Actor } from '../../../kernel/actor.ts';
import { addAuditLine } from '../../../platform/audit/lines.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { LoggedEvent } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { demand } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import type { AuditFilter, AuditLineView, AuditPage } from '../core/contract.ts';
import { labelsOf, linesOf, type LineRow } from './store.ts';

export type Audit = ReturnType<typeof createAudit>;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const AT_ONCE = 500;

/** The front door of the audit: who changed what, from what to what. Tables are watched by triggers; nothing here writes over a line. */
export function createAudit({ db, people }: { db: Database; people: Pick<People, 'peopleByIds'> }) {
  async function namesIn(tx: Tx, workspaceId: string, rows: readonly LineRow[]): Promise<Record<string, string>> {
    const ids = [...new Set(rows.flatMap(({ actorId, tokenId, thing, changes }) => [actorId, tokenId, thing, ...Object.values(changes).flatMap((pair) => pair ?? []).flat()]))]
      .filter((value): value is string => typeof value === 'string' && UUID.test(value));
    if (ids.length === 0) return {};
    const [persons, labels] = [await people.peopleByIds(tx, ids), await labelsOf(tx, workspaceId, ids)];
    return Object.fromEntries([...labels, ...[...persons].map(([id, { name }]) => [id, name] as const)]);
  }

  async function page(actor: Actor, filter: AuditFilter, limit: number, cursor: string | undefined): Promise<AuditPage> {
    const before = cursor === undefined ? null : decodeCursor(cursor, ['time', 'number']);
    return db.work(actor.workspaceId, async (tx) => {
      const rows = await linesOf(tx, actor.workspaceId, filter, limit + 1, before);
      const names = await namesIn(tx, actor.workspaceId, rows.slice(0, limit));
      return { ...pageOfRows(rows, limit, (row) => [row.at.toISOString(), row.seq], (row) => present(row, names)), names };
    });
  }

  const lines = async (actor: Actor, { limit, cursor, ...filter }: AuditFilter & { limit: number; cursor?: string | undefined }): Promise<AuditPage> => {
    demand(actor, 'audit.read');
    return page(actor, filter, limit, cursor);
  };

  return {
    lines,

    /** All of them, page after page. */
    async *exported(actor: Actor, filter: AuditFilter): AsyncGenerator<AuditLineView[]> {
      demand(actor, 'audit.read');
      let cursor: string | undefined;
      do {
        const { items, nextCursor } = await page(actor, filter, AT_ONCE, cursor);
        yield items;
        cursor = nextCursor ?? undefined;
      } while (cursor !== undefined);
    },

    /** What is taken out of tickets for good leaves no row that could be watched. */
    subscriptions: {
      'entry.redacted': (tx: Tx, { workspaceId, subjectId, ticketId }: LoggedEvent): Promise<void> =>
        addAuditLine(tx, workspaceId, { action: 'removed', kind: 'redaction', thing: ticketId ?? '', changes: { entry_id: [null, subjectId] } }),
    },
  };
}

const present = (row: LineRow, names: Readonly<Record<string, string>>): AuditLineView => ({
  id: String(row.seq), at: row.at.toISOString(), actor: { kind: row.actorKind, id: row.actorId, name: row.actorId === null ? null : names[row.actorId] ?? null },
  tokenId: row.tokenId, address: row.address, operation: row.operation, action: row.action, kind: row.kind, thing: row.thing, label: row.label,
  changes: Object.entries(row.changes).map(([field, pair]) => ({ field, kept: pair !== null, from: pair?.[0] ?? null, to: pair?.[1] ?? null })),
});
