import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CERTIFICATES } from '../../testing/certificates.ts';
import { smtpTalk } from '../../testing/smtp-talk.ts';
import { readCertificate, watchCertificate } from './certificate.ts';
import { PER_CLIENT, PER_SENDER } from './guests.ts';
import { startListener, type ArrivingMail, type Room } from './listener.ts';
import { newVisit, overstays } from './patience.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** To this door even loopback is a stranger, unless the test says otherwise. */
async function door({ trusted = [], certificate = null, room, accept }: {
  trusted?: string[]; certificate?: { key: string; cert: string } | null; room?: Room; accept?: (mail: ArrivingMail) => Promise<{ id: string }>;
} = {}) {
  const kept: ArrivingMail[] = [];
  const warned: string[] = [];
  let time = 0;
  const listener = await startListener({
    host: '127.0.0.1', port: 0, trusted, certificate, ...(room && { room }), now: () => time, log: { warn: (_facts, words) => { warned.push(words); } },
    door: { knows: async (address) => address.endsWith('@shop.test'), accept: accept ?? (async (mail) => { kept.push(mail); return { id: String(kept.length) }; }) },
  });
  onTestFinished(() => listener.close());
  return {
    kept, warned, listener, talk: () => smtpTalk(listener.port),
    /** Turns the clock, and has the listener look round. */
    pass: (ms: number) => { time += ms; listener.patrol(); },
  };
}
type Talk = Awaited<ReturnType<typeof smtpTalk>>;

async function mailTo(talk: Talk, text = 'Subject: x\r\n\r\ny'): Promise<string> {
  await talk.toData();
  return talk.say(`${text}\r\n.\r\n`);
}

test('one address cannot take all places; a place that is left is free again', async () => {
  const { talk } = await door();
  const guests = await Promise.all(Array.from({ length: PER_CLIENT.atOnce }, talk));
  expect(guests.map(({ greeting }) => greeting.slice(0, 3))).toEqual(guests.map(() => '220'));
  expect((await talk()).greeting).toMatch(/^421/);

  const closed = new Promise((resolve) => { guests[0]!.socket.once('close', resolve); });
  await guests[0]!.say('QUIT\r\n');
  guests[0]!.socket.end();
  await closed;
  await expect.poll(async () => (await talk()).greeting).toMatch(/^220/);
});

test('a trusted server is not counted', async () => {
  const { talk } = await door({ trusted: ['127.0.0.0/8'] });
  const guests = await Promise.all(Array.from({ length: PER_CLIENT.atOnce + 5 }, talk));
  expect(guests.every(({ greeting }) => greeting.startsWith('220'))).toBe(true);
});

test('messages and recipients beyond a minute\'s measure are put off, not refused', async () => {
  const { talk, pass, listener } = await door();
  const one = await talk();
  await one.say('EHLO x\r\n');
  one.write(Array.from({ length: PER_CLIENT.messages }, (_, i) => `MAIL FROM:<a${i}@b.example>\r\nRSET\r\n`).join(''));
  for (let i = 0; i < PER_CLIENT.messages * 2; i++) expect(await one.answer()).toMatch(/^250/);
  expect(await one.say('MAIL FROM:<a@b.example>\r\n')).toMatch(/^450/);
  expect([...listener.turnedAway()]).toEqual([['messages', 1]]);

  pass(MINUTE);
  expect(await one.say('MAIL FROM:<a@b.example>\r\n')).toMatch(/^250/);
});

test('one sender beyond a minute\'s measure is put off, whatever stands behind the plus; others, and reports, are not', async () => {
  const from = async (talk: Talk, sender: string): Promise<string> => {
    const answer = await talk.say(`MAIL FROM:<${sender}>\r\n`);
    await talk.say('RSET\r\n');
    return answer.slice(0, 3);
  };
  const { talk, pass, listener } = await door();
  const one = await talk();
  await one.say('EHLO x\r\n');
  one.write(Array.from({ length: PER_SENDER }, (_, i) => `MAIL FROM:<Ann+${i}@b.example>\r\nRSET\r\n`).join(''));
  for (let i = 0; i < PER_SENDER * 2; i++) expect(await one.answer()).toMatch(/^250/);
  const other = await talk();
  await other.say('EHLO x\r\n');
  expect([await from(one, 'ann@b.example'), await from(other, 'ANN@B.example'), await from(other, 'bob@b.example'), await from(other, '')]).toEqual(['450', '450', '250', '250']);
  expect([...listener.turnedAway()]).toEqual([['sender', 2]]);

  pass(MINUTE);
  expect(await from(one, 'ann@b.example')).toBe('250');
});

test('whoever guesses addresses is sent away, and not let in again at once', async () => {
  const { talk, pass } = await door();
  for (let round = 0; round <= PER_CLIENT.offences / 20; round++) {
    const guesser = await talk();
    await guesser.say('EHLO x\r\n');
    await guesser.say('MAIL FROM:<a@b.example>\r\n');
    const answers: string[] = [];
    for (let i = 0; i <= 20 && answers.at(-1)?.startsWith('421') !== true; i++) answers.push(await guesser.say(`RCPT TO:<guess${round}-${i}@else.test>\r\n`));
    expect(answers.slice(0, 20).every((answer) => answer.startsWith('550'))).toBe(true);
    expect(answers.at(-1)).toMatch(/^421/);
  }
  expect((await talk()).greeting).toMatch(/^421/);
  pass(MINUTE);
  expect((await talk()).greeting).toMatch(/^220/);
});

test('endless chatter is ended', async () => {
  const one = await (await door()).talk();
  await one.say('EHLO x\r\n');
  one.write('NOOP\r\n'.repeat(600));
  const answers: string[] = [];
  for (let answer = await one.answer(); answer !== 'closed'; answer = await one.answer()) answers.push(answer);
  expect(answers.length).toBeLessThan(520);
  expect(answers.at(-1)).toMatch(/^421/);
});

test('who drips words without coming to a message is sent away', async () => {
  const { talk, pass } = await door();
  const one = await talk();
  pass(2 * MINUTE);
  expect(await one.say('EHLO x\r\n')).toMatch(/^250/);
  pass(2 * MINUTE);
  expect(await one.say('NOOP\r\n')).toMatch(/^250/);
  pass(MINUTE);
  expect(await one.answer()).toMatch(/^421/);
  expect(await one.answer()).toBe('closed');
});

test('who drips a message is cut off and leaves nothing', async () => {
  const { talk, pass, kept } = await door();
  const one = await talk();
  await one.toData();
  pass(4 * MINUTE);
  one.write('Subject: x\r\n');
  pass(MINUTE);
  expect(await one.answer()).toMatch(/^421/);
  expect(await one.answer()).toBe('closed');
  expect(kept).toEqual([]);
});

test('who is slow but honest may take its time, and nobody may send for ever', () => {
  const sending = (bytes: number) => ({ ...newVisit(0), phase: 'sending' as const, bytes });
  const at = (minutes: number, crowded = false) => ({ now: minutes * MINUTE, crowded });
  expect(overstays(sending(5 * MINUTE), at(5))).toBe(false);
  expect(overstays(sending(50 * 1024 * 1024), at(58))).toBe(false);
  expect(overstays(sending(50 * 1024 * 1024), at(59))).toBe(true);
  expect(overstays(sending(101 * 1024 * 1024), at(0))).toBe(true);
  expect(overstays(newVisit(0), at(1))).toBe(false);
  expect(overstays(newVisit(0), at(1, true))).toBe(true);
});

test('who waits for us is not hurried', async () => {
  const begun = Promise.withResolvers<void>();
  const finished = Promise.withResolvers<{ id: string }>();
  const { talk, pass } = await door({ accept: () => { begun.resolve(); return finished.promise; } });
  const one = await talk();
  const answer = mailTo(one);
  await begun.promise;
  pass(30 * MINUTE);
  finished.resolve({ id: 'late' });
  expect(await answer).toBe('250 Kept as late');
});

test('a message that turns out too large is refused at its end, and the next one is welcome', async () => {
  const { talk, kept } = await door();
  const one = await talk();
  await one.toData();
  const megabyte = 'x'.repeat(1022).concat('\r\n').repeat(1024);
  for (let i = 0; i < 51; i++) if (!one.socket.write(megabyte, 'latin1')) await new Promise((resolve) => { one.socket.once('drain', resolve); });
  expect(await one.say('\r\n.\r\n')).toMatch(/^552/);
  expect(await mailTo(one)).toBe('250 Kept as 1');
  expect(kept[0]!.raw.length).toBe(17);
});

test('addresses and headers in any script come in as they are', async () => {
  const { talk, kept } = await door();
  const one = await talk();
  const utf8 = (text: string): string => Buffer.from(text).toString('latin1');
  await one.say('EHLO x\r\n');
  expect(await one.say(utf8('MAIL FROM:<мария@пример.бг> BODY=8BITMIME SMTPUTF8\r\n'))).toMatch(/^250/);
  expect(await one.say(utf8('RCPT TO:<помощ@shop.test>\r\n'))).toMatch(/^250/);
  await one.say('DATA\r\n');
  expect(await one.say(utf8('Subject: Здравей\r\n\r\nпривет\r\n.\r\n'))).toMatch(/^250/);
  expect(kept[0]).toMatchObject({ envelopeFrom: 'мария@пример.бг', envelopeTo: ['помощ@shop.test'], raw: Buffer.from('Subject: Здравей\r\n\r\nпривет\r\n') });
});

test('while the disk is full mail is put off before it is sent, and afterwards taken', async () => {
  let full = true;
  const { talk } = await door({ room: { isFull: () => full, failed: () => undefined } });
  const one = await talk();
  await one.say('EHLO x\r\n');
  expect(await one.say('MAIL FROM:<a@b.example>\r\n')).toMatch(/^452/);
  full = false;
  expect(await mailTo(one)).toMatch(/^250/);
});

test.each([['the file system', 'ENOSPC'], ['PostgreSQL', '53100']])('a disk that turns out full, by the word of %s, is a 452 and is told', async (_who, code) => {
  const told: unknown[] = [];
  const failure = Object.assign(new Error('no space left'), { code });
  const { talk } = await door({ accept: () => Promise.reject(new Error('not stored', { cause: failure })), room: { isFull: () => false, failed: (error) => { told.push((error as Error).cause); } } });
  expect(await mailTo(await talk())).toMatch(/^452/);
  expect(told).toEqual([failure]);
});

test('with a certificate the talk can be encrypted, and mail comes in through it', async () => {
  const { talk, kept } = await door({ certificate: CERTIFICATES.one });
  const one = await talk();
  await one.say('EHLO x\r\n');
  expect(one.heard()).toContain('STARTTLS');
  expect(await one.secure()).toBe('CN=one.mail.test');
  expect(await mailTo(one)).toBe('250 Kept as 1');
  expect(one.heard().split('STARTTLS')).toHaveLength(2);
  expect(kept).toHaveLength(1);
});

test('what was said in the clear behind STARTTLS is not taken for said in secret', async () => {
  const { talk, kept } = await door({ certificate: CERTIFICATES.one });
  const one = await talk();
  await one.say('EHLO x\r\n');
  await one.secure({ injected: 'EHLO evil\r\nMAIL FROM:<evil@b.example>\r\nRCPT TO:<s@shop.test>\r\nDATA\r\nSubject: evil\r\n\r\n.\r\n' });
  expect(await one.say('RCPT TO:<s@shop.test>\r\n')).toMatch(/^503/);
  expect(kept).toEqual([]);
});

test('without a certificate nothing is promised', async () => {
  const one = await (await door()).talk();
  await one.say('EHLO x\r\n');
  expect(one.heard()).not.toContain('STARTTLS');
  expect(await one.say('STARTTLS\r\n')).toMatch(/^5/);
});

test('a renewed certificate is shown without a restart, a spoilt one leaves the old in use', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-certificate-'));
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const write = ({ cert, key }: { cert: string; key: string }): void => { writeFileSync(files.cert, cert); writeFileSync(files.key, key); };
  const warned: string[] = [];
  const log = { warn: (_facts: object, words: string) => { warned.push(words); } };

  write(CERTIFICATES.one);
  const { listener, talk } = await door({ certificate: await readCertificate(files, log) });
  const watch = watchCertificate(files, { use: listener.useCertificate, log });
  onTestFinished(() => { watch.stop(); });
  const shown = async (): Promise<string> => { const one = await talk(); await one.say('EHLO x\r\n'); return one.secure(); };

  await watch.look();
  expect(await shown()).toBe('CN=one.mail.test');
  write(CERTIFICATES.two);
  await watch.look();
  expect(await shown()).toBe('CN=two.mail.test');
  write({ cert: CERTIFICATES.one.cert, key: `${CERTIFICATES.two.key}\n` });
  await watch.look();
  expect(warned).toEqual([expect.stringContaining('stays in use')]);
  expect(await shown()).toBe('CN=two.mail.test');
  await expect(readCertificate(files, log)).rejects.toMatchObject({ code: 'config.smtp_certificate_unusable', detail: expect.stringContaining(files.cert) as string });
  await expect(readCertificate({ ...files, key: join(folder, 'none') }, log)).rejects.toMatchObject({ code: 'config.smtp_certificate_unusable' });
});

test('a certificate that has run out is used, and that is said', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-certificate-'));
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  writeFileSync(files.cert, CERTIFICATES.one.cert);
  writeFileSync(files.key, CERTIFICATES.one.key);
  const warned: string[] = [];
  await readCertificate(files, { warn: (_facts, words) => { warned.push(words); } }, new Date('2200-01-01T00:00:00Z'));
  expect(warned).toEqual([expect.stringContaining('run out')]);
});

test('a port in use is said once, in one sentence', async () => {
  const { listener } = await door();
  const said: string[] = [];
  await expect(startListener({ host: '127.0.0.1', port: listener.port, log: { warn: (_facts, words) => { said.push(words); } }, door: { knows: async () => false, accept: async () => ({ id: '' }) } }))
    .rejects.toMatchObject({ code: 'config.smtp_port_unavailable' });
  expect(said).toEqual([]);
});
