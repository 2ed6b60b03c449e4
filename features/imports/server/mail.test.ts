import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testApp, type Member } from '../../../testing/test-app.ts';
import { messageAt } from './mbox.ts';

const BYTES = { 'content-type': 'application/octet-stream' };
const letter = (id: string, from: string, to: string, date: string, text: string, more = '') =>
  `From ${from} Mon Jan  5 10:00:00 2024\nFrom: ${from}\nTo: ${to}\nSubject: Kettle\nDate: ${date}\nMessage-ID: <${id}@example.org>\n${more}\n${text}\n\n`;
const MBOX = [
  letter('one', 'maria@example.org', 'support@desk.test', 'Fri, 05 Jan 2024 10:00:00 +0000', '>From the shop I have a kettle.\nFrom here on it leaks.'),
  letter('two', 'support@desk.test', 'maria@example.org', 'Fri, 05 Jan 2024 11:00:00 +0000', 'Send it back, please.', 'In-Reply-To: <one@example.org>\n'),
  letter('three', 'maria@example.org', 'support@desk.test', 'Sat, 06 Jan 2024 10:00:00 +0000', 'Done.', 'References: <one@example.org> <two@example.org>\n'),
  letter('four', 'mallory@example.org', 'support@desk.test', 'Sat, 06 Jan 2024 11:00:00 +0000', 'Let me in.', 'In-Reply-To: <one@example.org>\n'),
].join('');

async function bring(owner: Member, round: () => Promise<void>, query: string, bytes: Buffer = Buffer.alloc(0)) {
  const { body: { items: [mailbox] } } = await owner.request('GET', '/mailboxes');
  const made = await owner.request('POST', `/imports?kind=mail&name=old.mbox&mailbox=${mailbox.id}${query}`, bytes, BYTES);
  if (made.status !== 201) return made.body;
  await owner.request('POST', `/imports/${made.body.id}/run`, {});
  await round();
  return (await owner.request('GET', `/imports/${made.body.id}`)).body;
}

test('lines that begin with From part nothing unless they are a postmark, and get their own beginning back', () => {
  const first = messageAt(Buffer.from(MBOX), 0)!;
  expect(first.raw.toString()).toContain('\nFrom the shop I have a kettle.\nFrom here on it leaks.');
  expect(messageAt(Buffer.from(MBOX), first.next)!.raw.toString()).toMatch(/^From: support@desk\.test/);
});

test('old mail becomes history: its dates, both sides in one ticket, closed, and nobody hears of it', async () => {
  const app = await testApp();
  await app.owner.request('PATCH', `/mailboxes/${(await app.owner.request('GET', '/mailboxes')).body.items[0].id}`, { acknowledge: true });
  const done = await bring(app.owner, app.due.round, '', Buffer.from(MBOX));
  expect(done).toMatchObject({ state: 'done', rows: 4, created: 2, updated: 2, failed: 0 });

  const { body: { items: tickets } } = await app.owner.request('GET', '/tickets?status=all&q=kettle');
  const ours = tickets.find(({ customer }: { customer: { email: string } }) => customer.email === 'maria@example.org');
  expect(ours).toMatchObject({ status: 'closed', subject: 'Kettle', createdAt: '2024-01-05T10:00:00.000Z', lastMessageAt: '2024-01-06T10:00:00.000Z' });
  const { body: { items: entries } } = await app.owner.request('GET', `/tickets/${ours.id}/entries`);
  expect(entries.map(({ direction, createdAt }: { direction: string; createdAt: string }) => [direction, createdAt]).toSorted((a: string[], b: string[]) => (a[1]! < b[1]! ? -1 : 1))).toEqual([
    ['in', '2024-01-05T10:00:00.000Z'], ['out', '2024-01-05T11:00:00.000Z'], ['in', '2024-01-06T10:00:00.000Z'],
  ]);
  expect((await app.owner.request('GET', '/outbox')).body.items).toEqual([]);
  const told = await app.db.owner.selectFrom('events').select('type').where('ticket_id', 'is not', null).execute();
  expect(told).toEqual([]);
  expect(await app.db.owner.selectFrom('sla_sheets').select('ticket_id').execute()).toEqual([]);
  expect(await app.db.owner.selectFrom('queue_tickets').select('ticket_id').execute()).toEqual([]);
});

test('the same mailbox again adds nothing, is put away as a whole, and comes back as a whole', async () => {
  const app = await testApp();
  const tickets = async () => (await app.owner.request('GET', '/tickets?status=all')).body.items.length;
  const first = await bring(app.owner, app.due.round, '', Buffer.from(MBOX));
  expect(await bring(app.owner, app.due.round, '', Buffer.from(MBOX))).toMatchObject({ created: 0, updated: 0, same: 4 });
  await app.owner.request('POST', `/imports/${first.id}/undo`);
  await app.due.round();
  expect(await tickets()).toBe(0);
  expect(await bring(app.owner, app.due.round, '', Buffer.from(MBOX))).toMatchObject({ created: 2, same: 2 });
  expect(await tickets()).toBe(2);
});

test('a file of the server is one in the directory that the operator named, and none outside', async () => {
  const importDir = mkdtempSync(join(tmpdir(), 'rapport-import-'));
  writeFileSync(join(importDir, 'old.mbox'), MBOX);
  symlinkSync('/etc/hostname', join(importDir, 'away'));
  const app = await testApp({ settings: { importDir } });
  expect(await bring(app.owner, app.due.round, '&path=old.mbox')).toMatchObject({ state: 'done', created: 2 });
  for (const path of ['../etc/hostname', '/etc/hostname', 'away', 'nothing', '.']) expect((await bring(app.owner, app.due.round, `&path=${encodeURIComponent(path)}`)).code, path).toBe('import.no_such_file');
  expect((await bring(app.owner, app.due.round, '', Buffer.from('no mailbox'))).code).toBe('import.no_mbox');
});

test('the mailbox file goes when its mail is in, and with what is redacted of a half-read one', async () => {
  const app = await testApp();
  const card = '4111111111111111';
  const mbox = (more: string) => Buffer.from(letter('one', 'maria@example.org', 'support@desk.test', 'Fri, 05 Jan 2024 10:00:00 +0000', `It is ${card}.${more}`));
  const files = async () => (await app.db.owner.selectFrom('blobs').select('bytes').execute()).filter((row) => row.bytes?.toString('latin1').startsWith('From ')).length;
  expect(await bring(app.owner, async () => undefined, '', mbox(''))).toMatchObject({ state: 'running' });
  expect(await files()).toBe(1);
  await app.due.round();
  expect(await files()).toBe(0);

  const half = await bring(app.owner, async () => undefined, '', mbox(' More.'));
  await app.owner.request('DELETE', `/imports/${half.id}/run`);
  // As if it had brought the ticket in before it was stopped.
  await app.db.owner.updateTable('import_keys').set({ import_id: half.id }).execute();
  expect(await files()).toBe(1);
  const { body: { items: [ticket] } } = await app.owner.request('GET', '/tickets?status=all');
  const { body: { items: [entry] } } = await app.owner.request('GET', `/tickets/${ticket.id}/entries`);
  expect((await app.owner.request('POST', `/tickets/${ticket.id}/entries/${entry.id}/redactions`, { passages: [card] })).status).toBe(201);
  expect(await files()).toBe(0);
  expect((await app.owner.request('GET', `/imports/${half.id}`)).body).toMatchObject({ state: 'failed', error: expect.stringContaining('redacted') });
});
