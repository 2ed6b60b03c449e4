import { expect, test } from 'vitest';
import { mailDesk } from '../../../../testing/mail-desk.ts';
import { createFilters } from './filters.ts';
import { createGate } from './gate.ts';

const raw = (n: number, from = 'mallory@evil.test'): Buffer => Buffer.from(
  `From: Mallory <${from}>\r\nTo: support@shop.test\r\nSubject: Hello ${n}\r\nMessage-ID: <${n}@evil.test>\r\n\r\nWhere is my order ${n}? It is late by ${n} days.\r\n`);
/** Handed over by nobody in particular, and vouched for by nobody. */
const UNKNOWN = { envelopeFrom: '', network: '', isVouchedFor: () => Promise.resolve(false) };
/** How many; ten thousand take minutes. */
const FLOOD = Number(process.env.TEST_FLOOD ?? 200);

test('a flood from one address opens as many tickets as its limit, is acknowledged once, and stays in the ledger to the last', async () => {
  const d = await mailDesk();
  await d.owner.request('PATCH', `/mailboxes/${(await d.owner.request('GET', '/mailboxes')).body.items[0].id}`, { acknowledge: true });
  await d.owner.request('PATCH', '/email/spam-filter', { perTenMinutes: 60, perHour: 300 });
  const envelope = { envelopeFrom: 'mallory@evil.test', envelopeTo: ['support@shop.test'] };
  for (let n = 0; n < FLOOD; n += 20) {
    await Promise.all(Array.from({ length: 20 }, (_x, i) => d.email.door.accept({ ...envelope, raw: raw(n + i) })));
  }
  await d.email.settled();
  const states = async () => (await d.db.owner.selectFrom('inbound_messages').select((e) => ['state', 'reason', e.fn.countAll<number>().as('count')]).groupBy(['state', 'reason']).orderBy('state').execute());

  expect(await states()).toEqual([{ state: 'filed', reason: null, count: 60 }, { state: 'quarantined', reason: 'too_many', count: FLOOD - 60 }]);
  expect((await d.db.owner.selectFrom('tickets').select((e) => e.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count).toBe(60);
  expect(await d.db.owner.selectFrom('outbox').select('envelope_to').where('purpose', '=', 'acknowledgement').execute()).toEqual([{ envelope_to: ['mallory@evil.test'] }]);
  expect(await d.db.owner.selectFrom('quarantine').select(['sender', 'words']).distinct().execute()).toEqual([{ sender: 'mallory@evil.test', words: 'sender mallory@evil.test' }]);

  // Others are served meanwhile, and so is whoever has calmed down.
  await d.send({ from: 'ana@example.org', to: 'support@shop.test', text: 'An ordinary question.' });
  d.passMachine(120 * 60);
  await d.email.door.accept({ ...envelope, raw: raw(FLOOD) });
  await d.email.settled();
  expect((await states())[0]).toMatchObject({ state: 'filed', count: 62 });
});

test('a flood counts wherever it comes in, and after a restart: two processes have one limit', async () => {
  const d = await mailDesk({ relay: false });
  await d.owner.request('PATCH', '/email/spam-filter', { perTenMinutes: 20, perHour: 20 });
  const gates = [1, 2].map(() => createGate({ db: d.db, filters: createFilters({ db: d.db }), now: d.now, machineNow: d.now }));
  const verdicts: boolean[] = [];
  for (let n = 0; n < 60; n++) verdicts.push(await gates[n % 2]!(d.owner.workspaceId, { raw: raw(n), ...UNKNOWN, receivedAt: d.now() }) !== null);
  const first = verdicts.indexOf(true);
  // Each may have one in hand that the other has not heard of.
  expect(first).toBeLessThanOrEqual(20 + gates.length);
  expect(verdicts.slice(first).every(Boolean)).toBe(true);
  expect(await createGate({ db: d.db, filters: createFilters({ db: d.db }), now: d.now, machineNow: d.now })(d.owner.workspaceId, { raw: raw(99, 'other@evil.test'), ...UNKNOWN, receivedAt: d.now() })).toBeNull();
});

test('years of old mail of one person, fetched at once, are no flood', async () => {
  const d = await mailDesk({ relay: false });
  const gate = createGate({ db: d.db, filters: createFilters({ db: d.db }), now: d.now, machineNow: d.now });
  for (let n = 0; n < 150; n++) {
    expect(await gate(d.owner.workspaceId, { raw: raw(n), ...UNKNOWN, receivedAt: new Date(d.now().getTime() - n * 3_600_000) })).toBeNull();
  }
});

test('a wave of one text from ever new addresses is held back beyond its limit', async () => {
  const d = await mailDesk({ relay: false });
  await d.owner.request('PATCH', '/email/spam-filter', { equalTexts: 5 });
  for (let n = 0; n < 12; n++) {
    await d.email.deliver(d.owner.actor, Buffer.from(`From: <p${n}@bots${n}.test>\r\nTo: support@shop.test\r\nSubject: Prize ${n}\r\nMessage-ID: <${n}@bots.test>\r\n\r\nCongratulations, dear customer! You were chosen to receive a wonderful prize, answer us today to learn more about it.\r\n`), {});
  }
  await d.email.settled();
  expect(await d.tickets()).toHaveLength(5);
  expect(await d.db.owner.selectFrom('quarantine').select(['reason', 'words']).execute()).toEqual(Array.from({ length: 7 }, () => ({ reason: 'too_many', words: 'equal' })));
});

test('whoever writes a customer\'s name on a flood does not use up what the customer may send', async () => {
  const d = await mailDesk({ relay: false });
  await d.owner.request('PATCH', '/email/spam-filter', { perTenMinutes: 20, perHour: 20 });
  const gate = createGate({ db: d.db, filters: createFilters({ db: d.db }), now: d.now, machineNow: d.now });
  const comes = async (n: number, network: string, isOurs: boolean) => await gate(d.owner.workspaceId, {
    raw: raw(n, 'ana@example.org'), envelopeFrom: '', receivedAt: d.now(), network, isVouchedFor: () => Promise.resolve(isOurs),
  }) !== null;
  const forged: boolean[] = [];
  for (let n = 0; n < 60; n++) forged.push(await comes(n, '198.51.100.7', false));
  expect(forged.indexOf(true), 'the forger is held back').toBe(20);
  // From her own provider, vouched for or not, and by the very server that the forger uses.
  const hers: boolean[] = [];
  for (let n = 60; n < 75; n++) hers.push(await comes(n, '203.0.113.5', true), n % 15 === 0 && await comes(n, '203.0.113.9', false));
  expect(hers).toEqual(hers.map(() => false));
  expect(await comes(80, '198.51.100.7', true)).toBe(false);

  // She herself has one limit, by however many servers her provider sends.
  const many: boolean[] = [];
  for (let n = 100; n < 200; n++) many.push(await comes(n, `192.0.2.${n % 4}`, true));
  expect(many.includes(true)).toBe(true);
});
