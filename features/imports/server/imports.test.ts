import { expect, test } from 'vitest';
import { oneAppForAll, testApp, type Member } from '../../../testing/test-app.ts';
import type { ImportView } from '../core/contract.ts';

oneAppForAll();

type App = Awaited<ReturnType<typeof testApp>>;
const BYTES = { 'content-type': 'application/octet-stream' };

async function upload(owner: Member, kind: string, text: string | Buffer, query = ''): Promise<ImportView> {
  const { status, body } = await owner.request('POST', `/imports?kind=${kind}&name=file.csv${query}`, Buffer.from(text as string), BYTES);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}
const state = async (owner: Member, id: string): Promise<ImportView> => (await owner.request('GET', `/imports/${id}`)).body;
async function bring(app: App, kind: string, text: string | Buffer, patch: object = {}, query = ''): Promise<ImportView> {
  const { id } = await upload(app.owner, kind, text, query);
  if (Object.keys(patch).length > 0) expect((await app.owner.request('PATCH', `/imports/${id}`, patch)).status).toBe(200);
  const run = await app.owner.request('POST', `/imports/${id}/run`, {});
  expect(run.status, JSON.stringify(run.body)).toBe(202);
  await app.due.round();
  return state(app.owner, id);
}
const names = async (app: App): Promise<string[]> => (await app.owner.request('GET', '/customers?limit=100')).body.items.map(({ name }: { name: string }) => name).toSorted();
const counts = ({ state: how, rows, created, updated, same, failed }: ImportView) => ({ how, rows, created, updated, same, failed });

const TABLE = 'Id;Име;Имейл;Телефон;Карта\n1;Мария Иванова;maria@example.org;+359 88 812 3456;Златна\n2;"Петров; Иван";ivan@example.org;;\n3;Никой;;;\n4;Ана;ana at home;;\n';

test('a table is read as it was written, looked through, and brought in; what fails comes back with why', async () => {
  const app = await testApp();
  await app.owner.request('POST', '/fields', { subject: 'customer', key: 'card', type: 'choice', names: { en: 'Card', bg: 'Карта' }, options: [{ key: 'gold', names: { en: 'Gold', bg: 'Златна' } }] });
  const windows1251 = Buffer.from([...TABLE].map((sign) => { const code = sign.codePointAt(0)!; return code < 0x80 ? code : code - 0x350; }));
  const one = await upload(app.owner, 'customers', windows1251);
  expect(one.options).toMatchObject({ encoding: 'windows-1251', separator: ';', mapping: ['externalId', 'name', 'email', 'phone', 'fields.card'] });
  const { body: preview } = await app.owner.request('GET', `/imports/${one.id}/preview`);
  expect(preview.rows.map(({ fault }: { fault: { code: string } | null }) => fault?.code ?? null)).toEqual([null, null, null, 'bad_address']);

  await app.owner.request('POST', `/imports/${one.id}/run`, { check: true });
  await app.due.round();
  expect(counts(await state(app.owner, one.id))).toEqual({ how: 'checked', rows: 4, created: 3, updated: 0, same: 0, failed: 1 });
  expect(await names(app)).toEqual([]);

  await app.owner.request('POST', `/imports/${one.id}/run`, {});
  await app.due.round();
  expect(counts(await state(app.owner, one.id))).toEqual({ how: 'done', rows: 4, created: 3, updated: 0, same: 0, failed: 1 });
  const { body: { items: [maria] } } = await app.owner.request('GET', '/customers?q=maria@example.org');
  expect(maria).toMatchObject({ name: 'Мария Иванова', fields: { card: 'gold' }, identities: [{ kind: 'email', proven: null }, { kind: 'phone' }] });
  const csv = await app.owner.request('GET', `/imports/${one.id}/faults.csv`);
  expect(csv.body.split('\r\n').slice(0, 2)).toEqual(['\uFEFFId,Име,Имейл,Телефон,Карта,row,column,what is wrong', '4,Ана,ana at home,,,4,email,"""ana"" is no mail address."']);
});

test('the same table again adds nothing, by id or by address; another value fills what is empty, or replaces when asked to', async () => {
  const app = await testApp();
  await bring(app, 'customers', 'id,name,email\n1,Maria,maria@example.org\n,Ivan,ivan@example.org\n');
  expect(counts(await bring(app, 'customers', 'id,name,email\n1,Maria,maria@example.org\n,Ivan,ivan@example.org\n'))).toMatchObject({ created: 0, updated: 0, same: 2 });
  expect(counts(await bring(app, 'customers', 'id,name,email,phone\n1,Maria Ivanova,,+359888123456\n'))).toMatchObject({ created: 0, updated: 1 });
  expect(await names(app)).toEqual(['Ivan', 'Maria']);
  await bring(app, 'customers', 'id,name\n1,Maria Ivanova\n', { overwrite: true });
  expect(await names(app)).toEqual(['Ivan', 'Maria Ivanova']);
  expect(counts(await bring(app, 'customers', 'name,email\nBoth,"maria@example.org, ivan@example.org"\n'))).toMatchObject({ failed: 1, updated: 0 });
});

test('what came in can be taken back, but for what has lived since', async () => {
  const app = await testApp();
  await bring(app, 'customers', 'name,email\nOld,old@example.org\n');
  const one = await bring(app, 'customers', 'name,email,phone\nMaria,maria@example.org,\nIvan,ivan@example.org,\nOld,old@example.org,+359888123456\n');
  expect(counts(one)).toMatchObject({ created: 2, updated: 1 });
  const { body: { items: [ivan] } } = await app.owner.request('GET', '/customers?q=ivan@example.org');
  await app.owner.request('POST', '/tickets', { subject: 'Kettle', channel: 'phone', customerId: ivan.id, text: 'cracked' });

  expect((await app.owner.request('POST', `/imports/${one.id}/undo`)).status).toBe(202);
  await app.due.round();

  expect(await state(app.owner, one.id)).toMatchObject({ state: 'undone', undone: 2, kept: 1 });
  expect(await names(app)).toEqual(['Ivan', 'Old']);
  expect((await app.owner.request('GET', '/customers?q=old@example.org')).body.items[0].identities).toHaveLength(1);
  expect((await app.owner.request('GET', '/customers?q=maria@example.org')).body.items).toEqual([]);
});

test('companies come with their domains, and customers find theirs by name', async () => {
  const app = await testApp();
  const companies = await bring(app, 'companies', 'Company,Domain,VAT\nKettles Ltd,https://www.kettles.example/,BG123\nFree,gmail.com,\n');
  expect(counts(companies)).toMatchObject({ created: 1, failed: 1 });
  const customers = await bring(app, 'customers', 'name,email,company\nMaria,maria@kettles.example,kettles ltd\nIvan,ivan@example.org,Nobody Ltd\n');
  expect(counts(customers)).toMatchObject({ created: 1, failed: 1 });
  const { body: { items: [company] } } = await app.owner.request('GET', '/companies');
  expect(company).toMatchObject({ name: 'Kettles Ltd', domains: ['kettles.example'], vatId: 'BG123' });
  expect((await app.owner.request('GET', `/companies/${company.id}/people`)).body.items).toMatchObject([{ name: 'Maria', how: 'added' }]);
  await app.owner.request('POST', `/imports/${customers.id}/undo`);
  await app.owner.request('POST', `/imports/${companies.id}/undo`);
  await app.due.round();
  expect((await app.owner.request('GET', '/companies')).body.items).toEqual([]);
  expect(counts(await bring(app, 'companies', 'Company,Domain\nKettles Ltd,kettles.example\n'))).toMatchObject({ created: 1 });
});

const OWN = [
  { key: 'since', type: 'date', names: { en: 'Customer since', bg: 'Клиент от' } }, { key: 'debt', type: 'number', names: { en: 'Debt' } },
  { key: 'tier', type: 'choice', names: { en: 'Tier' }, options: [{ key: 'gold', names: { en: 'Gold', bg: 'Златен' } }, { key: 'tin', names: { en: 'Tin' } }] },
  {
    key: 'area', type: 'tree', names: { en: 'Area' },
    options: [{ key: 'north', names: { en: 'North' } }, { key: 'n_city', names: { en: 'City' }, parent: 'north' }, { key: 'south', names: { en: 'South' } }, { key: 's_city', names: { en: 'City' }, parent: 'south' }],
  },
];

test.each(['customers', 'companies'] as const)('own fields of %s come in by columns, leave by columns, and come in again as they are', async (kind) => {
  const app = await testApp();
  const { owner } = app;
  const subject = kind === 'customers' ? 'customer' : 'company';
  for (const field of OWN) expect((await owner.request('POST', '/fields', { subject, ...field })).status).toBe(201);
  const own = async (name: string) => (await owner.request('GET', `/${kind}?q=${name}`)).body.items[0]?.fields;
  const known = kind === 'customers' ? 'email' : 'domain';
  const at = (host: string): string => (kind === 'customers' ? `a@${host}` : host);

  const rows = [`1,Kettles,${at('kettles.example')},22.11.2026,-3.5,златен,South / City`, `2,Lids,${at('lids.example')},2026-01-31,1,tin,north`, `3,Pots,${at('pots.example')},,12 kg,,`, `4,Pans,${at('pans.example')},,,,City`];
  const { id } = await upload(owner, kind, [`id,name,${known},Клиент от,Debt,Tier,area`, ...rows].join('\n'));
  const { body: preview } = await owner.request('GET', `/imports/${id}/preview`);
  expect([preview.targets.map((target: { id: string }) => target.id), preview.rows.map(({ fault }: { fault: { column: string } | null }) => fault?.column ?? null)])
    .toEqual([expect.arrayContaining(['fields.since', 'fields.debt', 'fields.tier', 'fields.area']), [null, null, 'fields.debt', 'fields.area']]);
  await owner.request('POST', `/imports/${id}/run`, { check: true });
  await app.due.round();
  expect([counts(await state(owner, id)), await own('Kettles')]).toEqual([{ how: 'checked', rows: 4, created: 2, updated: 0, same: 0, failed: 2 }, undefined]);
  await owner.request('POST', `/imports/${id}/run`, {});
  await app.due.round();
  expect(await own('Kettles')).toEqual({ since: '2026-11-22', debt: -3.5, tier: 'gold', area: ['south', 's_city'] });
  expect((await owner.request('GET', `/imports/${id}/faults.csv`)).body).toContain('3,fields.debt,"""12 kg"" must be a number."');

  const left: string = (await owner.request('GET', `/${kind}.csv`)).body;
  expect(left.split('\r\n').map((line) => line.split(',').slice(-4))).toEqual(expect.arrayContaining([['Customer since', 'Debt', 'Tier', 'Area'], ['2026-11-22', `'-3.5`, 'Gold', 'South / City'], ['2026-01-31', '1', 'Tin', 'North']]));
  expect(counts(await bring(app, kind, left)), 'what left comes in again').toMatchObject({ rows: 2, created: 0, updated: 0, same: 2, failed: 0 });

  const more = await bring(app, kind, `name,${known},tier,debt\nLids,${at('lids.example')},gold,7\n`, { overwrite: true });
  expect([more.updated, await own('Lids')]).toEqual([1, { since: '2026-01-31', debt: 7, tier: 'gold', area: ['north'] }]);
  await owner.request('POST', `/imports/${more.id}/undo`);
  await app.due.round();
  expect(await own('Lids')).toEqual({ since: '2026-01-31', debt: 1, tier: 'tin', area: ['north'] });
});

test('a process that dies in the middle has done whole parts, and another goes on from there', async () => {
  const app = await testApp();
  const { id } = await upload(app.owner, 'customers', `name,email\n${Array.from({ length: 120 }, (_, i) => `Customer ${i},c${i}@example.org`).join('\n')}\n`);
  await app.owner.request('POST', `/imports/${id}/run`, {});
  const first = app.due.round();
  const again = await app.beginAgain();
  await Promise.all([first, again.due.round()]);
  await again.due.round();
  expect(counts(await state(app.owner, id))).toEqual({ how: 'done', rows: 120, created: 120, updated: 0, same: 0, failed: 0 });
});

test('it is for administrators, of one workspace, and bounded', async () => {
  const app = await testApp();
  const lead = await app.person('lead', { of: app.owner });
  const other = await app.otherWorkspace();
  const { id } = await upload(app.owner, 'customers', 'name,email\nMaria,maria@example.org\n');
  expect((await lead.request('GET', '/imports')).status).toBe(403);
  expect((await lead.request('POST', '/imports?kind=customers&name=x', Buffer.from('name\nx'), BYTES)).status).toBe(403);
  expect((await other.request('GET', '/imports')).body.items).toEqual([]);
  expect((await app.owner.request('POST', '/imports?kind=customers&name=x', Buffer.alloc(20_000_001, 'a'), BYTES)).status).toBe(413);
  expect((await app.owner.request('PATCH', `/imports/${id}`, { mapping: ['name', 'name'] })).body.code).toBe('import.mapped_twice');
  expect((await app.owner.request('PATCH', `/imports/${id}`, { mapping: ['agent', null] })).body.code).toBe('import.bad_mapping');
  expect((await app.owner.request('POST', `/imports/${id}/undo`)).body.code).toBe('import.not_now');
});

test('a table is kept no longer than somebody may want the rows of it that failed; another import of the same bytes has its own', async () => {
  const app = await testApp();
  const kept = async (): Promise<number> => (await app.db.owner.selectFrom('blobs').select('sha256').where('workspace_id', '=', app.owner.workspaceId).execute()).length;
  const good = await bring(app, 'customers', 'name,email\nMaria,maria@example.org\n');
  expect([good.state, await kept()]).toEqual(['done', 0]);
  await app.owner.request('POST', `/imports/${good.id}/undo`);
  await app.due.round();
  expect([(await state(app.owner, good.id)).state, await names(app)], 'taking back needs no file').toEqual(['undone', []]);

  const table = 'name,email\nMaria,maria@example.org\nAna,ana at home\n';
  const faults = async (id: string): Promise<string> => (await app.owner.request('GET', `/imports/${id}/faults.csv`)).body.split('\r\n')[1];
  const waiting = await upload(app.owner, 'customers', table);
  const first = await bring(app, 'customers', table);
  app.pass(6 * 24 * 60);
  await app.due.round();
  expect(await faults(first.id)).toContain('ana at home');
  app.pass(61);
  await app.due.round();
  expect([await kept(), await faults(waiting.id)], 'the other one waits for its turn').toEqual([1, '']);
  await app.owner.request('POST', `/imports/${waiting.id}/run`, {});
  await app.due.round();
  expect(counts(await state(app.owner, waiting.id))).toEqual({ how: 'done', rows: 2, created: 0, updated: 0, same: 1, failed: 1 });
  app.pass(6 * 24 * 60);
  await app.due.round();
  expect(await kept()).toBe(1);
  app.pass(24 * 60);
  await app.due.round();
  expect([await kept(), await faults(waiting.id)]).toEqual([0, '2,email,"""ana"" is no mail address."']);
});

test.each(['customers', 'companies'] as const)('whoever works here stands in a table of %s by address or name; what names nobody or several is refused with why, and what left comes in again', async (kind) => {
  const app = await testApp();
  const { owner } = app;
  const [ivan, gone] = [await app.person('agent', { of: owner, name: 'Ivan Petrov' }), await app.person('agent', { of: owner, name: 'Gone Girl' })];
  for (const name of ['Ana', 'ana']) await app.person('agent', { of: owner, name });
  expect((await owner.request('PUT', `/people/${gone.id}/deactivation`)).status).toBe(200);
  await owner.request('POST', '/fields', { subject: kind === 'customers' ? 'customer' : 'company', key: 'manager', type: 'person', names: { en: 'Manager' } });
  const given = [ivan.email.toUpperCase(), 'ivan petrov', ivan.id, gone.email, 'stranger@desk.test', 'Ana', 'Nobody'];
  const table = ['id,name,Manager', ...given.map((one, i) => `r${i},Row ${i},${one}`)].join('\n');
  const { id } = await upload(owner, kind, table);
  await owner.request('POST', `/imports/${id}/run`, {});
  await app.due.round();
  expect(counts(await state(owner, id))).toMatchObject({ rows: 7, created: 3, failed: 4 });
  const { items } = (await owner.request('GET', `/${kind}?limit=10`)).body as { items: { name: string; fields: object }[] };
  expect(Object.fromEntries(items.map(({ name, fields }) => [name, fields]))).toEqual(Object.fromEntries([0, 1, 2].map((i) => [`Row ${i}`, { manager: ivan.id }])));
  const faults = (await owner.request('GET', `/imports/${id}/faults.csv`)).body as string;
  for (const words of [`""${gone.email}"" is the address of nobody who works here.`, '""stranger@desk.test"" is the address of nobody', '""Ana"" is what several people here are called', '""Nobody"" is nobody who works here; give the address']) expect(faults).toContain(words);
  expect(counts(await bring(app, kind, (await owner.request('GET', `/${kind}.csv`)).body))).toMatchObject({ rows: 3, same: 3, failed: 0 });
});

test('what a table does to companies and their people is told, as what somebody does by hand, and so is its way back', async () => {
  const app = await testApp();
  const told = async () => (await app.db.owner.selectFrom('events').select(['type', 'data', 'actor_kind as by']).where('workspace_id', '=', app.owner.workspaceId).where('type', 'like', 'company.%').orderBy('seq').execute())
    .map(({ type, data, by }) => [type, (data as { fields?: string[] }).fields ?? null, by]);
  const first = await bring(app, 'companies', 'Company,Domain\nKettles Ltd,kettles.example\n');
  await bring(app, 'companies', 'Company,VAT\nKettles Ltd,BG123\n');
  await bring(app, 'companies', 'Company,VAT\nKettles Ltd,BG123\n');
  const people = await bring(app, 'customers', 'name,email,company\nMaria,maria@kettles.example,Kettles Ltd\n');
  const brought = [['company.created', null, 'system'], ['company.changed', ['vatId'], 'system'], ['company.people_changed', null, 'system']];
  expect(await told()).toEqual(brought);
  await app.owner.request('POST', `/imports/${people.id}/undo`);
  await app.due.round();
  expect((await told()).slice(3)).toEqual([['company.people_changed', null, 'system']]);
  await app.owner.request('POST', `/imports/${first.id}/undo`);
  await app.due.round();
  // Changed since: it stays.
  expect(await told()).toHaveLength(4);
});
