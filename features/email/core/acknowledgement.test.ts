import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../kernel/languages.ts';
import { acknowledgementWords, answerAddress, mayAcknowledge, READY_MADE, type AcknowledgementFacts } from './acknowledgement.ts';
import { natureOf } from './robots.ts';

const ANA = 'ana@example.org';
const person: AcknowledgementFacts = {
  enabled: true, nature: 'person', opensTicket: true, from: ANA, addressees: [{ name: '', address: 'Support@shop.test' }],
  mailbox: 'support@shop.test', own: new Set(['support@shop.test', 'sales@shop.test']), sentToSenderLately: 0, automaticOnTicketLately: 0,
};

test('a person who writes to us is told, with a plus-address too', () => {
  expect(mayAcknowledge(person)).toBe(true);
  expect(mayAcknowledge({ ...person, addressees: [{ name: '', address: 'support+shoes@shop.test' }] })).toBe(true);
});

test.each<[string, Partial<AcknowledgementFacts>]>([
  ['the mailbox does not acknowledge', { enabled: false }],
  ['an answer on an existing ticket', { opensTicket: false }],
  ['a robot', { nature: 'machine' }], ['an automatic answer', { nature: 'autoreply' }], ['a report', { nature: 'bounce' }],
  ['one of our own mailboxes', { from: 'Sales@shop.test' }], ['one of our own, with a plus', { from: 'sales+x@shop.test' }],
  ['we got only a hidden copy', { addressees: [{ name: '', address: 'other@example.org' }] }], ['nobody is addressed', { addressees: [] }],
  ['the sender was told in the last 24 hours', { sentToSenderLately: 1 }],
  ['ten automatic mails on the ticket within the hour', { automaticOnTicketLately: 10 }],
])('nobody is told when: %s', (_why, facts) => {
  expect(mayAcknowledge({ ...person, ...facts })).toBe(false);
});

const nature = (headers: Record<string, string>, more: Partial<Parameters<typeof natureOf>[0]> = {}) =>
  natureOf({ headers, fromAddress: ANA, subject: '', nullSender: false, report: null, ...more });

test.each<[string, ReturnType<typeof natureOf>, Record<string, string>, Partial<Parameters<typeof natureOf>[0]>?]>([
  ['an ordinary mail', 'person', { 'content-type': 'text/plain' }],
  ['Auto-Submitted: no', 'person', { 'auto-submitted': 'no' }],
  ['Precedence: normal', 'person', { precedence: 'normal' }],
  ['a vacation notice', 'autoreply', { 'auto-submitted': 'auto-replied (vacation)' }],
  ['an old vacation notice', 'autoreply', { precedence: 'auto_reply' }],
  ['X-Autoreply', 'autoreply', { 'x-autoreply': 'yes' }], ['X-Autorespond', 'autoreply', { 'x-autorespond': 'x' }],
  ['Exchange out of office', 'autoreply', { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' }],
  ['a read receipt', 'autoreply', { 'content-type': 'multipart/report; report-type=disposition-notification' }],
  ['a shop', 'machine', { 'auto-submitted': 'auto-generated' }], ['a monitor', 'machine', { 'auto-submitted': 'auto-notified' }],
  ['a list', 'machine', { 'list-id': '<x.example.org>' }], ['a newsletter', 'machine', { 'list-unsubscribe': '<https://x>' }],
  ['bulk', 'machine', { precedence: 'bulk' }], ['junk', 'machine', { precedence: 'junk' }], ['list precedence', 'machine', { precedence: 'list' }],
  ['feedback id', 'machine', { 'feedback-id': '1:2' }], ['suppressed', 'machine', { 'x-auto-response-suppress': 'DR, AutoReply' }],
  ['a loop mark', 'machine', { 'x-loop': 'x' }], ['abuse report', 'machine', { 'content-type': 'multipart/report; report-type=feedback-report', precedence: 'bulk' }],
  ['no-reply', 'machine', {}, { fromAddress: 'no-reply@shop.example' }], ['noreply', 'machine', {}, { fromAddress: 'noreply-orders@shop.example' }],
  ['a list owner', 'machine', {}, { fromAddress: 'owner-list@example.org' }], ['a list request', 'machine', {}, { fromAddress: 'list-request@example.org' }],
  ['the null sender', 'machine', {}, { nullSender: true }],
  ['a delivery report', 'bounce', { 'content-type': 'multipart/report; report-type=delivery-status' }],
  ['a report without a type', 'bounce', { 'content-type': 'Multipart/Report; boundary=x' }],
  ['failed recipients', 'bounce', { 'x-failed-recipients': 'x@y' }],
  ['the mailer daemon', 'bounce', {}, { fromAddress: 'MAILER-DAEMON@mx.example' }],
  ['a postmaster with a report', 'bounce', {}, { fromAddress: 'postmaster@mx.example', report: 'failed' }],
  ['a postmaster who writes', 'machine', {}, { fromAddress: 'postmaster@mx.example' }],
  ['a person called Noreplyev', 'person', {}, { fromAddress: 'noreplyev@example.org' }],
])('%s is taken for: %s', (_what, expected, headers, more) => {
  expect(nature(headers, more)).toBe(expected);
});

test('the ready-made words exist in every language, carry the number, and interpret nothing else', () => {
  for (const language of LANGUAGES) {
    const { subject, text } = acknowledgementWords({ own: {}, language, number: 1042, mailboxName: 'Лале {{ticket.number}}' });
    expect(subject + text, language).toContain('1042');
    expect(subject, language).not.toContain('{{');
    expect(text.endsWith('Лале {{ticket.number}}'), language).toBe(true);
  }
  expect(READY_MADE.ar.text).toMatch(/\p{Script=Arabic}/u);
});

test('words of the mailbox come before ours, in their language only', () => {
  const own = { bg: { subject: 'Имаме го', text: '{{constructor}} ${x} № {{ ticket.number }}' } };
  expect(acknowledgementWords({ own, language: 'bg', number: 7, mailboxName: '' })).toEqual({ subject: 'Имаме го', text: '{{constructor}} ${x} № 7' });
  expect(acknowledgementWords({ own, language: 'pl', number: 7, mailboxName: 'X' }).subject).toBe('Otrzymaliśmy Twoją wiadomość (nr 7)');
});

test('who writes a stranger\'s name on a letter gets the answer, unless the stranger\'s domain vouches for it', () => {
  const to = (returnPath: string | null, isVouched = false) => answerAddress({ from: ANA, returnPath, isVouched });
  expect(to(null)).toBe(ANA);
  expect(to(ANA)).toBe(ANA);
  expect(to('bounce+17@mail.example.org')).toBe(ANA);
  expect(to('mallory@evil.test')).toBe('mallory@evil.test');
  expect(to('bounce@sender.test', true)).toBe(ANA);
});
