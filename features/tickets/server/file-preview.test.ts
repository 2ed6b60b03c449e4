import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

const photo = await readFile(new URL('../../../platform/pictures/fixtures/photo.heic', import.meta.url));

async function desk() {
  const app = await testApp();
  const { body: { id } } = await app.owner.request('POST', '/tickets', { subject: 'Lid', channel: 'phone', customer: { phone: '+359881234567', name: 'Maria' }, text: 'rang' });
  const attach = async (name: string, contentType: string, bytes: Buffer): Promise<string> => {
    const { body } = await app.owner.request('POST', `/uploads?name=${name}&contentType=${contentType}`, bytes, { 'content-type': 'application/octet-stream' });
    const { body: note } = await app.owner.request('POST', `/tickets/${id}/notes`, { text: 'see', attachmentIds: [body.id] });
    return note.attachments[0].url;
  };
  const tries = () => app.db.owner.selectFrom('file_previews').select(['tries', 'bytes']).execute();
  const look = async (url: string) => app.http.inject({ url: `${url}/preview` });
  return { ...app, id: id as string, attach, tries, look };
}

test('a photo of a telephone is shown as a JPEG, made once, by the right to the file and no other', async () => {
  const d = await desk();
  const url = await d.attach('IMG_1.HEIC', 'image/heic', photo);
  const answers = await Promise.all([d.look(url), d.look(url)]);
  for (const { statusCode, headers, rawPayload } of answers) {
    expect([statusCode, rawPayload.subarray(0, 3).toString('hex')]).toEqual([200, 'ffd8ff']);
    expect(headers).toMatchObject({ 'content-type': 'image/jpeg', 'content-disposition': expect.stringContaining('inline'), 'x-content-type-options': 'nosniff', 'content-security-policy': expect.stringContaining('sandbox') });
  }
  expect((await d.tries()).map(({ tries }) => tries), 'made once').toEqual([1]);
  expect((await d.look(url)).rawPayload).toEqual(answers[0]!.rawPayload);
  expect((await d.tries())[0]!.tries).toBe(1);

  expect((await d.look(`${url}x`)).statusCode).toBe(404);
  expect((await d.look(await d.attach('card.png', 'image/png', photo))).statusCode, 'browsers draw these themselves').toBe(404);
  expect((await d.look(await d.attach('IMG_2.heic', 'application/octet-stream', photo))).statusCode, 'sent without saying what it is').toBe(200);
  d.passMachine(14 * 3_600);
  expect((await d.look(url)).statusCode, 'the link has run out').toBe(404);
}, 60_000);

test('what is no photo is tried three times and no more; what is redacted is not shown by its picture', async () => {
  const d = await desk();
  const lie = await d.attach('lie.heic', 'image/heic', Buffer.from('no photo'));
  for (let n = 0; n < 5; n++) expect((await d.look(lie)).statusCode).toBe(404);
  expect(await d.tries()).toEqual([{ tries: 3, bytes: null }]);

  const url = await d.attach('passport.heic', 'image/heic', photo);
  expect((await d.look(url)).statusCode).toBe(200);
  const { items } = (await d.owner.request('GET', `/tickets/${d.id}/entries`)).body as { items: { id: string; attachments: { id: string; name: string }[] }[] };
  const entry = items.find(({ attachments }) => attachments.some(({ name }) => name === 'passport.heic'))!;
  expect((await d.owner.request('POST', `/tickets/${d.id}/entries/${entry.id}/redactions`, { attachmentIds: [entry.attachments[0]!.id], reason: 'private' })).status).toBe(201);
  expect((await d.look(url)).statusCode).toBe(404);
  expect((await d.tries()).filter(({ bytes }) => bytes !== null), 'gone with its bytes').toEqual([]);
}, 60_000);
