import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { randomBy } from '../../kernel/random.ts';
import { startEmbedded, type Embedded } from '../../platform/db/embedded/embedded.ts';
import { runningPid } from '../../platform/db/embedded/postmaster.ts';
import { deliverAll } from '../../testing/mail-server.ts';
import { smtpTalk } from '../../testing/smtp-talk.ts';
import { wholeServer } from '../../testing/whole-server.ts';

/** `TEST_MESSAGES=10000` takes some minutes. */
const MESSAGES = Number(process.env['TEST_MESSAGES'] ?? 2_000);
const CONNECTIONS = 8;
/** Whose turn it is to be killed; the moments are drawn. `TEST_SEED` repeats a run. */
const VICTIMS = ['server', 'postgres', 'server', 'server', 'postgres', 'server'] as const;
const SEED = Number(process.env['TEST_SEED'] ?? 20_260_302);

vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 });

/** No two alike, and no two from the same person: nothing here is a wave. */
const message = (i: number): string =>
  `From: Customer ${i} <customer${i}@example.org>\r\nTo: support@shop.test\r\nSubject: Order ${i}\r\nMessage-ID: <${i}.${SEED}@example.org>\r\n`
  + `Date: Mon, 02 Mar 2026 09:00:00 +0000\r\n\r\n${Array.from({ length: 5 + (i % 40) }, (_, n) => wordOf(i * 50 + n)).join(' ')}?`;
const wordOf = (n: number): string => [...String(n)].map((digit) => 'bdfgklmnpr'[Number(digit)]! + 'aeiou'[n % 5]!).join('');

const folder = mkdtempSync(join(tmpdir(), 'rapport-killed-'));
let postgres: Embedded;
let server: Awaited<ReturnType<typeof wholeServer>>;
let db: pg.Client;
beforeAll(async () => {
  chmodSync(folder, 0o755);
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  postgres = await startEmbedded({ dataDir: join(folder, 'pg'), log });
  server = await wholeServer({ dataDir: join(folder, 'data'), databaseUrl: postgres.appUrl, ownerUrl: postgres.ownerUrl, env: { RAPPORT_LOG: 'silent' } });
  await server.start();
});
afterAll(async () => {
  await db?.end();
  await server.kill();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});
const ask = async <T>(text: string): Promise<T[]> => (await db.query(text)).rows as T[];

test('whatever is killed at whatever moment, each message that got its 250 is there once', async () => {
  const messages = new Map(Array.from({ length: MESSAGES }, (_, i) => [`<${i}.${SEED}@example.org>`, message(i)]));
  const strikes = momentsFor([...messages.values()].reduce((sum, raw) => sum + raw.length, 0));
  const deaths: string[] = [];
  let revival = Promise.resolve();
  let said = 0;

  const delivered = await deliverAll(messages, {
    port: server.smtpPort, to: 'support@shop.test', connections: CONNECTIONS,
    onBytes(bytes) {
      said += bytes;
      const due = strikes[0];
      if (due === undefined || said < due.at) return;
      strikes.shift();
      deaths.push(due.victim);
      if (due.victim === 'server') revival = revival.then(() => server.kill()).then(() => server.start());
      else killPostgres(join(folder, 'pg/postgres/cluster'));
    },
  });
  await revival;
  // With the last 250 on its way, and much of it not filed yet.
  await server.kill();
  await server.start();

  db = new pg.Client(postgres.ownerUrl);
  await db.connect();
  await expect.poll(() => ask(`select 1 from inbound_messages where state = 'received' limit 1`), { timeout: 400_000 }).toEqual([]);

  expect(deaths, `seed ${SEED}`).toEqual(VICTIMS);
  const promised = [...delivered.values()].map((answer) => /Kept as (\S+)/.exec(answer)![1]!);
  const ledger = await ask<{ id: string; messageId: string; state: string; reason: string | null }>(
    'select id, message_id as "messageId", state, reason from inbound_messages');
  const known = new Set(ledger.map(({ id }) => id));
  expect(promised.filter((id) => !known.has(id)), `seed ${SEED}: got 250, and are gone`).toEqual([]);
  // What died between the commit and the 250 came again, and was seen to be the same.
  expect(ledger.filter(({ state }) => state !== 'filed' && state !== 'duplicate'), `seed ${SEED}`).toEqual([]);
  const filed = ledger.filter(({ state }) => state === 'filed').map(({ messageId }) => messageId);
  expect([...filed].sort(), `seed ${SEED}`).toEqual([...messages.keys()].sort());
  const subjects = await ask<{ subject: string }>('select subject from tickets');
  expect(subjects.map(({ subject }) => subject).sort(), `seed ${SEED}`).toEqual(Array.from({ length: MESSAGES }, (_, i) => `Order ${i}`).sort());
});

test('a stop in the middle of a message lets it end, and its 250 holds', async () => {
  const talk = await smtpTalk(server.smtpPort);
  for (const line of ['EHLO x', 'MAIL FROM:<a@b.example>', 'RCPT TO:<support@shop.test>', 'DATA']) await talk.say(`${line}\r\n`);
  talk.write('Subject: half of it\r\n\r\nsaid');
  const idle = await smtpTalk(server.smtpPort);
  const stopped = server.stop();
  // The stop has begun once those who wait are sent away.
  expect(await idle.answer()).toMatch(/^421/);
  const id = /^250 Kept as (\S+)/.exec(await talk.say(' before the end\r\n.\r\n'))?.[1];
  expect(await stopped).toBe(0);
  expect(await ask(`select id from inbound_messages where id = '${id}'`)).toEqual([{ id }]);
});

/** One in each part of all that will be said, at a byte that nobody chose. */
function momentsFor(bytes: number): { at: number; victim: (typeof VICTIMS)[number] }[] {
  const random = randomBy(SEED);
  return VICTIMS.map((victim, i) => ({ victim, at: Math.floor((bytes / VICTIMS.length) * (i + random())) }));
}

function killPostgres(cluster: string): void {
  const pid = runningPid(cluster);
  if (pid !== null) process.kill(pid, 'SIGKILL');
}
