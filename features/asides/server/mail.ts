import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { MailName, SenderProof, StoredFile } from '../../tickets/core/incoming.ts';
import type { AsidesDeps } from './deps.ts';
import { findAside, findMessage, insertMessage, lockAside, nameThem, peopleOf, saveAside, setMessageId, threadOf, type StoredMessage } from './store.ts';

/** What came back by mail; that it belongs here is for the caller to have decided. */
export type AsideAnswer = {
  readonly author: MailName; readonly to: readonly MailName[]; readonly text: string; readonly quoted: string; readonly files: readonly StoredFile[];
  readonly messageId: string | null; readonly ledgerId: string; readonly verdict: SenderProof['verdict']; readonly automatic: boolean; readonly at: Date;
};

/** Mail programs thread by it; the beginning and the latest matter. */
const MAX_THREAD = 20;
const MAX_RECIPIENTS = 50;

/** For the room that sends and receives mail, in its unit of work. */
export const createAsideMail = ({ now, emit, tickets }: AsidesDeps, index: (tx: Tx, workspaceId: string, message: StoredMessage) => Promise<void>, othersWait: (tx: Tx, ticketId: string, id: string) => Promise<boolean>) => ({
  /** With its ticket, where both are there and nobody has thrown the ticket away. */
  async find(tx: Tx, id: string) {
    const aside = await findAside(tx, id);
    const ticket = aside && await tickets.find(tx, aside.ticketId);
    return aside && ticket && !ticket.deletedAt ? { id: aside.id, ticketId: ticket.id, number: ticket.number } : null;
  },

  /** Whether somebody was brought in by us. */
  takesPart: async (tx: Tx, id: string, address: string): Promise<boolean> => (await peopleOf(tx, id)).some(({ key }) => key === address.trim().toLowerCase()),

  /** A message of ours with all that its mail needs. */
  async outgoing(tx: Tx, workspaceId: string, messageId: string) {
    const message = await findMessage(tx, messageId);
    const aside = message && await findAside(tx, message.asideId);
    const ticket = aside && await tickets.find(tx, aside.ticketId);
    if (!message || !aside || !ticket) throw new AppError('not_found', 'aside.not_found', 'There is no such side conversation.');
    const files = await tickets.keptFiles(tx, { workspaceId, id: message.authorId ?? '' }, message.fileIds);
    return { ticket, aside, message, files, ...await threadOf(tx, aside.id, message.id, MAX_THREAD) };
  },

  sentAs: setMessageId,

  /** Files an answer, tells of it, and ends the waiting of the ticket when nothing else is waited for. */
  async receive(tx: Tx, workspaceId: string, id: string, answer: AsideAnswer): Promise<{ ticketId: string }> {
    const found = await findAside(tx, id);
    const ticket = found ? await tickets.lockLive(tx, found.ticketId) : null;
    const aside = await lockAside(tx, id);
    if (!aside) throw new AppError('not_found', 'aside.not_found', 'There is no such side conversation.');
    const { author, to, text, quoted, files, verdict, automatic, at } = answer;
    const messageId = newId();
    const message: StoredMessage = {
      id: messageId, asideId: id, direction: 'in', authorId: null, authorName: author.name.slice(0, 300), authorAddress: author.address, recipients: to.slice(0, MAX_RECIPIENTS).map(({ name, address }) => ({ name, address })),
      text, quoted, fileIds: await tickets.keepReceived(tx, workspaceId, files), messageId: answer.messageId, ledgerId: answer.ledgerId, verdict, automatic, createdAt: at,
    };
    await insertMessage(tx, workspaceId, message);
    await index(tx, workspaceId, message);
    await nameThem(tx, id, author);
    const waits = aside.waits && automatic;
    await saveAside(tx, id, { waits, lastAt: at });
    if (aside.waits && !waits && ticket?.status === 'waiting_third_party' && !await othersWait(tx, ticket.id, id)) {
      await tickets.changeBy(tx, workspaceId, ticket, { status: 'open' }, { id: null, name: '' });
    }
    await emit(tx, workspaceId, { type: 'aside.answered', ticketId: aside.ticketId, subjectId: messageId, actor: { kind: 'system', id: null }, data: { asideId: id, startedBy: aside.startedBy, automatic }, at: now() });
    return { ticketId: aside.ticketId };
  },
});
