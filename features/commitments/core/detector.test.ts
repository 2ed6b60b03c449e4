import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectPromises } from './detector.ts';

/** Tuesday, 3 March 2026, 11:00 in Sofia. */
const now = { now: new Date('2026-03-03T09:00:00Z'), timeZone: 'Europe/Sofia' };
const found = (text: string) => detectPromises(text, now).map(({ kind, due }) => [kind, due.date, ...(due.time === undefined ? [] : [due.time])].join(' '));

test.each([
  ['I will call you on Thursday by five.', 'callback 2026-03-05 17:00'],
  ['We’ll refund you by the 12th.', 'refund 2026-03-12'],
  ['The refund will be with you by 12 March.', 'refund 2026-03-12'],
  ['I\'ll get back to you tomorrow at 9:30 am', 'information 2026-03-04 09:30'],
  ['I will let you know by March 2nd.', 'information 2027-03-02'],
  ['We will check this and answer within two working days.', 'information 2026-03-05'],
  ['You will hear from us within 24 hours.', 'other 2026-03-04 11:00'],
  ['We will send a new one next Friday.', 'other 2026-03-13'],
  ['I\'ll ring you at 4 pm', 'callback 2026-03-03 16:00'],
  ['It will be shipped by the end of the week.', 'other 2026-03-06'],
  ['Ще Ви се обадя до петък.', 'callback 2026-03-06'],
  ['Ще Ви се обадим утре до 17 ч.', 'callback 2026-03-04 17:00'],
  ['Сумата ще бъде възстановена до 12.03.', 'refund 2026-03-12'],
  ['Ще проверим и ще Ви пишем до 3 работни дни.', 'information 2026-03-06'],
  ['Ще получите отговор до 12-ти.', 'information 2026-03-12'],
  ['Oddzwonię do Pani w czwartek do godz. 17.', 'callback 2026-03-05 17:00'],
  ['Zwrócimy pieniądze do 12 marca.', 'refund 2026-03-12'],
  ['Damy znać w ciągu 2 dni roboczych.', 'information 2026-03-05'],
  ['Wyślemy nową część jutro.', 'other 2026-03-04'],
  ['Я перезвоню вам в пятницу в 15:00.', 'callback 2026-03-06 15:00'],
  ['Вернём деньги до 12 марта.', 'refund 2026-03-12'],
  ['Сообщим вам в течение трёх дней.', 'information 2026-03-06'],
  ['Ответим до 12-го числа.', 'information 2026-03-12'],
  ['سأتصل بك يوم الخميس الساعة 5 مساءً.', 'callback 2026-03-05 17:00'],
  ['سنعيد المبلغ قبل 12 مارس.', 'refund 2026-03-12'],
  ['سنخبركم غدًا.', 'information 2026-03-04'],
  ['سأرسلها يوم ١٢.', 'other 2026-03-12'],
])('%s', (text, expected) => { expect(found(text)).toEqual([expected]); });

test.each([
  'Thank you for your letter of 12 March.', 'Will you be at home on Thursday?', 'We cannot deliver by Friday.', 'I will look into it.', '> I will call you on Thursday.',
  'Благодаря за писмото от петък.', 'Ще бъдете ли вкъщи утре?', 'Няма да успеем до петък.', 'Dziękujemy za wiadomość z piątku.', 'Спасибо за письмо от 12 марта.', 'شكرًا على رسالتكم يوم الخميس.',
  'We will give you 20 % off, or 12.50 back.',
])('is no promise by a day: %s', (text) => { expect(found(text)).toEqual([]); });

test('a letter has as many promises as sentences that promise; the words are the sentence', () => {
  const letter = 'Hello Ana,\n\nthank you. I will call you on Thursday at 5 p.m. to explain. The refund will be sent by 12.03.2026.\n\nMaria\n\n> I will pay on Monday.';
  expect(detectPromises(letter, now)).toEqual([
    { what: 'I will call you on Thursday at 5 p.m. to explain.', kind: 'callback', due: { date: '2026-03-05', time: '17:00' } },
    { what: 'The refund will be sent by 12.03.2026.', kind: 'refund', due: { date: '2026-03-12' } },
  ]);
});

test('whatever is written, what is proposed is a day to come', () => {
  const words = fc.constantFrom('I will', 'call', 'by', 'the', '31st', '31.', '02', '12.13', 'Monday', 'next', 'ще', 'до', '99', 'дни', 'within', 'hours', '25:61', 'سأتصل', 'غدًا', 'jutro', 'oddzwonię', '30 February', '.');
  fc.assert(fc.property(fc.array(words, { maxLength: 12 }), (text) => {
    for (const { due } of detectPromises(text.join(' '), now)) {
      expect(due.date >= '2026-03-03' && !Number.isNaN(Date.parse(`${due.date}T${due.time ?? '00:00'}Z`))).toBe(true);
    }
  }), { numRuns: 500 });
});
