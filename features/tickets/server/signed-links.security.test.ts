import { expect, test } from 'vitest';
import { createSigner } from '../../../platform/http/signing.ts';
import { testApp } from '../../../testing/test-app.ts';

/** A ticket by mail with a file and HTML, and an agent who has looked at it. */
async function deskWithLinks() {
  const app = await testApp();
  const agent = await app.person('agent', { of: app.owner });
  const raw = ['From: ana@example.org', 'To: support@desk.test', 'Subject: Kettle', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '',
    '--b', 'Content-Type: text/html', '', '<p>It <b>leaks</b>.</p>', '--b', 'Content-Type: text/plain; name=a.txt', 'Content-Disposition: attachment; filename=a.txt', '', 'a file', '--b--', ''].join('\r\n');
  await app.owner.request('POST', '/email/inbound', Buffer.from(raw), { 'content-type': 'message/rfc822' });
  await app.email.settled();
  const ticket = (await agent.request('GET', '/tickets')).body.items[0];
  const links = async (who = agent): Promise<string[]> => (await who.request('GET', `/tickets/${ticket.id}/entries`)).body.items
    .flatMap((entry: { htmlUrl: string | null; attachments: { url: string }[] }) => [entry.htmlUrl, ...entry.attachments.map(({ url }) => url)]).filter((url: string | null) => url !== null);
  return { ...app, agent, ticket, links, open: async (url: string) => (await app.request('GET', url)).status };
}

test('links to files and letters open nothing once the person who got them was deactivated', async () => {
  const d = await deskWithLinks();
  const [links, owners] = [await d.links(), await d.links(d.owner)];
  expect(links).toHaveLength(2);
  for (const url of links) expect(await d.open(url)).toBe(200);
  await d.owner.request('PUT', `/people/${d.agent.id}/deactivation`);
  for (const url of links) expect(await d.open(url), 'whose person is gone').toBe(404);
  for (const url of owners) expect(await d.open(url), 'somebody else').toBe(200);
});

test('no link that opens something lies in an answer that is kept for repetitions', async () => {
  const d = await deskWithLinks();
  const file = await d.agent.request('POST', '/uploads?name=b.txt', Buffer.from('another'), { 'content-type': 'application/octet-stream' });
  const key = { 'idempotency-key': 'once' };
  const [pasted] = await d.links();
  const note = { text: `See here.\n${pasted!.split('/').at(-1)}`, attachmentIds: [file.body.id] };
  const first = await d.agent.request('POST', `/tickets/${d.ticket.id}/notes`, note, key);
  const { url } = first.body.attachments[0];
  expect(await d.open(url)).toBe(200);
  const kept = JSON.stringify((await d.db.owner.selectFrom('idempotency_keys').select('response').where('key', '=', 'once').executeTakeFirstOrThrow()).response);
  for (const token of kept.match(/[\w-]{30,}[.~][\w-]{43}/g) ?? []) expect(await d.open(`/api/v1/files/${token}`), 'taken out of the table').toBe(404);
  expect(kept).not.toContain(url);
  expect(kept).not.toContain(pasted!.split('/').at(-1));
  expect((await d.agent.request('POST', `/tickets/${d.ticket.id}/notes`, note, key)).body, 'a repetition is answered as before').toEqual(first.body);
});

test('nobody has a token signed by writing one that was never signed into an answer', () => {
  const signer = createSigner(Buffer.alloc(32, 7));
  const until = new Date('2027-03-01T12:00:00Z');
  const token = signer.sign(['file', 'a workspace', 'a file'], until);
  expect(signer.unshelve(signer.shelve(`See ${token}.`))).toBe(`See ${token}.`);
  expect(signer.open(signer.shelve(token), until)).toBeNull();
  const [payload, tag] = token.split('.');
  for (const forged of [`${payload}~${tag}`, `${payload}~${'A'.repeat(43)}`, `${payload}.${'A'.repeat(43)}`]) expect(signer.unshelve(forged)).toBe(forged);
});
