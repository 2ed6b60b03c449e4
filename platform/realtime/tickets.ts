import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor, Role } from '../../kernel/actor.ts';
import type { Database } from '../db/db.ts';
import { createSigner } from '../http/signing.ts';

export type SocketPerson = { readonly actor: Actor; readonly name: string };

const LIFE_MS = 30_000;

/**
 * A socket carries no cookie authority: its first frame shows a ticket that an ordinary, authenticated request was given.
 * Good once, in whichever process, for 30 seconds, and only while the session or token behind it is.
 */
export function createSocketTickets({ db, key }: { db: Database; key: Buffer }) {
  const signer = createSigner(key);
  return {
    /** `at` is machine time, here and below. */
    issue: ({ credential }: Actor, at: Date): string =>
      signer.sign([credential.id, randomBytes(16).toString('base64url')], new Date(at.getTime() + LIFE_MS)),

    /** Uses it up. Whoever stands behind it, with the rights of this moment; null when it is not good. */
    async use(ticket: string, at: Date): Promise<SocketPerson | null> {
      const credentialId = signer.open(ticket, at)?.[0];
      if (credentialId === undefined) return null;
      const hash = createHash('sha256').update(ticket).digest();
      const { rows } = await sql<Row>`
        select * from socket_ticket_use(${hash}, ${new Date(at.getTime() + 2 * LIFE_MS)}, ${credentialId})`.execute(db.lookup);
      const row = rows[0];
      return row ? { actor: toActor(row, credentialId), name: row.name } : null;
    },
  };
}

type Row = {
  workspace_id: string; person_id: string; name: string; role: Role; team_ids: string[]; kind: 'session' | 'token'; scopes: string[] | null;
};

const toActor = (row: Row, credentialId: string): Actor => ({
  id: row.person_id, workspaceId: row.workspace_id, role: row.role, teamIds: row.team_ids,
  credential: { kind: row.kind, id: credentialId }, scopes: row.scopes,
});
