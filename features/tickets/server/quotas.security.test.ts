import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { oneAppForAll, testApp, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

const upload = (who: Member) => who.request('POST', '/uploads?name=a.bin', Buffer.from('x'), { 'content-type': 'application/octet-stream' });

test('files that nobody sends do not fill the disk: a person has so much of them in a day, and so has a workspace', async () => {
  const app = await testApp();
  const [agent, other] = [await app.person('agent', { of: app.owner }), await app.person('agent', { of: app.owner })];
  expect((await upload(agent)).status).toBe(201);
  const grow = (who: Member, megabytes: number) => sql`update attachments set size = ${megabytes * 1024 * 1024} where uploaded_by = ${who.id} and entry_id is null`.execute(app.db.owner);
  await grow(agent, 1_000);
  expect((await upload(agent))).toMatchObject({ status: 429, body: { code: 'upload.too_much_today' } });
  expect((await upload(other)).status, 'somebody else').toBe(201);
  await grow(other, 9_000);
  expect((await upload(app.owner))).toMatchObject({ status: 429, body: { code: 'upload.too_much_today' } });
  app.passMachine(86_400);
  const atOnce = async (who: Member): Promise<number[]> => {
    const file = Buffer.alloc(900 * 1024);
    return (await Promise.all(Array.from({ length: 6 }, () => who.request('POST', '/uploads?name=a.bin', file, { 'content-type': 'application/octet-stream' })))).map(({ status }) => status).toSorted((one, other) => one - other);
  };
  const late = await app.person('agent', { of: app.owner });
  expect((await upload(late)).status).toBe(201);
  await grow(late, 999);
  expect(await atOnce(late), 'many at once').toEqual([201, 429, 429, 429, 429, 429]);
  expect((await upload(agent)).status, 'the next day').toBe(201);
});

test('lists do not leave the house without end', async () => {
  const app = await testApp();
  const lead = await app.person('lead', { of: app.owner });
  const answers: number[] = [];
  for (let n = 0; n < 22; n++) answers.push((await lead.request('GET', '/tickets.csv?status=all')).status);
  expect(answers).toEqual([...Array<number>(20).fill(200), 429, 429]);
  expect((await lead.request('GET', '/tickets.csv?status=all'))).toMatchObject({ body: { code: 'export.too_many_today' }, headers: { 'retry-after': expect.anything() } });
  expect((await app.owner.request('GET', '/tickets.csv?status=all')).status).toBe(200);
  const agent = await app.person('agent', { of: app.owner });
  expect((await agent.request('GET', '/tickets.csv?status=all')).status, 'who may not does not count').toBe(403);
});
