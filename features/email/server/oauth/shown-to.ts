import { AppError } from '../../../../kernel/errors.ts';
import type { Tx } from '../../../../platform/db/db.ts';
import { placesOf, type Registration, type SignInProvider } from '../../core/oauth/services.ts';
import { clientOf, grantOf } from './store.ts';

/** For whom a token is wanted, and who will see it: never another account's, nor another provider's. */
export type Account = {
  readonly workspaceId: string; readonly mailboxId: string; readonly provider: SignInProvider; readonly user: string;
  readonly host: string; readonly way: 'fetching' | 'sending';
};

/** A token is shown to the provider's own server, for the account that it was given for, and to nobody else. */
export async function demandSignIn(tx: Tx, { workspaceId, mailboxId, provider, user, ...place }: Account): Promise<void> {
  const grant = await grantOf(tx, workspaceId, mailboxId);
  const client = await clientOf(tx, workspaceId, provider);
  if (!client || grant?.provider !== provider || grant.user !== user) {
    throw new AppError('conflict', 'source.sign_in_missing', 'Sign in at the provider as this user first: POST /mailboxes/:id/sign-ins.');
  }
  demandPlace(client, place);
}

/** Where the provider's own server is. A registration may be moved to another provider while settings still name the one before. */
export function demandPlace(client: Registration, { host, way }: Pick<Account, 'host' | 'way'>): void {
  const { mailHost, smtpHost } = placesOf(client);
  if (way === 'fetching' && mailHost !== host) throw new AppError('invalid', 'source.other_host', `With this sign-in mail is fetched from ${mailHost} only.`, { host: mailHost });
  if (way === 'sending' && smtpHost !== host) throw new AppError('invalid', 'relay.other_host', `With this sign-in mail is sent through ${smtpHost} only.`, { host: smtpHost });
}
