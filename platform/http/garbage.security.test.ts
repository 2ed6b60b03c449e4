import { connect } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { oneAppForAll, testApp } from '../../testing/test-app.ts';
import { encodeCursor } from './cursor.ts';

oneAppForAll();

const ID = '01900000-0000-7000-8000-000000000000';

test('a bent cursor is refused on every list, and never reaches the database', async () => {
  const app = await testApp();
  const { owner } = app;
  const ticket = (await owner.request('POST', '/tickets', { subject: 's', channel: 'phone', customer: { phone: '+359881234567' }, text: 'x' })).body;
  const lists = [
    '/tickets?', '/tickets?sort=updated&', '/customers?', `/tickets/${ticket.id}/entries?`, `/customers/${ticket.customer.id}/notes?`,
    `/customers/${ticket.customer.id}/timeline?`, '/sessions?', '/tokens?', '/email/ledger?', '/email/quarantine?', '/outbox?', '/mailboxes?',
  ];
  const byName = ['/saved-replies?', '/people?', '/teams?'];
  const bent = [['a', 'b'], [1, 'b'], [1.5, ID], [1e300, ID], ['2026-01-01T00:00:00.000Z', 'x'], ['999999-01-01', ID], ['2026-99-99T00:00:00Z', ID], ['a\u0000', 'b'], ['\ud800', 'b'], [null, ID], []];
  for (const list of [...lists, ...byName]) {
    // A name may be anything that is text.
    for (const values of byName.includes(list) ? bent.filter(([name, id]) => id !== ID || typeof name !== 'string') : bent) {
      const { status, body } = await owner.request('GET', `${list}cursor=${encodeCursor(values as string[])}`);
      expect([status, body.code], `${list} ${JSON.stringify(values)}`).toEqual([400, 'request.bad_cursor']);
    }
  }
  for (const at of ['9999-99-99 99:99:99+00', '999999-01-01 00:00:00+00']) {
    const cursor = Buffer.from(`w|${at}|${ID}`).toString('base64url');
    expect((await owner.request('GET', `/tickets?q=x&cursor=${cursor}`)).status, at).toBe(400);
  }
});

test('answers say how much may be asked in this minute, and to everybody their own', async () => {
  const app = await testApp();
  const other = await app.person('agent', { of: app.owner });
  const left = async (who = app.owner, path = '/me') => {
    const { headers } = await who.request('GET', path);
    const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => Number(headers[`ratelimit-${name}`]));
    expect([limit! > remaining!, reset! >= 0, reset! <= 60]).toEqual([true, true, true]);
    return remaining;
  };
  const first = await left();
  expect([await left(), await left(app.owner, '/tickets?limit=0'), await left(app.owner, `/tickets/${ID}`)]).toEqual([first! - 1, first! - 2, first! - 3]);
  expect(await left(other)).toBe(first);
});

test('a parameter that is left empty is one that is left out', async () => {
  const { owner } = await testApp();
  const ticket = (await owner.request('POST', '/tickets', { subject: 's', channel: 'phone', customer: { phone: '+359881234567' }, text: 'x' })).body;
  for (const list of ['/tickets?status=&q=&limit=&cursor=', `/tickets/${ticket.id}/entries?limit=&cursor=`, '/customers?q=&cursor=', '/email/ledger?limit=&cursor=&state=']) {
    const { status, body } = await owner.request('GET', list);
    expect([status, body.nextCursor], list).toEqual([200, null]);
  }
  expect((await owner.request('POST', '/uploads?name=', {})).status).toBe(400);
  // An address that a script forgot to fill in means none of what there is.
  for (const [method, path] of [['POST', '/email/inbound?mailbox='], ['DELETE', '/drafts/new?ticket=']] as const) {
    expect((await owner.request(method, path)).status, path).toBe(400);
  }
});

test('NUL and halves of surrogate pairs are refused wherever a text is taken', async () => {
  const app = await testApp();
  const { owner } = app;
  const ticket = (await owner.request('POST', '/tickets', { subject: 's', channel: 'phone', customer: { email: 'maria@example.org' }, text: 'x' })).body;
  for (const bad of ['\u0000', '\ud800', 'a\ud83d', '\udc00b']) {
    for (const [method, path, body] of [
      ['PUT', `/drafts/reply?ticket=${ticket.id}`, { html: bad }], ['POST', `/tickets/${ticket.id}/replies`, { text: bad }], ['POST', `/tickets/${ticket.id}/notes`, { html: `<p>${bad}</p>` }],
      ['PATCH', `/tickets/${ticket.id}`, { subject: `${bad}s` }], ['PATCH', `/tickets/${ticket.id}`, { tags: [`${bad}t`] }], ['POST', '/saved-replies', { name: 'x', variants: { en: bad } }],
      ['POST', '/mailboxes', { address: 'm@x.test', acknowledgement: { en: { subject: bad, text: 'b' } } }], ['POST', '/teams', { name: 'x', [bad]: 'y' }],
    ] as const) {
      const answer = await owner.request(method, path, body);
      expect([answer.status, answer.body.code], `${JSON.stringify(bad)} ${method} ${path}`).toEqual([400, 'request.bad_text']);
    }
  }
  // Whole pairs, also when escaped, and talk about escapes are texts like any other.
  const fine = await owner.request('POST', `/tickets/${ticket.id}/notes`, Buffer.from('{"text":"\\ud83d\\ude00 and \\\\u0000"}') as never, { 'content-type': 'application/json' });
  expect(fine.body.text).toBe('😀 and \\u0000');
});

test('what is not a request at all is answered in the usual shape, and says nothing of the inside', async () => {
  const app = await testApp();
  for (const path of ['/%zz', '/tickets/%E0%A4%A', `/content/${'a'.repeat(700)}`]) {
    const { status, headers, body } = await app.request('GET', path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body.code).toMatch(/^request\./);
  }
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.http.server.address() as AddressInfo;
  for (const [sent, status] of [
    ['GARBAGE\r\n\r\n', 400], [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431], ['GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n', 400],
    ['POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /', 400],
  ] as const) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(sent);
    const answer = await text(socket);
    expect(answer, JSON.stringify(sent.slice(0, 30))).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('Content-Type: application/problem+json');
  }
});
