import type { Now } from '../../../../kernel/actor.ts';
import type { Vault } from '../../../../platform/config/vault.ts';
import type { Database } from '../../../../platform/db/db.ts';
import type { Egress } from '../../../../platform/egress/egress.ts';
import type { Emit } from '../../../../platform/events/events.ts';
import type { ReturnTo, SignInEnd } from '../../core/oauth/contract.ts';
import { createClients } from './clients.ts';
import type { Grants } from './grants.ts';
import { createSignIns } from './sign-ins.ts';

/** Signing in at mail providers, as people do it: registrations, the way there and back. */
export function createOAuth({ publicUrl, plain, ...given }: {
  db: Database; egress: Egress; grants: Grants; vault: Pick<Vault, 'seal' | 'open'>; publicUrl: string; plain: readonly string[];
  emit: Emit; now: Now; machineNow: Now; poke: () => void;
}) {
  const redirectUri = `${publicUrl}/api/v1/email/oauth/callback`;
  return {
    clients: createClients({ ...given, redirectUri, plain }),
    signIns: createSignIns({ ...given, redirectUri }),
    /** The page that says how it went. */
    settingsAddress: ({ end, mailboxId, returnTo }: { end: SignInEnd; mailboxId: string | null; returnTo: ReturnTo }): string =>
      `${publicUrl}/settings/${returnTo}?${new URLSearchParams({ sign_in: end, ...mailboxId !== null && { mailbox: mailboxId } }).toString()}`,
  };
}
