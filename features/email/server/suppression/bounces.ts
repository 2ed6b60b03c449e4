import type { Tx } from '../../../../platform/db/db.ts';
import type { Outbox } from '../../../../platform/mail/outbox.ts';
import type { ParsedMail } from '../../../../platform/mail/parser.ts';
import { isAddressDead, type FailureReason } from '../../../../platform/mail/report/severity.ts';
import { addressKey } from '../../core/addresses.ts';
import type { Tokens } from '../tokens.ts';
import type { SuppressionReason } from './store.ts';
import type { Suppressions } from './suppressions.ts';

type Place = { readonly workspaceId: string; readonly mailboxIds: readonly string[]; readonly ledgerId: string };
export type BounceOutcome = { readonly state: 'bounce'; readonly reason: string; readonly ticketId: string | null; readonly entryId: string | null };

/**
 * What a report about mail of ours changes. It opens no ticket and gets no answer. Only a report that carries the signed
 * Message-ID of a mail of ours marks that mail, and only the address that this mail went to is suppressed at once: anybody
 * can write a report about anybody. Of a mail to several it takes failures on several days.
 */
export function createBounces({ outbox, tokens, suppressions }: {
  outbox: Pick<Outbox, 'bounced' | 'sentAs'>; tokens: Pick<Tokens, 'isOurs'>; suppressions: Pick<Suppressions, 'suppress' | 'softly'>;
}) {
  async function sentMail(tx: Tx, { workspaceId, mailboxIds }: Place, { report, ancestors }: ParsedMail) {
    for (const messageId of [...(report?.messageIds ?? []), ...ancestors]) {
      if (!mailboxIds.some((mailboxId) => tokens.isOurs(messageId, { workspaceId, mailboxId }))) continue;
      const sent = await outbox.sentAs(tx, workspaceId, messageId);
      if (sent) return { messageId, ...sent };
    }
    return null;
  }

  async function learn(tx: Tx, { workspaceId, ledgerId }: Place, report: NonNullable<ParsedMail['report']>, envelopeTo: readonly string[]): Promise<void> {
    const ours = new Set(envelopeTo.map(addressKey));
    for (const recipient of report.recipients) {
      if (!ours.has(addressKey(recipient.address))) continue;
      const failure = { address: recipient.address, words: recipient.words, ledgerId };
      const reason = suppressionOf(report.kind, recipient);
      // Of several who got a mail, each knows its Message-ID and could write such a report about another.
      if (ours.size > 1) {
        if (report.kind === 'failed') await suppressions.softly(tx, workspaceId, failure);
      } else if (reason) await suppressions.suppress(tx, workspaceId, failure, reason);
      else if (report.kind === 'failed' && !recipient.hard) await suppressions.softly(tx, workspaceId, failure);
    }
  }

  return {
    async settle(tx: Tx, place: Place, mail: ParsedMail): Promise<BounceOutcome> {
      const { report, subject } = mail;
      const reason = report?.words || subject || 'The mail could not be delivered.';
      const sent = await sentMail(tx, place, mail);
      if (!sent) return { state: 'bounce', reason, ticketId: null, entryId: null };
      if (report) await learn(tx, place, report, sent.envelopeTo);
      // "Delayed" and "delivered" are kept and change nothing; a complaint comes from somebody who got the mail.
      if (report === null || report.kind === 'failed') await outbox.bounced(tx, place.workspaceId, sent.messageId, reason);
      return { state: 'bounce', reason, ticketId: sent.ticketId, entryId: sent.entryId };
    },
  };
}

function suppressionOf(kind: NonNullable<ParsedMail['report']>['kind'], recipient: { hard: boolean; reason: FailureReason }): SuppressionReason | null {
  if (kind === 'complaint') return 'complaint';
  return kind === 'failed' && isAddressDead(recipient) ? recipient.reason as SuppressionReason : null;
}
