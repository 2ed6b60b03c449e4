import { isPlainAddress, oneLine } from '../header.ts';
import { readDeliveryStatus } from './delivery-status.ts';
import { isAboutDelay, recipientsIn, returnedHeadersIn, soundsLikeReport } from './free-form.ts';
import { isAuthoredByMailSystem, subjectOfReport } from './reporters.ts';
import type { ParsedReport, ReportedRecipient, ReportMaterial } from './reported.ts';
import { noticeOfService } from './service-notice.ts';
import { exactStatus, isHard, quotesReply, reasonOf, statusIn } from './severity.ts';

export type { ParsedReport, ReportMaterial } from './reported.ts';

const MAX_IDS = 50;
const MAX_RECIPIENTS = 50;

/** What a delivery report (RFC 3464 and its many home-made kin), a receipt or a complaint says; null for everything else. */
export function readReport(material: ReportMaterial): ParsedReport | null {
  const type = (material.headers.get('content-type') ?? '').toLowerCase();
  const part = (pattern: RegExp): string | null => material.parts.find((one) => pattern.test(one.type))?.text ?? null;
  const feedback = part(/^message\/feedback-report$/);
  if (feedback !== null || isReportOf(type, 'feedback-report') || isComplaintOfOutlook(material)) return complaint(material, feedback ?? '');
  const disposition = part(/^message\/(?:global-)?disposition-notification$/);
  if (disposition !== null || isReportOf(type, 'disposition-notification')) return receipt(material, disposition ?? '');
  return noticeOfService(material) ?? delivery(material, type);
}

const isReportOf = (type: string, kind: string): boolean => type.startsWith('multipart/report') && type.includes(kind);

function delivery(material: ReportMaterial, type: string): ParsedReport | null {
  const machine = material.parts.filter((one) => STATUS_PART.test(one.type)).map((one) => one.text).join('\n\n').trim();
  const { recipients: told, action } = readDeliveryStatus(machine === '' ? statusBlockOf(material) : machine);
  const structured = told.length > 0 || machine !== '' || isReportOf(type, 'delivery-status');
  if (!structured && !isFreeForm(material)) return null;

  const guessed = told.length > 0 && told.every(({ address }) => address !== '') ? [] : recipientsIn(material);
  const recipients = merge(told, guessed).slice(0, MAX_RECIPIENTS).map(judge);
  return { kind: action ?? (soundsDelayed(material, told) ? 'delayed' : 'failed'), recipients, messageIds: messageIdsOf(material), ...summary(material, recipients) };
}

/** A report for machines that names no action and no lasting trouble is one of those that come while it is still tried. */
const soundsDelayed = ({ subject, text }: ReportMaterial, told: readonly Told[]): boolean =>
  isAboutDelay(subject, text) || (told.length > 0 && told.every(({ status }) => status?.startsWith('4')));

const STATUS_PART = /^message\/(?:delivery-status|global-delivery-status|xdelivery-status)$/;
const RETURNED_PART = /^(?:message\/(?:rfc822|global|rfc822-headers|global-headers|partial)|text\/rfc822-headers?)$/;

/** Some send the block for machines as plain text, some wrap the whole report into one of their own. */
function statusBlockOf(material: ReportMaterial): string {
  const wrapped = ['daemon', 'surely'].includes(isAuthoredByMailSystem(material)) ? material.parts.filter((one) => one.type === 'message/rfc822').map((one) => one.text) : [];
  const texts = isAuthoredByMailSystem(material) === 'no' ? [] : [material.text, ...wrapped];
  return texts.map(statusBlockIn).find((block) => block !== '') ?? '';
}

function statusBlockIn(text: string): string {
  const at = text.search(/^(?:final|original)-recipient:/im);
  return at === -1 ? '' : text.slice(Math.max(text.lastIndexOf('\n\n', at), 0), at + 20_000);
}

/** A person may forward a report, and a mail system may write about other things: both, who writes and what, must fit. */
function isFreeForm(material: ReportMaterial): boolean {
  if (material.headers.has('x-failed-recipients')) return true;
  const author = isAuthoredByMailSystem(material);
  const quotes = statusIn(material.text) !== null || quotesReply(material.text);
  if (author === 'no' || (author !== 'daemon' && !quotes && callsItselfAnswer(material))) return false;
  const returned = returnsMail(material);
  const signs = [subjectOfReport(material.subject), soundsLikeReport(material.text), returned, quotes].filter(Boolean).length;
  return signs >= NEEDED[author] && (quotes || returned || BY_WORDS[author](material));
}

/** Whether words alone are enough. */
const BY_WORDS = { daemon: () => true, surely: () => true, perhaps: (material: ReportMaterial) => isAboutMail(material), barely: () => false } as const;
const NEEDED = { daemon: 1, surely: 1, perhaps: 2, barely: 2 } as const;

/** Whatever calls itself an automatic answer is one, unless it repeats what a mail server said. */
const callsItselfAnswer = ({ headers }: ReportMaterial): boolean => /^auto-replied/i.test(headers.get('auto-submitted') ?? '');

const returnsMail = ({ parts, text }: ReportMaterial): boolean => parts.some((one) => RETURNED_PART.test(one.type)) || returnedHeadersIn(text) !== null;

const MAIL_WORDS = /\be-?mails?\b|\bmessages?\b|\bmail ?box|\bmails?\b|postmaster|daemon|письм|сообщени|писмо|съобщени|пощенск|лист\b|wiadomoś|e-?mail|poczt|\brouter: |\bdomino\b|nachricht|mensaje|mensagem|messaggio|courriel|ileti|رسال|بريد|邮件|郵件|メール/iu;

/** Couriers fail to deliver as well: a report speaks of mail, and names the address that it could not reach. */
const isAboutMail = (material: ReportMaterial): boolean =>
  MAIL_WORDS.test(`${material.subject}\n${material.text.slice(0, 4_000)}`) && recipientsIn(material).length > 0;

type Told = { readonly address: string; readonly status: string | null; readonly words: string };

/** What machines say goes before what was read between the lines; an address that only the words name is filled in. */
function merge(told: readonly Told[], guessed: readonly Told[]): Told[] {
  const known = new Map<string, Told>();
  for (const one of [...told.filter(({ address }) => address !== ''), ...guessed]) {
    const key = one.address.toLowerCase();
    if (!known.has(key)) known.set(key, one);
  }
  const nameless = told.find(({ address }) => address === '');
  if (nameless) for (const [key, one] of known) if (one.status === null) known.set(key, { ...one, status: nameless.status, words: nameless.words || one.words });
  return [...known.values()];
}

function judge({ address, status, words }: Told): ReportedRecipient {
  const said = exactStatus(status, words);
  return { address, status: said, hard: isHard(said, words), reason: reasonOf(said, words), words: oneLine(words, 1000) };
}

function summary({ text, subject }: ReportMaterial, recipients: readonly ReportedRecipient[]): { status: string | null; words: string } {
  const first = recipients[0];
  const said = first?.words || oneLine(text, 500) || oneLine(subject, 500);
  return { status: first?.status ?? statusIn(text), words: oneLine(first ? `${first.address}: ${said}` : said, 1000) };
}

function messageIdsOf({ parts, text }: ReportMaterial): string[] {
  const ids = new Set<string>();
  for (const source of [...parts.map((one) => one.text), text]) {
    for (const [, id] of source.matchAll(/^[ \t>|]{0,8}(?:x-)?(?:original-)?message-id:[ \t\r\n]{0,8}(<[^<>\s]{1,500}>)/gim)) {
      if (id && ids.size < MAX_IDS) ids.add(id);
    }
  }
  return [...ids];
}

const ORIGINAL_RECIPIENT = /^x-hmxmroriginalrecipient:[ \t]*<?([^\s<>;,]+@[^\s<>;,]+)/im;

/** Outlook.com says who complained in a header of its own, and nothing else. */
const isComplaintOfOutlook = ({ from, parts }: ReportMaterial): boolean =>
  from?.address.toLowerCase() === 'staff@hotmail.com' && parts.some(({ type, text }) => RETURNED_PART.test(type) && ORIGINAL_RECIPIENT.test(text));

function complaint(material: ReportMaterial, report: string): ParsedReport {
  const field = (name: string): string => new RegExp(`^${name}:[ \\t]*(.{1,320})$`, 'im').exec(report)?.[1]?.trim() ?? '';
  const to = /<?([^\s<>;,]+@[^\s<>;,]+)>?/.exec(field('original-rcpt-to') || field('removal-recipient'))?.[1] ?? recipientOfReturned(material);
  const words = oneLine(`${field('feedback-type') || 'abuse'} ${field('user-agent')}`.trim(), 300);
  const recipients = isPlainAddress(to) ? [{ address: to, status: null, hard: true, reason: 'complaint' as const, words }] : [];
  return { kind: 'complaint', recipients, messageIds: messageIdsOf(material), status: null, words };
}

function recipientOfReturned({ parts }: ReportMaterial): string {
  const returned = parts.find((one) => RETURNED_PART.test(one.type))?.text ?? '';
  return (ORIGINAL_RECIPIENT.exec(returned) ?? /^to:.{0,300}?([^\s<>;,"]+@[^\s<>;,"]+)/im.exec(returned))?.[1] ?? '';
}

function receipt(material: ReportMaterial, report: string): ParsedReport {
  const said = /^disposition:[ \t]*(.{1,200})$/im.exec(report)?.[1]?.trim() ?? '';
  return { kind: 'read', recipients: [], messageIds: messageIdsOf(material), status: null, words: oneLine(said || material.subject, 300) };
}
