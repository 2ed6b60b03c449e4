import { keepIn } from '../../../kernel/bounded.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { isPlainAddress } from '../../../platform/mail/header.ts';
import { withLines } from '../../intake/core/walk.ts';
import { KINDS } from '../../tickets/core/contract.ts';
import { UNPROVEN_ADDRESS, type StoredFile } from '../../tickets/core/incoming.ts';
import type { RequestCreate, RequestReceived } from '../core/contract.ts';
import { addressKey, type Context } from './context.ts';
import { checkedFiles, keepFiles, type GivenFile } from './files.ts';
import type { Client } from './limits.ts';
import type { Mailing } from './mailing.ts';
import { hashOf, newSecret, type Opened, type createSigningIn } from './signing-in.ts';
import { confirmationByToken, insertConfirmation, settingsOf, takeConfirmation, type Waiting } from './store.ts';

const CONFIRM_MS = 2 * 86_400_000;
const MOST_STORMS = 1_000;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

export type StrangersRequest = Omit<RequestCreate, 'files' | 'language'> & { readonly language: Language; readonly files: readonly GivenFile[]; readonly searched?: string | null };
type Message = Pick<Waiting, 'kind' | 'subject' | 'text' | 'name' | 'searched' | 'fields'> & { readonly language: Language; readonly files: readonly StoredFile[] };

/** Answers that have no field stand above what was written. */
const gone = (): AppError => new AppError('not_found', 'confirmation.gone', 'This link was used, or is too old.');

/** What people write who have not signed in. It opens nobody's history, and causes one mail a day to an address at most. */
export function createFiling({ db, now, machineNow, files, tickets, customers, knowledge, intake, limits, challenges }: Context, mailing: Mailing, { openSession }: Pick<ReturnType<typeof createSigningIn>, 'openSession'>) {
  const storms = new Map<string, number>();

  async function file(tx: Tx, workspaceId: string, address: string, message: Message, notice: string | null, { brand = null }: Pick<Client, 'brand'>): Promise<{ ticketId: string; entryId: string; number: number }> {
    const at = now();
    const { kind, subject, text, name, language, searched } = message;
    const customer = await customers.resolve(tx, workspaceId, { email: address, name, language, proven: notice === null ? 'mailbox' : null, at });
    const received = await tickets.receive(tx, workspaceId, {
      ticketId: null, customerId: customer.id, mailboxId: null, teamId: null, channel: 'web', subject, text, quoted: '', html: null, author: { name: name || customer.name, address },
      recipients: { to: [], cc: [] }, messageId: null, ledgerId: null, language, attachments: message.files, notice, automatic: false, participants: [], at, cameBy: brand ? { brandId: brand.id } : 'pages',
      begins: { kind: KINDS.find((one) => one === kind) ?? 'question', ...(message.fields && { fields: message.fields }) },
    });
    if (searched) await knowledge.ticketAfter(tx, workspaceId, searched, received.ticketId);
    return { ...received, number: (await tickets.find(tx, received.ticketId))!.number };
  }

  async function askOwner(tx: Tx, workspaceId: string, { address, language, brand }: { address: string; language: Language; brand: Client['brand'] }, about: { ticketId: string; entryId: string } | { waiting: Waiting }): Promise<void> {
    const [secret, at] = [newSecret(), machineNow()];
    await insertConfirmation(tx, workspaceId, { id: newId(), address, tokenHash: hashOf(secret), about, createdAt: at, expiresAt: new Date(at.getTime() + CONFIRM_MS) });
    await mailing.confirmation(tx, workspaceId, { address, language, brand: brand ?? null }, { secret, waits: 'waiting' in about });
  }

  /** Counted only for a mail that would reach somebody. */
  const mayAsk = async (tx: Tx, workspaceId: string, address: string, client: Client): Promise<boolean> =>
    await mailing.reaches(tx, workspaceId, address) && limits.mayMailConfirmation(workspaceId, address, client);

  return {
    /** Whether so much comes in that strangers prove work first; as far as this process has noticed. */
    isStormy: (workspaceId: string): boolean => (storms.get(workspaceId) ?? 0) > machineNow().getTime(),

    async fileForStranger(workspaceId: string, given: StrangersRequest, client: Client): Promise<RequestReceived> {
      // Only machines see this field. They are told what they want to hear.
      if (given.website !== '') return { state: 'received', number: null };
      const { email: address, language } = given;
      if (!isPlainAddress(address)) throw new AppError('invalid', 'request.bad_address', 'Give an address that mail can be sent to, such as name@example.org.');
      checkedFiles(given.files);
      await limits.write(workspaceId, addressKey(address), client);
      const isCalm = await limits.isCalm(workspaceId);
      if (!isCalm) keepIn(storms, workspaceId, machineNow().getTime() + limits.calmSeconds * 1000, MOST_STORMS);
      const isProven = await challenges.isSolved(workspaceId, given.proof);
      const isTrusted = isCalm || isProven;
      await limits.writeAmongAll(workspaceId, { isProven });

      return db.work(workspaceId, async (tx): Promise<RequestReceived> => {
        if (!(await settingsOf(tx, workspaceId)).strangers) throw new AppError('forbidden', 'request.sign_in_first', 'Sign in first, then write.');
        const mayMail = await mayAsk(tx, workspaceId, address, client);
        const { kind, subject, text, name, searched = null } = given;
        if (!isTrusted && !mayMail) {
          throw new AppError('rate_limited', 'request.confirm_first', 'Sign in first, then write: very much is coming in, and this address has had its mail today.', { retryAfter: 3_600 });
        }
        const answered = await intake.settle(tx, kind, given.answers ?? {}, language);
        const message = { kind, subject, text: withLines(text, answered.lines), fields: answered.fields, name, searched, language, files: await keepFiles(files, tx, workspaceId, given.files) };
        if (!isTrusted) {
          await askOwner(tx, workspaceId, { address, language, brand: client.brand }, { waiting: message });
          return { state: 'confirm', number: null };
        }
        const filed = await file(tx, workspaceId, address, message, UNPROVEN_ADDRESS, client);
        if (mayMail) await askOwner(tx, workspaceId, { address, language, brand: client.brand }, filed);
        return { state: 'received', number: filed.number };
      });
    },

    /** Looks only: scanners of mail follow every link. */
    async readConfirmation(workspaceId: string, secret: string): Promise<{ address: string; waits: boolean; subject: string }> {
      return db.work(workspaceId, async (tx) => {
        const found = SECRET.test(secret) ? await confirmationByToken(tx, workspaceId, hashOf(secret), machineNow()) : undefined;
        if (!found) throw gone();
        const subject = found.waiting?.subject ?? (found.ticketId === null ? null : await tickets.find(tx, found.ticketId))?.subject ?? '';
        return { address: found.address, waits: found.waiting !== null, subject };
      });
    },

    /** The owner of the mailbox says that it was they: what is there is proven, what waited is filed. They are signed in by it. */
    confirm: (workspaceId: string, secret: string, client: Client): Promise<Opened & { number: number | null }> => db.work(workspaceId, async (tx) => {
      const found = SECRET.test(secret) ? await takeConfirmation(tx, workspaceId, hashOf(secret), machineNow()) : undefined;
      if (!found) throw gone();
      const { address, ticketId, waiting } = found;
      const opened = await openSession(tx, workspaceId, { address, proof: 'mail', client });
      if (waiting) {
        const stored = waiting.files.map((one) => ({ ...one, contentId: null }));
        return { ...opened, number: (await file(tx, workspaceId, address, { ...waiting, language: waiting.language as Language, files: stored }, null, client)).number };
      }
      const ticket = ticketId === null ? null : await tickets.find(tx, ticketId);
      if (ticket) await tickets.prove(tx, workspaceId, ticket.id, address);
      return { ...opened, number: ticket?.number ?? null };
    }),
  };
}
