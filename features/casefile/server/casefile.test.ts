import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { mailDesk } from '../../../testing/mail-desk.ts';
import type { Member } from '../../../testing/test-app.ts';
import { pdfText } from '../../../platform/documents/pdf.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAKElEQVR42u3NMQEAAAgDoC251Q3hIQQg1QQEBAQEBAQEBAQEBATWgQdPXgABx2l5wwAAAABJRU5ErkJggg==', 'base64');

const HEIC = new URL('../../../platform/pictures/fixtures/photo.heic', import.meta.url);

async function desk() {
  const app = await mailDesk();
  const agent = await app.person('agent', { of: app.owner, name: 'Ana Ilieva' });
  const caseOf = async (who: Member, ticketId: string, query = '') => app.http.inject({ url: `/api/v1/tickets/${ticketId}/case.pdf${query}`, headers: { authorization: `Bearer ${who.token}` } });
  /** What stands there, without its gaps. */
  const words = async (ticketId: string, query = '', who: Member = agent): Promise<string> => {
    const answer = await caseOf(who, ticketId, query);
    expect(answer.statusCode).toBe(200);
    return pdfText(answer.rawPayload, 200_000)!.replaceAll(/\s+/gu, '');
  };
  return { ...app, agent, caseOf, words };
}

test('a case is one document: its head, every word in its order with who and when, its files, and what was merged into it', async () => {
  const d = await desk();
  await d.send({ from: 'Maria Petrova <maria@example.org>', to: 'support@shop.test', subject: 'Broken kettle', text: 'It arrived cracked.', attachments: [{ filename: 'photo.png', content: PNG }] });
  const first = (await d.tickets())[0]!;
  d.pass(60);
  await d.agent.request('POST', `/tickets/${first.id}/replies`, { text: 'A new one leaves today.' });
  await d.agent.request('POST', `/tickets/${first.id}/notes`, { text: 'She called twice.' });
  d.pass(60);
  await d.send({ from: 'boris@example.org', to: 'support@shop.test', subject: 'The kettle of my wife', text: 'Please hurry.' });
  const second = (await d.tickets()).find(({ id }) => id !== first.id)!;
  await d.owner.request('POST', `/tickets/${second.id}/merges`, { into: first.id });

  const text = await d.words(first.id);
  const inOrder = [`#${first.number}Brokenkettle`, 'MariaPetrova<maria@example.org>', 'Itarrivedcracked.', 'File:photo.png', 'AnaIlieva', 'Anewoneleavestoday.', 'Internalnote', 'Shecalledtwice.', 'boris@example.org', 'Pleasehurry.'];
  let from = 0;
  for (const part of inOrder) {
    from = text.indexOf(part, from);
    expect(from, `${part} in its place in ${text}`).toBeGreaterThanOrEqual(0);
  }
  const { body } = await d.agent.request('GET', `/tickets/${first.id}/entries`);
  const file = body.items.flatMap(({ attachments }: { attachments: { sha256: string }[] }) => attachments)[0];
  expect(text).toContain(`SHA-256${file.sha256}`);

  const outside = await d.words(first.id, '?notes=0');
  expect([outside.includes('Shecalledtwice.'), outside.includes('Internalnotesareleftout.'), outside.includes('Pleasehurry.')]).toEqual([false, true, true]);
  const answer = await d.caseOf(d.agent, first.id);
  expect(answer.headers).toMatchObject({ 'content-type': 'application/pdf', 'content-disposition': expect.stringContaining(`attachment; filename="${first.number}.pdf"`), 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' });
  expect(answer.rawPayload.toString('latin1')).toContain('/Subtype /Image');

  // In the language of whoever reads, or another.
  expect(await d.words(first.id, '?language=bg')).toContain('Вътрешнабележка');
  expect(await d.words(first.id, '?language=ar')).toContain('ليمعلا');
});

test('a photo of a telephone is printed as it is seen', async () => {
  const d = await desk();
  await d.send({ from: 'Maria Petrova <maria@example.org>', to: 'support@shop.test', subject: 'Broken kettle', text: 'See.', attachments: [{ filename: 'IMG_1.HEIC', content: await readFile(HEIC), contentType: 'image/heic' }, { filename: 'lie.heic', content: 'no photo', contentType: 'image/heic' }] });
  const answer = await d.caseOf(d.agent, (await d.tickets())[0]!.id);
  expect(answer.rawPayload.toString('latin1').match(/\/Subtype \/Image/gu)).toHaveLength(1);
});

test('who may not read a ticket prints nothing of it, and what was redacted is on no paper', async () => {
  const d = await desk();
  await d.send({ from: 'maria@example.org', to: 'support@shop.test', subject: 'Refund', text: 'My card is 4111 1111 1111 1111, thank you.' });
  const ticket = (await d.tickets())[0]!;
  expect(await d.words(ticket.id)).toContain('4111111111111111');
  expect((await d.caseOf(await d.otherWorkspace(), ticket.id)).statusCode).toBe(404);
  expect((await d.http.inject(`/api/v1/tickets/${ticket.id}/case.pdf`)).statusCode).toBe(401);
  const colleague = await d.person('colleague', { of: d.owner });
  expect((await d.caseOf(colleague, ticket.id)).statusCode).toBe(200);

  const entry = (await d.agent.request('GET', `/tickets/${ticket.id}/entries`)).body.items[0];
  const done = await d.owner.request('POST', `/tickets/${ticket.id}/entries/${entry.id}/redactions`, { passages: ['4111 1111 1111 1111'] });
  expect(done.status, JSON.stringify(done.body)).toBeLessThan(300);
  const text = await d.words(ticket.id);
  expect([text.includes('4111'), text.includes('thankyou')]).toEqual([false, true]);
});
