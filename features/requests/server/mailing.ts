import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { isPlainAddress, newMessageId } from '../../../platform/mail/header.ts';
import type { BrandSite } from '../../workspaces/server/workspaces.ts';
import { confirmLetter, signInLetter } from '../core/letters.ts';
import type { Context } from './context.ts';

export type Mailing = ReturnType<typeof createMailing>;
type To = { readonly address: string; readonly language: Language; /** At whose host they asked. */ readonly brand: BrandSite | null };

/** The two mails of this room. Each lets somebody in, so neither can be read by our own people. */
export function createMailing({ outbox, email, workspaces, machineNow }: Pick<Context, 'outbox' | 'email' | 'workspaces' | 'machineNow'>) {
  async function send(tx: Tx, workspaceId: string, { address, language, brand }: To, write: (company: string, site: string) => { subject: string; text: string; html: string }): Promise<void> {
    const from = await email.writesFrom(tx, workspaceId);
    await outbox.queue(tx, workspaceId, {
      purpose: 'customer_sign_in', messageId: newMessageId(from.address), from, to: [{ name: '', address }], ...write(brand?.name ?? (await workspaces.get(workspaceId)).name, await workspaces.publicUrlOf(workspaceId, brand)), language,
      notBefore: machineNow(), envelopeFrom: '', headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
  }

  return {
    /** Whether a mail of ours may go there at all. */
    async reaches(tx: Tx, workspaceId: string, address: string): Promise<boolean> {
      return isPlainAddress(address) && !await email.isOurs(tx, workspaceId, address) && (await email.suppressions.among(tx, workspaceId, [address])).length === 0;
    },
    wayIn: (tx: Tx, workspaceId: string, to: To, { secret, code }: { secret: string; code: string }): Promise<void> =>
      send(tx, workspaceId, to, (company, site) => signInLetter({ language: to.language, company, code, link: `${site}/requests/in/${secret}` })),
    confirmation: (tx: Tx, workspaceId: string, to: To, { secret, waits }: { secret: string; waits: boolean }): Promise<void> =>
      send(tx, workspaceId, to, (company, site) => confirmLetter({ language: to.language, company, waits, link: `${site}/requests/confirm/${secret}` })),
  };
}
