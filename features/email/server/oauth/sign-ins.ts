import { createHash, randomBytes } from 'node:crypto';
import type { Actor, Now } from '../../../../kernel/actor.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Vault } from '../../../../platform/config/vault.ts';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import type { Egress } from '../../../../platform/egress/egress.ts';
import type { Emit } from '../../../../platform/events/events.ts';
import { authorizeAt, redeem, type Tokens } from '../../../../platform/mail/oauth.ts';
import type { ReturnTo, SignInEnd, SignInView } from '../../core/oauth/contract.ts';
import { placesOf, type SignInProvider } from '../../core/oauth/services.ts';
import { demand } from '../../../people/core/permissions.ts';
import { SIGN_IN_VERIFIER } from '../sealed.ts';
import { findMailbox, lockMailbox } from '../store.ts';
import type { Grants } from './grants.ts';
import { clientOf, clientsOf, grantOf, insertSignIn, restartSource, takeSignIn, type Client, type SignIn } from './store.ts';

/** So long somebody may take at the provider. */
const PATIENCE_MS = 15 * 60_000;

type Answer = { state?: string | undefined; code?: string | undefined; error?: string | undefined; iss?: string | undefined };
type End = { readonly end: SignInEnd; readonly mailboxId: string | null; readonly returnTo: ReturnTo };

const hashOf = (state: string): Buffer => createHash('sha256').update(state).digest();
const verifierOf = (workspaceId: string, stateHash: Buffer) => SIGN_IN_VERIFIER.place(workspaceId, stateHash.toString('hex'));

/** A person signs in at a mail provider so that we may use a mail account: authorisation code, PKCE, a state for one session and one use. */
export function createSignIns({ db, egress, grants, vault, redirectUri, emit, now, machineNow, poke }: {
  db: Database; egress: Egress; grants: Pick<Grants, 'serviceOf' | 'keep'>; vault: Pick<Vault, 'seal' | 'open'>; redirectUri: string;
  emit: Emit; now: Now; machineNow: Now; /** The source of a mailbox has a new token. */ poke: () => void;
}) {
  const manage = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'mailboxes.manage');
    return db.work(actor.workspaceId, act);
  };

  /** What comes back is believed of one session only. */
  function sessionOf({ credential }: Actor): string {
    if (credential.kind !== 'session') throw new AppError('forbidden', 'session.needed', 'An API token cannot do this: sign in as the person.');
    return credential.id;
  }

  async function tokensFor(workspaceId: string, client: Client, one: SignIn, code: string): Promise<Tokens> {
    const verifier = vault.open(verifierOf(workspaceId, one.stateHash), one.verifier);
    return redeem(egress, grants.serviceOf(workspaceId, client), { code, verifier, redirectUri });
  }

  async function keep(actor: Actor, { mailboxId, provider, user }: SignIn, tokens: Tokens & { refreshToken: string }): Promise<boolean> {
    return db.work(actor.workspaceId, async (tx) => {
      if (!await lockMailbox(tx, actor.workspaceId, mailboxId) || !await clientOf(tx, actor.workspaceId, provider)) return false;
      await grants.keep(tx, actor.workspaceId, { mailboxId, provider, user, tokens });
      await restartSource(tx, actor.workspaceId, mailboxId);
      await emit(tx, actor.workspaceId, { type: 'mailbox.changed', subjectId: mailboxId, actor: { kind: 'person', id: actor.id }, at: now() });
      return true;
    });
  }

  async function finishedWith(actor: Actor, one: SignIn, answer: Answer): Promise<SignInEnd> {
    const client = await db.work(actor.workspaceId, (tx) => clientOf(tx, actor.workspaceId, one.provider));
    if (!client) return 'stale';
    const { issuer } = placesOf(client);
    if (issuer !== null && answer.iss !== undefined && answer.iss !== issuer) return 'stale';
    if (answer.code === undefined) return answer.error === 'access_denied' ? 'denied' : 'client';
    const tokens = await tokensFor(actor.workspaceId, client, one, answer.code);
    // Without one, fetching would end within the hour, and nobody would know why.
    if (tokens.refreshToken === null) return 'not_lasting';
    return await keep(actor, one, { ...tokens, refreshToken: tokens.refreshToken }) ? 'done' : 'stale';
  }

  return {
    async view(actor: Actor, mailboxId: string): Promise<SignInView> {
      return manage(actor, async (tx) => {
        if (!await findMailbox(tx, actor.workspaceId, mailboxId)) throw noMailbox();
        const grant = await grantOf(tx, actor.workspaceId, mailboxId);
        const ready = await clientsOf(tx, actor.workspaceId);
        return {
          signedIn: grant ? { provider: grant.provider, user: grant.user, good: grant.refusedAt === null } : null,
          ready: ready.map((client) => ({ provider: client.provider, mailHost: placesOf(client).mailHost, smtpHost: placesOf(client).smtpHost })),
        };
      });
    },

    /** Where to send the browser. Without a provider: the one of the last time. */
    async begin(actor: Actor, mailboxId: string, given: { provider?: SignInProvider | undefined; user?: string | undefined; returnTo: ReturnTo }): Promise<{ url: string }> {
      const sessionId = sessionOf(actor);
      return manage(actor, async (tx) => {
        const mailbox = await findMailbox(tx, actor.workspaceId, mailboxId);
        if (!mailbox) throw noMailbox();
        const before = await grantOf(tx, actor.workspaceId, mailboxId);
        const provider = given.provider ?? before?.provider;
        const client = provider && await clientOf(tx, actor.workspaceId, provider);
        if (!client) throw new AppError('conflict', 'oauth.not_set_up', 'Register this workspace at the provider first: PUT /email/oauth/clients/:provider.');
        const user = given.user ?? before?.user ?? mailbox.address;
        const [state, verifier] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
        const [stateHash, at] = [hashOf(state), machineNow()];
        await insertSignIn(tx, actor.workspaceId, {
          stateHash, sessionId, mailboxId, provider: client.provider, user, verifier: vault.seal(verifierOf(actor.workspaceId, stateHash), verifier),
          expiresAt: new Date(at.getTime() + PATIENCE_MS), returnTo: given.returnTo,
        }, at);
        return { url: authorizeAt(grants.serviceOf(actor.workspaceId, client), { redirectUri, state, verifier, user }) };
      });
    },

    /** The provider sends the browser back. Whatever came, the state is good no more. */
    async finish(actor: Actor, answer: Answer): Promise<End> {
      demand(actor, 'mailboxes.manage');
      const one = answer.state === undefined ? undefined
        : await db.work(actor.workspaceId, (tx) => takeSignIn(tx, actor.workspaceId, { stateHash: hashOf(answer.state ?? ''), sessionId: sessionOf(actor), at: machineNow() }));
      if (!one) return { end: 'stale', mailboxId: null, returnTo: 'mailboxes' };
      const end = await finishedWith(actor, one, answer).catch(endOf);
      if (end === 'done') poke();
      return { end, mailboxId: one.mailboxId, returnTo: one.returnTo };
    },
  };
}

const ENDS: Readonly<Record<string, SignInEnd>> = { 'oauth.expired': 'expired', 'oauth.client_refused': 'client', 'oauth.unreachable': 'unreachable', 'vault.unreadable': 'client' };

function endOf(error: unknown): SignInEnd {
  const end = error instanceof AppError ? ENDS[error.code] : undefined;
  if (!end) throw error;
  return end;
}

const noMailbox = (): AppError => new AppError('not_found', 'mailbox.not_found', 'There is no such mailbox.');
