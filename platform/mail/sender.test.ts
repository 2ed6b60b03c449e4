import { onTestFinished, expect, test } from 'vitest';
import { copyOfTemplate } from '../../testing/postgres.ts';
import { smtpSink } from '../../testing/smtp-sink.ts';
import { createDatabase } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import { createEvents } from '../events/events.ts';
import { createFiles } from '../files/files.ts';
import { sql } from 'kysely';
import { createOutbox, type OutgoingMail } from './outbox.ts';
import { nextAttempt, verdictOf, type SendError } from './retry.ts';
import { claimDue } from './sender-store.ts';
import { createVault } from '../config/vault.ts';
import { createMailHosts } from './hosts.ts';
import { createSender } from './sender.ts';

const START = '2026-03-02T09:00:00.000Z';
const LEAVES = '2026-03-02T09:00:10.000Z';

async function desk({ relay = true } = {}) {
  const database = await copyOfTemplate();
  const db = createDatabase(database);
  const sink = await smtpSink();
  let time = new Date(START);
  const now = () => time;
  const events = createEvents({ onCommitted: () => undefined });
  const outbox = createOutbox({ emit: events.emit, relayConfigured: relay, now });
  const files = createFiles({ dataDir: '/nonexistent' });
  const sender = () => createSender({ db, outbox, hosts: createMailHosts(), vault: createVault(['a secret for tests only'], []), tokens: () => () => Promise.reject(new Error('nobody signs in here')), files, relayUrl: relay ? sink.url : null, now, log: { warn: (d) => { throw d['err']; } }, random: () => 0.5 });
  const workspace = newId();
  await sql`select workspace_create(${workspace}, 'Shop', 'en', now())`.execute(db.lookup);
  onTestFinished(async () => { await db.destroy(); await sink.close(); });

  const mail = (over: Partial<OutgoingMail> = {}): OutgoingMail => ({
    purpose: 'reply', entryId: newId(), messageId: '<one@shop.example>', from: { name: 'Магазин "Лале"', address: 'support@shop.example' },
    to: [{ name: 'Ана', address: 'ana@example.org' }], subject: 'Вашата поръчка', text: 'Здравейте!\n', notBefore: new Date(time.getTime() + 10_000), ...over,
  });
  return {
    db, sink, outbox, files, sender: sender(), anotherSender: sender, workspace, mail,
    pass: (ms: number) => { time = new Date(time.getTime() + ms); },
    queue: (over: Partial<OutgoingMail> = {}) => db.work(workspace, (tx) => outbox.queue(tx, workspace, mail(over))),
    get: (id: string) => db.work(workspace, (tx) => outbox.get(tx, workspace, id)),
    withdraw: (entryId: string) => db.work(workspace, (tx) => outbox.withdraw(tx, workspace, entryId)),
    delivery: async (entryId: string) => (await db.work(workspace, (tx) => outbox.deliveries(tx, workspace, [entryId]))).get(entryId),
  };
}

test('a mail leaves after the undo window, whole and in the words of its language', async () => {
  const d = await desk();
  const entryId = newId();
  const { sha256 } = await d.db.work(d.workspace, (tx) => d.files.put(tx, d.workspace, Buffer.from('%PDF-1.7')));
  const { id } = await d.queue({
    entryId, html: '<p>مرحبا</p>', language: 'ar', inReplyTo: '<q@example.org>', references: ['<p@example.org>', '<q@example.org>'],
    headers: { 'Auto-Submitted': 'auto-replied' }, attachments: [{ sha256, name: 'фактура № 5.pdf', contentType: 'application/pdf' }],
  });
  expect(await d.sender.sendDue()).toBe(0);
  expect(await d.delivery(entryId)).toMatchObject({ state: 'queued', undoUntil: '2026-03-02T09:00:10.000Z' });

  d.pass(10_000);
  expect(await d.sender.sendDue()).toBe(1);
  const { from, to, raw, mail } = d.sink.received[0]!;
  expect({ from, to }).toEqual({ from: 'support@shop.example', to: ['ana@example.org'] });
  expect(mail).toMatchObject({
    messageId: '<one@shop.example>', subject: 'Вашата поръчка', from: { name: 'Магазин "Лале"', address: 'support@shop.example' },
    inReplyTo: '<q@example.org>', references: '<p@example.org> <q@example.org>', text: 'Здравейте!\n', date: LEAVES,
    attachments: [{ filename: 'фактура № 5.pdf', mimeType: 'application/pdf' }],
  });
  expect(mail.html).toContain('<html lang="ar" dir="rtl">');
  expect(raw.toString('latin1').split('\r\n').every((line) => line.length <= 998 && !/[^\x09\x20-\x7e]/.test(line))).toBe(true);
  expect(await d.get(id)).toMatchObject({ state: 'accepted', attempts: 1, response: '250 kept as 1' });
  expect(await d.delivery(entryId)).toMatchObject({ state: 'accepted', undoUntil: null, at: '2026-03-02T09:00:10.000Z' });
});

test('what was taken back within the window never leaves, and what has left cannot be taken back', async () => {
  const d = await desk();
  const [undone, sent] = [newId(), newId()];
  await d.queue({ entryId: undone });
  await d.queue({ entryId: sent, messageId: '<two@shop.example>' });
  expect(await d.withdraw(undone)).toBe(true);
  d.pass(10_000);
  await d.sender.sendDue();
  expect(d.sink.received.map(({ mail }) => mail.messageId)).toEqual(['<two@shop.example>']);
  expect(await d.withdraw(sent)).toBe(false);
});

test('a relay that is down, or asks to wait, gets the same mail later', async () => {
  const d = await desk();
  const { id } = await d.queue();
  d.sink.answer({ at: 'data', code: 451, words: 'Greylisted' });
  d.pass(10_000);
  await d.sender.sendDue();
  expect(await d.get(id)).toMatchObject({ state: 'queued', attempts: 1, response: expect.stringContaining('Greylisted') as string });
  expect(await d.sender.sendDue()).toBe(0);

  d.pass(15_000);
  d.sink.answer('hang_up');
  await d.sender.sendDue();
  expect(await d.get(id)).toMatchObject({ state: 'queued', attempts: 2 });

  d.pass(60_000);
  await d.sender.sendDue();
  expect(await d.get(id)).toMatchObject({ state: 'accepted', attempts: 3 });
  // It had all of the second try as well: the same Message-ID and bytes let a receiver see that.
  expect(d.sink.received.map(({ mail }) => [mail.messageId, mail.date])).toEqual([['<one@shop.example>', LEAVES], ['<one@shop.example>', LEAVES]]);
});

test('a refusal is final until somebody tries again by hand', async () => {
  const d = await desk();
  const { id } = await d.queue();
  d.pass(10_000);
  d.sink.answer({ at: 'rcpt', code: 550, words: 'No such person' });
  await d.sender.sendDue();
  expect(await d.get(id)).toMatchObject({ state: 'failed', response: expect.stringContaining('No such person') as string });

  await d.db.work(d.workspace, (tx) => d.outbox.retry(tx, d.workspace, id));
  await d.sender.sendDue();
  expect(await d.get(id)).toMatchObject({ state: 'accepted' });
  await expect(d.db.work(d.workspace, (tx) => d.outbox.retry(tx, d.workspace, id))).rejects.toMatchObject({ code: 'outbox.not_waiting' });
});

test('a worker that dies while sending is followed by another, and two workers never send the same mail', async () => {
  const d = await desk();
  const { id } = await d.queue();
  d.pass(10_000);
  await sql`update outbox set state = 'sending', attempts = 1, lease_until = ${new Date(Date.parse(START) + 300_000)},
    next_attempt_at = ${new Date(Date.parse(START) + 300_000)} where id = ${id}`.execute(d.db.owner);
  expect(await d.sender.sendDue()).toBe(0);
  d.pass(300_000);
  await Promise.all([d.sender.sendDue(), d.anotherSender().sendDue()]);
  expect(d.sink.received).toHaveLength(1);
  expect(await d.get(id)).toMatchObject({ state: 'accepted', attempts: 2 });
});

test('without a relay mail waits and can be read and taken back', async () => {
  const d = await desk({ relay: false });
  const entryId = newId();
  const { id } = await d.queue({ entryId });
  d.pass(60_000);
  expect(await d.sender.sendDue()).toBe(0);
  expect(await d.get(id)).toMatchObject({ state: 'waiting', text: 'Здравейте!\n' });
  const page = await d.db.work(d.workspace, (tx) => d.outbox.list(tx, d.workspace, { state: 'waiting', limit: 10, before: null }));
  expect(page.map((mail) => mail.id)).toEqual([id]);
  expect(await d.withdraw(entryId)).toBe(true);
  expect(await d.delivery(entryId)).toBeUndefined();
});

test('nothing can begin a header of its own, and no address can be read in two ways', async () => {
  const d = await desk();
  for (const over of [
    { subject: 'a\r\nBcc: victim@example.org' }, { subject: 'a\nb' }, { subject: 'nul\u0000' },
    { from: { name: 'a\r\nX: y', address: 'support@shop.example' } }, { headers: { 'X-A': 'a\r\nX-B: c' } }, { headers: { 'X A': 'b' } },
    { inReplyTo: '<a@b>\r\nX: y' },
    ...['"a@evil.example x"@shop.example', 'a b@x.example', 'a@b@c.example', 'group:a@b.example;', 'a@[127.0.0.1]', '<a@b.example>', 'a@b..example', ''].map((address) => ({ to: [{ name: '', address }] })),
    { to: [] },
  ]) {
    await expect(d.queue(over), JSON.stringify(over)).rejects.toMatchObject({ kind: 'invalid' });
  }
});

test('the running sender takes what is queued by itself, and a stop lets it arrive', async () => {
  const d = await desk();
  const already = await d.queue({ notBefore: new Date(START) });
  d.sender.start();
  await d.sink.got(1);
  const { id } = await d.queue({ messageId: '<two@shop.example>', notBefore: new Date(START) });
  await d.sink.got(2);
  await d.sender.stop();
  expect(await d.get(already.id)).toMatchObject({ state: 'accepted' });
  expect(await d.get(id)).toMatchObject({ state: 'accepted', attempts: 1 });
});

test('two days of silence are enough', () => {
  const at = (hours: number) => new Date(Date.parse(START) + hours * 3_600_000);
  const next = (attempts: number, hours: number, verdict: 'later' | 'unreachable' = 'later') =>
    nextAttempt({ attempts, verdict, now: at(hours), notBefore: at(0), random: 0.5 });
  expect(next(1, 0)).toEqual(new Date(Date.parse(START) + 15_000));
  expect(next(40, 47)).toEqual(at(48));
  expect(next(40, 47, 'unreachable')).toEqual(new Date(at(47).getTime() + 60_000));
  expect(next(3, 48)).toBeNull();
});

test.each<[string, Partial<SendError>, string]>([
  ['no such person', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }, 'refused'], ['spam', { code: 'EMESSAGE', command: 'DATA', responseCode: 554 }, 'refused'],
  ['greylisting', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 451 }, 'later'], ['busy', { command: 'MAIL FROM', responseCode: 421 }, 'later'],
  ['out of order', { command: 'DATA', responseCode: 503 }, 'later'], ['nobody listens', { code: 'ESOCKET', command: 'CONN' }, 'unreachable'],
  ['no name', { code: 'EDNS' }, 'unreachable'], ['a bad greeting', { code: 'EPROTOCOL', command: 'CONN', responseCode: 554 }, 'unreachable'],
  ['a wrong password', { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 }, 'unreachable'], ['too slow', { code: 'ETIMEDOUT' }, 'unreachable'],
])('%s', (_what, error, verdict) => {
  expect(verdictOf({ message: '', ...error })).toBe(verdict);
});

test('one stuck domain does not hold up the others', async () => {
  const d = await desk();
  for (let i = 0; i < 8; i++) await d.queue({ messageId: `<slow-${i}@shop.example>`, to: [{ name: '', address: `p${i}@slow.example` }] });
  await d.queue({ messageId: '<quick@shop.example>', to: [{ name: '', address: 'q@quick.example' }] });
  d.pass(10_000);
  const at = new Date(Date.parse(START) + 10_000);
  const claimed = await claimDue(d.db.owner, { now: at, leaseUntil: new Date(at.getTime() + 1000), limit: 5, perDomain: 3, allowances: new Map() });
  const domains = claimed.map((mail) => mail.envelopeTo[0]!.split('@')[1]!);
  expect(domains.toSorted((a, b) => a.localeCompare(b))).toEqual(['quick.example', 'slow.example', 'slow.example', 'slow.example']);
  expect(await claimDue(d.db.owner, { now: at, leaseUntil: at, limit: 5, perDomain: 3, allowances: new Map([['slow.example', 0]]) })).toEqual([]);
});

test('what lets somebody in is neither shown nor kept once it has left', async () => {
  const d = await desk();
  const { id } = await d.queue({ purpose: 'reset', text: 'Go to https://desk.example/reset/s3cret now', notBefore: new Date(START) });
  expect((await d.get(id)).text).toBe('Go to […] now');
  await d.sender.sendDue();
  expect(d.sink.received[0]!.mail.text).toContain('https://desk.example/reset/s3cret');
  const { rows } = await sql<{ content: string }>`select content::text as content from outbox`.execute(d.db.owner);
  expect(rows[0]!.content).not.toContain('s3cret');
});
