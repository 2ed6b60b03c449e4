import { sql } from 'kysely';
import type { Role } from '../../../kernel/actor.ts';
import { compiled } from '../../../platform/db/compiled.ts';
import type { Connection, Tx } from '../../../platform/db/db.ts';

/*
 * Sessions, API tokens and one-time links. They live by the database's clock, the same for every process: turning the
 * clock of the business rules signs nobody out.
 */

export type AgeCursor = { readonly at: Date; readonly id: string };
export type Holder = {
  readonly workspaceId: string; readonly personId: string; readonly role: Role; readonly teamIds: string[];
  readonly credentialId: string; readonly scopes: string[] | null;
  /** Used for the first time in a while: worth a write. */
  readonly stale: boolean;
};
export type Device = {
  readonly id: string; readonly userAgent: string; readonly address: string; readonly createdAt: Date; readonly lastSeenAt: Date;
};
export type Token = {
  readonly id: string; readonly name: string; readonly scopes: string[]; readonly createdAt: Date; readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
};
export type LinkPurpose = 'invitation' | 'reset' | 'second_step';
/** How the second step of a session was done; null: it needed none. */
export type StepDone = 'totp' | 'passkey' | 'recovery' | 'device' | 'operator' | null;
export type Link = { readonly workspaceId: string; readonly linkId: string; readonly personId: string };

const SESSION_IDLE = sql`interval '7 days'`;
const SESSION_LIFE = sql`interval '30 days'`;
const SEEN_EVERY = sql`interval '5 minutes'`;
/** Milliseconds are what a cursor carries. */
const NOW = sql<Date>`date_trunc('milliseconds', now())`;

// Sign-in -------------------------------------------------------------------------------------------------------------

export async function signInCandidates(lookup: Connection, emailKey: string): Promise<{ workspaceId: string; personId: string; passwordHash: string }[]> {
  const { rows } = await sql<{ workspaceId: string; personId: string; passwordHash: string }>`
    select workspace_id as "workspaceId", person_id as "personId", password_hash as "passwordHash" from auth_people(${emailKey})`.execute(lookup);
  return rows;
}

const holdersOfSessions = compiled<{ tokenHashes: Buffer[] }, Holder & { n: number }>((lookup, { tokenHashes }) => sql<Holder & { n: number }>`
  select n, workspace_id as "workspaceId", person_id as "personId", role, team_ids as "teamIds", session_id as "credentialId",
    null::text[] as scopes, last_seen_at < now() - ${SEEN_EVERY} as stale
  from auth_sessions(${tokenHashes}::bytea[])`.compile(lookup));

const holderOfToken = compiled<{ tokenHash: Buffer }, Holder>((lookup, { tokenHash }) => sql<Holder>`
  select workspace_id as "workspaceId", person_id as "personId", role, team_ids as "teamIds", token_id as "credentialId", scopes, true as stale
  from auth_token(${tokenHash})`.compile(lookup));

/** In their order. */
export async function sessionHolders(lookup: Connection, tokenHashes: readonly Buffer[]): Promise<(Holder | undefined)[]> {
  const distinct = [...new Map(tokenHashes.map((tokenHash) => [tokenHash.toString('latin1'), tokenHash]))];
  const rows = await holdersOfSessions(lookup, { tokenHashes: distinct.map(([, tokenHash]) => tokenHash) });
  const holders = new Map(rows.map(({ n, ...holder }) => [distinct[n - 1]![0], holder]));
  return tokenHashes.map((tokenHash) => holders.get(tokenHash.toString('latin1')));
}

export const tokenHolder = async (lookup: Connection, tokenHash: Buffer): Promise<Holder | undefined> => (await holderOfToken(lookup, { tokenHash }))[0];

// Sessions ------------------------------------------------------------------------------------------------------------

export async function insertSession(tx: Tx, workspaceId: string, { id, personId, tokenHash, userAgent, address, secondStep, rememberedId }: {
  id: string; personId: string; tokenHash: Buffer; userAgent: string; address: string; secondStep: StepDone; rememberedId: string | null;
}): Promise<Date> {
  const { expires_at } = await tx.insertInto('sessions').values({
    workspace_id: workspaceId, id, person_id: personId, token_hash: tokenHash, user_agent: userAgent, address,
    created_at: NOW, last_seen_at: NOW, proved_at: NOW, expires_at: sql<Date>`now() + ${SESSION_IDLE}`,
    second_step: secondStep, remembered_id: rememberedId,
  }).returning('expires_at').executeTakeFirstOrThrow();
  return expires_at;
}

/** Slides the end of an idle session, up to its absolute limit. */
export async function touchSession(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('sessions')
    .set({ last_seen_at: NOW, expires_at: sql<Date>`least(now() + ${SESSION_IDLE}, created_at + ${SESSION_LIFE})` })
    .where('id', '=', id).where('revoked_at', 'is', null)
    .where(sql<boolean>`last_seen_at < now() - ${SEEN_EVERY}`).execute();
}

export const devicesPage = (tx: Tx, personId: string, { limit, after }: { limit: number; after: AgeCursor | null }): Promise<Device[]> =>
  tx.selectFrom('sessions')
    .select(['id', 'user_agent as userAgent', 'address', 'created_at as createdAt', 'last_seen_at as lastSeenAt'])
    .where('person_id', '=', personId).where('revoked_at', 'is', null).where('expires_at', '>', NOW)
    .$if(after !== null, (query) => query.where(older(after)))
    .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();

const older = (after: AgeCursor | null) => sql<boolean>`(created_at, id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid)`;

/** The remembered device on which a session was opened. */
export async function rememberedOfSession(tx: Tx, personId: string, id: string): Promise<string | null> {
  const found = await tx.selectFrom('sessions').select('remembered_id as rememberedId').where('person_id', '=', personId).where('id', '=', id).executeTakeFirst();
  return found?.rememberedId ?? null;
}

/** The ids of what ended. Without `id` all sessions of the person, but for `keep`. */
export async function revokeSessions(tx: Tx, personId: string, { id, keep }: { id?: string; keep?: string } = {}): Promise<string[]> {
  const revoked = await tx.updateTable('sessions').set({ revoked_at: NOW })
    .where('person_id', '=', personId).where('revoked_at', 'is', null)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .$if(keep !== undefined, (query) => query.where('id', '!=', keep ?? ''))
    .returning('id').execute();
  return revoked.map((session) => session.id);
}

// API tokens ----------------------------------------------------------------------------------------------------------

const tokenColumns = ['id', 'name', 'scopes', 'created_at as createdAt', 'expires_at as expiresAt', 'last_used_at as lastUsedAt'] as const;

export const insertToken = (tx: Tx, workspaceId: string, { id, personId, name, tokenHash, scopes, days }: {
  id: string; personId: string; name: string; tokenHash: Buffer; scopes: readonly string[]; days: number;
}): Promise<Token> =>
  tx.insertInto('api_tokens').values({
    workspace_id: workspaceId, id, person_id: personId, name, token_hash: tokenHash, scopes: [...scopes],
    created_at: NOW, expires_at: sql<Date>`date_trunc('milliseconds', now()) + make_interval(days => ${days}::int)`,
  }).returning(tokenColumns).executeTakeFirstOrThrow();

/** Expired ones too, so that their owner sees why a program stopped. */
export const tokensPage = (tx: Tx, personId: string, { limit, after }: { limit: number; after: AgeCursor | null }): Promise<Token[]> =>
  tx.selectFrom('api_tokens').select(tokenColumns).where('person_id', '=', personId).where('revoked_at', 'is', null)
    .$if(after !== null, (query) => query.where(older(after)))
    .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();

export async function countTokens(tx: Tx, personId: string): Promise<number> {
  const { count } = await tx.selectFrom('api_tokens').select(sql<number>`count(*)`.as('count'))
    .where('person_id', '=', personId).where('revoked_at', 'is', null).executeTakeFirstOrThrow();
  return count;
}

/** How many ended. Without `id` all tokens of the person. */
export async function revokeTokens(tx: Tx, personId: string, id?: string): Promise<number> {
  const revoked = await tx.updateTable('api_tokens').set({ revoked_at: NOW })
    .where('person_id', '=', personId).where('revoked_at', 'is', null)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .returning('id').execute();
  return revoked.length;
}

export async function touchToken(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('api_tokens').set({ last_used_at: NOW }).where('id', '=', id)
    .where((eb) => eb.or([eb('last_used_at', 'is', null), sql<boolean>`last_used_at < now() - ${SEEN_EVERY}`])).execute();
}

// One-time links ------------------------------------------------------------------------------------------------------

/** Replaces the links of the same purpose: only the newest mail counts. */
export async function insertLink(tx: Tx, workspaceId: string, { id, purpose, personId, tokenHash, codeHash, minutes }: {
  id: string; purpose: LinkPurpose; personId: string; tokenHash: Buffer; codeHash: Buffer; minutes: number;
}): Promise<void> {
  await voidLinks(tx, personId, purpose);
  await tx.insertInto('one_time_links').values({
    workspace_id: workspaceId, id, purpose, person_id: personId, token_hash: tokenHash, code_hash: codeHash, created_at: NOW,
    expires_at: sql<Date>`now() + make_interval(mins => ${minutes}::int)`,
  }).execute();
}

/** A sign-in that waits for its second step. Several may wait, in several browsers; the oldest make room. */
export async function insertPending(tx: Tx, workspaceId: string, { id, personId, tokenHash, minutes, atMost }: {
  id: string; personId: string; tokenHash: Buffer; minutes: number; atMost: number;
}): Promise<Date> {
  const { expiresAt } = await tx.insertInto('one_time_links').values({
    workspace_id: workspaceId, id, purpose: 'second_step', person_id: personId, token_hash: tokenHash, created_at: NOW,
    expires_at: sql<Date>`date_trunc('milliseconds', now()) + make_interval(mins => ${minutes}::int)`,
  }).returning('expires_at as expiresAt').executeTakeFirstOrThrow();
  await sql`update one_time_links set used_at = ${NOW} where person_id = ${personId}::uuid and purpose = 'second_step' and used_at is null and id not in (
    select id from one_time_links where person_id = ${personId}::uuid and purpose = 'second_step' and used_at is null
    order by created_at desc, id desc limit ${atMost})`.execute(tx);
  return expiresAt;
}

export async function goodLink(lookup: Connection, purpose: LinkPurpose, tokenHash: Buffer): Promise<Link | undefined> {
  const { rows } = await sql<Link>`
    select workspace_id as "workspaceId", link_id as "linkId", person_id as "personId"
    from auth_link(${purpose}, ${tokenHash})`.execute(lookup);
  return rows[0];
}

/** True for the one caller that uses it up. */
export async function useLink(tx: Tx, id: string): Promise<boolean> {
  const used = await tx.updateTable('one_time_links').set({ used_at: NOW })
    .where('id', '=', id).where('used_at', 'is', null).where('expires_at', '>', NOW).returning('id').executeTakeFirst();
  return used !== undefined;
}

export async function voidLinks(tx: Tx, personId: string, purpose?: LinkPurpose): Promise<void> {
  await tx.updateTable('one_time_links').set({ used_at: NOW }).where('person_id', '=', personId).where('used_at', 'is', null)
    .$if(purpose !== undefined, (query) => query.where('purpose', '=', purpose ?? 'reset')).execute();
}

export type ResetTarget = { workspaceId: string; personId: string };

export async function resetTargets(lookup: Connection, emailKey: string): Promise<ResetTarget[]> {
  const { rows } = await sql<ResetTarget>`
    select workspace_id as "workspaceId", person_id as "personId" from auth_reset_targets(${emailKey})`.execute(lookup);
  return rows;
}
