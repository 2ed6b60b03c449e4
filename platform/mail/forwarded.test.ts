import { expect, test } from 'vitest';
import { forwardedIn } from './forwarded.ts';

const ana = { name: 'Ana Petrova', address: 'ana@example.org' };
const forwards: [program: string, subject: string, text: string][] = [
  ['Gmail', 'Fwd: Broken kettle', 'Please look at this one.\n\n---------- Forwarded message ---------\nFrom: Ana Petrova <ana@example.org>\nDate: Mon, Mar 2, 2026 at 9:00 AM\nSubject: Broken kettle\nTo: <boss@shop.test>\n\n\nIt does not heat.\n\nAna'],
  ['Gmail, Bulgarian', 'Fwd: Broken kettle', 'Please look at this one.\n\n---------- Forwarded message ---------\nОт: Ana Petrova <ana@example.org>\nDate: пн, 2.03.2026 г. в 9:00\nSubject: Broken kettle\nTo: <boss@shop.test>\n\nIt does not heat.\n\nAna'],
  ['Gmail, Arabic', 'Fwd: Broken kettle', 'Please look at this one.\n\n---------- Forwarded message ---------\n\u202bمن: \u202aAna Petrova\u202c <ana@example.org>\u202c\nDate: الاثنين، 2 مارس 2026\nSubject: Broken kettle\nTo: <boss@shop.test>\n\nIt does not heat.\n\nAna'],
  ['Outlook', 'FW: Broken kettle', 'Please look at this one.\n\n________________________________\nFrom: Ana Petrova <ana@example.org>\nSent: Monday, March 2, 2026 9:00 AM\nTo: Boss <boss@shop.test>\nSubject: Broken kettle\n\nIt does not heat.\n\nAna'],
  ['Outlook, Polish', 'PD: Broken kettle', 'Please look at this one.\n\n-----\nOd: Ana Petrova [mailto:ana@example.org]\nWysłano: poniedziałek, 2 marca 2026 09:00\nDo: Boss\nTemat: Broken kettle\n\nIt does not heat.\n\nAna'],
  ['Outlook, Bulgarian', 'Пр: Broken kettle', 'Please look at this one.\n\n*От:* Ana Petrova <ana@example.org>\n*Изпратено:* понеделник, 2 март 2026 г. 9:00\n*До:* Boss\n*Относно:* Broken kettle\n\nIt does not heat.\n\nAna'],
  ['Apple', 'Fwd: Broken kettle', 'Please look at this one.\n\n> Begin forwarded message:\n> \n> From: Ana Petrova <ana@example.org>\n> Subject: Broken kettle\n> Date: 2 March 2026 at 9:00:00 EET\n> To: boss@shop.test\n> \n> It does not heat.\n> \n> Ana'],
  ['Apple, Russian', 'Fwd: Broken kettle', 'Please look at this one.\n\nНачало переадресованного сообщения:\n\nОт: Ana Petrova <ana@example.org>\nТема: Broken kettle\nДата: 2 марта 2026 г. в 9:00\nКому: boss@shop.test\n\nIt does not heat.\n\nAna'],
  ['Thunderbird', 'Fwd: Broken kettle', 'Please look at this one.\n\n\n-------- Forwarded Message --------\nSubject: \tBroken kettle\nDate: \tMon, 2 Mar 2026 09:00:00 +0200\nFrom: \tAna Petrova <ana@example.org>\nTo: \tboss@shop.test\n\n\n\nIt does not heat.\n\nAna'],
  ['Thunderbird, Polish', 'Fwd: Broken kettle', 'Please look at this one.\n\n-------- Treść przekazanej wiadomości --------\nTemat: \tBroken kettle\nData: \tMon, 2 Mar 2026 09:00:00 +0200\nNadawca: \tAna Petrova <ana@example.org>\nAdresat: \tboss@shop.test\n\nIt does not heat.\n\nAna'],
  ['Thunderbird, Russian', 'Fwd: Broken kettle', 'Please look at this one.\n\n-------- Пересылаемое сообщение --------\nТема: \tBroken kettle\nДата: \tMon, 2 Mar 2026 09:00:00 +0200\nОт: \tAna Petrova <ana@example.org>\nКому: \tboss@shop.test\n\nIt does not heat.\n\nAna'],
  ['our own', 'Fwd: Broken kettle', 'Please look at this one.\n\n---------- رسالة معاد توجيهها ----------\nمن: Ana Petrova <ana@example.org>\nالتاريخ: ٢ مارس\nالموضوع: Broken kettle\nإلى: boss@shop.test\n\nIt does not heat.\n\nAna'],
];

test.each(forwards)('a forward of %s has its author, subject and words, and what was written above', (_program, subject, text) => {
  expect(forwardedIn({ subject, text })).toEqual({ above: 'Please look at this one.', from: ana, subject: 'Broken kettle', text: 'It does not heat.\n\nAna' });
});

test('an answer, a chat about headers and a forward without an address are none', () => {
  const block = 'From: Ana Petrova <ana@example.org>\nSent: Monday\nTo: Boss\nSubject: Broken kettle\n\nIt does not heat.';
  expect(forwardedIn({ subject: 'RE: Broken kettle', text: `Thanks.\n\n${block}` })).toBeNull();
  expect(forwardedIn({ subject: 'Fwd: what', text: 'From: here\nTo: there\nnothing more' })).toBeNull();
  expect(forwardedIn({ subject: 'Fwd: what', text: block.replace(' <ana@example.org>', '') })).toBeNull();
  expect(forwardedIn({ subject: 'Fwd: what', text: block.replace('ana@example.org', '"vic tim"@example.org') })).toBeNull();
  expect(forwardedIn({ subject: 'Fwd: what', text: '' })).toBeNull();
});
