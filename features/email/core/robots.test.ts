import { expect, test } from 'vitest';
import { automaticKind, natureOf, type MailSigns } from './robots.ts';

const signs = (more: Partial<MailSigns> = {}): MailSigns => ({ headers: {}, fromAddress: 'ana@example.org', subject: 'Hello', nullSender: false, report: null, ...more });

test.each([
  ['failed', 'bounce'], ['delayed', 'bounce'], ['delivered', 'bounce'], ['complaint', 'bounce'], ['read', 'autoreply'],
] as const)('a report of what %s is taken for: %s', (report, nature) => {
  expect(natureOf(signs({ report }))).toBe(nature);
});

test.each([
  ['Automatic reply: your order'], ['Out of Office'], ['Auto-Response: x'], ['Автоматичен отговор: поръчка'], ['Автоответ: заказ'], ['Odpowiedź automatyczna: zamówienie'], ['رد تلقائي: الطلب'], ['Abwesenheitsnotiz'], ['Réponse automatique : x'],
])('a subject alone is enough for not answering automatically, and not for throwing anything away: %s', (subject) => {
  expect(natureOf(signs({ subject }))).toBe('machine');
  expect(natureOf(signs({ subject, nullSender: true }))).toBe('autoreply');
});

test.each([
  ['The out of office chairs I ordered'], ['Vacation rental: where is my key?'.replace('Vacation rental', 'My vacation')], ['Re: automatic doors'], ['Автоматична кафемашина не работи'], ['Poza biurem stoi paczka'], ['My auto reply does not work'],
])('a person who writes about such things stays a person: %s', (subject) => {
  expect(natureOf(signs({ subject }))).toBe('person');
});

test('what a mail system answers by itself, and is no report that we know, comes before a person; an absence does not', () => {
  const answer = { headers: { 'auto-submitted': 'auto-replied' }, nullSender: true, fromAddress: 'postmaster@mx.example' };
  expect(natureOf(signs({ ...answer, subject: 'email bounce notification' }))).toBe('machine');
  expect(natureOf(signs({ ...answer, subject: 'Automatic reply: x' }))).toBe('autoreply');
});

test.each<[string, Partial<MailSigns>, string]>([
  ['read_receipt', { report: 'read' }, ''], ['complaint', { report: 'complaint' }, ''], ['delivery_delayed', { report: 'delayed' }, ''], ['delivery_receipt', { report: 'delivered' }, ''],
  ['out_of_office', { headers: { 'auto-submitted': 'auto-replied' } }, 'I am on annual leave until Monday.'], ['out_of_office', { headers: { 'x-apple-action': 'VACATION' } }, 'x'],
  ['out_of_office', {}, 'Jestem na urlopie do piątku.'], ['out_of_office', {}, 'В момента отсъствам.'], ['out_of_office', {}, 'Я в отпуске до 5 мая.'], ['out_of_office', {}, 'أنا في إجازة حتى الأحد.'],
  ['challenge', {}, 'Your message is being held. Please click the link to release your message.'], ['challenge', { headers: { 'x-boxtrapper': 'x' } }, ''],
  ['automatic_answer', { headers: { 'auto-submitted': 'auto-replied' } }, 'We have received your request no. 7.'],
])('an automatic mail is told for what it is: %s', (kind, more, text) => {
  expect(automaticKind(signs(more), text)).toBe(kind);
});
