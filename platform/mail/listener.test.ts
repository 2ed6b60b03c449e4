import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { smtpTalk } from '../../testing/smtp-talk.ts';
import { loneDotScan } from './lone-dot.ts';
import { startListener, type ArrivingMail } from './listener.ts';

async function door({ accept }: { accept?: (mail: ArrivingMail) => Promise<{ id: string }> } = {}) {
  const kept: ArrivingMail[] = [];
  const listener = await startListener({
    host: '127.0.0.1', port: 0, log: { warn: () => undefined },
    door: { knows: async (address) => address.endsWith('@shop.test'), accept: accept ?? (async (mail) => { kept.push(mail); return { id: String(kept.length) }; }) },
  });
  onTestFinished(() => listener.close());
  return { kept, listener, talk: () => smtpTalk(listener.port) };
}

test('known mailboxes only, no relaying, no sign-in, and what we can do is said', async () => {
  const { talk, kept } = await door();
  const { say, socket } = await talk();
  const offered = new Promise<string>((resolve) => { socket.once('data', (data: Buffer) => { resolve(data.toString()); }); });
  expect(await say('EHLO x\r\n')).toMatch(/^250/);
  expect(await offered).toMatch(/8BITMIME[\s\S]*SMTPUTF8[\s\S]*SIZE 52428800/);
  expect(await say('AUTH PLAIN AGEAYg==\r\n')).toMatch(/^5/);
  expect(await say('MAIL FROM:<>\r\n')).toMatch(/^250/);
  expect(await say('RCPT TO:<ana@example.org>\r\n')).toMatch(/^550/);
  expect(await say('RCPT TO:<s@shop.test>\r\n')).toMatch(/^250/);
  expect(await say('DATA\r\n')).toMatch(/^354/);
  expect(await say('Subject: x\r\n\r\n..\r\n\xff8bit\r\n.\r\n')).toBe('250 Kept as 1');
  expect(kept[0]).toEqual({ client: { address: '127.0.0.1', name: 'x' }, envelopeFrom: '', envelopeTo: ['s@shop.test'], raw: Buffer.from('Subject: x\r\n\r\n.\r\n\xff8bit\r\n', 'latin1') });
});

test('a message too large by its own word is refused before it is sent', async () => {
  const { say } = await (await door()).talk();
  await say('EHLO x\r\n');
  expect(await say('MAIL FROM:<a@b.example> SIZE=99999999\r\n')).toMatch(/^552/);
});

test.each(['\n.\n', '\n.\r\n', '\r.\r\n', '\r\n.\n', '\r\n.\r', '\r.\r', '\n.\r'])('no second message is smuggled in after %j', async (end) => {
  const { talk, kept } = await door();
  const { toData, say } = await talk();
  await toData();
  const answer = await say(`Subject: one\r\n\r\nx${end}MAIL FROM:<evil@b.example>\r\nRCPT TO:<s@shop.test>\r\nDATA\r\nSubject: two\r\n\r\ny\r\n.\r\n`);
  expect(answer).toMatch(/^550/);
  expect(kept).toEqual([]);
  expect(await say('NOOP\r\n')).toMatch(/^250/);
});

test('where a message is cut into pieces makes no difference', () => {
  for (const [text, bad] of [['a\r\n.\r\nb..c\r\n.x\r\n', false], ['.\r\n.\r\n', false], ['ab\n.\r\ncd', true], ['ab\r\n.\ncd', true], ['ab\r.\r\ncd', true]] as const) {
    for (let one = 0; one <= text.length; one++) {
      for (let two = one; two <= text.length; two++) {
        const scan = loneDotScan();
        const found = [text.slice(0, one), text.slice(one, two), text.slice(two)].map((part) => scan(Buffer.from(part)));
        expect(found.includes(true), JSON.stringify([text, one, two])).toBe(bad);
      }
    }
  }
});

test('trouble of ours is a 451, and the same session may try again', async () => {
  let broken = true;
  const { talk } = await door({ accept: async () => { if (broken) throw new Error('disk full'); return { id: 'x' }; } });
  const { toData, say } = await talk();
  await toData();
  const answer = await say('x\r\n.\r\n');
  expect(answer).toMatch(/^451/);
  expect(answer).not.toContain('disk');
  broken = false;
  await toData();
  expect(await say('x\r\n.\r\n')).toMatch(/^250/);
});

test('a stop dismisses who is idle, lets a message in transfer finish, and takes nobody new', async () => {
  const { talk, listener, kept } = await door();
  const [idle, busy] = [await talk(), await talk()];
  await idle.say('EHLO x\r\n');
  await busy.toData();
  busy.write('Subject: half\r\n');
  const closing = listener.close();
  expect(await idle.answer()).toMatch(/^421/);
  const late = connect(listener.port, '127.0.0.1');
  await once(late, 'error');
  expect(await busy.say('\r\nwhole\r\n.\r\n')).toBe('250 Kept as 1');
  await closing;
  expect(kept).toHaveLength(1);
});

test('a connection that breaks in the middle of a message leaves nothing', async () => {
  const { talk, kept, listener } = await door();
  const { toData, socket, write } = await talk();
  await toData();
  write('Subject: half\r\n\r\n');
  socket.destroy();
  await listener.close();
  expect(kept).toEqual([]);
});

test('a port that is taken is one clear sentence', async () => {
  const { listener } = await door();
  await expect(startListener({ host: '127.0.0.1', port: listener.port, log: { warn: () => undefined }, door: { knows: async () => false, accept: async () => ({ id: '' }) } }))
    .rejects.toMatchObject({ code: 'config.smtp_port_unavailable', detail: expect.stringContaining('RAPPORT_SMTP_PORT') as string });
});
