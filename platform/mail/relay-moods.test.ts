import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { moodyRelay, type Mood, type Stage } from '../../testing/moody-relay.ts';
import { copyOfTemplate } from '../../testing/postgres.ts';
import { createDatabase } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import { createEvents } from '../events/events.ts';
import { createFiles } from '../files/files.ts';
import { createFairness } from './fairness.ts';
import { createOutbox, type OutgoingMail } from './outbox.ts';
import type { Patience } from './relay.ts';
import { createVault } from '../config/vault.ts';
import { createMailHosts } from './hosts.ts';
import { createSender } from './sender.ts';

const START = Date.parse('2026-03-02T09:00:00Z');
const HOUR = 3_600_000;
const SHORT: Patience = { silenceMs: 300, attemptMs: 900 };

async function desk({ mood, patience = SHORT }: { mood?: (stage: Stage, count: number, line: string) => Mood | null; patience?: Patience } = {}) {
  const db = createDatabase(await copyOfTemplate());
  const relay = await moodyRelay(mood);
  let time = START;
  const now = () => new Date(time);
  const outbox = createOutbox({ emit: createEvents({ onCommitted: () => undefined }).emit, relayConfigured: true, now });
  const sender = createSender({ db, outbox, hosts: createMailHosts(), vault: createVault(['a secret for tests only'], []), tokens: () => () => Promise.reject(new Error('nobody signs in here')), files: createFiles({ dataDir: '/nonexistent' }), relayUrl: relay.url, now, patience, log: { warn: (d) => { throw d['err']; } }, random: () => 0.5 });
  const workspace = newId();
  await sql`select workspace_create(${workspace}, 'Shop', 'en', now())`.execute(db.lookup);
  onTestFinished(async () => { relay.cut(); await sender.stop(); await relay.close(); await db.destroy(); });

  const mail = (i: number, to: string[] = ['ana@example.org']): OutgoingMail => ({
    purpose: 'reply', messageId: `<${i}@shop.example>`, from: { name: 'Shop', address: 'support@shop.example' }, to: to.map((address) => ({ name: '', address })),
    subject: `Order ${i}`, text: '. a lone dot\n.\nПривет\n', notBefore: now(),
  });
  const rows = () => db.work(workspace, (tx) => outbox.list(tx, workspace, { limit: 100, before: null }));
  return {
    relay, sender, rows, answers: () => sender.answers(workspace, 'support@shop.example'),
    queue: (i: number, to?: string[]) => db.work(workspace, (tx) => outbox.queue(tx, workspace, mail(i, to))),
    one: async () => (await rows())[0]!,
    pass: (ms: number) => { time += ms; },
    hours: () => (time - START) / HOUR,
    /** Turns the clock from attempt to attempt until nothing waits any more. */
    async untilSettled(): Promise<void> {
      for (let i = 0; i < 200; i++) {
        await sender.sendDue();
        const next = (await rows()).flatMap(({ nextAttemptAt }) => nextAttemptAt ?? []).sort((a, b) => a.getTime() - b.getTime())[0];
        if (!next) return;
        time = Math.max(time, next.getTime());
      }
      throw new Error('mail still waits after 200 attempts');
    },
  };
}

const once = (at: Stage, mood: Mood) => (stage: Stage, count: number): Mood | null => (stage === at && count === 1 ? mood : null);

test.each<Stage>(['connect', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'half', 'body'])('a relay that dies at %s gets the same mail again, and nothing else', async (stage) => {
  const d = await desk({ mood: once(stage, 'drop') });
  await d.queue(1);
  await d.untilSettled();
  expect(await d.one()).toMatchObject({ state: 'accepted', response: '250 taken' });
  expect(new Set(d.relay.taken.map(({ raw }) => raw)).size).toBe(1);
  expect(d.relay.taken.map(({ messageId, told }) => [messageId, told])).toEqual(stage === 'body' ? [['<1@shop.example>', false], ['<1@shop.example>', true]] : [['<1@shop.example>', true]]);
  expect(d.relay.faults).toEqual([]);
});

test.each<Stage>(['connect', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'body'])('a relay that falls silent at %s is not waited for without end', async (stage) => {
  const d = await desk({ mood: once(stage, 'silence') });
  await d.queue(1);
  await d.untilSettled();
  expect(await d.one()).toMatchObject({ state: 'accepted' });
  expect(new Set(d.relay.taken.map(({ raw }) => raw)).size).toBe(1);
  expect(d.relay.faults).toEqual([]);
});

test('a relay that drips an answer gives its connection back', async () => {
  const d = await desk({ mood: (stage, count) => (stage === 'body' && count <= 5 ? 'drip' : null) });
  for (let i = 0; i < 5; i++) await d.queue(i);
  await d.sender.sendDue();
  expect((await d.rows()).map(({ state }) => state)).toEqual(Array(5).fill('queued'));
  expect((await d.one()).response).toContain('did not finish in time');
  await expect.poll(d.relay.lines).toBe(0);
  await d.queue(9);
  await d.untilSettled();
  expect((await d.rows()).map(({ state }) => state)).toEqual(Array(6).fill('accepted'));
});

test('of many mails through a relay that dies after every third message, none is lost, and none comes under another name', async () => {
  const d = await desk({ mood: (stage, count) => (stage === 'body' && count % 3 === 0 ? 'drop' : null) });
  for (let i = 0; i < 40; i++) await d.queue(i);
  await d.untilSettled();
  expect((await d.rows()).filter(({ state }) => state !== 'accepted')).toEqual([]);
  const copies = Map.groupBy(d.relay.taken, ({ messageId }) => messageId);
  expect([...copies.keys()].sort()).toEqual(Array.from({ length: 40 }, (_, i) => `<${i}@shop.example>`).sort());
  for (const same of copies.values()) {
    expect(new Set(same.map(({ raw }) => raw)).size).toBe(1);
    expect(same.filter(({ told }) => told)).toHaveLength(1);
  }
  expect(d.relay.faults).toEqual([]);
});

test('of two recipients, the one that is greylisted gets it later, and the other not again', async () => {
  const d = await desk({ mood: (stage, count, line) => (stage === 'RCPT' && count <= 2 && line.includes('late@') ? '451 greylisted' : null) });
  await d.queue(1, ['ana@example.org', 'late@example.org']);
  await d.sender.sendDue();
  expect(await d.one()).toMatchObject({ state: 'queued', to: ['late@example.org'], response: expect.stringContaining('<late@example.org>: 451 greylisted') as string });
  await d.untilSettled();
  expect(await d.one()).toMatchObject({ state: 'accepted' });
  expect(d.relay.taken.map(({ to }) => to)).toEqual([['ana@example.org'], ['late@example.org']]);
});

test('of two recipients, the one that is refused is told about, and the other has it', async () => {
  const d = await desk({ mood: (stage, _count, line) => (stage === 'RCPT' && line.includes('gone@') ? '550 no such person' : null) });
  await d.queue(1, ['ana@example.org', 'gone@example.org']);
  await d.untilSettled();
  expect(await d.one()).toMatchObject({ state: 'failed', to: ['gone@example.org'], response: '<gone@example.org>: 550 no such person; the others: 250 taken' });
  expect(d.relay.taken.map(({ to }) => to)).toEqual([['ana@example.org']]);
});

test('a mail that is put off for two days is tried ever more seldom, and then failed with the words of the relay', async () => {
  const d = await desk({ mood: (stage) => (stage === 'body' ? '450 mailbox busy' : null) });
  await d.queue(1);
  await d.untilSettled();
  const { state, response, attempts } = await d.one();
  expect({ state, response }).toEqual({ state: 'failed', response: expect.stringContaining('450 mailbox busy') });
  expect(d.hours()).toBeGreaterThanOrEqual(48);
  expect(attempts).toBeGreaterThan(40);
  expect(attempts).toBeLessThan(70);
  expect(d.relay.taken).toEqual([]);
});

test('a refusal is final at once', async () => {
  const d = await desk({ mood: (stage) => (stage === 'body' ? '554 looks like spam' : null) });
  await d.queue(1);
  await d.untilSettled();
  expect(await d.one()).toMatchObject({ state: 'failed', attempts: 1, response: expect.stringContaining('554 looks like spam') as string });
});

test('while one domain hangs, all others get their mail', async () => {
  const d = await desk({ mood: (stage, _count, line) => (stage === 'RCPT' && line.includes('@dead.test') ? 'silence' : null), patience: { silenceMs: 60_000, attemptMs: 60_000 } });
  for (let i = 0; i < 30; i++) await d.queue(i, [`p${i}@dead.test`]);
  for (let i = 30; i < 50; i++) await d.queue(i, [`p${i}@alive.test`]);
  d.sender.start();
  await expect.poll(() => d.relay.taken.length).toBe(20);
  expect(d.relay.taken.every(({ to }) => to[0]!.endsWith('@alive.test'))).toBe(true);
  expect(d.relay.lines()).toBeLessThanOrEqual(5);
});

test('domains that keep us waiting share two connections, and get their full share back', () => {
  let time = 0;
  const fairness = createFairness({ perDomain: 3, now: () => time });
  const attempt = (domain: string, tookMs: number, putOff = false) => { fairness.began(domain); time += tookMs; fairness.ended(domain, { putOff, tookMs }); };
  expect(fairness.allowances()).toEqual(new Map());

  attempt('slow.test', 30_000);
  attempt('later.test', 100, true);
  attempt('late.test', 100, true);
  attempt('quick.test', 100);
  expect(fairness.allowances()).toEqual(new Map([['slow.test', 1], ['later.test', 1], ['late.test', 0]]));
  fairness.began('slow.test');
  fairness.began('quick.test');
  expect(fairness.allowances()).toEqual(new Map([['slow.test', 0], ['quick.test', 2], ['later.test', 1], ['late.test', 0]]));
  fairness.ended('slow.test', { putOff: true, tookMs: 100 });
  // Whoever was tried last waits for the others.
  expect([...fairness.allowances()].filter(([, count]) => count > 0)).toEqual([['quick.test', 2], ['later.test', 1], ['late.test', 1]]);

  attempt('later.test', 100);
  expect(fairness.allowances().has('later.test')).toBe(false);
  time += HOUR;
  expect(fairness.allowances()).toEqual(new Map([['quick.test', 2]]));
});

test('whether a relay answers is known before anybody waits for long', async () => {
  const [good, silent, gone] = [await desk(), await desk({ mood: (stage) => (stage === 'connect' ? 'silence' : null) }), await desk()];
  await gone.relay.close();
  expect(await Promise.all([good, gone].map((d) => d.answers()))).toEqual([true, false]);
  expect(await silent.answers()).toBe(false);
});
