import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

type Found = { id: string; passage: { text: string; marks: [number, number][]; fileName: string | null } | null };

test('tickets are found by what their files say, with the place in the file, until it is withdrawn, moved along or redacted', async () => {
  const app = await testApp();
  const { owner } = app;
  const ticket = async (subject: string) => (await owner.request('POST', '/tickets', { subject, channel: 'phone', customer: { phone: '+359881234567', name: 'Maria' }, text: 'rang' })).body.id as string;
  const attach = async (to: string, name: string, bytes: Buffer) => {
    const { body } = await owner.request('POST', `/uploads?name=${name}`, bytes, { 'content-type': 'application/octet-stream' });
    return (await owner.request('POST', `/tickets/${to}/notes`, { text: 'see the file', attachmentIds: [body.id] })).body.id as string;
  };
  const find = async (q: string): Promise<Found[]> => {
    await app.due.round();
    return (await owner.request('GET', `/search?type=ticket&q=${encodeURIComponent(q)}`)).body.items;
  };
  const ids = async (q: string) => (await find(q)).map(({ id }) => id);
  const [first, second] = [await ticket('Certificate'), await ticket('Lid')];
  const noteId = await attach(first, 'warranty.pdf', await readFile(new URL('../../../platform/documents/fixtures/browser.pdf', import.meta.url)));
  await attach(second, 'card.txt', Buffer.from('The card is 4111 1111 1111 1111, thermostat broken.'));
  await attach(second, 'photo.png', Buffer.from('thermolux'));

  const [found] = await find('thermolux 3000');
  expect(found).toMatchObject({ id: first, passage: { fileName: 'warranty.pdf', text: expect.stringContaining('Model Thermolux 3000') } });
  expect(found!.passage!.marks.map(([from, to]) => found!.passage!.text.slice(from, to))).toEqual(['Thermolux', '3000']);
  for (const [q, expected] of [['гаранция', [first]], ['has:attachment thermostat', [second]], ['"thermostat broken"', [second]], ['thermostat lid', [second]], ['-has:attachment thermolux', []], ['thermolux from:maria', [first]]] as const) expect(await ids(q), q).toEqual(expected);
  expect((await (await app.otherWorkspace()).request('GET', '/search?q=thermolux')).body.items).toEqual([]);

  // An entry that becomes a ticket of its own takes its file along; so do merges.
  const split = (await owner.request('POST', `/tickets/${first}/splits`, { entryIds: [noteId] })).body;
  const splitId = (await find('thermolux')).map(({ id }) => id)[0];
  expect(splitId, JSON.stringify(split)).not.toBe(first);
  await owner.request('POST', `/tickets/${splitId}/merges`, { into: second });
  expect(await ids('thermolux')).toEqual([second]);

  // What cannot be struck out of a file is not shown by its words any more.
  const { items } = (await owner.request('GET', `/tickets/${second}/entries`)).body as { items: { id: string; type: string }[] };
  expect((await owner.request('POST', `/tickets/${second}/entries/${items.find(({ type }) => type === 'call')!.id}/redactions`, { passages: ['rang'], reason: 'private' })).status).toBeLessThan(300);
  expect(await ids('thermolux')).toEqual([]);
});

test('a file whose reading was begun three times and never ended is let be', async () => {
  const app = await testApp();
  const { owner } = app;
  const { body: { id } } = await owner.request('POST', '/tickets', { subject: 'Lid', channel: 'phone', customer: { phone: '+359881234567', name: 'Maria' }, text: 'rang' });
  for (const name of ['once.txt', 'thrice.txt']) {
    const { body } = await owner.request('POST', `/uploads?name=${name}`, Buffer.from(`thermolux ${name}`), { 'content-type': 'application/octet-stream' });
    expect((await owner.request('POST', `/tickets/${id}/notes`, { text: 'see the file', attachmentIds: [body.id] })).status).toBe(201);
  }
  // As if the process had gone with it.
  await app.db.owner.updateTable('attachments').set({ words_tries: 3 }).where('name', '=', 'thrice.txt').execute();
  await app.due.round();
  const found = async (q: string) => (await owner.request('GET', `/search?type=ticket&q=${q}`)).body.items.length as number;
  expect(await found('thermolux+once')).toBe(1);
  expect(await found('thermolux+thrice')).toBe(0);
  expect(await app.db.owner.selectFrom('attachments').select(['name', 'words_due']).orderBy('name').execute()).toEqual([{ name: 'once.txt', words_due: false }, { name: 'thrice.txt', words_due: false }]);
});
