import { isDeepStrictEqual } from 'node:util';
import type { Actor, Now } from '../../../../kernel/actor.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Vault } from '../../../../platform/config/vault.ts';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import type { OAuthClientPut, OAuthClientView } from '../../core/oauth/contract.ts';
import { placesOf, type SignInProvider } from '../../core/oauth/services.ts';
import { demand } from '../../../people/core/permissions.ts';
import { CLIENT_SECRET } from '../sealed.ts';
import { clientOf, clientsOf, deleteClient, deleteGrantsOf, saveClient, type Client } from './store.ts';

/** How a workspace is registered at the sign-in services of mail providers. */
export function createClients({ db, vault, redirectUri, plain, now }: {
  db: Database; vault: Pick<Vault, 'seal' | 'open'>; redirectUri: string;
  /** Origins that the environment names: they alone may be asked without encryption. */
  plain: readonly string[]; now: Now;
}) {
  const manage = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'mailboxes.manage');
    return db.work(actor.workspaceId, act);
  };

  function check(provider: SignInProvider, { authorizeUrl, tokenUrl, scope, mailHost }: OAuthClientPut): void {
    if (provider !== 'other') return;
    if ([authorizeUrl, tokenUrl, scope, mailHost].includes('')) {
      throw new AppError('invalid', 'oauth.places_missing', 'For another provider give its authorizeUrl, tokenUrl, scope and mailHost.');
    }
    for (const address of [authorizeUrl, tokenUrl]) {
      const { protocol, origin, username, password } = new URL(address);
      if ((protocol !== 'https:' && !plain.includes(origin)) || username !== '' || password !== '') {
        throw new AppError('invalid', 'oauth.unencrypted', 'Secrets go over https only; give addresses that begin with https://, without a name or password in them.');
      }
    }
  }

  /** The given secret, or the kept one as long as it goes where it was meant to go. */
  function secretFor(workspaceId: string, given: string | undefined, { kept, moved }: { kept: Client | undefined; moved: boolean }): string {
    if (given !== undefined) return given;
    if (!kept) throw new AppError('invalid', 'oauth.secret_missing', 'Give the client secret that the provider shows at the registration.');
    if (moved) throw new AppError('invalid', 'oauth.secret_again', 'Give the client secret again: it is not sent for another registration, or to another place, than it was entered for.');
    return vault.open(CLIENT_SECRET.place(workspaceId, kept.provider), kept.clientSecret);
  }

  return {
    list: async (actor: Actor): Promise<{ items: OAuthClientView[]; redirectUri: string }> =>
      ({ items: (await manage(actor, (tx) => clientsOf(tx, actor.workspaceId))).map(toView), redirectUri }),

    /** When it is another registration, or another place, what was given to the one before is of no use and goes. */
    async put(actor: Actor, provider: SignInProvider, { clientSecret, ...given }: OAuthClientPut): Promise<OAuthClientView> {
      check(provider, given);
      return manage(actor, async (tx) => {
        const kept = await clientOf(tx, actor.workspaceId, provider);
        const settings = provider === 'other' ? { ...given, tenant: '' } : { clientId: given.clientId, tenant: provider === 'microsoft' ? given.tenant : '', ...NOWHERE };
        const moved = kept !== undefined && (kept.clientId !== settings.clientId || !isDeepStrictEqual(placesOf(kept), placesOf({ provider, ...settings })));
        const secret = secretFor(actor.workspaceId, clientSecret, { kept, moved });
        const client: Client = { provider, ...settings, clientSecret: vault.seal(CLIENT_SECRET.place(actor.workspaceId, provider), secret) };
        await saveClient(tx, actor.workspaceId, client, now());
        if (moved) await deleteGrantsOf(tx, actor.workspaceId, provider);
        return toView(client);
      });
    },

    async remove(actor: Actor, provider: SignInProvider): Promise<void> {
      await manage(actor, async (tx) => {
        if (!await deleteClient(tx, actor.workspaceId, provider)) throw new AppError('not_found', 'oauth.not_set_up', 'This workspace is not registered at this provider.');
      });
    },
  };
}

const NOWHERE = { authorizeUrl: '', tokenUrl: '', scope: '', mailHost: '', smtpHost: '' } as const;

const toView = ({ provider, clientId, tenant, authorizeUrl, tokenUrl, scope, mailHost, smtpHost }: Client): OAuthClientView =>
  ({ provider, clientId, tenant, authorizeUrl, tokenUrl, scope, mailHost, smtpHost });
