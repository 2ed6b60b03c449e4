import { sql } from 'kysely';
import type { Tx } from '../db/db.ts';
import { askingNow, type Asking } from './asking.ts';

/** What no row of a table tells: that something was refused, read out, used. */
export type AuditLine = {
  readonly action: 'used' | 'refused' | 'exported' | 'removed';
  readonly kind: string;
  readonly thing?: string;
  /** Never a secret, and nothing about customers but ids. */
  readonly changes?: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
  /** Once a day for each of these. */
  readonly daily?: string;
};

/** Adds a line in the transaction at hand, on behalf of whoever asks. Changes of settings need none: their tables are watched. */
export async function addAuditLine(tx: Tx, workspaceId: string, { action, kind, thing = '', changes = {}, daily }: AuditLine): Promise<void> {
  await tx.insertInto('audit_lines').values({
    workspace_id: workspaceId, ...asWritten(askingNow()), action, kind, thing, changes: JSON.stringify(changes),
    once: daily === undefined ? null : sql<string>`current_date || ' ' || ${daily}`,
  }).onConflict((conflict) => conflict.doNothing()).execute();
}

const asWritten = (who: Asking | undefined) => (who
  ? { actor_kind: who.actor === null ? 'guest' : 'person', actor_id: who.actor, token_id: who.token, address: who.address, operation: who.operation, request: who.request } as const
  : { actor_kind: 'system' } as const);
