import type { Language } from '../../../kernel/languages.ts';
import { escapeHtml } from '../../../platform/html/escape.ts';
import { htmlOfText } from '../../../platform/html/text.ts';
import { cut } from '../../../platform/mail/header.ts';
import type { MailName } from '../core/addresses.ts';

const MAX_QUOTE = 20_000;

/** What stands below the answer: the message that it answers, or the one that it passes on. */
export type Quote = {
  readonly kind: 'reply' | 'forward'; readonly author: MailName; readonly at: Date; readonly subject: string; readonly text: string;
  readonly to: readonly MailName[];
};

type Written = { readonly text: string; readonly html: string | null; readonly signature: string; readonly quote: Quote | null; readonly language: Language; readonly timeZone: string; readonly mark?: string };

/** Both parts of a mail that a person wrote: their words, the signature below `-- `, and the quote. */
export function mailBodies({ text, html, signature, quote, language, timeZone, mark }: Written): { text: string; html: string } {
  // People paste signatures with the delimiter that mail programs put above them.
  const sign = signature.trim().replace(/^--\s*\n/, '').trim();
  const head = quote ? headOf(quote, language, timeZone) : '';
  const quoted = quote ? cut(quote.text, MAX_QUOTE).trim() : '';
  const plain = [
    text.trim(),
    ...(sign ? [`-- \n${sign}`] : []),
    ...(quote ? [`${head}\n${quote.kind === 'reply' ? quoted.split('\n').map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`)).join('\n') : `\n${quoted}`}`] : []),
  ];
  const rich = [
    html ?? paragraphs(text),
    ...(sign ? [`<div>-- <br>\n${htmlOfText(sign)}</div>`] : []),
    // Quoted with the rest, it says where an answer belongs when the headers were lost.
    ...(mark === undefined ? [] : [`<div style="display:none;max-height:0;overflow:hidden" aria-hidden="true">${mark}</div>`]),
    // The class and the cite are what mail programs fold quotes by.
    ...(quote ? [`<div class="gmail_quote"><div>${escapeHtml(head).replaceAll('\n', '<br>\n')}</div>\n<blockquote type="cite" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">${htmlOfText(quoted)}</blockquote></div>`] : []),
  ];
  return { text: `${plain.join('\n\n')}\n`, html: rich.join('\n<br>\n') };
}

/** Plain text as HTML: paragraphs and lines. */
export const paragraphs = (text: string): string =>
  text.trim().split(/\n{2,}/).map((one) => `<p>${htmlOfText(one)}</p>`).join('\n');

function headOf({ kind, author, at, subject, to }: Quote, language: Language, timeZone: string): string {
  const who = author.name && author.name !== author.address ? `${author.name} <${author.address}>` : author.address;
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at);
  if (kind === 'reply') return WROTE[language](when, who);
  const labels = FORWARDED[language];
  return [
    `---------- ${labels.title} ----------`, `${labels.from}: ${who}`, `${labels.date}: ${when}`, `${labels.subject}: ${subject}`,
    `${labels.to}: ${to.map(({ address }) => address).join(', ')}`,
  ].join('\n');
}

const WROTE: Readonly<Record<Language, (when: string, who: string) => string>> = {
  en: (when, who) => `On ${when}, ${who} wrote:`,
  bg: (when, who) => `На ${when} ${who} написа:`,
  pl: (when, who) => `${when}, ${who} napisał(a):`,
  ru: (when, who) => `${when}, ${who} пишет:`,
  ar: (when, who) => `في ${when}، كتب ${who}:`,
};

const FORWARDED: Readonly<Record<Language, { title: string; from: string; date: string; subject: string; to: string }>> = {
  en: { title: 'Forwarded message', from: 'From', date: 'Date', subject: 'Subject', to: 'To' },
  bg: { title: 'Препратено съобщение', from: 'От', date: 'Дата', subject: 'Тема', to: 'До' },
  pl: { title: 'Wiadomość przekazana', from: 'Od', date: 'Data', subject: 'Temat', to: 'Do' },
  ru: { title: 'Пересылаемое сообщение', from: 'От', date: 'Дата', subject: 'Тема', to: 'Кому' },
  ar: { title: 'رسالة معاد توجيهها', from: 'من', date: 'التاريخ', subject: 'الموضوع', to: 'إلى' },
};
