import type { FieldValues } from '../../fields/core/types.ts';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import { USUAL_SETTINGS, type RequestSettings } from '../core/contract.ts';

// Settings ---------------------------------------------------------------------------------------------------------

export async function settingsOf(tx: Tx, workspaceId: string): Promise<RequestSettings> {
  const row = await tx.selectFrom('request_settings').select(['staff_names as staffNames', 'strangers']).where('workspace_id', '=', workspaceId).executeTakeFirst();
  return row ? row as RequestSettings : USUAL_SETTINGS;
}

export async function saveSettings(tx: Tx, workspaceId: string, { staffNames, strangers }: RequestSettings): Promise<void> {
  const row = { staff_names: staffNames, strangers };
  await tx.insertInto('request_settings').values({ workspace_id: workspaceId, ...row }).onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(row)).execute();
}

// Ways in ----------------------------------------------------------------------------------------------------------

export type SignIn = { readonly id: string; readonly address: string; readonly codeHash: Buffer; readonly linkHash: Buffer; readonly createdAt: Date; readonly expiresAt: Date };

export async function insertSignIn(tx: Tx, workspaceId: string, { id, address, codeHash, linkHash, createdAt, expiresAt }: SignIn): Promise<void> {
  await tx.insertInto('request_sign_ins').values({
    workspace_id: workspaceId, id, address, code_hash: codeHash, link_hash: linkHash, created_at: createdAt, expires_at: expiresAt,
  }).execute();
}

const open = (tx: Tx, workspaceId: string, at: Date) => tx.selectFrom('request_sign_ins').select(['id', 'address', 'code_hash as codeHash', 'tries'])
  .where('workspace_id', '=', workspaceId).where('used_at', 'is', null).where('expires_at', '>', at);

export const signInByLink = (tx: Tx, workspaceId: string, linkHash: Buffer, at: Date) => open(tx, workspaceId, at).where('link_hash', '=', linkHash).executeTakeFirst();

/** One more try of its code, counted before it is looked at. */
export const tryCode = (tx: Tx, workspaceId: string, id: string, most: number, at: Date) =>
  tx.updateTable('request_sign_ins').set({ tries: sql<number>`tries + 1` }).where('workspace_id', '=', workspaceId).where('id', '=', id)
    .where('used_at', 'is', null).where('expires_at', '>', at).where('tries', '<', most).returning(['address', 'code_hash as codeHash']).executeTakeFirst();

/** True for the one caller that uses it up. */
export const useSignIn = async (tx: Tx, workspaceId: string, id: string, at: Date): Promise<boolean> =>
  (await tx.updateTable('request_sign_ins').set({ used_at: at }).where('workspace_id', '=', workspaceId).where('id', '=', id).where('used_at', 'is', null)
    .where('expires_at', '>', at).executeTakeFirst()).numUpdatedRows > 0n;

// Sessions ---------------------------------------------------------------------------------------------------------

export type Session = {
  readonly id: string; readonly address: string; readonly addressKey: string; readonly proof: 'mail' | 'company'; readonly userAgent: string;
  readonly createdAt: Date; readonly lastSeenAt: Date; readonly expiresAt: Date;
};
const sessionColumns = [
  'id', 'address', 'address_key as addressKey', 'proof', 'user_agent as userAgent', 'created_at as createdAt', 'last_seen_at as lastSeenAt', 'expires_at as expiresAt',
] as const;

export async function insertSession(tx: Tx, workspaceId: string, { id, address, addressKey, proof, userAgent, createdAt, lastSeenAt, expiresAt }: Session, tokenHash: Buffer): Promise<void> {
  await tx.insertInto('request_sessions').values({
    workspace_id: workspaceId, id, address, address_key: addressKey, proof, user_agent: userAgent, created_at: createdAt, last_seen_at: lastSeenAt,
    expires_at: expiresAt, token_hash: tokenHash,
  }).execute();
}

export const sessionByToken = (tx: Tx, workspaceId: string, tokenHash: Buffer): Promise<Session | undefined> =>
  tx.selectFrom('request_sessions').select(sessionColumns).where('workspace_id', '=', workspaceId).where('token_hash', '=', tokenHash).where('ended_at', 'is', null)
    .$castTo<Session>().executeTakeFirst();

export async function touchSession(tx: Tx, workspaceId: string, id: string, at: Date): Promise<void> {
  await tx.updateTable('request_sessions').set({ last_seen_at: at }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export const sessionsOf = (tx: Tx, workspaceId: string, addressKey: string, at: Date, limit: number): Promise<Session[]> =>
  tx.selectFrom('request_sessions').select(sessionColumns).where('workspace_id', '=', workspaceId).where('address_key', '=', addressKey).where('ended_at', 'is', null)
    .where('expires_at', '>', at).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).$castTo<Session>().execute();

/** One of an address's sessions, or all of them but one. False when there was none. */
export async function endSessions(tx: Tx, workspaceId: string, addressKey: string, which: { readonly id: string } | { readonly but: string }, at: Date): Promise<boolean> {
  const ended = tx.updateTable('request_sessions').set({ ended_at: at }).where('workspace_id', '=', workspaceId).where('address_key', '=', addressKey).where('ended_at', 'is', null);
  const { numUpdatedRows } = await ('id' in which ? ended.where('id', '=', which.id) : ended.where('id', '<>', which.but)).executeTakeFirst();
  return numUpdatedRows > 0n;
}

// Confirmations ----------------------------------------------------------------------------------------------------

/** What is filed once its mailbox has said whose it is. */
export type Waiting = {
  readonly kind: string; readonly subject: string; readonly text: string; readonly name: string; readonly language: string;
  readonly files: readonly { readonly sha256: string; readonly size: number; readonly name: string; readonly contentType: string }[];
  /** What was looked for before, as the help centre signed it. */
  readonly searched?: string | null;
  /** What was answered to what was asked first, as the ticket's own fields. */
  readonly fields?: FieldValues;
};
type About = { readonly ticketId: string; readonly entryId: string } | { readonly waiting: Waiting };
export type Confirmation = { readonly id: string; readonly address: string; readonly ticketId: string | null; readonly waiting: Waiting | null };

export async function insertConfirmation(tx: Tx, workspaceId: string, { id, address, tokenHash, about, createdAt, expiresAt }: {
  id: string; address: string; tokenHash: Buffer; about: About; createdAt: Date; expiresAt: Date;
}): Promise<void> {
  const subject = 'waiting' in about ? { waiting: JSON.stringify(about.waiting) } : { ticket_id: about.ticketId, entry_id: about.entryId };
  await tx.insertInto('request_confirmations').values({ workspace_id: workspaceId, id, address, token_hash: tokenHash, ...subject, created_at: createdAt, expires_at: expiresAt }).execute();
}

const unused = (tx: Tx, workspaceId: string, at: Date) => tx.selectFrom('request_confirmations').select(['id', 'address', 'ticket_id as ticketId', 'waiting'])
  .where('workspace_id', '=', workspaceId).where('used_at', 'is', null).where('expires_at', '>', at).$castTo<Confirmation>();

export const confirmationByToken = (tx: Tx, workspaceId: string, tokenHash: Buffer, at: Date): Promise<Confirmation | undefined> =>
  unused(tx, workspaceId, at).where('token_hash', '=', tokenHash).executeTakeFirst();

/** Takes it, with what waited in it; undefined for everybody but the first. What was waiting is not kept here any longer. */
export async function takeConfirmation(tx: Tx, workspaceId: string, tokenHash: Buffer, at: Date): Promise<Confirmation | undefined> {
  const found = await unused(tx, workspaceId, at).where('token_hash', '=', tokenHash).forUpdate().executeTakeFirst();
  if (found) await tx.updateTable('request_confirmations').set({ used_at: at, waiting: null }).where('workspace_id', '=', workspaceId).where('id', '=', found.id).execute();
  return found;
}
