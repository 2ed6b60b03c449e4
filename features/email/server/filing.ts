import type { Now } from '../../../kernel/actor.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Files } from '../../../platform/files/files.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import { isPlainAddress } from '../../../platform/mail/header.ts';
import { forAuthor, type Authentication, type Verdict } from '../../../platform/mail/authentication.ts';
import type { ParsedMail, ParseFailure, Parser } from '../../../platform/mail/parser.ts';
import type { Asides } from '../../asides/server/asides.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { Incoming, SenderProof, StoredFile } from '../../tickets/core/incoming.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { addressKey, othersOn, splitPlus, type MailName } from '../core/addresses.ts';
import { notice } from '../core/notices.ts';
import { automaticKind, natureOf, soundsAutomatic, type MailSigns, type Nature } from '../core/robots.ts';
import { ticketNumbersIn } from '../core/subject-tag.ts';
import type { Acknowledge } from './acknowledging.ts';
import { answerIn } from './answers.ts';
import { createAsideMail } from './aside-mail.ts';
import { createColleagues } from './colleagues.ts';
import { claimMessage, COPY_OF, copyOf, settleMessage, yieldFingerprint, type OpenMessage, type Settlement } from './ledger-store.ts';
import type { Hold } from './quarantine/holding.ts';
import type { Judge } from './quarantine/screening.ts';
import type { Held } from './spam/gate.ts';
import { findMailbox, type Mailbox } from './store.ts';
import { createBounces } from './suppression/bounces.ts';
import type { Suppressions } from './suppression/suppressions.ts';
import { createThreading, type Question, type Thread } from './threading.ts';
import type { Claim, Tokens } from './tokens.ts';

/** What lay somewhere for a day is not told that it has just arrived. */
const STALE_MS = 24 * 3_600_000;

/** A message taken apart, why it could not be, or why it need not be. */
export type Understood = { readonly mail: ParsedMail } | { readonly error: ParseFailure | 'failed' } | { readonly held: Held };

/** `mailbox` is the one whose ticket it becomes; the message may be for others of ours too (`mailboxIds`). */
type Desk = { workspaceId: string; mailbox: Mailbox; mailboxIds: readonly string[]; own: ReadonlySet<string>; authentication: Authentication | null };

/** A message that could be read, who wrote it, and what wrote it. */
type Letter = { message: OpenMessage; mail: ParsedMail; nature: Nature; author: MailName };

/** A message that was read, and who vouches for it. */
export type Readable = { readonly id: string; readonly understood: Understood; readonly authentication: Authentication | null };

/** Turns an accepted message into what it is on the desk, all in the caller's unit of work; nothing leaves the machine. */
export function createFiling({ tickets, asides, customers, files, parser, outbox, tokens, suppressions, acknowledge, screen, screenAnswer, hold, now }: {
  tickets: Pick<Tickets, 'receive' | 'saidSoFar' | 'find' | 'findByNumber' | 'takesPart' | 'takesAnswers' | 'entriesWithMessageIds' | 'replyFromOutside' | 'noteFromOutside'>;
  asides: Pick<Asides, 'find' | 'takesPart' | 'receive'>; customers: Pick<Customers, 'resolve' | 'speaks' | 'known'>; files: Pick<Files, 'putMany'>; parser: Pick<Parser, 'parse'>;
  outbox: Pick<Outbox, 'bounced' | 'sentAs'>; tokens: Tokens; suppressions: Suppressions; acknowledge: Acknowledge; screen: Judge; screenAnswer: Judge; hold: Hold; now: Now;
}) {
  const threading = createThreading({ tickets, tokens });
  const beside = createAsideMail({ asides, tokens });
  const bounces = createBounces({ outbox, tokens, suppressions });
  const colleagues = createColleagues({ tickets, customers, parser, store });

  async function store(tx: Tx, workspaceId: string, attachments: ParsedMail['attachments']): Promise<StoredFile[]> {
    const stored = await files.putMany(tx, workspaceId, attachments.map(({ bytes }) => bytes));
    return attachments.map(({ name, contentType, contentId }, i) => ({ ...stored[i]!, name, contentType, contentId }));
  }

  /**
   * Files all of them. Letters of different people that point at nothing we have need nothing of each other: what they
   * ask of the database goes out together. The rest follows one by one, and sees what those before have become.
   */
  async function fileAll(tx: Tx, workspaceId: string, readables: readonly Readable[]): Promise<void> {
    const abreast = readables.length > 1 ? ofDifferentPeople(readables) : [];
    const done = new Set<Readable>();
    const tried = await Promise.allSettled(abreast.map(async (readable) => { if (await fileOne(tx, workspaceId, readable, true)) done.add(readable); }));
    for (const outcome of tried) if (outcome.status === 'rejected') throw outcome.reason;
    for (const readable of readables) if (!done.has(readable)) await fileOne(tx, workspaceId, readable, false);
  }

  /** Files it unless somebody else has, or is doing so. False, and nothing written: it cannot go beside others (`abreast`). */
  async function fileOne(tx: Tx, workspaceId: string, { id, understood, authentication: found }: Readable, abreast: boolean): Promise<boolean> {
    const mail = 'mail' in understood ? understood.mail : null;
    const message = await claimMessage(tx, workspaceId, id, mail);
    if (!message) return true;
    if (abreast && !(mail && pointsAtNothing(workspaceId, message, mail))) return false;
    const authentication = found && forAuthor(found, authorOf(message, mail).address);
    const copy = await copyOf(tx, workspaceId, message, authentication?.verdict === 'fail');
    const settled = copy
      ? { state: 'duplicate' as const, reason: `${COPY_OF}${copy.id}`, ticketId: copy.ticketId, entryId: null }
      : await become(tx, { workspaceId, ...await mailboxesOf(tx, workspaceId, message, mail), own: new Set(message.own), authentication }, message, understood);
    if (!copy && message.twin) await yieldFingerprint(tx, workspaceId, message.twin.id);
    await settleMessage(tx, workspaceId, id, { ...settled, ...factsOf(message, understood), authentication, at: now() });
    return true;
  }

  /** It will open a ticket of its own, or none: nothing that others may be changing as well. */
  function pointsAtNothing(workspaceId: string, message: OpenMessage, mail: ParsedMail): boolean {
    const { mailbox, envelopeTo, mailboxIds } = message;
    if (message.hasCopies || message.twin || message.colleague || mailbox.acknowledge || natureOf(signsOf(message, mail)) !== 'person') return false;
    if (mail.ancestors.length > 0 || ticketNumbersIn(mail.subject).length > 0) return false;
    const signs = { workspaceId, mailboxIds: Object.values(mailboxIds), mail, envelopeTo, personId: null };
    return threading.claims(signs).length === 0 && beside.claims(signs).length === 0;
  }

  /** Of several mailboxes of ours that a message is for, the first that it names has the ticket, whichever copy came first. */
  async function mailboxesOf(tx: Tx, workspaceId: string, { mailbox, mailboxIds }: OpenMessage, mail: ParsedMail | null): Promise<Pick<Desk, 'mailbox' | 'mailboxIds'>> {
    const named = [...(mail?.to ?? []), ...(mail?.cc ?? [])].flatMap(({ address }) => mailboxIds[addressKey(splitPlus(address).base)] ?? []);
    const first = named[0] === undefined || named[0] === mailbox.id ? mailbox : await findMailbox(tx, workspaceId, named[0]);
    return { mailbox: first ?? mailbox, mailboxIds: [...new Set([mailbox.id, ...named])] };
  }

  type Outcome = Pick<Settlement, 'state' | 'reason' | 'ticketId' | 'entryId'>;

  async function become(tx: Tx, desk: Desk, message: OpenMessage, understood: Understood): Promise<Outcome> {
    if ('held' in understood) return keepUnread(tx, desk, message, understood.held);
    if ('error' in understood) return fileUnread(tx, desk, message, understood.error);
    const { mail } = understood;
    const nature = natureOf(signsOf(message, mail));
    if (nature === 'bounce') return bounces.settle(tx, { workspaceId: desk.workspaceId, mailboxIds: desk.mailboxIds, ledgerId: message.id }, mail);
    if (isOurOwn(desk, mail) || await wasOurs(tx, desk, message, mail)) return { state: 'duplicate', reason: 'our own mail came back', ticketId: null, entryId: null };
    return fileMail(tx, desk, { message, mail, nature, author: authorOf(message, mail) });
  }

  const isOurOwn = ({ workspaceId, mailboxIds, own }: Desk, { messageId, from }: ParsedMail): boolean =>
    messageId !== null && from !== null && own.has(addressKey(from.address))
    && mailboxIds.some((mailboxId) => tokens.isOurs(messageId, { workspaceId, mailboxId }));

  /** A copy for an archive that leads back to us by a way that we cannot see. */
  async function wasOurs(tx: Tx, { workspaceId, own }: Desk, { mailbox }: OpenMessage, { messageId, from }: ParsedMail): Promise<boolean> {
    if (messageId === null || from === null || !own.has(addressKey(from.address))) return false;
    const sent = await outbox.sentAs(tx, workspaceId, messageId);
    return sent !== null && !sent.envelopeTo.some((address) => addressKey(splitPlus(address).base) === addressKey(mailbox.address));
  }

  async function fileMail(tx: Tx, desk: Desk, letter: Letter): Promise<Outcome> {
    const { message, mail, author } = letter;
    const question: Question = {
      workspaceId: desk.workspaceId, mailboxIds: desk.mailboxIds, mail, author: author.address, envelopeTo: message.envelopeTo, verdict: verdictOf(desk),
      at: message.receivedAt, personId: message.colleague?.id ?? null,
    };
    const aside = await beside.find(tx, question);
    if (aside) return 'asideId' in aside ? fileBeside(tx, desk, letter, aside.asideId) : fileOnThread(tx, desk, letter, aside.thread);
    const claims = threading.claims(question);
    return await fromColleague(tx, desk, letter, claims) ?? fileOnThread(tx, desk, letter, await threading.find(tx, claims, question));
  }

  async function fileOnThread(tx: Tx, desk: Desk, letter: Letter, thread: Thread): Promise<Outcome> {
    const { mail } = letter;
    // What only its subject calls automatic is one where it answers a mail of ours, and opens a ticket elsewhere.
    if (thread.ticketId !== null) {
      return await holdBack(tx, desk, letter, screenAnswer) ?? fileOn(tx, desk, soundsAutomatic(mail.subject) ? { ...letter, nature: 'autoreply' } : letter, thread);
    }
    const kind = kindOf(letter);
    if (kind !== null) return { state: 'autoreply', reason: kind, ticketId: null, entryId: null };
    return await holdBack(tx, desk, letter, screen) ?? fileOn(tx, desk, letter, thread);
  }

  /** What others write about a ticket, out of sight of its customer. Nobody is acknowledged, and nobody becomes a customer. */
  async function fileBeside(tx: Tx, desk: Desk, letter: Letter, asideId: string): Promise<Outcome> {
    const held = await holdBack(tx, desk, letter, screenAnswer);
    if (held) return held;
    const { message, mail, author, nature } = letter;
    const automatic = nature === 'autoreply' || soundsAutomatic(mail.subject);
    const { ticketId } = await asides.receive(tx, desk.workspaceId, asideId, {
      author, to: [...mail.to, ...mail.cc], text: mail.text, quoted: mail.quoted, files: await store(tx, desk.workspaceId, mail.attachments),
      messageId: mail.messageId, ledgerId: message.id, verdict: verdictOf(desk), automatic, at: message.receivedAt,
    });
    return { state: automatic ? 'autoreply' : 'filed', reason: null, ticketId, entryId: null };
  }

  async function fromColleague(tx: Tx, { workspaceId, mailbox, own, authentication }: Desk, { message, mail, author, nature }: Letter, claims: readonly Claim[]): Promise<Outcome | null> {
    const { colleague, id: ledgerId, receivedAt: at } = message;
    const filed = colleague && await colleagues.file(tx, {
      workspaceId, mailbox, own, colleague, mail, author, claims, proof: proofOf(authentication), ledgerId, at, byHand: nature === 'person',
    });
    return filed && { state: 'filed', reason: null, ...filed };
  }

  async function holdBack(tx: Tx, { workspaceId, own, authentication }: Desk, { message, mail, author, nature }: Letter, ask: Judge): Promise<Outcome | null> {
    const judgement = await ask(tx, { workspaceId, message, mail, author, nature, own, authentication });
    if (!judgement) return null;
    await hold(tx, workspaceId, { id: message.id, mailboxId: message.mailbox.id, ...judgement, author, subject: mail.subject });
    return { state: 'quarantined', reason: judgement.reason, ticketId: null, entryId: null };
  }

  async function fileOn(tx: Tx, desk: Desk, letter: Letter, thread: Thread): Promise<Outcome> {
    const { message, mail, author, nature } = letter;
    const { workspaceId, mailbox } = desk;
    const { customer, language } = await customerOf(tx, desk, author, mail);
    const incoming: Incoming = {
      ticketId: thread.ticketId, customerId: customer.id, mailboxId: mailbox.id, teamId: mailbox.teamId, channel: 'email',
      subject: mail.subject, ...await answerIn(tx, tickets, thread.ticketId, mail, mailbox), html: mail.html?.raw ?? null,
      safeHtml: mail.html && { html: mail.html.safe, remoteImages: mail.html.remoteImages },
      author, recipients: { to: mail.to, cc: mail.cc }, messageId: mail.messageId, ledgerId: message.id, language,
      attachments: await store(tx, workspaceId, mail.attachments),
      notice: pretended(desk, letter) ?? noticeOf(thread, mail) ?? kindOf(letter), linkTo: thread.linkTo, automatic: nature === 'autoreply', participants: broughtIn(desk, letter, thread.ticketId !== null),
      at: message.receivedAt, authentication: proofOf(desk.authentication),
    };
    const { ticketId, entryId } = await tickets.receive(tx, workspaceId, incoming);
    const mayAnswer = verdictOf(desk) !== 'fail' && now().getTime() - message.receivedAt.getTime() < STALE_MS;
    if (mayAnswer) await acknowledge(tx, {
      workspaceId, mailbox, own: desk.own, ticketId, opensTicket: thread.ticketId === null, nature, author,
      addressees: [...mail.to, ...mail.cc], language, messageId: mail.messageId,
      returnPath: returnPathOf(message, mail), isVouched: verdictOf(desk) === 'pass',
    });
    return { state: nature === 'autoreply' ? 'autoreply' : 'filed', reason: kindOf(letter), ticketId, entryId };
  }

  async function keepUnread(tx: Tx, { workspaceId, mailbox }: Desk, message: OpenMessage, { judgement, from, subject }: Held): Promise<Outcome> {
    await hold(tx, workspaceId, { id: message.id, mailboxId: mailbox.id, ...judgement, author: from ?? authorOf(message, null), subject });
    return { state: 'quarantined', reason: judgement.reason, ticketId: null, entryId: null };
  }

  /** What cannot be read becomes a ticket all the same: somebody can open the raw message. */
  async function fileUnread(tx: Tx, { workspaceId, mailbox }: Desk, message: OpenMessage, why: string): Promise<Outcome> {
    const author = authorOf(message, null);
    const customer = await customers.resolve(tx, workspaceId, { email: author.address, at: message.receivedAt });
    const { ticketId, entryId } = await tickets.receive(tx, workspaceId, {
      ticketId: null, customerId: customer.id, mailboxId: mailbox.id, teamId: mailbox.teamId, channel: 'email', subject: '', text: '', quoted: '',
      html: null, author, recipients: { to: message.envelopeTo.map((address) => ({ name: '', address })), cc: [] }, messageId: null,
      ledgerId: message.id, language: customer.language, attachments: [], notice: notice.unparsable, automatic: false, participants: [], at: message.receivedAt,
    });
    return { state: 'filed', reason: why, ticketId, entryId };
  }

  async function customerOf(tx: Tx, desk: Desk, author: MailName, { language: { language, sure } }: ParsedMail) {
    const said = sure ? language : null;
    const proven = verdictOf(desk) === 'pass' ? 'domain' : null;
    const customer = await customers.resolve(tx, desk.workspaceId, { email: author.address, name: author.name, language: said, proven, at: now() });
    const spoken: Language | null = said ?? customer.language ?? language;
    if (said && customer.language === null && !customer.created) await customers.speaks(tx, customer.id, said, now());
    return { customer, language: spoken };
  }

  return { fileAll };
}

/** The first letter of each author, as far as no other is the same letter. */
function ofDifferentPeople(readables: readonly Readable[]): Readable[] {
  const seen = new Set<string>();
  return readables.filter(({ understood }) => {
    const mail = 'mail' in understood ? understood.mail : null;
    if (!mail?.from) return false;
    const marks = [`by ${addressKey(mail.from.address)}`, ...(mail.messageId === null ? [] : [`id ${mail.messageId}`])];
    if (marks.some((mark) => seen.has(mark))) return false;
    for (const mark of marks) seen.add(mark);
    return true;
  });
}

function factsOf(message: OpenMessage, understood: Understood): Pick<Settlement, 'messageId' | 'fingerprint' | 'from' | 'subject' | 'to' | 'report' | 'nature'> {
  const mail = 'mail' in understood ? understood.mail : null;
  const held = 'held' in understood ? understood.held : null;
  const from = held?.from?.address ?? (authorOf(message, mail).address || null);
  if (!mail) return { messageId: null, fingerprint: null, from, subject: held?.subject ?? '', to: message.envelopeTo, report: null, nature: null };
  const report = mail.report && { kind: mail.report.kind, recipients: mail.report.recipients };
  return { report, nature: natureOf(signsOf(message, mail)), messageId: mail.messageId, fingerprint: mail.fingerprint, from, subject: mail.subject, to: [...mail.to, ...mail.cc].map(({ address }) => address) };
}

/** The author is whom `From` names; a message without one is its envelope's sender's. */
function authorOf(message: OpenMessage, mail: ParsedMail | null): MailName {
  if (mail?.from) return mail.from;
  return { name: '', address: message.envelopeFrom.includes('@') ? message.envelopeFrom : 'unknown@invalid' };
}

/** Which kind of automatic answer it is; null for what is none. */
const kindOf = ({ message, mail, nature }: Letter): string | null => (nature === 'autoreply' ? automaticKind(signsOf(message, mail), mail.text) : null);

const verdictOf = ({ authentication }: Desk): Verdict => authentication?.verdict ?? 'unknown';

/** Whoever may be somebody else brings nobody in, nor does anybody while name servers give no answer, nor who handed on a letter of theirs. */
function broughtIn(desk: Desk, { mail, author }: Letter, isUnderWay: boolean): MailName[] {
  const verdict = verdictOf(desk);
  // Who is let into a matter that others began reads what they say in it from now on.
  const mayBring = verdict === 'pass' || (verdict === 'none' && !isUnderWay);
  if (!mayBring || desk.authentication?.isOpen) return [];
  return othersOn([...mail.to, ...mail.cc], { author: author.address, own: desk.own }).filter(({ address }) => isPlainAddress(address));
}

const proofOf = (found: Authentication | null): SenderProof | null =>
  found && { verdict: found.verdict, domain: found.domain, spf: found.spf, dkim: found.dkim, dmarc: found.dmarc, arc: found.arc, sealer: found.sealer ?? null };

const signsOf = (message: OpenMessage, mail: ParsedMail): MailSigns => ({
  headers: mail.robot, fromAddress: mail.from?.address ?? '', subject: mail.subject, nullSender: hasNullSender(message, mail), report: mail.report?.kind ?? null,
});

const hasNullSender = (message: OpenMessage, mail: ParsedMail): boolean =>
  (message.door === 'smtp' && message.envelopeFrom === '') || /^\s*<\s*>/.test(mail.robot['return-path'] ?? '');

function returnPathOf(message: OpenMessage, mail: ParsedMail): string | null {
  const path = message.envelopeFrom || (/<([^<>\s]+@[^<>\s]+)>/.exec(mail.robot['return-path'] ?? '')?.[1] ?? '');
  return path.includes('@') ? path : null;
}

/** A colleague's address proves nothing; where it proved false, the entry says so in red by itself. */
const pretended = (desk: Desk, { message: { colleague } }: Letter): string | null =>
  colleague && verdictOf(desk) !== 'pass' && verdictOf(desk) !== 'fail' ? notice.colleagueAddress : null;

function noticeOf(thread: Thread, mail: ParsedMail): string | null {
  if (thread.notice !== null) return thread.notice;
  if (mail.fragment) return notice.fragment(mail.fragment);
  if (mail.shortened) return notice.shortened;
  return mail.invitation ? notice.invitation(mail.invitation) : mail.protection;
}
