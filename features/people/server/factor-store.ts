import { sql } from 'kysely';
import type { Role } from '../../../kernel/actor.ts';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import type { Factors } from '../core/two-step.ts';

/* What people prove themselves with beside the password. Machine time throughout, like all credentials. */

export type Passkey = { readonly id: string; readonly name: string; readonly createdAt: Date; readonly lastUsedAt: Date | null };
export type PasskeyKey = { readonly id: string; readonly credentialId: string; readonly publicKey: Buffer; readonly counter: number; readonly transports: string[] };
export type PasskeyOwner = PasskeyKey & { readonly workspaceId: string; readonly personId: string };
export type Remembered = { readonly id: string; readonly userAgent: string; readonly address: string; readonly createdAt: Date; readonly expiresAt: Date };
export type ChallengePurpose = 'register' | 'second_step' | 'sign_in' | 'step_up';

const NOW = sql<Date>`date_trunc('milliseconds', now())`;
const REMEMBERED_FOR = sql`interval '30 days'`;
const MAX_REMEMBERED = 20;

export async function factorsOf(tx: Tx, personId: string): Promise<Factors> {
  const { rows } = await sql<Factors>`select
    exists (select 1 from totp_seeds where person_id = ${personId}::uuid and confirmed_at is not null) as totp,
    (select count(*) from passkeys where person_id = ${personId}::uuid) as passkeys,
    (select count(*) from recovery_codes where person_id = ${personId}::uuid and used_at is null) as "recoveryCodes"`.execute(tx);
  return rows[0]!;
}

/** Everything at once; what remains is the password. */
export async function deleteFactors(tx: Tx, personId: string): Promise<void> {
  for (const table of ['totp_seeds', 'passkeys', 'recovery_codes', 'remembered_devices'] as const) {
    await tx.deleteFrom(table).where('person_id', '=', personId).execute();
  }
}

// Authenticator app ---------------------------------------------------------------------------------------------------

export type TotpRow = { readonly seed: string | null; readonly confirmedAt: Date | null; readonly draft: string | null };

export const findTotp = (tx: Tx, personId: string): Promise<TotpRow | undefined> =>
  tx.selectFrom('totp_seeds').select(['seed', 'confirmed_at as confirmedAt', 'draft']).where('person_id', '=', personId).executeTakeFirst();

export async function saveTotpDraft(tx: Tx, workspaceId: string, personId: string, draft: string): Promise<void> {
  await tx.insertInto('totp_seeds').values({ workspace_id: workspaceId, person_id: personId, draft })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'person_id']).doUpdateSet({ draft })).execute();
}

/** The draft is in force from now on; the code that confirmed it is used up. */
export async function confirmTotp(tx: Tx, personId: string, step: number): Promise<void> {
  await tx.updateTable('totp_seeds').set({ seed: sql`draft`, draft: null, confirmed_at: NOW, last_step: step }).where('person_id', '=', personId).execute();
}

/** False when a code of this step or a later one was accepted before: nobody uses a code that was looked at over a shoulder. */
export async function useTotpStep(tx: Tx, personId: string, step: number): Promise<boolean> {
  const used = await tx.updateTable('totp_seeds').set({ last_step: step }).where('person_id', '=', personId).where('confirmed_at', 'is not', null)
    .where((eb) => eb.or([eb('last_step', 'is', null), eb('last_step', '<', step)])).returning('person_id').executeTakeFirst();
  return used !== undefined;
}

export async function deleteTotp(tx: Tx, personId: string): Promise<boolean> {
  const gone = await tx.deleteFrom('totp_seeds').where('person_id', '=', personId).returning('confirmed_at as confirmedAt').executeTakeFirst();
  return gone !== undefined && gone.confirmedAt !== null;
}

// Recovery codes ------------------------------------------------------------------------------------------------------

export async function replaceRecoveryCodes(tx: Tx, workspaceId: string, personId: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('person_id', '=', personId).execute();
  if (hashes.length === 0) return;
  await tx.insertInto('recovery_codes')
    .values(hashes.map((hash) => ({ workspace_id: workspaceId, person_id: personId, code_hash: hash, created_at: NOW }))).execute();
}

/** True for the one caller that uses it up. */
export async function useRecoveryCode(tx: Tx, personId: string, hash: Buffer): Promise<boolean> {
  const used = await tx.updateTable('recovery_codes').set({ used_at: NOW }).where('person_id', '=', personId).where('code_hash', '=', hash)
    .where('used_at', 'is', null).returning('person_id').executeTakeFirst();
  return used !== undefined;
}

// Passkeys ------------------------------------------------------------------------------------------------------------

export const passkeysOf = (tx: Tx, personId: string): Promise<Passkey[]> =>
  tx.selectFrom('passkeys').select(['id', 'name', 'created_at as createdAt', 'last_used_at as lastUsedAt'])
    .where('person_id', '=', personId).orderBy('created_at').orderBy('id').execute();

export const passkeyKeysOf = (tx: Tx, personId: string): Promise<PasskeyKey[]> =>
  tx.selectFrom('passkeys').select(['id', 'credential_id as credentialId', 'public_key as publicKey', 'counter', 'transports'])
    .where('person_id', '=', personId).orderBy('created_at').execute();

/** False when the credential is known already, here or in another workspace. */
export async function insertPasskey(tx: Tx, workspaceId: string, personId: string, { id, name, credentialId, publicKey, counter, transports }: PasskeyKey & { name: string }): Promise<boolean> {
  const inserted = await tx.insertInto('passkeys').values({
    workspace_id: workspaceId, id, person_id: personId, credential_id: credentialId, public_key: publicKey, counter, transports: [...transports],
    name, created_at: NOW,
  }).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst();
  return inserted !== undefined;
}

export async function savePasskeyUse(tx: Tx, id: string, counter: number): Promise<void> {
  await tx.updateTable('passkeys').set({ counter, last_used_at: NOW }).where('id', '=', id).execute();
}

export async function renamePasskey(tx: Tx, personId: string, id: string, name: string): Promise<boolean> {
  const renamed = await tx.updateTable('passkeys').set({ name }).where('person_id', '=', personId).where('id', '=', id).returning('id').executeTakeFirst();
  return renamed !== undefined;
}

export async function deletePasskey(tx: Tx, personId: string, id: string): Promise<boolean> {
  const gone = await tx.deleteFrom('passkeys').where('person_id', '=', personId).where('id', '=', id).returning('id').executeTakeFirst();
  return gone !== undefined;
}

export async function passkeyOwner(lookup: Connection, credentialId: string): Promise<PasskeyOwner | undefined> {
  const { rows } = await sql<PasskeyOwner>`
    select workspace_id as "workspaceId", person_id as "personId", passkey_id as id, ${credentialId}::text as "credentialId",
      public_key as "publicKey", counter, transports from auth_passkey(${credentialId})`.execute(lookup);
  return rows[0];
}

export async function putChallenge(lookup: Connection, hash: Buffer, purpose: ChallengePurpose, personId: string | null, seconds: number): Promise<void> {
  await sql`select passkey_challenge_put(${hash}, ${purpose}, ${personId}::uuid, ${seconds})`.execute(lookup);
}

/** True for the one caller that uses it up, whatever becomes of the rest. */
export async function useChallenge(lookup: Connection, hash: Buffer, purpose: ChallengePurpose, personId: string | null): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`select passkey_challenge_use(${hash}, ${purpose}, ${personId}::uuid) as used`.execute(lookup);
  return rows[0]?.used === true;
}

// Remembered devices --------------------------------------------------------------------------------------------------

export const rememberedOf = (tx: Tx, personId: string): Promise<Remembered[]> =>
  tx.selectFrom('remembered_devices').select(['id', 'user_agent as userAgent', 'address', 'created_at as createdAt', 'expires_at as expiresAt'])
    .where('person_id', '=', personId).where('expires_at', '>', NOW).orderBy('created_at', 'desc').limit(MAX_REMEMBERED).execute();

export async function rememberedId(tx: Tx, personId: string, deviceHash: Buffer): Promise<string | null> {
  const found = await tx.selectFrom('remembered_devices').select('id').where('person_id', '=', personId)
    .where('device_hash', '=', deviceHash).where('expires_at', '>', NOW).executeTakeFirst();
  return found?.id ?? null;
}

/** The oldest make room. */
export async function insertRemembered(tx: Tx, workspaceId: string, { id, personId, deviceHash, userAgent, address }: {
  id: string; personId: string; deviceHash: Buffer; userAgent: string; address: string;
}): Promise<void> {
  await tx.insertInto('remembered_devices').values({
    workspace_id: workspaceId, id, person_id: personId, device_hash: deviceHash, user_agent: userAgent, address,
    created_at: NOW, expires_at: sql<Date>`now() + ${REMEMBERED_FOR}`,
  }).execute();
  await sql`delete from remembered_devices where person_id = ${personId}::uuid and (expires_at < now() or id not in (
    select id from remembered_devices where person_id = ${personId}::uuid order by created_at desc, id desc limit ${MAX_REMEMBERED}))`.execute(tx);
}

/** How many were forgotten. Without `id` all devices of the person. */
export async function deleteRemembered(tx: Tx, personId: string, id?: string): Promise<number> {
  const gone = await tx.deleteFrom('remembered_devices').where('person_id', '=', personId)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? '')).returning('id').execute();
  return gone.length;
}

// Sessions, as far as the second step concerns them -------------------------------------------------------------------

export type Freshness = { readonly fresh: boolean; readonly hasPassword: boolean };

/** Whether who sits there has proved it within the last minutes. */
export async function freshness(tx: Tx, sessionId: string, minutes: number): Promise<Freshness | undefined> {
  return tx.selectFrom('sessions').innerJoin('people', (join) => join
    .onRef('people.workspace_id', '=', 'sessions.workspace_id').onRef('people.id', '=', 'sessions.person_id'))
    .select([sql<boolean>`sessions.proved_at > now() - make_interval(mins => ${minutes}::int)`.as('fresh'), sql<boolean>`people.password_hash is not null`.as('hasPassword')])
    .where('sessions.id', '=', sessionId).executeTakeFirst();
}

/** Proved again: under a new secret, so that whoever copied the old one gains nothing by it. */
export async function renewSession(tx: Tx, id: string, tokenHash: Buffer): Promise<Date | null> {
  const renewed = await tx.updateTable('sessions').set({ proved_at: NOW, token_hash: tokenHash })
    .where('id', '=', id).where('revoked_at', 'is', null).returning('expires_at as expiresAt').executeTakeFirst();
  return renewed?.expiresAt ?? null;
}

/** The session in which the first second step was set up has done it. */
export async function markSecondStep(tx: Tx, id: string, step: 'totp' | 'passkey'): Promise<void> {
  await tx.updateTable('sessions').set({ second_step: step }).where('id', '=', id).execute();
}

export async function requiredRoles(tx: Tx): Promise<Role[]> {
  const { roles } = await tx.selectFrom('workspaces').select('two_step_roles as roles').executeTakeFirstOrThrow();
  return roles as Role[];
}
