import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { mailDesk } from '../../../../testing/mail-desk.ts';

const CARD = '4111 1111 1111 1111';
const SPELLINGS = [CARD, '4111111111111111', '4111-1111-1111-1111', '٤١١١ ١١١١ ١١١١ ١١١١'];

type Desk = Awaited<ReturnType<typeof mailDesk>>;

/** Every row of every table as text, what is stored as bytes included. */
async function everything({ db, dataDir }: Pick<Desk, 'db' | 'dataDir'>): Promise<Map<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname in ('public')`.execute(db.owner);
  const found = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await sql<{ line: string }>`select to_jsonb(t)::text as line from ${sql.table(name)} t`.execute(db.owner);
    found.set(name, rows.map(({ line }) => line).join('\n'));
  }
  const { rows: blobs } = await sql<{ bytes: Buffer | null }>`select bytes from blobs`.execute(db.owner);
  found.set('bytes of blobs', blobs.map(({ bytes }) => readable(bytes ?? Buffer.alloc(0))).join('\n'));
  const root = join(dataDir, 'files');
  for (const path of filesUnder(root)) found.set(path, readable(readFileSync(path)));
  return found;
}

/** With its base64 and quoted-printable parts in plain as well. */
function readable(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  const parts = text.split(/\r?\n\r?\n|\r?\n--[^\r\n]*\r?\n/).filter((part) => /^[A-Za-z0-9+/=\r\n]+$/.test(part)).map((part) => Buffer.from(part, 'base64').toString('utf8'));
  const quoted = text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return [bytes.toString('utf8'), quoted, Buffer.from(quoted, 'latin1').toString('utf8'), ...parts].join('\n');
}

const filesUnder = (root: string): string[] => {
  try {
    return readdirSync(root, { recursive: true }).map((name) => join(root, String(name))).filter((path) => statSync(path).isFile());
  } catch { return []; }
};

const hitsIn = (places: Map<string, string>, wanted: readonly string[]): string[] =>
  [...places].flatMap(([place, text]) => (wanted.some((one) => text.includes(one)) || /'?4111'?:\d/.test(place === 'search_documents' ? text : '') ? [place] : []));

test('a card number that is redacted can still be found in the database or among the files', async () => {
  const desk = await mailDesk();
  const big = Buffer.alloc(1_200_000, 'x');
  await desk.send({
    from: 'Ana <ana@home.test>', to: 'support@shop.test', subject: `Card ${CARD}`,
    text: `Hello, I paid with ${CARD}.\n\nOn Monday you wrote:\n> is it 4111-1111-1111-1111?\n`,
    html: `<p>Hello, I paid with <b>4111</b>&nbsp;1111 <i>1111</i> 1111.</p><p>عربي ٤١١١ ١١١١ ١١١١ ١١١١</p><blockquote>is it 4111-1111-1111-1111?</blockquote>`,
    attachments: [{ filename: `card ${CARD}.txt`, content: `number;4111111111111111\n`, contentType: 'text/plain' }, { filename: 'passport.bin', content: Buffer.concat([big, Buffer.from('PASSPORT-CANARY')]), contentType: 'application/octet-stream' }],
  });
  const [ticket] = await desk.tickets();
  const id = ticket!.id;
  const [entry] = await desk.entries(id);
  // Copies of all kinds: an answer that quotes it, a draft, an answer kept for a repetition, a new name, a forward.
  await desk.owner.request('PATCH', `/tickets/${id}`, { subject: `About ${CARD}` }, { 'idempotency-key': 'one' });
  await desk.owner.request('PATCH', `/tickets/${id}`, { subject: `Still ${CARD}` });
  await desk.owner.request('POST', `/tickets/${id}/notes`, { text: `they say ${CARD}` }, { 'idempotency-key': 'two' });
  await desk.owner.request('PUT', `/drafts/reply?ticket=${id}`, { html: `<p>your ${CARD}</p>` }, { 'idempotency-key': 'three' });
  await desk.owner.request('POST', `/tickets/${id}/forwards`, { text: 'look', to: ['bank@bank.test'], entryId: entry.id });
  await desk.owner.request('POST', '/commitments', { ticketId: id, what: `We pay back to ${CARD}`, dueAt: new Date(desk.now().getTime() + 86_400_000).toISOString() }, { 'idempotency-key': 'five' });
  const { body: aside } = await desk.owner.request('POST', `/tickets/${id}/asides`, { subject: `Card ${CARD}`, to: ['bank@pay.test'], text: `Is ${CARD} known?` }, { 'idempotency-key': 'six' });
  desk.passMachine(11);
  await desk.sender.sendDue();
  const sent = desk.sink.received.find(({ to }) => to.includes('bank@pay.test'))!.mail;
  await desk.send({ from: `${CARD} <bank@pay.test>`, to: 'support@shop.test', subject: sent.subject!, inReplyTo: sent.messageId!, text: `Yes: ${CARD}`, attachments: [{ filename: `card ${CARD}.txt`, content: `${CARD} too`, contentType: 'text/plain' }] });
  // A field's values stay where they are when it is removed.
  for (const key of ['paid_by', 'removed']) {
    const field = (await desk.owner.request('POST', '/fields', { subject: 'ticket', key, type: 'text', names: { en: key } })).body;
    expect((await desk.owner.request('PATCH', `/tickets/${id}`, { fields: { [key]: `by ${CARD}` } })).status).toBe(200);
    if (key === 'removed') await desk.owner.request('DELETE', `/fields/${field.id}`);
  }
  await desk.answer(id, 'Thank you.');
  expect(hitsIn(await everything(desk), SPELLINGS)).toEqual(expect.arrayContaining([
    'tickets', 'entries', 'entry_html', 'events', 'drafts', 'outbox', 'inbound_messages', 'idempotency_keys', 'bytes of blobs', 'attachments', 'search_documents', 'commitments', 'asides', 'aside_messages', 'aside_people',
  ]));
  expect(hitsIn(await everything(desk), ['PASSPORT-CANARY', Buffer.from('PASSPORT-CANARY').toString('base64').slice(4, 16)]).length).toBeGreaterThan(0);

  const passport = entry.attachments.find(({ name }: { name: string }) => name === 'passport.bin');
  const done = await desk.owner.request('POST', `/tickets/${id}/entries/${entry.id}/redactions`, { passages: ['4111111111111111'], attachmentIds: [passport.id], reason: 'a card of the customer' }, { 'idempotency-key': 'four' });
  expect(done).toMatchObject({ status: 201, body: { attachments: 3, unsearched: [] } });
  expect((await desk.owner.request('GET', `/asides/${aside.id}/messages`)).body.items).toMatchObject([{ text: 'Is ████ known?' }, { text: 'Yes: ████', attachments: [{ name: 'card ████.txt' }] }]);

  const left = await everything(desk);
  expect(hitsIn(left, SPELLINGS)).toEqual([]);
  expect(hitsIn(left, ['PASSPORT-CANARY'])).toEqual([]);
  expect((await desk.owner.request('GET', '/tickets?q=4111111111111111')).body.items).toEqual([]);

  const [after] = await desk.entries(id);
  expect(after).toMatchObject({ text: expect.stringContaining('I paid with ████.'), attachments: [{ name: 'card ████.txt' }] });
  const raw = await desk.owner.request('GET', after.rawUrl);
  expect(raw.status).toBe(200);
  expect(String(raw.body)).toContain('X-Rapport-Redacted');
  const events = (await desk.owner.request('GET', `/tickets/${id}/entries`)).body.items.filter((one: { event: { type: string } | null }) => one.event?.type === 'entry.redacted');
  expect(events).toMatchObject([{ author: { id: desk.owner.id }, event: { data: { reason: 'a card of the customer' } } }]);
});

test('what was split off before, or from where it was, keeps what is redacted', async () => {
  const desk = await mailDesk();
  for (const from of ['source', 'target']) {
    await desk.send({ from: 'ana@home.test', to: 'support@shop.test', subject: `Card ${CARD} ${from}`, text: `It is ${CARD}, and another matter.` });
    const source = (await desk.tickets()).find(({ subject }) => subject.endsWith(from))!;
    const note = (await desk.owner.request('POST', `/tickets/${source.id}/notes`, { text: `they say ${CARD}` })).body;
    const [entry] = await desk.entries(source.id);
    const { ticketId: target } = (await desk.owner.request('POST', `/tickets/${source.id}/splits`, { entryIds: [entry.id] })).body;
    const [id, of] = from === 'source' ? [source.id, note.id] : [target, entry.id];
    expect((await desk.owner.request('POST', `/tickets/${id}/entries/${of}/redactions`, { passages: [CARD] })).status).toBe(201);
    expect(hitsIn(await everything(desk), SPELLINGS), from).toEqual([]);
    expect((await desk.entries(target))[0]).toMatchObject({ text: 'It is ████, and another matter.' });
  }
});

test('a repeated request brings back what was redacted, or does it again', async () => {
  const desk = await mailDesk();
  await desk.send({ from: 'ana@home.test', to: 'support@shop.test', subject: 'Hello', text: `It is ${CARD}` });
  const [ticket] = await desk.tickets();
  const [entry] = await desk.entries(ticket!.id);
  const note = () => desk.owner.request('POST', `/tickets/${ticket!.id}/notes`, { text: `they say ${CARD}` }, { 'idempotency-key': 'same' });
  await note();
  await desk.owner.request('POST', `/tickets/${ticket!.id}/entries/${entry.id}/redactions`, { passages: [CARD] });
  expect((await note()).status).toBe(422);
  expect(hitsIn(await everything(desk), SPELLINGS)).toEqual([]);
});

test('a hash of what is taken out stays behind, from which it can be guessed', async () => {
  const desk = await mailDesk();
  await desk.send({ from: 'ana@home.test', to: 'support@shop.test', subject: 'Hello', text: `It is ${CARD}` });
  const [ticket] = await desk.tickets();
  const [entry] = await desk.entries(ticket!.id);
  const path = `/tickets/${ticket!.id}/entries/${entry.id}/redactions`;
  expect((await desk.owner.request('POST', path, { passages: [CARD] }, { 'idempotency-key': 'one' })).status).toBe(201);
  const { rows } = await sql<{ fingerprint: string }>`select fingerprint from idempotency_keys where key = 'one'`.execute(desk.db.owner);
  const withoutBody = createHash('sha256').update(`POST /api/v1${path} all\n`).update('null').digest('base64url');
  expect(rows, 'of the address alone').toEqual([{ fingerprint: withoutBody }]);
});

test('somebody who may only read, or who works elsewhere, takes things out', async () => {
  const desk = await mailDesk();
  await desk.send({ from: 'ana@home.test', to: 'support@shop.test', subject: 'Hello', text: `It is ${CARD}` });
  const [ticket] = await desk.tickets();
  const [entry] = await desk.entries(ticket!.id);
  const path = `/tickets/${ticket!.id}/entries/${entry.id}/redactions`;
  const colleague = await desk.person('colleague', { of: desk.owner });
  expect((await colleague.request('POST', path, { passages: [CARD] })).status).toBe(403);
  const other = await desk.otherWorkspace();
  expect((await other.request('POST', path, { passages: [CARD] })).status).toBe(404);
  expect((await desk.owner.request('POST', path, { passages: [] })).status).toBe(400);
  expect((await desk.entries(ticket!.id))[0].text).toContain(CARD);
});
