import { sql } from 'kysely';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import type { ReturnTo } from '../../core/oauth/contract.ts';
import type { Registration, SignInProvider } from '../../core/oauth/services.ts';

export type Client = Registration & { readonly clientId: string; /** Sealed. */ readonly clientSecret: string };
export type SignIn = {
  readonly stateHash: Buffer; readonly sessionId: string; readonly mailboxId: string; readonly provider: SignInProvider; readonly user: string;
  /** Sealed. */ readonly verifier: string; readonly expiresAt: Date; readonly returnTo: ReturnTo;
};
export type Grant = {
  readonly mailboxId: string; readonly provider: SignInProvider; readonly user: string; /** Sealed, both. */ readonly refreshToken: string; readonly accessToken: string;
  readonly accessUntil: Date; readonly refusedAt: Date | null;
};
/** The owner's connection writes what must stay whatever becomes of the unit of work at hand. */
type Reader = Tx | Database['owner'];

// Registrations ----------------------------------------------------------------------------------------------------

const clients = (db: Reader, workspaceId: string) => db.selectFrom('oauth_clients').select([
  'provider', 'client_id as clientId', 'client_secret as clientSecret', 'tenant', 'authorize_url as authorizeUrl', 'token_url as tokenUrl', 'scope', 'mail_host as mailHost', 'smtp_host as smtpHost',
]).where('workspace_id', '=', workspaceId).$castTo<Client>();

/** At most one for each provider. */
export const clientsOf = (tx: Tx, workspaceId: string): Promise<Client[]> => clients(tx, workspaceId).orderBy('provider').execute();

export const clientOf = (db: Reader, workspaceId: string, provider: SignInProvider): Promise<Client | undefined> =>
  clients(db, workspaceId).where('provider', '=', provider).executeTakeFirst();

export async function saveClient(tx: Tx, workspaceId: string, { provider, clientId, clientSecret, tenant, authorizeUrl, tokenUrl, scope, mailHost, smtpHost }: Client, at: Date): Promise<void> {
  const values = { client_id: clientId, client_secret: clientSecret, tenant, authorize_url: authorizeUrl, token_url: tokenUrl, scope, mail_host: mailHost, smtp_host: smtpHost };
  await tx.insertInto('oauth_clients').values({ workspace_id: workspaceId, provider, created_at: at, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'provider']).doUpdateSet(values)).execute();
}

/** With everything that was given to it. */
export async function deleteClient(tx: Tx, workspaceId: string, provider: SignInProvider): Promise<boolean> {
  return (await tx.deleteFrom('oauth_clients').where('workspace_id', '=', workspaceId).where('provider', '=', provider).returning('provider').execute()).length > 0;
}

export const deleteGrantsOf = (tx: Tx, workspaceId: string, provider: SignInProvider): Promise<unknown> =>
  tx.deleteFrom('oauth_grants').where('workspace_id', '=', workspaceId).where('provider', '=', provider).execute();

// Sign-ins under way -----------------------------------------------------------------------------------------------

/** One for each session and mailbox; what is over goes by the way. */
export async function insertSignIn(tx: Tx, workspaceId: string, one: SignIn, at: Date): Promise<void> {
  await tx.deleteFrom('oauth_sign_ins').where('workspace_id', '=', workspaceId)
    .where((where) => where.or([where('expires_at', '<=', at), where.and([where('mailbox_id', '=', one.mailboxId), where('session_id', '=', one.sessionId)])])).execute();
  await tx.insertInto('oauth_sign_ins').values({
    workspace_id: workspaceId, state_hash: one.stateHash, session_id: one.sessionId, mailbox_id: one.mailboxId, provider: one.provider, username: one.user,
    verifier: one.verifier, expires_at: one.expiresAt, return_to: one.returnTo,
  }).execute();
}

/** Answers once, and only to the session that began it. */
export const takeSignIn = (tx: Tx, workspaceId: string, { stateHash, sessionId, at }: { stateHash: Buffer; sessionId: string; at: Date }): Promise<SignIn | undefined> =>
  tx.deleteFrom('oauth_sign_ins').where('workspace_id', '=', workspaceId).where('state_hash', '=', stateHash).where('session_id', '=', sessionId).where('expires_at', '>', at)
    .returning(['state_hash as stateHash', 'session_id as sessionId', 'mailbox_id as mailboxId', 'provider', 'username as user', 'verifier', 'expires_at as expiresAt', 'return_to as returnTo'])
    .$castTo<SignIn>().executeTakeFirst();

// Grants -----------------------------------------------------------------------------------------------------------

const grantColumns = [
  'mailbox_id as mailboxId', 'provider', 'username as user', 'refresh_token as refreshToken', 'access_token as accessToken', 'access_until as accessUntil', 'refused_at as refusedAt',
] as const;

export const grantOf = (db: Reader, workspaceId: string, mailboxId: string): Promise<Grant | undefined> =>
  db.selectFrom('oauth_grants').select(grantColumns).where('workspace_id', '=', workspaceId).where('mailbox_id', '=', mailboxId).$castTo<Grant>().executeTakeFirst();

export async function saveGrant(tx: Tx, workspaceId: string, grant: Grant, at: Date): Promise<void> {
  const values = {
    provider: grant.provider, username: grant.user, refresh_token: grant.refreshToken, access_token: grant.accessToken, access_until: grant.accessUntil,
    refused_at: grant.refusedAt, refreshing_until: null,
  };
  await tx.insertInto('oauth_grants').values({ workspace_id: workspaceId, mailbox_id: grant.mailboxId, created_at: at, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'mailbox_id']).doUpdateSet(values)).execute();
}

/** Unless mail is still fetched or sent with it. */
export async function deleteIdleGrant(tx: Tx, workspaceId: string, mailboxId: string): Promise<void> {
  await tx.deleteFrom('oauth_grants as g').where('g.workspace_id', '=', workspaceId).where('g.mailbox_id', '=', mailboxId)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('mail_sources as s').select('s.id')
      .where('s.workspace_id', '=', workspaceId).where('s.mailbox_id', '=', mailboxId).where('s.auth', '<>', 'password'))))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('mail_relays as r').select('r.id')
      .where('r.workspace_id', '=', workspaceId).where('r.mailbox_id', '=', mailboxId)))).execute();
}

/** Those of these mailboxes at whose provider somebody is signed in at the moment. */
export const signedIn = async (tx: Tx, workspaceId: string, mailboxIds: readonly string[]): Promise<ReadonlySet<string>> =>
  mailboxIds.length === 0 ? new Set() : new Set((await tx.selectFrom('oauth_grants').select('mailbox_id as mailboxId')
    .where('workspace_id', '=', workspaceId).where('mailbox_id', 'in', [...mailboxIds]).where('refused_at', 'is', null).execute()).map(({ mailboxId }) => mailboxId));

/** Those of these mailboxes by whose sign-in a relay sends, although nobody is signed in any more. */
export async function sendingWithout(tx: Tx, workspaceId: string, mailboxIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (mailboxIds.length === 0) return new Set();
  const rows = await tx.selectFrom('mail_relays as r').select('r.mailbox_id as mailboxId').where('r.workspace_id', '=', workspaceId).where('r.mailbox_id', 'in', [...mailboxIds])
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('oauth_grants as g').select('g.mailbox_id')
      .where('g.workspace_id', '=', workspaceId).whereRef('g.mailbox_id', '=', 'r.mailbox_id').where('g.refused_at', 'is', null)))).execute();
  return new Set(rows.flatMap(({ mailboxId }) => mailboxId ?? []));
}

type Renewal = { readonly workspaceId: string; readonly mailboxId: string; /** When the claim ends, which names it. */ readonly until: Date };

/** Only one process renews at a time, and none that looked before another one had. */
export async function claimRenewal(db: Database['owner'], { workspaceId, mailboxId, seen, now, until }: Renewal & { /** The sealed token that was seen: nobody has renewed since. */ seen: string; now: Date }): Promise<boolean> {
  const claimed = await db.updateTable('oauth_grants').set({ refreshing_until: until })
    .where('workspace_id', '=', workspaceId).where('mailbox_id', '=', mailboxId).where('access_token', '=', seen)
    .where((where) => where.or([where('refreshing_until', 'is', null), where('refreshing_until', '<=', now)])).returning('mailbox_id').execute();
  return claimed.length > 0;
}

/** Not over what a person has signed in for meanwhile. */
export async function endRenewal(db: Database['owner'], { workspaceId, mailboxId, until }: Renewal, result: { tokens: Pick<Grant, 'accessToken' | 'accessUntil' | 'refreshToken'> } | { refusedAt: Date | null }): Promise<void> {
  await db.updateTable('oauth_grants').set({
    refreshing_until: null,
    ...('tokens' in result
      ? { access_token: result.tokens.accessToken, access_until: result.tokens.accessUntil, refresh_token: result.tokens.refreshToken, refused_at: null }
      : { refused_at: result.refusedAt }),
  }).where('workspace_id', '=', workspaceId).where('mailbox_id', '=', mailboxId).where('refreshing_until', '=', until).execute();
}

/** Whoever runs the source of this mailbox begins anew; what was wrong is forgotten. */
export async function restartSource(tx: Tx, workspaceId: string, mailboxId: string): Promise<void> {
  await tx.updateTable('mail_sources').set({ version: sql`version + 1`, error_code: null, error_words: null })
    .where('workspace_id', '=', workspaceId).where('mailbox_id', '=', mailboxId).where('auth', '<>', 'password').execute();
}
