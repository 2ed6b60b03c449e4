import { expect, test } from 'vitest';
import { judgeWords, NEEDED, type WordCount } from './classifier.ts';
import { judge } from './judgement.ts';
import { linksIn } from './links.ts';
import { dressedUpAs } from './lookalike.ts';
import { namesFor, readSender, ruleFor } from './senders.ts';
import { signalsOf, type MailFacts } from './signals.ts';
import { isTooMany, SLOT_MS, slotOf, waveText } from './traffic.ts';
import { wordsOf } from './words.ts';

const mail: MailFacts = {
  from: { name: 'Ана Петрова', address: 'ana@example.org' }, replyTo: [], to: [{ name: '', address: 'support@shop.test' }], cc: [],
  subject: 'Къде е поръчката ми?', text: 'Здравейте, поръчах преди седмица. Виж https://shop.test/orders/4711 – благодаря!', html: null, attachments: [],
  verdict: 'pass', own: new Set(['support@shop.test', 'sales@shop.test']),
};
const codes = (more: Partial<MailFacts>): string[] => signalsOf({ ...mail, ...more }).map(({ code }) => code);

test.each<[string, Partial<MailFacts>, string[]]>([
  ['an ordinary question', {}, []],
  ['a subject in capitals of a script without capitals', { subject: 'أين طلبي الذي دفعت ثمنه' }, []],
  ['an abbreviation', { subject: 'ДДС RMA №5' }, []],
  ['an invoice and a letter attached', { attachments: [{ name: 'фактура.pdf' }, { name: 'letter.docx' }] }, []],
  ['a link that says where it goes', { html: '<a href="https://www.shop.test/x">shop.test</a> <a href="https://mail.shop.test/">www.shop.test/login</a>' }, []],
  ['an assistant who answers for the boss', { replyTo: [{ name: '', address: 'office@example.org' }] }, []],
  ['the domain disowns it', { verdict: 'fail' }, ['authentication_failed']],
  ['our own address by somebody else', { from: { name: '', address: 'Support@shop.test' }, verdict: 'none' }, ['own_address_forged']],
  ['a name that is another address', { from: { name: 'service@bank.example', address: 'x@elsewhere.test' } }, ['name_shows_address']],
  ['our domain in other letters', { from: { name: '', address: 'x@ѕhop.test' } }, ['lookalike']],
  ['our domain in other letters, as the network writes it', { from: { name: '', address: 'x@xn--hop-ehd.test' }, own: new Set(['a@ѕhop.test', 'support@shop.test']) }, []],
  ['answers go elsewhere', { replyTo: [{ name: '', address: 'x@other.test' }] }, ['reply_elsewhere']],
  ['letters of two alphabets in one word', { subject: 'Раypal account' }, ['mixed_scripts']],
  ['letters with nothing between them', { subject: 'Via\u200bgra' }, ['hidden_letters']],
  ['nothing but a link', { text: 'https://x.test/a' }, ['only_link']],
  ['a shortened link', { text: `${mail.text} https://bit.ly/3x` }, ['short_link']],
  ['a link to a number', { text: `${mail.text} http://192.0.2.1/x` }, ['numeric_link']],
  ['a link that says another place', { html: '<a style="x" href=https://evil.test/a>bank.example</a>' }, ['disguised_link']],
  ['a program', { attachments: [{ name: 'invoice.pdf.exe' }] }, ['program']],
  ['a web page as a file', { attachments: [{ name: 'voicemail.HTM' }] }, ['web_page_attached']],
  ['a crowd', { to: Array.from({ length: 21 }, (_x, i) => ({ name: '', address: `p${i}@example.org` })) }, ['many_recipients']],
  ['nobody named', { to: [] }, ['hidden_copy']],
  ['shouting', { subject: 'СПЕШНО ОТГОВОРЕТЕ ВЕДНАГА' }, ['shouting']],
])('%s', (_what, more, expected) => {
  expect(codes(more)).toEqual(expected);
});

test('one oddity holds nobody back; several do, the more readily the stricter', () => {
  const signals = signalsOf({ ...mail, verdict: 'fail', text: 'https://bit.ly/3x' });
  const of = (sensitivity: 'off' | 'careful' | 'normal' | 'strict') => judge({ signals, learnt: null, isKnown: false, sensitivity }).isSpam;
  expect({ off: of('off'), careful: of('careful'), normal: of('normal') }).toEqual({ off: false, careful: false, normal: true });
  for (const signal of signals) expect(judge({ signals: [signal], learnt: null, isKnown: false, sensitivity: 'normal' }).isSpam).toBe(false);
  expect(signalsOf({ ...mail, html: '<a href="'.repeat(50_000), text: 'https://'.repeat(50_000) })).toBeInstanceOf(Array);
});

const SPAM = ['w:casino', 'w:bonus', 'w:безплатно', 'w:ربح', 's:win', 'l:evil.test'];
const counts = (spam: number, ham: number): WordCount[] => SPAM.map((word) => ({ word, spam, ham }));

test('the filter says nothing before it has seen enough of both, and is sure when it has', () => {
  expect(judgeWords(counts(NEEDED, 0), { spam: NEEDED, ham: NEEDED - 1 })).toBeNull();
  expect(judgeWords(counts(NEEDED, 0).slice(0, 4), { spam: NEEDED, ham: NEEDED })).toBeNull();
  const learnt = judgeWords(counts(NEEDED, 0), { spam: NEEDED, ham: NEEDED })!;
  expect(learnt.score).toBeGreaterThan(0.99);
  expect(judge({ signals: [], learnt, isKnown: false, sensitivity: 'normal' })).toMatchObject({
    isSpam: true, signals: [{ code: 'learnt', about: 'casino, bonus, безплатно, ربح, win, evil.test' }],
  });
  expect(judgeWords(counts(0, NEEDED), { spam: NEEDED, ham: NEEDED })!.score).toBeLessThan(0.01);
  expect(judgeWords([...counts(NEEDED, 0), ...['a', 'b', 'c', 'd', 'e', 'f'].map((word) => ({ word: `w:${word}`, spam: 0, ham: NEEDED }))], { spam: NEEDED, ham: NEEDED })!.score).toBeCloseTo(0.5);
  expect(judgeWords(counts(2_000, 0).concat(Array.from({ length: 144 }, (_x, i) => ({ word: `w:${i}`, spam: 2_000, ham: 0 }))), { spam: 2_000, ham: 2_000 })!.score).toBe(1);
});

test('what was learnt is never held against somebody who has had an answer before', () => {
  const learnt = { score: 1, words: [] };
  expect(judge({ signals: [], learnt, isKnown: true, sensitivity: 'strict' }).isSpam).toBe(false);
  expect(judge({ signals: [{ code: 'learnt', about: '' }], learnt: null, isKnown: true, sensitivity: 'normal' }).isSpam).toBe(true);
});

test('a message is its words, in every alphabet, however they are hidden', () => {
  const words = wordsOf({ ...mail, subject: 'WIN a Prize', text: 'مَرحَبـا CASINO ca\u200bsino 1234 12345678901234567890123456789012 Ще спечелите ąćż', html: '<a href="https://evil.test/x">x</a>', attachments: [{ name: 'a.PDF' }] });
  expect(words).toEqual(['d:example.org', 'n:ана', 'n:петрова', 's:win', 's:prize', 'l:evil.test', 'f:pdf', 'w:مرحبا', 'w:casino', 'w:ще', 'w:спечелите', 'w:ąćż']);
  expect(wordsOf({ ...mail, text: Array.from({ length: 5_000 }, (_x, i) => `word${i}x`).join(' ') })).toHaveLength(200);
});

test('hosts are read as a browser reads them', () => {
  expect(linksIn('see https://bank.example@evil.test:8080/x and HTTP://WWW.Example.org', null).map(({ host }) => host)).toEqual(['evil.test', 'example.org']);
});

test('a domain dressed up as ours is seen through, ours and its neighbours are not', () => {
  const ours = ['rapport-shop.com', 'wallet.test'];
  for (const fake of ['rapp0rt-shop.com', 'rаpport-shop.com', 'rapportshop.com', 'waIlet.test', 'vvallet.test', 'wallét.test', 'xn--wallt-esa.test', 'xn--rpport-shop-yij.com']) expect(dressedUpAs(fake, ours), fake).not.toBeNull();
  for (const other of ['rapport-shop.com', 'mail.wallet.test', 'wallet.example', 'x.test', 'xn--zzzzzzzzzzzzzzzz.test', 'xn--\u0000.test', `xn--${'9'.repeat(320)}a.test`]) expect(dressedUpAs(other, ours), other).toBeNull();
});

test('a sender is an address or a domain with all below it; the most exact rule decides', () => {
  expect(['Ana@Example.org ', '@example.org', '*.example.org', '*@example.org', 'почта.рф', 'com', 'a b@example.org', 'a@b', '', 'x@@y.z@'].map(readSender)).toEqual([
    { kind: 'address', value: 'ana@example.org' }, ...Array.from({ length: 3 }, () => ({ kind: 'domain', value: 'example.org' })), { kind: 'domain', value: 'почта.рф' },
    null, null, null, null, null]);
  expect(namesFor('Ana+x@Mail.Example.org')).toEqual(['ana+x@mail.example.org', 'ana@mail.example.org', 'mail.example.org', 'example.org']);
  const rules = new Map([['example.org', 'block'], ['ana@example.org', 'allow']] as const);
  expect(ruleFor(rules, 'ana+1@example.org')).toEqual({ verdict: 'allow', name: 'ana@example.org' });
  expect(ruleFor(rules, 'bob@deep.example.org')).toEqual({ verdict: 'block', name: 'example.org' });
  expect(ruleFor(rules, 'bob@badexample.org')).toBeNull();
});

test('too many is a matter of a sliding window, in ten minutes and in an hour', () => {
  const limits = { perTenMinutes: 60, perHour: 300 };
  const at = new Date(slotOf(new Date('2026-03-02T09:05:00Z')) + SLOT_MS / 2);
  const ago = (slots: number, count: number) => ({ slot: slotOf(at) - slots * SLOT_MS, count });
  expect(isTooMany([ago(0, 60)], at, limits)).toBe(false);
  expect(isTooMany([ago(0, 61)], at, limits)).toBe(true);
  expect(isTooMany([ago(0, 31), ago(1, 60)], at, limits), 'half of the slot before still counts').toBe(true);
  expect(isTooMany([ago(0, 1), ago(1, 60), ago(2, 60), ago(3, 60), ago(4, 60), ago(5, 58)], at, limits)).toBe(false);
  expect(isTooMany([ago(0, 1), ago(1, 60), ago(2, 60), ago(3, 60), ago(4, 60), ago(5, 59), ago(6, 2)], at, limits)).toBe(true);
  expect(isTooMany([ago(7, 100_000)], at, limits)).toBe(false);
});

test('a wave is known by all its words and numbers, however they are set; short thanks are no wave', () => {
  const text = 'Congratulations, customer 4711! You have been chosen among many to receive a prize of 1,000,000 dollars.';
  expect(waveText(text)).toBe(waveText(text.replaceAll(' ', '\n').toUpperCase()));
  expect(waveText(text)).not.toBe(waveText(text.replace('4711', '99')));
  expect(waveText('Thanks, that helped.')).toBeNull();
});
