import { createHash, createHmac, randomBytes } from 'node:crypto';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import { networkOf } from '../../../kernel/network.ts';
import { newId } from '../../../platform/db/ids.ts';
import { useOne } from '../../../platform/db/quota.ts';
import { countedAs, isPlainAddress, newMessageId } from '../../../platform/mail/header.ts';
import { subscribeLetter } from '../core/letters.ts';
import { LIST, type StatusDeps } from './context.ts';
import { confirmSubscription, subscriptionByToken, subscriptionOf, wishSubscription } from './store.ts';

const DAY_S = 86_400;
const SECRET = /^[A-Za-z0-9_-]{43}$/;
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const gone = (): AppError => new AppError('not_found', 'subscription.gone', 'This link is too old; ask for another mail.');

/** Mail about the status page for whoever asked, and said so from the mailbox too. Opening a link does nothing. */
export function createSubscribing({ db, machineNow, outbox, workspaces, email, key }: StatusDeps) {
  const allows = async (name: string, of: string, uses: number, seconds: number): Promise<number | null> =>
    useOne(db.lookup, createHmac('sha256', key).update(`status/${name}\n${of}`).digest('base64url'), { uses, seconds });

  return {
    /** One mail a day to an address at most; the answer is the same whether it went or not. */
    async wish(workspaceId: string, { address, language }: { address: string; language: Language }, client: string): Promise<void> {
      if (!isPlainAddress(address)) throw new AppError('invalid', 'subscription.bad_address', 'Give an address that mail can be sent to, such as name@example.org.');
      const retryAfter = await allows('network', `${workspaceId}\n${networkOf(client)}`, 10, 3_600) ?? await allows('workspace', workspaceId, 1_000, 3_600);
      if (retryAfter !== null) throw new AppError('rate_limited', 'subscription.too_many', 'Too many asked for mail; wait, and try again.', { retryAfter });
      const secret = randomBytes(32).toString('base64url');
      await db.work(workspaceId, async (tx) => {
        const known = await subscriptionOf(tx, workspaceId, address.toLowerCase());
        // Whoever ended it with one click is asked anew.
        if (known?.confirmedAt && (await email.unsubscribing.among(tx, workspaceId, LIST, [address])).size === 0) return;
        if (await email.isOurs(tx, workspaceId, address) || (await email.suppressions.among(tx, workspaceId, [address])).length > 0) return;
        if (await allows('address', `${workspaceId}\n${countedAs(address)}`, 1, DAY_S) !== null) return;
        await wishSubscription(tx, workspaceId, { id: newId(), address, language, tokenHash: hashOf(secret), at: machineNow() });
        const from = await email.writesFrom(tx, workspaceId);
        const { name: company } = await workspaces.get(workspaceId);
        await outbox.queue(tx, workspaceId, {
          purpose: 'customer_sign_in', messageId: newMessageId(from.address), from, to: [{ name: '', address }], ...subscribeLetter({ language, company, link: `${await workspaces.publicUrlOf(workspaceId)}/status/subscriptions/${secret}` }),
          notBefore: machineNow(), envelopeFrom: '', headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        });
      });
    },

    /** Looks only: scanners of mail follow every link. */
    readWish: (workspaceId: string, secret: string): Promise<{ address: string }> => db.work(workspaceId, async (tx) => {
      const found = SECRET.test(secret) ? await subscriptionByToken(tx, workspaceId, hashOf(secret)) : undefined;
      if (!found) throw gone();
      return { address: found.address };
    }),

    /** Harmless twice. Whoever had ended it before has it again. */
    confirm: (workspaceId: string, secret: string): Promise<void> => db.work(workspaceId, async (tx) => {
      const found = SECRET.test(secret) ? await subscriptionByToken(tx, workspaceId, hashOf(secret)) : undefined;
      if (!found) throw gone();
      await confirmSubscription(tx, workspaceId, found.id, machineNow());
      await email.unsubscribing.forget(tx, workspaceId, LIST, found.address);
    }),
  };
}
