import { expect, test } from 'vitest';
import { readReport, type ReportMaterial } from './report.ts';

const DAEMON = { name: 'Mail Delivery System', address: 'MAILER-DAEMON@mx.shop.test' };
const POSTMASTER = { name: '', address: 'postmaster@mx.example' };
const mail = (text: string, { subject = 'Mail delivery failed', from = DAEMON, headers = {}, parts = [] }: {
  subject?: string; from?: ReportMaterial['from']; headers?: Record<string, string>; parts?: ReportMaterial['parts'];
} = {}): ReportMaterial => ({ headers: new Map(Object.entries(headers)), from, to: ['support@shop.test'], subject, text, parts });
const RETURNED = 'Received: from desk.shop.test by mx.shop.test; Mon, 2 Mar 2026 10:00:00 +0200\nMessage-ID: <t.1.abc@shop.test>\nFrom: support@shop.test\nTo: ana@example.org\nSubject: Your parcel\n\nHello';

type Expected = { kind?: string; address: string; hard: boolean; reason?: string; status?: string | null };
test.each<[string, ReportMaterial, Expected]>([
  ['qmail', mail(`Hi. This is the qmail-send program at mx.shop.test.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ana@example.org>:\n203.0.113.9 does not like recipient.\nRemote host said: 550 5.1.1 No such mailbox\nGiving up on 203.0.113.9.\n\n--- Below this line is a copy of the message.\n\n${RETURNED}`, { subject: 'failure notice' }), { address: 'ana@example.org', hard: true, reason: 'unknown_address', status: '5.1.1' }],
  ['Exim', mail(`A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ana@example.org\n    host mx.example.org [203.0.113.9]\n    SMTP error from remote mail server after RCPT TO:<ana@example.org>:\n    452 4.2.2 over quota\n\n------ This is a copy of the message, including all the headers. ------\n\n${RETURNED}`, { headers: { 'x-failed-recipients': 'ana@example.org' } }), { address: 'ana@example.org', hard: false, reason: 'mailbox_full' }],
  ['Sendmail of old', mail(`   ----- The following addresses had permanent fatal errors -----\n<ana@example.org>\n    (reason: 550 Host unknown)\n\n   ----- Transcript of session follows -----\n550 5.1.2 <ana@example.org>... Host unknown (Name server: example.org: host not found)\n\n   ----- Original message follows -----\n${RETURNED}`, { subject: 'Returned mail: Host unknown' }), { address: 'ana@example.org', hard: true, reason: 'unknown_host' }],
  ['Exchange of old', mail(`Your message\n\n  To:      ana@example.org\n  Subject: Your parcel\n  Sent:    Mon, 2 Mar 2026 10:00:00 +0200\n\ndid not reach the following recipient(s):\n\nana.petrova@example.org on Mon, 2 Mar 2026 10:00:02 +0200\n    The recipient name is not recognized\n    MSEXCH:IMS:EXAMPLE:SOFIA:MAIL 0 (000C05A6) Unknown Recipient`, { from: { name: 'System Administrator', address: 'postmaster@example.org' }, subject: 'Undeliverable: Your parcel' }), { address: 'ana.petrova@example.org', hard: true, reason: 'unknown_address' }],
  ['Gmail in words', mail(`Delivery to the following recipient failed permanently:\n\n     ana@example.org\n\nTechnical details of permanent failure:\nThe error that the other server returned was:\n550 5.2.1 The email account is inactive.\n\n----- Original message -----\n\n${RETURNED}`, { from: { name: 'Mail Delivery Subsystem', address: 'mailer-daemon@googlemail.com' }, subject: 'Delivery Status Notification (Failure)' }), { address: 'ana@example.org', hard: true, reason: 'disabled' }],
  ['Yahoo', mail(`Sorry, we were unable to deliver your message to the following address.\n\n<ana@example.org>:\n554: delivery error: dd This user doesn't have an account here - mta.example.org\n\n--- Below this line is a copy of the message.\n\n${RETURNED}`, { from: { name: '', address: 'MAILER-DAEMON@yahoo.com' }, subject: 'Failure Notice' }), { address: 'ana@example.org', hard: true }],
  ['mail.ru', mail(`Это письмо создано автоматически, отвечать на него не нужно.\n\nК сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\n  ana@example.org\n    550 Message was not accepted -- invalid mailbox. Local mailbox ana@example.org is unavailable: user not found`, { from: { name: '', address: 'mailer-daemon@corp.mail.ru' }, subject: 'Ваше сообщение не доставлено' }), { address: 'ana@example.org', hard: true, reason: 'unknown_address' }],
  ['a Japanese carrier', mail('下記のメールアドレスは見つかりませんでした。\n\n<ana@example.org>:\n 550 user unknown', { from: POSTMASTER, subject: 'エラーメール', headers: { 'return-path': '<>' } }), { address: 'ana@example.org', hard: true }],
  ['a Polish host', mail('Nie udało się dostarczyć wiadomości do:\n\n<ana@example.org>:\n  konto nie istnieje (550 5.1.1)', { from: POSTMASTER, subject: 'Wiadomość niedostarczona', headers: { 'return-path': '<>' } }), { address: 'ana@example.org', hard: true }],
  ['a Bulgarian host', mail('Писмото Ви не може да бъде доставено до:\n\nana@example.org\n\nПощенската кутия не съществува.', { from: POSTMASTER, subject: 'Писмото не е доставено', headers: { 'return-path': '<>' } }), { address: 'ana@example.org', hard: true }],
  ['an Arabic host', mail('تعذر تسليم رسالتك إلى:\n\nana@example.org\n\nالحساب غير موجود', { from: POSTMASTER, subject: 'فشل تسليم الرسالة', headers: { 'return-path': '<>' } }), { address: 'ana@example.org', hard: true }],
  ['Domino, without a word of mail', mail('Your document:\n  Your parcel\nwas not delivered to:\n  ana@example.org\nbecause:\n  Router: No route found to domain example.org\n', { from: { name: '', address: 'Postmaster@notes.example' }, subject: 'DELIVERY FAILURE: No route found to domain' }), { address: 'ana@example.org', hard: true, reason: 'unknown_host' }],
  ['XMail', mail('[00] XMail bounce: Rcpt=[ana@example.org];Error=[550 5.1.1 User unknown]\n\n[01] Error sending message [1] from [shop.test].\n', { from: POSTMASTER, subject: 'Error sending message [1] from [shop.test]', headers: { 'return-path': '<>' } }), { address: 'ana@example.org', hard: true, reason: 'unknown_address', status: '5.1.1' }],
  ['a queue that gave up', mail(`Unable to deliver message to the following address(es).\n\n<ana@example.org>:\nConnection timed out. I'm not going to try again; this message has been in the queue too long.`, { subject: 'failure delivery' }), { address: 'ana@example.org', hard: false, reason: 'unreachable' }],
  ['a line with a code', mail('An error has occurred while attempting to deliver a message for\nthe following list of recipients:\n\nana@example.org: 550 5.1.1 <ana@example.org>: user unknown\n\nBelow is a copy of the original message:\n\n', { subject: 'Delivery status notification: error' }), { address: 'ana@example.org', hard: true, reason: 'unknown_address' }],
  ['a gateway without a daemon', mail('Error: Invalid user address\n\n550 - Requested action not taken: no such user here\n\n  RCPT TO: ana@example.org', { from: { name: '', address: 'post_master@gateway.example' }, subject: 'Re: Your parcel' }), { address: 'ana@example.org', hard: true }],
  ['a warning that it takes its time', mail('This is a warning message only. YOU DO NOT NEED TO RESEND YOUR MESSAGE.\n\nThe original message has not been delivered for 4 hours to\n\n<ana@example.org>: connect to mx.example.org: Connection refused\n\nIt will be retried for 5 days.', { subject: 'Warning: could not send message for past 4 hours' }), { kind: 'delayed', address: 'ana@example.org', hard: false }],
  ['a service that reports in JSON', mail('{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[{"emailAddress":"ana@example.org","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 user unknown"}]}}', { from: { name: '', address: 'no-reply@sns.example' }, subject: 'Notification' }), { address: 'ana@example.org', hard: true, reason: 'unknown_address' }],
])('a report in words is read: %s', (_what, material, { kind = 'failed', address, ...expected }) => {
  const report = readReport(material);
  expect(report).toMatchObject({ kind, recipients: [{ address, ...expected }] });
});

const status = (...lines: string[]) => [{ type: 'message/delivery-status', text: lines.join('\n') }];
test.each<[string, ReportMaterial['parts'], object]>([
  ['by the book', status('Reporting-MTA: dns; mx.example', '', 'Original-Recipient: rfc822;ana@example.org', 'Final-Recipient: rfc822; ana@example.org', 'Action: failed', 'Status: 5.1.1', 'Diagnostic-Code: smtp; 550 no', ' such user'), { kind: 'failed', status: '5.1.1', recipients: [{ address: 'ana@example.org', hard: true, words: '550 no such user' }] }],
  ['two people in one block, no blank lines', status('Final-Recipient: rfc822; a@example.org', 'Action: failed', 'Status: 5.2.2', 'Final-Recipient: rfc822; b@example.org', 'Action: failed', 'Status: 4.4.7'), { recipients: [{ address: 'a@example.org', hard: true, reason: 'mailbox_full' }, { address: 'b@example.org', hard: false }] }],
  ['one failed, one arrived', status('Final-Recipient: rfc822; a@example.org', 'Action: delivered', 'Status: 2.0.0', '', 'Final-Recipient: rfc822; b@example.org', 'Action: failed', 'Status: 5.1.1'), { kind: 'failed', recipients: [{ address: 'b@example.org' }] }],
  ['a general status with an exact one in the words', status('Final-Recipient: rfc822; a@example.org', 'Action: failed', 'Status: 5.0.0', 'Diagnostic-Code: smtp; 550 5.1.1 unknown'), { status: '5.1.1', recipients: [{ reason: 'unknown_address' }] }],
  ['the status rules over the reply', status('Final-Recipient: rfc822; a@example.org', 'Action: failed', 'Status: 4.2.2', 'Diagnostic-Code: smtp; 552 mailbox full'), { recipients: [{ hard: false }] }],
  ['the sender is refused, not the address', status('Final-Recipient: rfc822; a@example.org', 'Action: failed', 'Status: 5.1.0', 'Diagnostic-Code: smtp; 550 Sender address rejected: Domain not found'), { recipients: [{ hard: true, reason: 'blocked' }] }],
  ['an address that nobody has, refused as if by policy', status('Final-Recipient: rfc822; a@example.org', 'Action: failed', 'Status: 5.7.1', 'Diagnostic-Code: smtp; 550 5.7.1 No such user!'), { recipients: [{ hard: true, reason: 'unknown_address' }] }],
  ['the sender is refused as unknown', status('Final-Recipient: rfc822; a@example.org', 'Action: failed', 'Status: 5.7.1', 'Diagnostic-Code: smtp; 550 5.7.1 Sender address rejected: user unknown'), { recipients: [{ reason: 'blocked' }] }],
  ['a delay', status('Final-Recipient: rfc822; a@example.org', 'Action: delayed', 'Status: 4.4.1'), { kind: 'delayed' }],
  ['it arrived', status('Final-Recipient: rfc822; a@example.org', 'Action: delivered', 'Status: 2.1.5'), { kind: 'delivered' }],
])('a report for machines is read: %s', (_what, parts, expected) => {
  expect(readReport(mail('See below.', { headers: { 'content-type': 'multipart/report; report-type=delivery-status; boundary=x' }, parts }))).toMatchObject(expected);
});

test('the Message-ID of the returned mail is found in its part, its headers, and below the words', () => {
  const found = [
    mail('Sorry.', { parts: [...status('Final-Recipient: rfc822; a@example.org', 'Status: 5.1.1'), { type: 'message/rfc822', text: RETURNED }] }),
    mail('Sorry.', { parts: [...status('Final-Recipient: rfc822; a@example.org', 'Status: 5.1.1'), { type: 'text/rfc822-headers', text: RETURNED }] }),
    mail(`I wasn't able to deliver your message.\n\n<a@example.org>:\n550 no\n\n--- Below this line is a copy of the message.\n\n${RETURNED}`),
  ];
  for (const material of found) expect(readReport(material)?.messageIds).toEqual(['<t.1.abc@shop.test>']);
});

test('receipts and complaints are told apart from failures', () => {
  const receipt = mail('Your message was displayed.', { from: { name: 'Ana', address: 'ana@example.org' }, subject: 'Read: x', headers: { 'content-type': 'multipart/report; report-type=disposition-notification' }, parts: [{ type: 'message/disposition-notification', text: 'Final-Recipient: rfc822; ana@example.org\nOriginal-Message-ID: <t@shop.test>\nDisposition: manual-action/MDN-sent-manually; displayed' }] });
  expect(readReport(receipt)).toMatchObject({ kind: 'read', messageIds: ['<t@shop.test>'], recipients: [] });
  const complaint = mail('This is a spam report.', { from: { name: '', address: 'fbl@provider.example' }, subject: 'x', parts: [{ type: 'message/feedback-report', text: 'Feedback-Type: abuse\nUser-Agent: P/1\nOriginal-Rcpt-To: <ana@example.org>' }, { type: 'message/rfc822', text: RETURNED }] });
  expect(readReport(complaint)).toMatchObject({ kind: 'complaint', messageIds: ['<t.1.abc@shop.test>'], recipients: [{ address: 'ana@example.org', reason: 'complaint' }] });
});

const ANA = { name: 'Ana', address: 'ana@example.org' };
test.each<[string, ReportMaterial]>([
  ['a person who forwards a report', mail(`See what I got:\n\n> Delivery to the following recipient failed permanently:\n> 550 5.1.1 unknown\n\n${RETURNED}`, { from: ANA, subject: 'Fwd: Undelivered Mail Returned to Sender' })],
  ['a person who complains about delivery', mail('My parcel could not be delivered, the address was wrong. Please send it to 550 Main Street.', { from: ANA, subject: 'Delivery failed' })],
  ['a person with an attached message', mail('See the attached mail.', { from: ANA, subject: 'Question', parts: [{ type: 'message/rfc822', text: RETURNED }] })],
  ['a postmaster who writes', mail('We will move to a new building next week. Kind regards', { from: POSTMASTER, subject: 'Our new address' })],
  ['an automatic answer without a server\'s words', mail('I am away and cannot be reached. Your message was not forwarded.', { from: POSTMASTER, subject: 'Away', headers: { 'return-path': '<>', 'auto-submitted': 'auto-replied' } })],
  ['a shop that says nothing about mail', mail('Your order 5.1.1 has been shipped.', { from: { name: 'Shop', address: 'no-reply@shop.example' }, subject: 'Order shipped' })],
])('%s reports nothing', (_what, material) => {
  expect(readReport(material)).toBeNull();
});
