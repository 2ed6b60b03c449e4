import type { Tx } from '../../../platform/db/db.ts';
import type { Asides } from '../../asides/server/asides.ts';
import { notice } from '../core/notices.ts';
import { splitPlus } from '../core/addresses.ts';
import type { Question, Thread } from './threading.ts';
import type { AsideClaim, Tokens } from './tokens.ts';

/** In a side conversation, or a ticket of its own that points at the one it is about. */
export type Beside = { readonly asideId: string } | { readonly thread: Thread };
type Signs = Pick<Question, 'workspaceId' | 'mailboxIds' | 'mail' | 'envelopeTo'>;

/**
 * A message joins a side conversation as it would join a ticket: only with a token of its own for this workspace and mailbox, only from somebody whom we brought
 * into it, and not when the sender's domain disowns it. Whoever else holds such a token opens a ticket that is linked to the one that it is about.
 */
export const createAsideMail = ({ asides, tokens }: { asides: Pick<Asides, 'find' | 'takesPart'>; tokens: Pick<Tokens, 'readAside' | 'inWords'> }) => {
  function claims({ workspaceId, mailboxIds, mail, envelopeTo }: Signs): AsideClaim[] {
    const read = (candidates: readonly string[]): AsideClaim[] =>
      candidates.flatMap((candidate) => mailboxIds.flatMap((mailboxId) => tokens.readAside(candidate, { workspaceId, mailboxId }) ?? []));
    const addresses = [...envelopeTo, ...[...mail.to, ...mail.cc].map(({ address }) => address)];
    const found = read([...mail.ancestors, ...addresses.flatMap((address) => splitPlus(address.trim()).detail ?? [])]);
    return found.length > 0 ? found : read([mail.quoted, mail.text, mail.html?.raw ?? ''].flatMap(tokens.inWords));
  }

  return {
    claims,

    async find(tx: Tx, question: Question): Promise<Beside | null> {
      let first: Beside | null = null;
      for (const { asideId, isOld } of claims(question)) {
        const aside = await asides.find(tx, asideId);
        if (!aside) continue;
        const isIn = await asides.takesPart(tx, asideId, question.author);
        if (isIn && !isOld && question.verdict !== 'fail') return { asideId };
        const reason = !isIn ? 'stranger' : isOld ? 'possibly_belongs_to' : 'unproven';
        const why = { stranger: notice.stranger, possibly_belongs_to: notice.possiblyBelongsTo, unproven: notice.unproven }[reason];
        first ??= { thread: { ticketId: null, notice: why(aside.number), linkTo: { ticketId: aside.ticketId, reason } } };
      }
      return first;
    },
  };
};
