import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Seen } from '../../companies/server/companies.ts';
import type { Exchange, Eyes } from '../../tickets/server/tickets.ts';
import type { IntakeAnswers } from '../../intake/core/contract.ts';
import { withLines } from '../../intake/core/walk.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { RequestCreate, RequestSettings } from '../core/contract.ts';
import { shownName } from '../core/names.ts';
import { standingOf, type Standing } from '../core/standing.ts';
import type { Context } from './context.ts';
import { keepFiles, type GivenFile } from './files.ts';
import type { createPrivacy } from './privacy.ts';
import type { Guest } from './signing-in.ts';
import { settingsOf } from './store.ts';

export type RequestLine = {
  readonly number: number; readonly subject: string; readonly standing: Standing; readonly channel: TicketState['channel'];
  readonly createdAt: Date; readonly lastMessageAt: Date; readonly isUnproven: boolean;
  /** Of a colleague's: who asked. Null: it is their own. */
  readonly askedBy: string | null;
};
export type RequestPage = RequestLine & {
  readonly kind: TicketState['kind'];
  /** Of a colleague's, as far as their company allows. */
  readonly mayAnswer: boolean;
  /** What can be done: an answer goes on it (and opens it again), or begins a new one that points at it. */
  readonly takesAnswers: boolean;
  readonly entries: readonly ShownEntry[];
  readonly earlier: string | null;
  readonly expectation: { readonly what: 'answer' | 'solution'; readonly dueAt: Date | null; readonly isLate: boolean } | null;
  readonly promises: readonly { readonly what: string; readonly dueAt: Date; readonly wholeDay: boolean; readonly isBroken: boolean }[];
};
/** `name` empty: the company's. */
export type ShownEntry = Pick<Exchange, 'id' | 'type' | 'channel' | 'direction' | 'text' | 'createdAt' | 'isUnproven' | 'attachments'> & { readonly name: string; readonly isOwn: boolean };

type Looking = Eyes & { readonly isOwn: boolean; readonly mayAnswer: boolean };

/** Of a new request. */
type Begins = Pick<TicketState, 'kind'> & Partial<Pick<TicketState, 'tags' | 'fields'>>;

const LIST = 20;
const TIMELINE = 30;
type NewRequest = Pick<RequestCreate, 'kind' | 'subject' | 'text'> & { readonly language: Language; readonly files: readonly GivenFile[]; readonly searched: string | null; readonly answers?: IntakeAnswers };

const notThere = (): AppError => new AppError('not_found', 'request.not_found', 'You have no such request.');

/** A customer's own requests, on all channels: what they may see of them and do with them. */
export function createOwn({ db, now, files, tickets, customers, companies, workspaces, sla, commitments, knowledge, intake, limits }: Context, privacy: Pick<ReturnType<typeof createPrivacy>, 'note'>) {
  const line = (ticket: TicketState, { isUnproven, askedBy = null }: { isUnproven: boolean; askedBy?: string | null }): RequestLine => ({
    askedBy, number: ticket.number, subject: ticket.subject, standing: standingOf(ticket.status), channel: ticket.channel, createdAt: ticket.createdAt, lastMessageAt: ticket.lastMessageAt, isUnproven,
  });

  /** Companies whose requests they see, asked anew each time: only who reads the mailbox, not whom a shop's own server names. */
  const companiesOf = async (tx: Tx, { workspaceId, customerId, address, proof }: Guest): Promise<readonly Seen[]> =>
    (customerId === null || proof !== 'mail' ? [] : companies.seenBy(tx, workspaceId, { customerId, address }));

  /** Act on a request: of one's own, or as `reach` says on one of a colleague too. */
  function onRequest<T>(guest: Guest, number: number, reach: 'own' | 'read' | 'answer', act: (tx: Tx, ticket: TicketState, eyes: Looking) => Promise<T>): Promise<T> {
    return db.work(guest.workspaceId, async (tx) => {
      const { customerId } = guest;
      if (customerId === null) throw notThere();
      const seen = reach === 'own' ? [] : await companiesOf(tx, guest);
      const ticket = await tickets.seenByNumber(tx, { customerId, companyIds: seen.map(({ id }) => id) }, number);
      const isOwn = ticket.customerId === customerId;
      const mayAnswer = isOwn || seen.some(({ id, mayAnswer: may }) => may && id === ticket.companyId);
      if (reach === 'answer' && !mayAnswer) throw new AppError('forbidden', 'request.read_only', 'Your company lets you read what colleagues asked, and not answer on it.');
      return act(tx, ticket, { customerId, companyIds: isOwn ? [] : [ticket.companyId!], isOwn, mayAnswer });
    });
  }
  const inOwn = <T>(guest: Guest, number: number, act: (tx: Tx, ticket: TicketState, customerId: string) => Promise<T>): Promise<T> =>
    onRequest(guest, number, 'own', (tx, ticket, { customerId }) => act(tx, ticket, customerId));

  function shown({ staffNames }: RequestSettings, entry: Exchange): ShownEntry {
    const { id, type, channel, direction, text, createdAt, isUnproven, isOwn, attachments } = entry;
    const name = entry.authorKind === 'person' ? shownName(entry.authorName, staffNames) : entry.authorKind === 'customer' ? entry.authorName : '';
    return { id, type, channel, direction, text, createdAt, isUnproven, attachments, name, isOwn };
  }

  async function addressOf(tx: Tx, customerId: string): Promise<{ name: string; address: string }[]> {
    const customer = await customers.known(tx, customerId);
    return customer?.email ? [{ name: customer.name, address: customer.email }] : [];
  }

  async function write(tx: Tx, guest: Guest, { ticketId, beside = null, linkTo, text, subject, language, given, begins, searched = null }: {
    /** Of a colleague's request: whose it is. They read it, and who writes gets what is said from now on. */
    beside?: string | null; ticketId: string | null; linkTo: string | null; text: string; subject: string; language: Language | null; given: readonly GivenFile[]; begins: Begins; searched?: string | null;
  }): Promise<TicketState> {
    const at = now();
    const customer = await customers.resolve(tx, guest.workspaceId, { email: guest.address, language, proven: guest.proof === 'mail' ? 'mailbox' : null, at });
    const writer = { name: customer.name, address: guest.address };
    const alsoFor = beside === null ? null : await addressOf(tx, beside);
    const stored = await keepFiles(files, tx, guest.workspaceId, given);
    const received = await tickets.receive(tx, guest.workspaceId, {
      ticketId, customerId: customer.id, mailboxId: null, teamId: null, channel: 'web', subject, text, quoted: '', html: null, author: writer,
      recipients: { to: [], cc: alsoFor ?? [] }, messageId: null, ledgerId: null, language, attachments: stored, notice: null, automatic: false, participants: alsoFor ? [writer] : [], at, cameBy: guest.brand ? { brandId: guest.brand.id } : 'pages',
      begins, linkTo: linkTo === null ? null : { ticketId: linkTo, reason: 'follows' },
    });
    if (searched !== null) await knowledge.ticketAfter(tx, guest.workspaceId, searched, received.ticketId);
    return (await tickets.find(tx, received.ticketId))!;
  }

  return {
    list: (guest: Guest, cursor: string | undefined): Promise<Page<RequestLine>> => db.work(guest.workspaceId, async (tx) => {
      if (guest.customerId === null) return { items: [], nextCursor: null };
      const page = await tickets.ofCustomer(tx, guest.customerId, { limit: LIST, cursor });
      const unproven = await tickets.unprovenAmong(tx, page.items.map(({ id }) => id));
      return { items: page.items.map((ticket) => line(ticket, { isUnproven: unproven.has(ticket.id) })), nextCursor: page.nextCursor };
    }),

    /** The companies whose requests they see besides their own. */
    companies: (guest: Guest): Promise<readonly Seen[]> => db.work(guest.workspaceId, (tx) => companiesOf(tx, guest)),

    /** All of a company's, one's own among them. */
    ofCompany: (guest: Guest, companyId: string, cursor: string | undefined): Promise<Page<RequestLine>> => db.work(guest.workspaceId, async (tx) => {
      if (!(await companiesOf(tx, guest)).some(({ id }) => id === companyId)) throw new AppError('not_found', 'company.not_found', 'There is no such company.');
      const page = await tickets.ofCompany(tx, companyId, { limit: LIST, cursor });
      const names = await customers.names(tx, [...new Set(page.items.map(({ customerId }) => customerId))]);
      return {
        items: page.items.map((ticket) => line(ticket, { isUnproven: false, askedBy: ticket.customerId === guest.customerId ? null : names.get(ticket.customerId) ?? '' })), nextCursor: page.nextCursor,
      };
    }),

    show: (guest: Guest, number: number, cursor: string | undefined): Promise<RequestPage> => onRequest(guest, number, 'read', async (tx, ticket, eyes) => {
      const { workspaceId } = guest;
      const page = await tickets.exchanges(tx, eyes, ticket.id, { limit: TIMELINE, cursor });
      const settings = await settingsOf(tx, workspaceId);
      const entries = page.items.toReversed().map((entry) => shown(settings, entry));
      const askedBy = eyes.isOwn ? null : (await customers.names(tx, [ticket.customerId])).get(ticket.customerId) ?? '';
      const promises = await commitments.promisedOn(tx, workspaceId, ticket.id);
      return {
        ...line(ticket, { isUnproven: entries.some(({ isUnproven }) => isUnproven), askedBy }), kind: ticket.kind, mayAnswer: eyes.mayAnswer, takesAnswers: await tickets.takesAnswers(tx, ticket, now()), entries, earlier: page.nextCursor,
        expectation: await sla.expectation(tx, workspaceId, ticket.id),
        promises: promises.map(({ what, dueAt, wholeDay, state }) => ({ what, dueAt, wholeDay, isBroken: state === 'broken' })),
      };
    }),

    /** Answers with the number of the request where it stands: another one when this takes answers no longer. */
    answer: (guest: Guest, number: number, { text, files: given }: { text: string; files: readonly GivenFile[] }): Promise<number> => onRequest(guest, number, 'answer', async (tx, ticket, { isOwn }) => {
      await limits.answer(guest.workspaceId, guest.addressKey);
      const goesOn = await tickets.takesAnswers(tx, ticket, now());
      const { number: stands } = await write(tx, guest, { beside: isOwn || !goesOn ? null : ticket.customerId, ticketId: goesOn ? ticket.id : null, linkTo: goesOn ? null : ticket.id, text, subject: ticket.subject, language: ticket.language, given, begins: { kind: ticket.kind } });
      return stands;
    }),

    create: (guest: Guest, { kind, subject, text, language, files: given, searched, answers = {} }: NewRequest): Promise<number> => db.work(guest.workspaceId, async (tx) => {
      await limits.begin(guest.workspaceId, guest.addressKey);
      const { fields, lines } = await intake.settle(tx, kind, answers, language);
      return (await write(tx, guest, { ticketId: null, linkTo: null, text: withLines(text, lines), subject, language, given, begins: { kind, fields }, searched })).number;
    }),

    /** To be answered by whoever keeps the house's data: it stands in a list of its own, with its day. */
    askAboutData: (guest: Guest, { subject, text, language, what }: { subject: string; text: string; language: Language; what: 'copy' | 'delete' }): Promise<number> =>
      db.work(guest.workspaceId, async (tx) => {
        await limits.begin(guest.workspaceId, guest.addressKey);
        const { id: ticketId, customerId, number } = await write(tx, guest, { ticketId: null, linkTo: null, text, subject, language, given: [], begins: { kind: 'service_request', tags: ['privacy', `privacy-${what}`] } });
        await privacy.note(tx, guest, what, { ticketId, customerId });
        return number;
      }),

    solve: (guest: Guest, number: number): Promise<void> => inOwn(guest, number, (tx, ticket, customerId) =>
      tickets.solvedByCustomer(tx, guest.workspaceId, customerId, ticket.id)),

    /** "Yes, it was me": whoever is here has proven the mailbox. */
    prove: (guest: Guest, number: number): Promise<void> => inOwn(guest, number, async (tx, ticket) => {
      await tickets.prove(tx, guest.workspaceId, ticket.id, guest.address);
    }),

    file: (guest: Guest, number: number, attachmentId: string): Promise<{ name: string; contentType: string; bytes: Buffer }> => onRequest(guest, number, 'read', async (tx, ticket, eyes) => {
      const { name, contentType, sha256 } = await tickets.ownFile(tx, eyes, ticket.id, attachmentId);
      const bytes = await files.read(tx, guest.workspaceId, sha256);
      if (!bytes) throw new AppError('not_found', 'attachment.not_found', 'There is no such file.');
      return { name, contentType, bytes };
    }),

    /** Business time. */
    now,

    /** In whose time zone moments are told. */
    timeZone: async (workspaceId: string): Promise<string> => (await workspaces.get(workspaceId)).timeZone,
  };
}
