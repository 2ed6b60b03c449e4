import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

const FILM = Buffer.from('0123456789');

/** A ticket by mail with a film and a picture in it, and where they are. */
async function desk() {
  const app = await testApp();
  const raw = ['From: ana@example.org', 'To: support@desk.test', 'Subject: Kettle', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '',
    '--b', 'Content-Type: text/plain', '', 'Look.', '--b', 'Content-Type: video/mp4; name=leak.mp4', 'Content-Disposition: attachment; filename=leak.mp4', '', FILM.toString(),
    '--b', 'Content-Type: application/pdf; name=bill.pdf', 'Content-Disposition: attachment; filename=bill.pdf', '', '%PDF-1.4', '--b--', ''].join('\r\n');
  await app.owner.request('POST', '/email/inbound', Buffer.from(raw), { 'content-type': 'message/rfc822' });
  await app.email.settled();
  const [ticket] = (await app.owner.request('GET', '/tickets')).body.items;
  const files = (await app.owner.request('GET', `/tickets/${ticket.id}/entries`)).body.items.flatMap(({ attachments }: { attachments: { name: string; url: string }[] }) => attachments) as { name: string; url: string }[];
  const urlOf = (name: string): string => files.find((file) => file.name === name)!.url;
  return { ...app, urlOf };
}

test('a player that jumps within a film is sent the part it asks for, and of another film all of it', async () => {
  const d = await desk();
  const url = d.urlOf('leak.mp4');
  const ask = async (headers: Record<string, string>) => {
    const { status, headers: said, body } = await d.request('GET', url, undefined, headers);
    return [status, said['content-range'] ?? null, body];
  };
  const whole = await d.request('GET', url);
  expect([whole.status, whole.headers['accept-ranges'], whole.body]).toEqual([200, 'bytes', FILM.toString()]);
  expect(await ask({ range: 'bytes=3-5' })).toEqual([206, 'bytes 3-5/10', '345']);
  expect(await ask({ range: 'bytes=-2' })).toEqual([206, 'bytes 8-9/10', '89']);
  expect((await ask({ range: 'bytes=10-' })).slice(0, 2)).toEqual([416, 'bytes */10']);
  expect(await ask({ range: 'bytes=3-5', 'if-range': String(whole.headers['etag']) })).toEqual([206, 'bytes 3-5/10', '345']);
  expect(await ask({ range: 'bytes=3-5', 'if-range': '"another"' })).toEqual([200, null, FILM.toString()]);
});

test('a film plays on a page of its own that runs nothing but what hears Escape, and belongs to nobody; what is no film has none', async () => {
  const d = await desk();
  const page = await d.request('GET', `${d.urlOf('leak.mp4')}/player`);
  expect([page.status, page.headers['content-type'], page.headers['x-content-type-options'], page.headers['referrer-policy']]).toEqual([200, 'text/html; charset=utf-8', 'nosniff', 'no-referrer']);
  expect(page.headers['content-security-policy']).toMatch(/^sandbox allow-scripts; default-src 'none'; script-src 'sha256-[^ ]+'; .*frame-ancestors 'self'$/);
  expect(page.body).toContain('<video controls');
  const own = new URL(/ src="([^"]+)"/.exec(page.body)![1]!, `http://desk.test${d.urlOf('leak.mp4')}/player`);
  expect(own.pathname).toBe(d.urlOf('leak.mp4'));
  expect((await d.request('GET', `${d.urlOf('bill.pdf')}/player`)).body.code).toBe('file.not_playable');
  d.passMachine(86_400 * 400);
  expect((await d.request('GET', `${d.urlOf('leak.mp4')}/player`)).status).toBe(404);
});
