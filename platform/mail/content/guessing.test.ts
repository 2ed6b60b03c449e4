import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decodeText } from './charsets.ts';

const BULGARIAN = 'Здравейте, поръчах чайник преди две седмици, но още не е пристигнал.';
const RUSSIAN = 'Здравствуйте! Я заказал чайник две недели назад, но он ещё не пришёл.';
const POLISH = 'Dzień dobry, zamówiłem czajnik dwa tygodnie temu. Proszę o informację.';
const ARABIC = 'مرحبا، طلبت غلاية قبل أسبوعين ولم تصل بعد. متى ستصل من فضلكم؟';

test.each([
  ['windows-1251', BULGARIAN], ['windows-1251', RUSSIAN], ['windows-1251', 'Добър ден'], ['windows-1251', 'КЪДЕ Е МОЯТА ПРАТКА? СПЕШНО!'], ['windows-1251', 'Поръчка №5'],
  ['windows-1251', 'Доброго дня! Я замовив чайник два тижні тому, але він ще не прийшов.'], ['koi8-r', RUSSIAN], ['koi8-r', 'ЗАКАЗ'], ['koi8-u', 'Підкажіть, будь ласка, коли чекати? Дякую'],
  ['iso-8859-5', BULGARIAN], ['cp866', RUSSIAN], ['windows-1250', POLISH], ['iso-8859-2', POLISH], ['windows-1250', 'Łódź'], ['windows-1250', 'Dobrý den, objednal jsem konvici před dvěma týdny.'],
  ['windows-1256', ARABIC], ['iso-8859-6', ARABIC.replace('؟', '')], ['windows-1253', 'Καλημέρα, παρήγγειλα έναν βραστήρα'], ['windows-1255', 'שלום, הזמנתי קומקום לפני שבועיים'], ['windows-1254', 'Teşekkürler, güneş, ışık'],
  ['windows-1252', 'Müller'], ['windows-1252', 'it’s 5 € – “fine”'], ['windows-1252', 'São Paulo, coração'], ['windows-1252', 'perché non è così'], ['windows-1252', 'Price £5'], ['windows-1252', '25 °C'],
  ['shift_jis', 'こんにちは、まだ届いていません。'], ['euc-jp', 'こんにちは、まだ届いていません。'], ['gb18030', '你好，我两周前订购了一个水壶，但还没有收到。谢谢'],
])('a text without a label is read by its letters: %s %s', (charset, text) => {
  for (const label of ['', 'us-ascii', 'utf-8']) expect(decodeText(iconv.encode(text, charset), label), label).toBe(text);
});

test.each([
  ['windows-1252', 'naïve'], ['windows-1252', 'Bjørn Ærø'], ['windows-1252', 'ÄÖÜ'], ['windows-1252', 'Ñandú'], ['windows-1251', BULGARIAN], ['windows-1251', 'Здравей'], ['windows-1250', 'Zażółć gęślą jaźń'],
])('the label of Western Europe is believed unless the letters say otherwise: %s %s', (charset, text) => {
  expect(decodeText(iconv.encode(text, charset), 'iso-8859-1')).toBe(text);
});
