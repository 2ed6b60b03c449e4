import { setTimeout as pause } from 'node:timers/promises';
import type { Now } from '../../../../kernel/actor.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Vault } from '../../../../platform/config/vault.ts';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import type { Egress } from '../../../../platform/egress/egress.ts';
import { renew, type SignInService, type Tokens } from '../../../../platform/mail/oauth.ts';
import { placesOf, type SignInProvider } from '../../core/oauth/services.ts';
import { ACCESS_TOKEN, CLIENT_SECRET, REFRESH_TOKEN } from '../sealed.ts';
import { demandPlace, type Account } from './shown-to.ts';
import { claimRenewal, clientOf, endRenewal, grantOf, saveGrant, type Client, type Grant } from './store.ts';

/** A token is renewed so long before it runs out. */
const EARLY_MS = 2 * 60_000;
/** Whoever renews has so long; a process that died meanwhile holds nobody up for longer. */
const RENEWAL_MS = 20_000;
const LOOK_AGAIN_MS = 250;

export type Grants = ReturnType<typeof createGrants>;

/** Tokens of mail accounts: sealed, renewed in time by one process at a time, and said to be over when the provider says so. */
export function createGrants({ db, egress, vault, machineNow }: { db: Database; egress: Egress; vault: Pick<Vault, 'seal' | 'open'>; machineNow: Now }) {
  const serviceOf = (workspaceId: string, client: Client): SignInService =>
    ({ ...placesOf(client), clientId: client.clientId, clientSecret: vault.open(CLIENT_SECRET.place(workspaceId, client.provider), client.clientSecret) });

  function sealed(workspaceId: string, mailboxId: string, { accessToken, refreshToken, lastsMs }: Tokens & { refreshToken: string }): Pick<Grant, 'accessToken' | 'refreshToken' | 'accessUntil'> {
    return {
      accessToken: vault.seal(ACCESS_TOKEN.place(workspaceId, mailboxId), accessToken), refreshToken: vault.seal(REFRESH_TOKEN.place(workspaceId, mailboxId), refreshToken),
      accessUntil: new Date(machineNow().getTime() + lastsMs),
    };
  }

  async function renewed(workspaceId: string, grant: Grant, until: Date): Promise<string> {
    const { mailboxId } = grant;
    try {
      const client = await clientOf(db.owner, workspaceId, grant.provider);
      if (!client) throw over();
      const before = vault.open(REFRESH_TOKEN.place(workspaceId, mailboxId), grant.refreshToken);
      const tokens = await renew(egress, serviceOf(workspaceId, client), before);
      await endRenewal(db.owner, { workspaceId, mailboxId, until }, { tokens: sealed(workspaceId, mailboxId, { ...tokens, refreshToken: tokens.refreshToken ?? before }) });
      return tokens.accessToken;
    } catch (error) {
      const isOver = error instanceof AppError && error.code === 'oauth.expired';
      await endRenewal(db.owner, { workspaceId, mailboxId, until }, { refusedAt: isOver ? machineNow() : null });
      throw error;
    }
  }

  return {
    serviceOf,

    /**
     * A token that is good for the account of this mailbox, renewed when it is about to run out, or is the one that a server
     * has just refused (`instead`). Rejects with `oauth.expired` when somebody has to sign in again.
     */
    async access({ workspaceId, mailboxId, provider, user, ...place }: Account, { instead }: { instead?: string } = {}): Promise<string> {
      const client = await clientOf(db.owner, workspaceId, provider);
      if (!client) throw over();
      demandPlace(client, place);
      // Beside the unit of work at hand: what the provider has given must not be forgotten with it.
      for (let waited = 0; waited <= RENEWAL_MS; waited += LOOK_AGAIN_MS) {
        const grant = await grantOf(db.owner, workspaceId, mailboxId);
        if (grant?.provider !== provider || grant.user !== user || grant.refusedAt !== null) throw over();
        const token = vault.open(ACCESS_TOKEN.place(workspaceId, mailboxId), grant.accessToken);
        const now = machineNow();
        if (token !== instead && grant.accessUntil.getTime() - now.getTime() > EARLY_MS) return token;
        const until = new Date(now.getTime() + RENEWAL_MS);
        if (await claimRenewal(db.owner, { workspaceId, mailboxId, seen: grant.accessToken, now, until })) return renewed(workspaceId, grant, until);
        await pause(LOOK_AGAIN_MS);
      }
      throw new AppError('unavailable', 'oauth.unreachable', 'The sign-in service takes too long.');
    },

    /** What a person has just signed in for. */
    async keep(tx: Tx, workspaceId: string, { mailboxId, provider, user, tokens }: { mailboxId: string; provider: SignInProvider; user: string; tokens: Tokens & { refreshToken: string } }): Promise<void> {
      await saveGrant(tx, workspaceId, { mailboxId, provider, user, ...sealed(workspaceId, mailboxId, tokens), refusedAt: null }, machineNow());
    },
  };
}

const over = (): AppError => new AppError('unavailable', 'oauth.expired', '');
