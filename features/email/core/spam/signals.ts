import type { MailName } from '../addresses.ts';
import { isAkin, linksIn, type MailLink } from './links.ts';
import { dressedUpAs } from './lookalike.ts';
import { extensionOf } from './words.ts';

/** What speaks for spam; each has its points here and its words on the screen. */
export const SIGNALS = {
  authentication_failed: 3, own_address_forged: 5, lookalike: 4, name_shows_address: 3, reply_elsewhere: 2, mixed_scripts: 3, hidden_letters: 2,
  only_link: 3, short_link: 2, numeric_link: 3, disguised_link: 3, program: 5, web_page_attached: 2, many_recipients: 2, hidden_copy: 1, shouting: 1,
  learnt: 6, learnt_weakly: 3, learnt_wanted: -3,
} as const;
export type SignalCode = keyof typeof SIGNALS;
/** `about`: the thing in the message that it was noticed by. */
export type Signal = { readonly code: SignalCode; readonly about: string };

export type MailFacts = {
  readonly from: MailName | null; readonly replyTo: readonly MailName[]; readonly to: readonly MailName[]; readonly cc: readonly MailName[];
  readonly subject: string; readonly text: string; readonly html: string | null; readonly attachments: readonly { readonly name: string }[];
  /** What the sender's domain says of the message. */
  readonly verdict: 'pass' | 'fail' | 'none' | 'unknown';
  /** Addresses of ours, by key. */
  readonly own: ReadonlySet<string>;
};

const ABOUT = 120;
const PROGRAMS = new Set(['exe', 'scr', 'com', 'pif', 'bat', 'cmd', 'js', 'jse', 'vbs', 'vbe', 'wsf', 'wsh', 'hta', 'jar', 'msi', 'msix', 'lnk', 'iso', 'img', 'vhd', 'ps1', 'cpl', 'reg', 'apk', 'dll', 'one', 'xll', 'docm', 'xlsm', 'pptm']);
const PAGES = new Set(['htm', 'html', 'shtml', 'xhtml', 'svg', 'mht', 'mhtml']);
const SHORTENERS = new Set(['bit.ly', 'tinyurl.com', 't.co', 'goo.gl', 'is.gd', 'ow.ly', 'cutt.ly', 'rb.gy', 'rebrand.ly', 'shorturl.at', 't.ly', 'tiny.cc', 'buff.ly', 'bl.ink', 'clck.ru', 'vk.cc', 'u.to', 'v.gd', 's.id', 'qps.ru', 'goo.su', 'tiny.pl']);
const MANY = 20;

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** Each says by what in the message it was noticed, or nothing. */
type Noticed = string | null | undefined | false;
const NOTICES: readonly (readonly [SignalCode, (mail: MailFacts) => Noticed])[] = [
  ['authentication_failed', ({ verdict, from }) => verdict === 'fail' && domainOf(from?.address ?? '')],
  ['own_address_forged', ({ verdict, from, own }) => verdict !== 'pass' && from && own.has(from.address.toLowerCase()) && from.address],
  ['lookalike', ({ from, own }) => from && dressedUpAs(domainOf(from.address), [...own].map(domainOf))],
  ['name_shows_address', ({ from }) => shownAddress(from)],
  ['reply_elsewhere', answersElsewhere],
  ['mixed_scripts', ({ from, subject }) => mixedWord(`${from?.name ?? ''} ${subject}`)],
  ['hidden_letters', ({ subject }) => /[\p{L}\p{N}][\u00ad\u200b\u2060\ufeff]+[\p{L}\p{N}]/u.test(subject) && subject],
  ['program', ({ attachments }) => attachments.find(({ name }) => PROGRAMS.has(extensionOf(name)))?.name],
  ['web_page_attached', ({ attachments }) => attachments.find(({ name }) => PAGES.has(extensionOf(name)))?.name],
  ['many_recipients', ({ to, cc }) => to.length + cc.length > MANY && String(to.length + cc.length)],
  ['hidden_copy', ({ to, cc }) => to.length + cc.length === 0 && ''],
  ['shouting', ({ subject }) => isShouting(subject) && subject],
];

/** Everything about a message that speaks for spam, heaviest first. Reads only what it is handed; linear in its length. */
export function signalsOf(mail: MailFacts): Signal[] {
  const noticed = [...NOTICES.map(([code, notice]) => [code, notice(mail)] as const), ...linkSignals(mail, linksIn(mail.text, mail.html))];
  return noticed.flatMap(([code, about]) => (typeof about === 'string' ? { code, about: about.slice(0, ABOUT) } : []))
    .sort((a, b) => SIGNALS[b.code] - SIGNALS[a.code]);
}

function linkSignals({ text }: MailFacts, links: readonly MailLink[]): [SignalCode, string | undefined][] {
  if (links.length === 0) return [];
  const words = text.replace(/https?:\/\/\S+/giu, '').replace(/[^\p{L}]+/gu, '');
  return [
    ['only_link', words.length < 15 ? links[0]?.host : undefined],
    ['short_link', links.find(({ host }) => SHORTENERS.has(host))?.host],
    ['numeric_link', links.find(({ host }) => /^(?:\d{1,3}\.){3}\d{1,3}$|^\[/.test(host))?.host],
    ['disguised_link', links.find(({ host, says }) => says !== null && !isAkin(host, says))?.host],
  ];
}

/** "service@bank.example" <x@elsewhere.example>: a name that is another address. */
function shownAddress(from: MailName | null): string | null {
  const shown = /[^\s<>"'(),;:@]{1,64}@((?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,20})/u.exec(from?.name ?? '');
  return shown && from && !isAkin(shown[1]!.toLowerCase(), domainOf(from.address)) ? shown[0] : null;
}

function answersElsewhere({ from, replyTo }: MailFacts): string | null {
  if (!from) return null;
  return replyTo.find(({ address }) => !isAkin(domainOf(address), domainOf(from.address)))?.address ?? null;
}

/** A word of Latin and Cyrillic or Greek letters: nobody types that. Digits and marks between them are nobody's. */
function mixedWord(text: string): string | null {
  for (const [word] of text.slice(0, 2_000).matchAll(/\p{L}{3,}/gu)) {
    const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u].filter((script) => script.test(word));
    if (scripts.length > 1) return word;
  }
  return null;
}

const LEAST_SHOUTED = 12;

function isShouting(subject: string): boolean {
  const cased = [...subject].filter((letter) => letter.toLowerCase() !== letter.toUpperCase());
  return cased.length >= LEAST_SHOUTED && cased.filter((letter) => letter === letter.toUpperCase()).length >= cased.length * 0.9;
}

/** As kept at a held message: a line for each signal. */
export const toWords = (signals: readonly Signal[]): string => signals.map(({ code, about }) => `${code} ${about}`.trim()).join('\n');
