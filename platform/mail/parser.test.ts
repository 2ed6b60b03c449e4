import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { cleanFileName } from './file-name.ts';
import { createParser, type ParsedMail } from './parser.ts';

const shared = createParser();
afterAll(() => shared.close());
const mail = (lines: string | Buffer) => (Buffer.isBuffer(lines) ? lines : Buffer.from(lines.replace(/\r?\n/g, '\r\n')));
async function parsed(raw: string | Buffer): Promise<ParsedMail> {
  const result = await shared.parse(mail(raw));
  if ('error' in result) throw new Error(result.error);
  return result.mail;
}

test('HTML alone gives text, a safe form and its pictures; the nearest ancestor comes first', async () => {
  const { text, html, ancestors, attachments, language } = await parsed(`From: =?iso-8859-2?Q?Pawe=B3?= <p@example.pl>
In-Reply-To: <c@x>
References: <a@x> <b@x>
 <c@x>
Subject: =?utf-8?B?w5M=?= =?utf-8?B?xYI=?=
Content-Type: multipart/related; boundary=b

--b
Content-Type: text/html; charset=iso-8859-2
Content-Transfer-Encoding: quoted-printable

<p>Dzie=F1 dobry, gdzie jest moja paczka?</p><img src="cid:i@x"><img src="https://t.example/p.gif"><script>x</script>
--b
Content-Type: image/png
Content-ID: <i@x>
Content-Transfer-Encoding: base64

iVBORw==
--b--
`);
  expect(text).toBe('Dzień dobry, gdzie jest moja paczka?');
  expect(html).toMatchObject({ remoteImages: 1 });
  expect(html!.safe).toContain('cid:i@x');
  expect(html!.safe).not.toMatch(/script|t\.example/);
  expect(ancestors).toEqual(['<c@x>', '<b@x>', '<a@x>']);
  expect(attachments).toMatchObject([{ name: 'image.png', contentType: 'image/png', contentId: 'i@x', sha256: '0f4636c78f65d3639ece5a064b5ae753e3408614a14fb18ab4d7540d2c248543' }]);
  expect(language).toMatchObject({ language: 'pl' });
});

test.each(['<blockquote type="cite">', '<div id="OLK_SRC_BODY_SECTION">', '<div name="messageReplySection">'])('of text and HTML, that one is read which knows where the quote begins: %s', async (quote) => {
  const { text, quoted } = await parsed(`From: <p@example.pl>
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain

It works.

Sent from my iPhone

Is it well?
--b
Content-Type: text/html

<div>It works.</div><div>Sent from my iPhone</div>${quote}<div>Is it well?</div>
--b--
`);
  expect(text).toBe('It works.');
  expect(quoted).toContain('Is it well?');
});

test('what a stranger writes can neither hold NUL nor begin a header', async () => {
  const { subject, from, messageId, text } = await parsed(`From: "a\u0000b" <x@y.example>
Subject: =?utf-8?Q?one=0D=0ABcc:_victim@example.org=00?=
Message-ID: <id@x>

te\u0000xt
`);
  expect({ subject, from, messageId, text }).toEqual({ subject: 'one Bcc: victim@example.org', from: { name: 'ab', address: 'x@y.example' }, messageId: '<id@x>', text: 'text' });
});

test.each<[string, string]>([
  ['empty', ''], ['only line ends', '\n\n\n'], ['no head', 'just words'], ['no body', 'Subject: x'], ['unknown charset', 'Content-Type: text/plain; charset=klingon\n\nx'],
  ['broken base64', 'Content-Transfer-Encoding: base64\n\n@@@@'], ['no end', 'Content-Type: multipart/mixed; boundary=x\n\n--x\n\nbody'],
  ['no boundary', 'Content-Type: multipart/mixed\n\n--x\n\nbody'], ['odd addresses', 'From: <<>>\nTo: ,,;;:\nCc: "x\n\nbody'], ['binary', Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).join('')],
])('a damaged message is read as far as it goes: %s', async (_what, raw) => {
  expect(await shared.parse(mail(Buffer.from(raw, 'latin1')))).toHaveProperty('mail');
});

const HEAD = 'From: ana@example.org\nSubject: Hello\n';
test.each<[string, string]>([
  ['parts', `${HEAD}Content-Type: multipart/mixed; boundary=x\n\n--x\n\nWords\n${'--x\n\n'.repeat(2000)}--x--`],
  ['continuations', `${HEAD}Content-Type: text/plain${Array.from({ length: 5000 }, (_, i) => `;\n name*${i}=a`).join('')}\n\nWords`],
  ['groups in groups', `${HEAD}To: ${'a:'.repeat(400_000)}\n\nWords`],
  ['headers, the author behind them', `${'X-A: b\n'.repeat(200_000)}${HEAD}\nWords`],
  ['recipients', `${HEAD}To: ${Array.from({ length: 100_000 }, (_, i) => `a${i}@example.org`).join(', ')}\n\nWords`],
  ['depth', `${HEAD}Content-Type: multipart/mixed; boundary=a\n\n--a\n\nWords\n--a\n${Array.from({ length: 80 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`).join('')}\nx`],
  ['heads of parts', `${HEAD}Content-Type: multipart/mixed; boundary=x\n\n--x\n\nWords\n${`--x\nX: ${'a'.repeat(2_000)}\n\n`.repeat(900)}--x--`],
  ['lines', `${HEAD}\nWords${'\n'.repeat(1_600_000)}`],
  ['line ends of old, in one line', `${HEAD}\nWords${'\r'.repeat(3_000_000)}x`],
])('a message with too many %s is read as far as it goes, and says that there is more', async (_what, raw) => {
  const { from, subject, text, shortened } = await parsed(Buffer.from(raw));
  expect({ from, subject, shortened }).toEqual({ from: { name: '', address: 'ana@example.org' }, subject: 'Hello', shortened: true });
  expect(text).toMatch(/^Words/);
});

test('a message is read briefly: its head, and its first words', async () => {
  const raw = mail(`${HEAD}X-Other: y\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nWords\n--x--`);
  const result = await shared.parse(raw, { briefly: true });
  expect(result).toMatchObject({ mail: { subject: 'Hello', from: { address: 'ana@example.org' }, attachments: [], shortened: true } });
  expect('mail' in result && result.mail.text).toContain('Words');
});

test('a message that stalls its worker costs the worker, and the next one is read', async () => {
  const one = createParser({ killAfterMs: 1 });
  onTestFinished(() => one.close());
  expect(await one.parse(mail(`From: a@b.example\n\n${'word '.repeat(3_000_000)}`))).toEqual({ error: 'too_slow' });
  const results = await Promise.all(Array.from({ length: 12 }, (_, i) => shared.parse(mail(`Subject: ${i}\n\nx`))));
  expect(results.map((result) => ('mail' in result ? result.mail.subject : result.error))).toEqual(Array.from({ length: 12 }, (_, i) => `${i}`));
});

test('an attachment has the bytes that its sender sees, whatever carries them', async () => {
  const sha = (text: string) => createHash('sha256').update(text).digest('hex');
  const part = (encoding: string, body: string) => `--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n`;
  const { attachments } = await parsed(Buffer.from(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${part('7bit', 'a;b\r\n1;2')}${part('8bit', 'a\r\n')}${part('base64', Buffer.from('a\nb').toString('base64'))}--b--\r\n`));
  expect(attachments.map((file) => file.sha256)).toEqual([sha('a;b\r\n1;2'), sha('a\r\n'), sha('a\nb')]);
});

test.each<[string, string]>([
  ['../../etc/passwd', 'passwd'], ['C:\\x\\y.doc', 'y.doc'], ['', 'image.png'], ['..', 'image.png'], ['a\u202egnp.exe', 'agnp.exe'],
  ['\u200b.htaccess', '.htaccess'], ['x\r\ny.txt', 'xy.txt'], ['ж'.repeat(300) + '.pdf', 'ж'.repeat(125) + '.pdf'], ['e\u0301.txt', 'é.txt'],
])('a file name is only a label: %j', (name, shown) => {
  expect(cleanFileName(name, 'image/png')).toBe(shown);
});

test('a report is read: whose mail, and why', async () => {
  const { report } = await parsed(`From: MAILER-DAEMON@mx.example
Content-Type: multipart/report; report-type=delivery-status; boundary=r

--r

Sorry.
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ana@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such
 person here
--r
Content-Type: message/rfc822

Message-ID: <ours@shop.test>
Subject: x

y
--r--
`);
  expect(report).toEqual({
    kind: 'failed', messageIds: ['<ours@shop.test>'], status: '5.1.1', words: 'ana@example.org: 550 5.1.1 no such person here',
    recipients: [{ address: 'ana@example.org', status: '5.1.1', hard: true, reason: 'unknown_address', words: '550 5.1.1 no such person here' }],
  });
});

test('a zone that nobody knows costs no date, and an address with comments is not taken for the one without', async () => {
  const { from, date } = await parsed('From: Pete <pete(his account)@silly.test(his host)>\nDate: Tue, 12 Oct 2010 16:21:05 H0500\n\nx');
  expect(from?.address).toBe('pete(his account)@silly.test(his host)');
  expect(date).toBe('2010-10-12T16:21:05.000Z');
});

test.runIf(process.platform === 'linux')('whoever waits for an answer goes before mail that is being read', async () => {
  await parsed('From: a@example.org\n\nHello');
  const urgency = readdirSync('/proc/self/task').map((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
  });
  const own = Number(readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)!.split(' ')[16]);
  expect(Math.max(...urgency)).toBeGreaterThan(own);
});
