import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { following } from '../../../testing/following.ts';
import { readsOf } from '../../../testing/plans.ts';
import { provenDesk } from '../../../testing/proven-desk.ts';
import type { Member } from '../../../testing/test-app.ts';
import { unindexed, wordsOfMessages } from './store.ts';

type Found = { id: string; passage: { text: string; marks: [number, number][]; asideId: string | null; entryId: string | null; author: string } | null };

/** A courier has written beside a ticket that the kettle lies in Plovdiv. */
async function desk() {
  const d = await provenDesk();
  const { ticketId } = await d.mail({ from: 'Ana <ana@home.example>', subject: 'My parcel', text: 'Where is my kettle?' });
  const { body: aside } = await d.owner.request('POST', `/tickets/${ticketId}/asides`, { subject: 'Waybill 4711', to: ['parcels@desk.example'], text: 'Where is the thermolux?' });
  d.passMachine(11);
  await d.sender.sendDue();
  const sent = d.sink.received.at(-1)!.mail;
  await d.mail({ from: 'Speedy <parcels@desk.example>', subject: 'Re: Waybill 4711', text: 'It lies in the depot of Plovdiv.', headers: [`In-Reply-To: ${sent.messageId}`] });
  const find = async (q: string, who: Member = d.owner): Promise<Found[]> => (await who.request('GET', `/search?type=ticket&q=${encodeURIComponent(q)}`)).body.items;
  return { ...d, id: ticketId!, aside: aside as { id: string }, find };
}

test('what a courier wrote finds the ticket, with the place; operators, phrases and lists know it too', async () => {
  const d = await desk();
  const [found] = await d.find('plovdiv');
  expect(found).toMatchObject({ id: d.id, passage: { asideId: d.aside.id, entryId: null, author: 'Speedy', text: 'It lies in the depot of Plovdiv.' } });
  expect(found!.passage!.marks.map(([from, to]) => found!.passage!.text.slice(from, to))).toEqual(['Plovdiv']);
  for (const [q, hits] of [['"depot of plovdiv"', 1], ['"plovdiv depot"', 0], ['thermolux', 1], ['waybill', 1], ['speedy', 1], ['plovdiv status:active', 1], ['kettle -plovdiv', 0], ['plovdiv parcel', 1]] as const) {
    expect((await d.find(q)).length, q).toBe(hits);
  }
  expect((await d.owner.request('GET', '/tickets?q=plovdiv')).body.items).toMatchObject([{ id: d.id, snippet: 'It lies in the depot of Plovdiv.', asideId: d.aside.id }]);
  expect((await d.owner.request('GET', '/tickets?q=kettle')).body.items[0], 'an entry is no side conversation').not.toHaveProperty('asideId');
});

test('only those who may read the ticket find it: nobody elsewhere, nobody without the right, not the customer', async () => {
  const d = await desk();
  const [colleague, elsewhere] = [await d.person('colleague', { of: d.owner }), await d.otherWorkspace()];
  const mayRead = (await colleague.request('GET', `/tickets/${d.id}/asides`)).status === 200;
  expect((await d.find('plovdiv', colleague)).length, 'as the conversation itself').toBe(mayRead ? 1 : 0);
  expect(await d.find('plovdiv', elsewhere)).toEqual([]);
  expect((await elsewhere.request('GET', '/tickets?q=plovdiv')).body.items).toEqual([]);
  expect((await d.request('GET', '/search?q=plovdiv')).status).toBe(401);
  const narrow = (await d.owner.request('POST', '/tokens', { name: 'narrow', scopes: ['write'] })).body as { token: string };
  expect((await d.request('GET', '/search?q=plovdiv', undefined, { authorization: `Bearer ${narrow.token}` })).status).toBe(403);
  expect((await d.request('GET', '/help/search?q=plovdiv')).body).not.toContain('depot');
});

test('it goes along with its ticket, and away with what is thrown away, taken back or redacted', async () => {
  const d = await desk();
  const find = async (q: string) => (await d.find(q)).map(({ id }) => id);
  const { ticketId: other } = await d.mail({ from: 'Boris <boris@home.example>', subject: 'Other', text: 'Something else' });
  const { body: merge } = await d.owner.request('POST', `/tickets/${d.id}/merges`, { into: other });
  expect(await find('plovdiv')).toEqual([other]);
  await d.owner.request('DELETE', `/merges/${merge.id}`);
  expect(await find('plovdiv')).toEqual([d.id]);

  const { body: late } = await d.owner.request('POST', `/asides/${d.aside.id}/messages`, { text: 'Send it by pigeon.' });
  expect(await find('pigeon')).toEqual([d.id]);
  await d.owner.request('DELETE', `/asides/${d.aside.id}/messages/${late.id}`);
  expect(await find('pigeon')).toEqual([]);

  await d.owner.request('PUT', `/tickets/${d.id}/deletion`);
  expect([await find('plovdiv'), await find('plovdiv status:trash')]).toEqual([[], [d.id]]);
  await d.owner.request('DELETE', `/tickets/${d.id}/deletion`);

  const entry = (await d.entries(d.id)).find(({ type }) => type === 'message')!;
  expect((await d.owner.request('POST', `/tickets/${d.id}/entries/${entry.id}/redactions`, { passages: ['depot of Plovdiv', 'Waybill'] })).status).toBe(201);
  expect([await find('plovdiv'), await find('waybill'), await find('thermolux')]).toEqual([[], [], [d.id]]);
});

test('what was written before is found after a while, each once; a page of that is read along an index', async () => {
  const d = await desk();
  const forget = sql`delete from search_documents where kind = 'aside'`;
  await forget.execute(d.db.owner);
  await d.db.owner.updateTable('aside_messages').set({ is_indexed: false }).execute();
  expect(await d.find('plovdiv')).toEqual([]);
  await d.due.round();
  expect((await d.find('plovdiv')).map(({ id }) => id)).toEqual([d.id]);
  await forget.execute(d.db.owner);
  await d.due.round();
  expect(await d.find('plovdiv'), 'once').toEqual([]);

  await sql`insert into aside_messages (workspace_id, id, aside_id, direction, author_name, text, quoted, created_at, is_indexed)
    select ${d.owner.workspaceId}::uuid, gen_random_uuid(), ${d.aside.id}::uuid, 'in', '', repeat('word ', 100), '', now(), n % 100 > 0 from generate_series(1, 4000) n`.execute(d.db.owner);
  await sql`analyze aside_messages`.execute(d.db.owner);
  const reads = await readsOf(d.db, d.owner.workspaceId, async (tx) => {
    await unindexed(tx as never, 20);
    await wordsOfMessages(tx, [d.aside.id], 100);
  });
  expect([reads.indexes, reads.walked]).toEqual([['aside_messages_unindexed', 'aside_messages_pkey'], []]);
});

test('the names of their files find the ticket, with which it is; what is mistyped finds what was meant there too', async () => {
  const d = await desk();
  const followed = await following(d, 'search words');
  const { body: file } = await d.owner.request('POST', '/uploads?name=customs-declaration.pdf&contentType=application/pdf', Buffer.from('%PDF-1.4'), { 'content-type': 'application/octet-stream' });
  expect((await d.owner.request('POST', `/asides/${d.aside.id}/messages`, { text: 'As you asked.', attachmentIds: [file.id] })).status).toBe(201);
  expect(await d.find('declaration')).toMatchObject([{ id: d.id, passage: { asideId: d.aside.id, fileName: 'customs-declaration.pdf', text: 'As you asked.', marks: [] } }]);
  await followed();
  for (const [typed, meant] of [['plovdvi', 'plovdiv'], ['thermolx', 'thermolux'], ['wayblil', 'waybill'], ['declaraton', 'declaration']] as const) {
    expect((await d.owner.request('GET', `/search?type=ticket&q=${typed}`)).body, typed).toMatchObject({ items: [{ id: d.id }], correction: { q: meant, isUsed: true } });
  }
  const elsewhere = await d.otherWorkspace();
  expect((await elsewhere.request('GET', '/search?q=plovdvi')).body).toMatchObject({ items: [], correction: null });

  // A file that is taken away leaves nothing of its name behind; what else was written stays.
  const entry = (await d.entries(d.id)).find(({ type }) => type === 'message')!;
  expect((await d.owner.request('POST', `/tickets/${d.id}/entries/${entry.id}/redactions`, { attachmentIds: [file.id], reason: 'private' })).status).toBe(201);
  const { rows } = await sql<{ word: string }>`select word from search_words where word in ('customs', 'declaration', 'plovdiv')`.execute(d.db.owner);
  expect([await d.find('declaration'), rows]).toEqual([[], [{ word: 'plovdiv' }]]);
});
