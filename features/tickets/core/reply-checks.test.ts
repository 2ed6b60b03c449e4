import { describe, expect, test } from 'vitest';
import { type Outgoing, warningsAbout, warningsOf } from './reply-checks.ts';

const reply: Outgoing = {
  kind: 'reply', text: 'Thank you.', attachments: 0, recipients: ['maria@example.org'], known: ['maria@example.org'],
};
const codes = (change: Partial<Outgoing>) => warningsOf({ ...reply, ...change }).map(({ code }) => code);

describe('a forgotten attachment', () => {
  test.each([
    ['I have attached the invoice.'], ['Please find enclosed the form.'],
    ['Прилагам фактурата.'], ['Вижте прикачения файл.'], ['Приложена е гаранционната карта.'],
    ['W załączniku przesyłam fakturę.'], ['Załączam etykietę zwrotną.'],
    ['Счёт во вложении.'], ['Прикрепляю этикетку.'],
    ['تجدون الفاتورة في المرفقات.'], ['أرفقت لكم الملصق.'],
  ])('is missed in “%s”', (text) => {
    expect(codes({ text })).toEqual(['attachment_missing']);
    expect(codes({ text, attachments: 1 })).toEqual([]);
  });

  test.each([
    ['Open our application and press Refund.'], ['Отворете мобилното приложение.'], ['Откройте наше приложение.'],
    ['Proszę otworzyć aplikację.'], ['يرجى فتح التطبيق.'], ['The customs form is in the parcel.'],
  ])('is not missed in “%s”', (text) => expect(codes({ text })).toEqual([]));
});

describe('somebody new among the recipients', () => {
  test('is named, whatever the case of the letters', () => {
    expect(warningsOf({ ...reply, recipients: ['MARIA@example.org', 'boss@other.example'] }))
      .toEqual([{ code: 'new_recipient', addresses: ['boss@other.example'] }]);
  });
  test('is the point of a forward', () => expect(codes({ kind: 'forward', recipients: ['x@y.example'] })).toEqual([]));
});

describe('the wrong kind', () => {
  test.each([
    ['Kind regards, Ivan'], ['Готово е.\nС уважение, Иван'], ['Pozdrawiam, Ewa'], ['С уважением, Ольга'], ['مع أطيب التحيات، سارة'],
  ])('a note that ends like a letter: “%s”', (text) => {
    expect(codes({ kind: 'note', text })).toEqual(['note_looks_like_reply']);
    expect(codes({ text })).toEqual([]);
  });

  test.each([
    ['Dear Mrs Petrova, your kettle left today.'], ['Dzień dobry Pani Anno, paczka wyszła wczoraj.'], ['Szanowny Panie, zwrot jest gotowy.'],
    ['Уважаема госпожо Петрова, парите са върнати.'], ['Здравейте,\nчайникът тръгна днес.'], ['Уважаемая Ольга, деньги возвращены.'],
    ['Здравствуйте, Ольга!\n\nЗаказ уже в пути.'], ['مرحبا ليلى،\nتم شحن طلبك اليوم.'], ['عزيزتي العميلة، تم رد المبلغ.'],
  ])('a note that begins like a letter: “%s”', (text) => {
    expect(codes({ kind: 'note', text })).toEqual(['note_looks_like_reply']);
    expect(codes({ text })).toEqual([]);
  });

  test.each([
    ['@Ivan can you check the stock?'], ['Internal: she called twice.'], ['The customer says that the lid is cracked.'],
    ['Клиентът твърди, че е платил.'], ['Klient pisze, że paczka nie dotarła.'], ['Клиентка просит возврат.'], ['هذا العميل اتصل أمس.'],
  ])('a reply that speaks to colleagues: “%s”', (text) => {
    expect(codes({ text })).toEqual(['reply_looks_like_note']);
    expect(codes({ kind: 'note', text })).toEqual([]);
  });

  test('a short greeting among colleagues is no letter, and customer service is no customer', () => {
    expect(codes({ kind: 'note', text: 'Hi, who has the keys of the store?' })).toEqual([]);
    expect(codes({ text: 'Please call the customer service desk.' })).toEqual([]);
  });
});

test('a person who is to be reached otherwise is asked about before something goes to them, and only then', () => {
  expect(warningsAbout(['do_not_call', 'lawyer_only', 'vip'], 'reply', 'out')).toEqual([{ code: 'lawyer_only' }]);
  expect(warningsAbout(['do_not_call', 'vip'], 'call', 'out')).toEqual([{ code: 'do_not_call' }]);
  expect(warningsAbout(['do_not_call', 'lawyer_only'], 'call', 'in')).toEqual([]);
  expect(warningsAbout(['do_not_call', 'lawyer_only'], 'note', 'out')).toEqual([]);
});
