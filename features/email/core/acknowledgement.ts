import type { Language } from '../../../kernel/languages.ts';
import { addressKey, splitPlus, type MailName } from './addresses.ts';
import type { Nature } from './robots.ts';
import { isAkin } from './spam/links.ts';

/** At most one to the same sender in this time, and at most so many automatic mails on one ticket in an hour. */
export const QUIET_HOURS = 24;
export const MAX_AUTOMATIC_PER_HOUR = 10;

export type AcknowledgementFacts = {
  readonly enabled: boolean;
  readonly nature: Nature;
  /** Only what opens a ticket is acknowledged. */
  readonly opensTicket: boolean;
  readonly from: string;
  readonly addressees: readonly MailName[];
  readonly mailbox: string;
  /** Addresses of ours, by key. */
  readonly own: ReadonlySet<string>;
  readonly sentToSenderLately: number;
  readonly automaticOnTicketLately: number;
};

/** Whether an automatic "we have it" is safe (RFC 3834): never to robots, lists, ourselves, or as a copy's recipient. */
export function mayAcknowledge(facts: AcknowledgementFacts): boolean {
  return facts.enabled && facts.opensTicket && facts.nature === 'person'
    && !facts.own.has(addressKey(splitPlus(facts.from).base))
    && isAddressed(facts) && facts.sentToSenderLately === 0 && facts.automaticOnTicketLately < MAX_AUTOMATIC_PER_HOUR;
}

const isAddressed = ({ addressees, mailbox }: AcknowledgementFacts): boolean =>
  addressees.some(({ address }) => addressKey(splitPlus(address).base) === addressKey(mailbox));

/**
 * To whom an automatic mail goes: to the author, when their domain vouches for the message or the mail came by way of it;
 * otherwise to where the envelope says (RFC 3834, section 4). Whoever writes a stranger's name on a letter gets the answer.
 */
export function answerAddress({ from, returnPath, isVouched }: { from: string; returnPath: string | null; isVouched: boolean }): string {
  return returnPath === null || isVouched || isAkin(domainOf(returnPath), domainOf(from)) ? from : returnPath;
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

export type Words = { readonly subject: string; readonly text: string };

/** Used when the mailbox has no words of its own in the language. Nothing that the customer wrote is ever in it. */
export const READY_MADE: Readonly<Record<Language, Words>> = {
  en: {
    subject: 'We have received your message (#{{ticket.number}})',
    text: 'Hello,\n\nthank you for writing to us. We have received your message and will answer it as soon as we can. Its number is {{ticket.number}}.\n\nIf you want to add something, simply reply to this mail.\n\n{{mailbox.name}}',
  },
  bg: {
    subject: 'Получихме Вашето съобщение (№ {{ticket.number}})',
    text: 'Здравейте,\n\nблагодарим Ви, че ни писахте. Получихме Вашето съобщение и ще отговорим възможно най-скоро. Номерът му е {{ticket.number}}.\n\nАко искате да добавите нещо, просто отговорете на този имейл.\n\n{{mailbox.name}}',
  },
  pl: {
    subject: 'Otrzymaliśmy Twoją wiadomość (nr {{ticket.number}})',
    text: 'Dzień dobry,\n\ndziękujemy za wiadomość. Otrzymaliśmy ją i odpowiemy najszybciej, jak to możliwe. Jej numer to {{ticket.number}}.\n\nJeśli chcesz coś dodać, po prostu odpowiedz na tego maila.\n\n{{mailbox.name}}',
  },
  ru: {
    subject: 'Мы получили ваше сообщение (№ {{ticket.number}})',
    text: 'Здравствуйте!\n\nСпасибо, что написали нам. Мы получили ваше сообщение и ответим как можно скорее. Его номер — {{ticket.number}}.\n\nЕсли хотите что-то добавить, просто ответьте на это письмо.\n\n{{mailbox.name}}',
  },
  ar: {
    subject: 'استلمنا رسالتك (رقم {{ticket.number}})',
    text: 'مرحبًا،\n\nشكرًا لتواصلك معنا. لقد استلمنا رسالتك وسنرد عليك في أقرب وقت ممكن. رقم الرسالة هو {{ticket.number}}.\n\nإذا أردت إضافة أي شيء، فما عليك سوى الرد على هذه الرسالة.\n\n{{mailbox.name}}',
  },
};

/** The words to send, with the two placeholders filled in and nothing else interpreted. */
export function acknowledgementWords({ own, language, number, mailboxName }: {
  own: Partial<Record<Language, Words>>; language: Language; number: number; mailboxName: string;
}): Words {
  const words = own[language] ?? READY_MADE[language];
  const fill = (text: string): string =>
    text.replace(/\{\{\s*(ticket\.number|mailbox\.name)\s*\}\}/g, (_all, name) => (name === 'ticket.number' ? String(number) : mailboxName));
  return { subject: fill(words.subject).replace(/\s+/g, ' ').trim(), text: fill(words.text).trim() };
}
