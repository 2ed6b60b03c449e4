import { expect, test } from 'vitest';
import { oneAppForAll, testApp } from '../../../../testing/test-app.ts';

oneAppForAll();

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

test('one click without cookies ends a kind of mail for an address; looking at the link changes nothing', async () => {
  const d = await testApp();
  const { workspaceId } = d.owner;
  const headers = d.email.unsubscribing.headersFor({ workspaceId, list: 'survey', address: 'Ana@Example.org', language: 'bg' });
  expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  const path = new URL(headers['List-Unsubscribe']!.slice(1, -1)).pathname;
  const out = async (list: string) => [...await d.db.work(workspaceId, (tx) => d.email.unsubscribing.among(tx, workspaceId, list, ['ana@example.org', 'bea@example.org']))];

  const looked = await d.request('GET', path);
  expect(looked).toMatchObject({ status: 200 });
  expect(looked.body).toContain('ana@example.org');
  expect(await out('survey')).toEqual([]);

  for (let i = 0; i < 2; i++) expect((await d.request('POST', path, 'List-Unsubscribe=One-Click' as never, FORM)).status).toBe(200);
  expect(await out('survey')).toEqual(['ana@example.org']);
  expect(await out('news')).toEqual([]);
  expect((await d.request('POST', `${path.slice(0, -1)}x`, 'List-Unsubscribe=One-Click' as never, FORM)).status).toBe(404);
});

test('a mail program may send its click as a form with parts; neither form may be long', async () => {
  const d = await testApp();
  const path = (list: string) => new URL(d.email.unsubscribing.headersFor({ workspaceId: d.owner.workspaceId, list, address: 'ana@example.org', language: 'en' })['List-Unsubscribe']!.slice(1, -1)).pathname;
  const parts = (value: string) => `--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n${value}\r\n--x--\r\n`;
  const post = async (list: string, body: string, type: string) => (await d.request('POST', path(list), body as never, { 'content-type': type })).status;
  expect(await post('survey', parts('One-Click'), 'multipart/form-data; boundary=x')).toBe(200);
  expect([await post('news', parts('x'.repeat(5_000)), 'multipart/form-data; boundary=x'), await post('news', 'x'.repeat(5_000), FORM['content-type'])]).toEqual([413, 413]);
  const out = async (list: string) => [...await d.db.work(d.owner.workspaceId, (tx) => d.email.unsubscribing.among(tx, d.owner.workspaceId, list, ['ana@example.org']))];
  expect([await out('survey'), await out('news')]).toEqual([['ana@example.org'], []]);
});

test('mail to many does not leave without a way out', async () => {
  const d = await testApp();
  const { workspaceId } = d.owner;
  const queue = (headers: Record<string, string>) => d.db.work(workspaceId, (tx) => d.outbox.queue(tx, workspaceId, {
    purpose: 'bulk', messageId: '<b@shop.test>', from: { name: '', address: 'support@shop.test' }, to: [{ name: '', address: 'ana@example.org' }], subject: 'News', text: 'News.', headers, notBefore: new Date(),
  }));
  await expect(queue({})).rejects.toMatchObject({ code: 'mail.no_way_out' });
  await expect(queue(d.email.unsubscribing.headersFor({ workspaceId, list: 'news', address: 'ana@example.org', language: 'en' }))).resolves.toBeDefined();
});
