import { expect, test } from 'vitest';
import { oneAppForAll, testApp } from '../../../testing/test-app.ts';

oneAppForAll();

type TestApp = Awaited<ReturnType<typeof testApp>>;
const company = async (app: TestApp, body: object) => (await app.owner.request('POST', '/companies', body)).body;
const customer = async (app: TestApp, body: object) => (await app.owner.request('POST', '/customers', body)).body;
const proves = (app: TestApp, address: string, how: 'mailbox' | 'domain' = 'mailbox') =>
  app.db.work(app.owner.workspaceId, (tx) => app.customers.proven(tx, app.owner.workspaceId, { address, how, at: app.now() }));
const companiesOf = async (app: TestApp, id: string) => (await app.owner.request('GET', `/customers/${id}/companies`)).body.items;
const peopleOf = async (app: TestApp, id: string, query = '') => (await app.owner.request('GET', `/companies/${id}/people${query}`)).body;

test('a company is kept, found by name and domain, changed page by page, and removed', async () => {
  const app = await testApp();
  const acme = await company(app, { name: 'Ácme Kettles', domains: ['https://www.ACME.example/'], vatId: 'BG123456789', address: '1 Main Street\nSofia', notes: 'Pays late.', isKeyAccount: true });
  expect(acme).toMatchObject({ name: 'Ácme Kettles', domains: ['acme.example'], vatId: 'BG123456789', isKeyAccount: true, sight: 'nobody', mayAnswer: false });
  for (let i = 0; i < 3; i++) await company(app, { name: `Чайник ${i}` });
  const found = async (q: string) => (await app.owner.request('GET', `/companies?q=${encodeURIComponent(q)}`)).body.items.map(({ name }: { name: string }) => name);
  expect(await found('KETTLE')).toEqual(['Ácme Kettles']);
  expect(await found('acme.ex')).toEqual(['Ácme Kettles']);
  expect(await found('чайник 2')).toEqual(['Чайник 2']);
  expect(await found('%')).toEqual([]);
  const first = (await app.owner.request('GET', '/companies?limit=3')).body;
  const second = (await app.owner.request('GET', `/companies?limit=3&cursor=${first.nextCursor}`)).body;
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4);
  expect(second.nextCursor).toBeNull();

  expect((await app.owner.request('PATCH', `/companies/${acme.id}`, { name: 'Acme', domains: ['acme.example', 'acme.test'] })).body).toMatchObject({ name: 'Acme', domains: ['acme.example', 'acme.test'], notes: 'Pays late.' });
  expect((await app.owner.request('DELETE', `/companies/${acme.id}`)).status).toBe(204);
  expect((await app.owner.request('GET', `/companies/${acme.id}`)).status).toBe(404);
  expect(await found('acme')).toEqual([]);
  expect((await company(app, { name: 'Acme again', domains: ['acme.example'] })).domains).toEqual(['acme.example']);
});

test('domains: free mail, suffixes, nonsense and what another company has are refused with a word that helps', async () => {
  const app = await testApp();
  const acme = await company(app, { name: 'Acme', domains: ['acme.example'] });
  for (const [domain, code] of [['gmail.com', 'company.free_mail'], ['info@abv.bg', 'company.free_mail'], ['co.uk', 'company.public_suffix'], ['acme', 'company.bad_domain']]) {
    const answer = await app.owner.request('POST', '/companies', { name: 'Other', domains: [domain] });
    expect(answer, domain).toMatchObject({ status: 400, body: { code } });
  }
  expect(await app.owner.request('POST', '/companies', { name: 'Other', domains: ['acme.example'] })).toMatchObject({ status: 409, body: { code: 'company.domain_taken', companyId: acme.id } });
  expect((await app.owner.request('GET', '/companies')).body.items).toHaveLength(1);
});

test('a proven address makes somebody a member, whichever came first; a typed one does not', async () => {
  const app = await testApp();
  const [before, after, typed] = [await customer(app, { email: 'before@acme.example' }), await customer(app, { email: 'after@acme.example' }), await customer(app, { email: 'typed@acme.example' })];
  await proves(app, 'Before@Acme.example');
  const acme = await company(app, { name: 'Acme', domains: ['acme.example'], isKeyAccount: true });
  await proves(app, 'after@acme.example', 'domain');
  await proves(app, 'nobody@acme.example');
  for (const { id } of [before, after]) expect(await companiesOf(app, id)).toEqual([{ id: acme.id, name: 'Acme', isKeyAccount: true, how: 'domain', isContact: false }]);
  expect(await companiesOf(app, typed.id)).toEqual([]);
  expect((await app.owner.request('GET', `/customers/${after.id}`)).body.identities).toMatchObject([{ proven: 'domain' }]);

  // Below the domain is not the domain; without it nobody belongs to it by it.
  const below = await customer(app, { email: 'x@mail.acme.example' });
  await proves(app, 'x@mail.acme.example');
  expect(await companiesOf(app, below.id)).toEqual([]);
  await app.owner.request('PATCH', `/companies/${acme.id}`, { domains: [] });
  expect(await companiesOf(app, before.id)).toEqual([]);
});

test('people are put in and taken out by hand, several companies each, and no address brings back whom somebody took out', async () => {
  const app = await testApp();
  const acme = await company(app, { name: 'Acme', domains: ['acme.example'] });
  const beta = await company(app, { name: 'Beta' });
  const maria = await customer(app, { email: 'maria@acme.example', name: 'Maria' });
  await proves(app, 'maria@acme.example');
  expect((await app.owner.request('PUT', `/companies/${beta.id}/people/${maria.id}`, { isContact: true })).body).toEqual({ id: maria.id, name: 'Maria', email: 'maria@acme.example', how: 'added', isContact: true });
  expect((await app.owner.request('PUT', `/companies/${acme.id}/people/${maria.id}`, { isContact: true })).body).toMatchObject({ how: 'domain', isContact: true });
  expect((await companiesOf(app, maria.id)).map(({ name, how }: { name: string; how: string }) => [name, how])).toEqual([['Acme', 'domain'], ['Beta', 'added']]);

  expect((await app.owner.request('DELETE', `/companies/${acme.id}/people/${maria.id}`)).status).toBe(204);
  await proves(app, 'maria@acme.example');
  expect((await companiesOf(app, maria.id)).map(({ name }: { name: string }) => name)).toEqual(['Beta']);
  expect((await app.owner.request('DELETE', `/companies/${acme.id}/people/${maria.id}`)).body.code).toBe('company.no_such_person');
  // Put in again, she is no contact as she was before.
  expect((await app.owner.request('PUT', `/companies/${acme.id}/people/${maria.id}`, {})).body).toMatchObject({ how: 'added', isContact: false });
  for (let i = 0; i < 3; i++) await app.owner.request('PUT', `/companies/${acme.id}/people/${(await customer(app, { name: `Person ${i}` })).id}`, {});
  const first = await peopleOf(app, acme.id, '?limit=3');
  expect(new Set([...first.items, ...(await peopleOf(app, acme.id, `?limit=3&cursor=${first.nextCursor}`)).items].map(({ id }) => id)).size).toBe(4);
});

test('a ticket is for the company of the address that was written from; by hand for any', async () => {
  const app = await testApp();
  const acme = await company(app, { name: 'Acme', domains: ['acme.example'], isKeyAccount: true });
  const beta = await company(app, { name: 'Beta' });
  const maria = await customer(app, { email: 'maria@acme.example' });
  await app.owner.request('POST', `/customers/${maria.id}/identities`, { email: 'maria@home.example' });
  await proves(app, 'maria@acme.example');
  const writes = async (address: string, more: object = {}) => {
    const { ticketId } = await app.db.work(app.owner.workspaceId, (tx) => app.tickets.receive(tx, app.owner.workspaceId, {
      ticketId: null, customerId: maria.id, mailboxId: null, teamId: null, channel: 'email', subject: 'Kettle', text: 'words', quoted: '', html: null, author: { name: 'Maria', address },
      recipients: { to: [], cc: [] }, messageId: null, ledgerId: null, language: null, attachments: [], notice: null, automatic: false, participants: [], at: app.now(), ...more,
    }));
    return (await app.owner.request('GET', `/tickets/${ticketId}`)).body;
  };
  const work = await writes('Maria@acme.example');
  expect(work.company).toEqual({ id: acme.id, name: 'Acme', isKeyAccount: true });
  expect((await writes('maria@home.example')).company).toBeNull();
  const proof = (verdict: string) => ({ authentication: { verdict, domain: 'acme.example', spf: null, dkim: null, dmarc: null } });
  expect((await writes('maria@acme.example', proof('fail'))).company).toBeNull();
  expect((await writes('maria@acme.example', proof('none'))).company).toMatchObject({ id: acme.id });
  expect((await writes('maria@acme.example', { notice: 'unproven_address' })).company).toBeNull();

  const change = (body: object) => app.owner.request('PATCH', `/tickets/${work.id}`, body);
  expect((await change({ companyId: beta.id, isPrivate: true })).body).toMatchObject({ company: { name: 'Beta' }, isPrivate: true });
  expect((await change({ companyId: '01900000-0000-7000-8000-000000000000' })).body.code).toBe('ticket.no_such_company');
  for (const q of ['', '&q=kettle']) expect((await app.owner.request('GET', `/tickets?company=${beta.id}&status=all${q}`)).body.items.map(({ id }: { id: string }) => id), q).toEqual([work.id]);
  const entries = (await app.owner.request('GET', `/tickets/${work.id}/entries`)).body.items;
  expect(entries.map(({ event }: { event: unknown }) => event)).toContainEqual({ type: 'ticket.changed', data: { companyId: [acme.id, beta.id], isPrivate: ['no', 'yes'] } });

  // A call is for the one company that the caller is of; of several, nobody can tell.
  const called = async () => (await app.owner.request('POST', '/tickets', { subject: 'Call', channel: 'phone', customerId: maria.id, text: 'words' })).body.company;
  expect(await called()).toMatchObject({ id: acme.id });
  await app.owner.request('PUT', `/companies/${beta.id}/people/${maria.id}`, {});
  expect(await called()).toBeNull();
  expect((await writes('maria@home.example')).company).toMatchObject({ id: beta.id });
});

test('who may what: agents keep companies, leads say what their people see of each other', async () => {
  const app = await testApp();
  const [agent, lead, colleague] = [await app.person('agent', { of: app.owner, name: 'Agent' }), await app.person('lead', { of: app.owner, name: 'Lead' }), await app.person('colleague', { of: app.owner, name: 'Colleague' })];
  const acme = (await agent.request('POST', '/companies', { name: 'Acme' })).body;
  expect((await agent.request('PATCH', `/companies/${acme.id}`, { notes: 'x', sight: 'nobody', mayAnswer: false })).status).toBe(200);
  for (const body of [{ sight: 'everybody' }, { mayAnswer: true }]) expect((await agent.request('PATCH', `/companies/${acme.id}`, body)).status).toBe(403);
  expect((await agent.request('POST', '/companies', { name: 'Beta', sight: 'contacts' })).status).toBe(403);
  expect((await agent.request('DELETE', `/companies/${acme.id}`)).status).toBe(403);
  expect((await lead.request('PATCH', `/companies/${acme.id}`, { sight: 'everybody', mayAnswer: true })).body).toMatchObject({ sight: 'everybody', mayAnswer: true });
  expect((await colleague.request('GET', `/companies/${acme.id}`)).status).toBe(200);
  expect((await colleague.request('PATCH', `/companies/${acme.id}`, { name: 'x' })).status).toBe(403);
});

test('own fields of a company are kept, asked for by condition, and refused with a word that helps', async () => {
  const app = await testApp();
  const field = async (body: object) => expect((await app.owner.request('POST', '/fields', { subject: 'company', ...body })).status).toBe(201);
  await field({ key: 'tier', type: 'text', names: { en: 'Tier' } });
  await field({ key: 'contract', type: 'number', names: { en: 'Contract' }, required: true, requiredWhen: { version: 1, all: [{ field: 'keyAccount', operator: 'is', value: true }] } });
  const acme = await company(app, { name: 'Acme' });
  const change = (patch: object) => app.owner.request('PATCH', `/companies/${acme.id}`, patch);

  expect(await change({ fields: { tier: 'Gold' } })).toMatchObject({ status: 200, body: { fields: { tier: 'Gold' } } });
  expect((await change({ isKeyAccount: true })).body.fields).toEqual({ tier: 'Gold' });
  expect(await change({ fields: { tier: 'Silver' } })).toMatchObject({ status: 409, body: { code: 'company.fields_required', fields: [{ key: 'contract' }] } });
  expect(await change({ fields: { contract: 'much' } })).toMatchObject({ status: 400 });
  expect((await change({ fields: { contract: 7, tier: null } })).body.fields).toEqual({ contract: 7 });
  expect((await app.owner.request('GET', `/companies/${acme.id}`)).body.fields).toEqual({ contract: 7 });
});
