import { expect, test } from 'vitest';
import { splitReply } from './split.ts';
import { splitReplyOfHtml } from '../text.ts';

const ANSWER = 'Thank you, the new kettle works.\n\nMaria';

test.each([
  ['Gmail, English', 'On Tue, 3 Mar 2026 at 10:12, Shop <help@shop.example> wrote:'],
  ['Gmail, wrapped', 'On Tue, 3 Mar 2026 at 10:12, The Support Team of the Shop <\nhelp@shop.example> wrote:'],
  ['Gmail, Bulgarian', 'На вт, 3.03.2026 г. в 10:12 Магазин <help@shop.example> написа:'],
  ['Gmail, Russian', 'вт, 3 мар. 2026 г. в 10:12, Магазин <help@shop.example>:'],
  ['Gmail, Polish', 'wt., 3 mar 2026 o 10:12 Sklep <help@shop.example> napisał(a):'],
  ['Gmail, Arabic', 'في الثلاثاء، 3 مارس 2026 في 10:12 ص تمت كتابة ما يلي بواسطة المتجر <help@shop.example>:'],
  ['Arabic, verb', 'في 3 مارس 2026، كتب help@shop.example المتجر كتب:'],
  ['Thunderbird, Polish', 'W dniu 3.03.2026 o 10:12, Sklep pisze:'],
  ['Mail.ru', 'Вторник, 3 марта 2026, 10:12 +03:00 от Магазин <help@shop.example>:'],
  ['abv.bg', '-------- Оригинално писмо --------\nОт: Магазин help@shop.example\nОтносно: Чайник\nДо: maria@mail.example\nИзпратено на: 03.03.2026 10:12'],
  ['Outlook, English', 'From: Shop <help@shop.example>\nSent: Tuesday, 3 March 2026 10:12\nTo: Maria\nSubject: Kettle'],
  ['Outlook, Bulgarian', 'От: Магазин <help@shop.example>\nИзпратено: вторник, 3 март 2026 г. 10:12\nДо: Мария\nТема: Чайник'],
  ['Outlook, Russian', 'От: Магазин <help@shop.example>\nОтправлено: 3 марта 2026 г. 10:12\nКому: Мария\nТема: Чайник'],
  ['Outlook, Polish', 'Od: Sklep <help@shop.example>\nWysłano: wtorek, 3 marca 2026 10:12\nDo: Maria\nTemat: Czajnik'],
  ['Outlook, Arabic', 'من: المتجر <help@shop.example>\nتم الإرسال: الثلاثاء 3 مارس 2026\nإلى: ماريا\nالموضوع: الغلاية'],
  ['Original message', '-----Original Message-----'],
  ['Polish original', '-----Wiadomość oryginalna-----'],
  ['Russian forward', '-------- Пересылаемое сообщение --------'],
])('an unmarked quote is folded away: %s', (_, header) => {
  expect(splitReply(`${ANSWER}\n\n${header}\n\nYour kettle is on its way.`)).toEqual({
    written: ANSWER, quoted: `${header}\n\nYour kettle is on its way.`,
  });
});

test('lines that begin with > are the quote, with the line that introduces them', () => {
  expect(splitReply(`${ANSWER}\n\nOn 3 Mar 2026, Shop wrote:\n> Is it well?\n>\n> Shop`)).toMatchObject({ written: ANSWER });
});

test('an answer below the quote is found', () => {
  expect(splitReply(`On 3 Mar 2026, Shop wrote:\n> Is it well?\n\n${ANSWER}`)).toMatchObject({ written: ANSWER });
});

test('answers between the lines keep their questions', () => {
  const text = '> Which colour?\n\nRed.\n\n> Which size?\n\nLarge.';
  expect(splitReply(text)).toEqual({ written: text, quoted: '' });
});

test('where our own words begin again, the quote begins', () => {
  const sent = 'Dear Maria,\nplease tell us whether the new kettle has reached you well.';
  const { written } = splitReply(`${ANSWER}\n\nplease tell us whether the new kettle has reached you well.\nShop`, { sent });
  expect(written).toBe(ANSWER);
});

test.each(['Sent from my iPhone', 'Изпратено от моя iPhone', 'Отправлено с iPhone', 'Wysłane z iPhone’a', 'أُرسلت من الـ iPhone', '-- \nMaria Petrova\n+359 2 123'])(
  'signatures are folded away: %s', (signature) => {
    expect(splitReply(`${ANSWER}\n\n${signature}`)).toEqual({ written: ANSWER, quoted: signature });
  });

test.each([
  'On the other hand, I wrote:\nit never came.', 'The parcel was sent from my old address.', 'From: the box\nit smells.',
  'Two things:\n-- the lid\n-- the cord', 'What they wrote: nothing.', 'До утре ще чакам.\nОт вас зависи.', 'On 3 March at 10:12 I called you',
  'Sent from my desk, which is easier than the phone.', 'Name ---- Price\n-----------\nKettle 20',
])('what a person writes stays: %s', (text) => {
  expect(splitReply(text)).toEqual({ written: text, quoted: '' });
});

test('a message that is nothing but a quote is shown', () => {
  const text = '---------- Forwarded message ---------\nFrom: a@b.example\nSubject: x\n\nHello';
  expect(splitReply(text)).toEqual({ written: text, quoted: '' });
});

test('no line is lost', () => {
  const text = 'a\n> b\nc\n\nOn 3 Mar 2026, X <x@y.example> wrote:\n> d\n-- \ne\nSent from my iPhone';
  const { written, quoted } = splitReply(text);
  expect(`${written}\n${quoted}`.split('\n').filter((line) => line !== '').sort()).toEqual(text.split('\n').filter((line) => line !== '').sort());
});

const SENT = 'Dear Maria,\n\nwhich colour of kettle would you like to have, the red or the blue?\n\nAnd where shall we send the old one for repair this time?\n\nKind regards\nThe Shop';
const HEADER = 'From: Shop <help@shop.example>\nSent: Tuesday, 3 March 2026 10:12\nTo: Maria\nSubject: Kettle\n';

test('answers between unmarked lines of ours are shown, with the lines that they answer', () => {
  const text = `See my answers below.\n\n${HEADER}\nDear Maria,\n\nwhich colour of kettle would you like to have, the red or the blue?\n\nBlue.\n\n`
    + 'And where shall we send the old one for repair this time?\n\nTo my office.\n\nKind regards\nThe Shop';
  expect(splitReply(text).written).toBe('See my answers below.');
  expect(splitReply(text, { sent: SENT })).toEqual({ written: text.slice(0, text.indexOf('\n\nKind regards')), quoted: 'Kind regards\nThe Shop' });
});

test('an answer below our unmarked words is shown without them', () => {
  expect(splitReply(`${HEADER}\n${SENT}\n\nBlue, and to my office.`, { sent: SENT }).written).toBe('Blue, and to my office.');
});

test('our words wrapped by another mail program are known again', () => {
  const wrapped = 'Blue.\n\nDear Maria,\nwhich colour of kettle would you like to\nhave, the red or the blue?\nAnd where shall we send the old one\nfor repair this time?';
  expect(splitReply(wrapped, { sent: SENT }).written).toBe('Blue.');
});

test('what they themselves said before, below our words, is no answer', () => {
  const said = 'Hello, my kettle has been leaking since last week, what shall I do?';
  const text = `Blue.\n\n${HEADER}\n${SENT}\n\nFrom: Maria <m@p.example>\nSent: Monday\nTo: Shop\nSubject: Kettle\n\n${said}\n\n${SENT}`;
  expect(splitReply(text, { sent: SENT, said }).written).toBe('Blue.');
});

test('a person may use the words that we used', () => {
  const text = 'The blue one.\n\nKind regards\nMaria';
  expect(splitReply(text, { sent: SENT })).toEqual({ written: text, quoted: '' });
});

const MEGABYTE = 1_000_000;
const filled = (part: string): string => part.repeat(Math.ceil(MEGABYTE / part.length)).slice(0, MEGABYTE);

test.each([
  '-', '-----\n', ' ', '\t\n', '>', '> \n', '>>>>\n', 'On ', 'On 3 Mar 2026 at 10:12 x\n', '_', 'From:', 'From: a\nx\n\n', '\n', '\r', 'Sent from my \n', 'x 3 wrote:\n', 'wrote:',
  '2026 10:12 a@b <:\n', `${'x'.repeat(390)} 2026 :\n`, '--\nfoo 1234567\n', 'Best regards\n', 'confidential and intended for the recipient alone, and for nobody else in this world\n\n',
  '\u200f \u202a', `${' '.repeat(380)}x:\n`, 'a@', '<', '\ue0f0\n', '\ue0f1\n', '\ud83d\ude00', 'ա:\n',
])('a megabyte of %j is read to its end, and nothing of it is lost', (part) => {
  const text = filled(part);
  for (const before of [{}, { sent: filled('we sent you these words ').slice(0, 50_000), said: text.slice(0, 50_000) }]) {
    const { written, quoted } = splitReply(text, before);
    const letters = (of: string) => of.replace(/[\s\ue0f0-\ue0f2]/gu, '').length;
    expect(letters(written) + letters(quoted)).toBe(letters(text));
  }
});

test('100,000 quotes in one another are read to their end', () => {
  expect(splitReplyOfHtml(`<p>Works.</p>${'<blockquote>'.repeat(100_000)}Is it well?`).written).toContain('Works.');
});
