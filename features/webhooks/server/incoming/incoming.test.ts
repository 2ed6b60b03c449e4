import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { oneAppForAll, testApp } from '../../../../testing/test-app.ts';
import { signatureHeaders } from '../signature.ts';

oneAppForAll();

const MAPPING = { subject: 'Order {/order}', text: '{/what}', email: '{/email}', name: '{/name}', id: '{/event}' };
const ORDER = { order: 7, what: 'It never came', email: 'maria@example.org', name: 'Maria', event: 'ev-1' };

async function desk(given: object = {}) {
  const app = await testApp();
  const { status, body } = await app.owner.request('POST', '/incoming-webhooks', { name: 'Shop', makes: 'ticket', mapping: MAPPING, ...given });
  expect(status).toBe(201);
  const path = (address: string) => address.replace('http://desk.test', '');
  return {
    ...app, id: body.id as string, address: path(body.address as string), path,
    call: (payload: object, headers: Record<string, string> = {}, address = path(body.address as string)) => app.request('POST', address, payload, { 'content-type': 'application/json', ...headers }),
    tickets: async () => (await app.owner.request('GET', '/tickets?status=all&sort=created')).body.items as { id: string; number: number; subject: string; priority: string; tags: string[]; channel: string; customer: { email: string }; waitingSince: string | null }[],
    entries: async (id: string) => (await app.owner.request('GET', `/tickets/${id}/entries`)).body.items as { type: string; text: string; author: { kind: string; name: string }; notice: string | null }[],
    calls: async () => (await app.owner.request('GET', `/incoming-webhooks/${body.id as string}/calls`)).body.items as { errorCode: string | null; givenId: string | null; ticketId: string | null }[],
  };
}

test('what is handed in becomes a ticket, once for each id', async () => {
  const app = await desk({ mapping: { ...MAPPING, priority: 'high', tags: 'shop' } });
  const first = await app.call(ORDER);
  expect(first).toMatchObject({ status: 202, body: { repeated: false } });
  expect((await app.call(ORDER)).body).toEqual({ ...first.body, repeated: true });
  const both = await Promise.all([app.call({ ...ORDER, event: 'ev-2' }), app.call({ ...ORDER, event: 'ev-2' })]);
  expect(both.map(({ body }) => String(body.repeated)).toSorted((a, b) => a.localeCompare(b))).toEqual(['false', 'true']);
  expect(new Set(both.map(({ body }) => body.ticketId)).size).toBe(1);
  // The header is the id when there is one.
  await app.call(ORDER, { 'webhook-id': 'msg_1' });
  const tickets = await app.tickets();
  expect(tickets).toHaveLength(3);
  expect(tickets.at(-1)).toMatchObject({ id: first.body.ticketId, subject: 'Order 7', priority: 'high', tags: ['shop'], channel: 'web', customer: { email: 'maria@example.org' }, waitingSince: '2026-03-02T09:00:00.000Z' });
  expect(await app.entries(first.body.ticketId)).toMatchObject([{ type: 'message', text: 'It never came', notice: 'handed_in:Shop' }]);
});

test('an address in it gets no mail and proves nothing', async () => {
  const app = await desk();
  await app.call(ORDER);
  const { rows } = await sql<{ mails: number }>`select count(*) as mails from outbox`.execute(app.db.owner);
  expect(rows[0]!.mails).toBe(0);
});

test('a note lands on the ticket of its number, and nowhere else', async () => {
  const app = await desk({ makes: 'note', mapping: { text: 'Parcel: {/state}', ticketNumber: '{/ref}' } });
  const { body: ticket } = await app.owner.request('POST', '/tickets', { subject: 'Kettle', channel: 'phone', customer: { phone: '+359881234567' }, text: 'cracked' });
  expect((await app.call({ state: 'lost', ref: `#${ticket.number}` })).body.ticketId).toBe(ticket.id);
  expect((await app.entries(ticket.id)).filter(({ type }) => type === 'note')).toMatchObject([{ text: 'Parcel: lost', author: { kind: 'system', name: 'Shop' } }]);
  expect((await app.call({ state: 'lost', ref: 99_999 })).body.code).toBe('webhook.no_such_ticket');
  expect((await app.call({ ref: ticket.number })).status).toBe(202);
});

test('what lacks something, is no JSON or too large is refused and told in the log', async () => {
  const app = await desk();
  expect((await app.call({ order: 1 })).body.code).toBe('webhook.not_mapped');
  expect((await app.request('POST', app.address, Buffer.from('{oops'), { 'content-type': 'application/json' })).body.code).toBe('webhook.bad_json');
  expect((await app.request('POST', app.address, Buffer.from('{"what":"\\u0000"}'), { 'content-type': 'application/json' })).body.code).toBe('request.bad_text');
  expect((await app.request('POST', app.address, Buffer.alloc(300_000, 32), { 'content-type': 'application/json' })).status).toBe(413);
  expect((await app.request('POST', app.address, Buffer.from('a=1'), { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
  expect((await app.calls()).map(({ errorCode }) => errorCode)).toEqual(['request.bad_text', 'webhook.bad_json', 'webhook.not_mapped']);
  // What was refused is taken once it is mended, under the same id.
  expect((await app.call({ ...ORDER, what: '' })).status).toBe(422);
  expect((await app.call(ORDER)).status).toBe(202);
});

test('where a signature is wanted the address alone is not enough, and an old message comes to nothing', async () => {
  const app = await desk();
  const { body: { secret } } = await app.owner.request('PUT', `/incoming-webhooks/${app.id}/signature`);
  const body = JSON.stringify(ORDER);
  const signed = (at: Date, key = secret as string, text = body) => app.request('POST', app.address, Buffer.from(text), { 'content-type': 'application/json', ...signatureHeaders([key], 'msg_9', at, body) });
  expect((await app.call(ORDER)).body.code).toBe('webhook.bad_signature');
  expect((await signed(new Date(app.machineNow().getTime() - 600_000))).status).toBe(401);
  expect((await signed(app.machineNow(), 'whsec_c29tZSBvdGhlciBzZWNyZXQ=')).status).toBe(401);
  expect((await signed(app.machineNow(), secret, body.replace('never', 'always'))).status).toBe(401);
  expect((await signed(app.machineNow())).status).toBe(202);
  expect((await app.owner.request('DELETE', `/incoming-webhooks/${app.id}/signature`)).status).toBe(204);
  expect((await app.call(ORDER)).status).toBe(202);
});

test('an address that was replaced, switched off or guessed leads nowhere', async () => {
  const app = await desk();
  const { body } = await app.owner.request('POST', `/incoming-webhooks/${app.id}/addresses`);
  expect((await app.call(ORDER)).status).toBe(404);
  expect((await app.call(ORDER, {}, app.path(body.address))).status).toBe(202);
  await app.owner.request('PATCH', `/incoming-webhooks/${app.id}`, { isEnabled: false });
  expect((await app.call(ORDER, {}, app.path(body.address))).status).toBe(404);
  expect((await app.call(ORDER, {}, `/api/v1/incoming/${'x'.repeat(43)}`)).status).toBe(404);
  const other = await app.otherWorkspace();
  expect((await other.request('GET', `/incoming-webhooks/${app.id}`)).status).toBe(404);
  expect(JSON.stringify((await app.owner.request('GET', '/incoming-webhooks')).body)).not.toContain('/incoming/');
});

test('calls are counted, whoever makes them', async () => {
  const app = await desk();
  const answers = await Promise.all(Array.from({ length: 125 }, (_, i) => app.call({ ...ORDER, what: '', event: `e${i}` })));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
  expect(Number(answers.find(({ status }) => status === 429)!.headers['retry-after'])).toBeGreaterThan(0);
});

test('a sample shows what would become of it', async () => {
  const app = await desk();
  const { body } = await app.owner.request('POST', '/incoming-webhooks/previews', { makes: 'ticket', mapping: MAPPING, sample: { ...ORDER, email: 'no address' } });
  expect(body).toMatchObject({ mapped: { subject: 'Order 7', email: null }, problems: [{ field: 'email', code: 'malformed', isFatal: false }, { field: 'email', code: 'missing', isFatal: true }] });
});
