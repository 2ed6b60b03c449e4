import { expect, test } from 'vitest';
import { plainBrowser, signInByMail } from '../../../testing/plain-browser.ts';
import { testApp } from '../../../testing/test-app.ts';

type TestApp = Awaited<ReturnType<typeof testApp>>;
type Browser = Awaited<ReturnType<typeof signedIn>>;
let network = 1;

async function signedIn(app: TestApp, email: string) {
  const browser = plainBrowser(app, { address: `198.51.100.${network++}` });
  await signInByMail(browser, app, app.owner.workspaceId, email);
  return browser;
}

async function asks(browser: Browser, subject: string): Promise<number> {
  await browser.open('/requests/new/question');
  await browser.sendFiles('/requests/new/question', { subject, text: `${subject}, in full` }, [{ name: 'bill.txt', bytes: new TextEncoder().encode('words') }]);
  return Number(/\/requests\/(\d+)/.exec(browser.page().path)![1]);
}

/** Maria of Acme has asked something; the company shows it as `sight` says. */
async function acme(sight: 'nobody' | 'contacts' | 'everybody', mayAnswer = false) {
  const app = await testApp();
  const company = (await app.owner.request('POST', '/companies', { name: 'Acme', domains: ['acme.example'], sight, mayAnswer })).body;
  const maria = await signedIn(app, 'maria@acme.example');
  const number = await asks(maria, 'Cracked kettle');
  const ticket = (await app.owner.request('GET', '/tickets?status=all')).body.items[0];
  expect(ticket).toMatchObject({ number, company: { name: 'Acme' } });
  const customer = async (email: string) => (await app.owner.request('GET', `/customers?q=${email}`)).body.items[0];
  const list = `/requests?company=${company.id}`;
  const sees = async (browser: Browser) => {
    const found = [(await browser.open(list)).status, (await browser.open(`/requests/${number}`)).status];
    await browser.open('/requests');
    return { list: found[0], one: found[1], isOffered: browser.page().html.includes(company.id) };
  };
  return { app, company, maria, number, ticket, customer, list, sees };
}
const NOTHING = { list: 404, one: 404, isOffered: false };
const ALL = { list: 200, one: 200, isOffered: true };

test('colleagues: they read what the company lets everybody read, and answer where it lets them', async () => {
  const { app, company, maria, number, ticket, list, sees } = await acme('everybody');
  const ivan = await signedIn(app, 'ivan@acme.example');
  expect(await sees(ivan)).toEqual(ALL);
  await ivan.open(list);
  expect(ivan.words()).toContain('Cracked kettle');
  expect(ivan.words()).toMatch(/Asked by maria/i);
  await ivan.open(`/requests/${number}`);
  expect(ivan.words()).toContain('Cracked kettle, in full');
  expect(ivan.page().html).not.toContain('/answers');
  expect(ivan.page().html).not.toContain('/solved');
  const file = /href="(\/requests\/\d+\/files\/[0-9a-f-]+)"/.exec(ivan.page().html)![1]!;
  expect((await ivan.open(file)).status).toBe(200);

  await app.owner.request('PATCH', `/companies/${company.id}`, { mayAnswer: true });
  await ivan.open(`/requests/${number}`);
  expect((await ivan.sendFiles(`/requests/${number}/answers`, { text: 'It is the blue one.' }, [])).path).toContain('done=answer');
  for (const reader of [ivan, maria]) {
    await reader.open(`/requests/${number}`);
    expect(reader.words()).toContain('It is the blue one.');
  }
  expect((await app.owner.request('GET', '/tickets?status=all')).body.items).toHaveLength(1);
  // What an agent answers goes to both, and both read it.
  await app.owner.request('POST', `/tickets/${ticket.id}/replies`, { text: 'A new one is on its way.', to: ['maria@acme.example'], cc: ['ivan@acme.example'] });
  await app.owner.request('POST', `/tickets/${ticket.id}/notes`, { text: 'They pay late.' });
  app.passMachine(60);
  for (const reader of [ivan, maria]) {
    await reader.open(`/requests/${number}`);
    expect(reader.words()).toContain('A new one is on its way.');
    expect(reader.words()).not.toContain('They pay late.');
  }
});

test('closed by default: nobody sees a colleague\'s request unless the company says so; contacts only those who are named', async () => {
  const { app, company, customer, sees } = await acme('nobody');
  const ivan = await signedIn(app, 'ivan@acme.example');
  expect(await sees(ivan)).toEqual(NOTHING);
  await app.owner.request('PATCH', `/companies/${company.id}`, { sight: 'contacts' });
  expect(await sees(ivan)).toEqual(NOTHING);
  const { id } = await customer('ivan@acme.example');
  await app.owner.request('PUT', `/companies/${company.id}/people/${id}`, { isContact: true });
  expect(await sees(ivan)).toEqual(ALL);
  await app.owner.request('PUT', `/companies/${company.id}/people/${id}`, { isContact: false });
  expect(await sees(ivan)).toEqual(NOTHING);
});

test('typed address: whoever has an address of the domain that nobody proved, or proves another one of theirs, sees nothing', async () => {
  const { app, sees } = await acme('everybody');
  // Somebody here wrote it down on a record whose owner reads another mailbox.
  const mallory = (await app.owner.request('POST', '/customers', { email: 'mallory@evil.example' })).body;
  await app.owner.request('POST', `/customers/${mallory.id}/identities`, { email: 'boss@acme.example' });
  const browser = await signedIn(app, 'mallory@evil.example');
  expect(await sees(browser)).toEqual(NOTHING);
  // Even when the company's address is proven: it is another mailbox that is read here.
  await app.db.work(app.owner.workspaceId, (tx) => app.customers.proven(tx, app.owner.workspaceId, { address: 'boss@acme.example', how: 'domain', at: app.now() }));
  expect((await app.owner.request('GET', `/customers/${mallory.id}/companies`)).body.items).toMatchObject([{ name: 'Acme' }]);
  expect(await sees(browser)).toEqual(NOTHING);
  // Looks like the domain, and is none of it.
  for (const address of ['x@notacme.example', 'x@acme.example.evil.example', 'x@mail.acme.example']) expect(await sees(await signedIn(app, address)), address).toEqual(NOTHING);
});

test('unproved author: what a stranger writes under a colleague\'s address is no request of the company', async () => {
  const { app, maria, list } = await acme('everybody');
  await app.request('POST', '/requests', { email: 'maria@acme.example', subject: 'Forged', text: 'Please pay to another account.' });
  const ivan = await signedIn(app, 'ivan@acme.example');
  await ivan.open(list);
  expect(ivan.words()).not.toContain('Forged');
  await maria.open('/requests');
  expect(maria.words()).toContain('Forged');
  // Once she has said that it was she, it is.
  const { number } = (await app.owner.request('GET', '/tickets?status=all&sort=created')).body.items[0];
  await maria.open(`/requests/${number}`);
  await maria.send(`/requests/${number}/proof`);
  await ivan.open(list);
  expect(ivan.words()).toContain('Forged');
});

test('membership ended: sight ends with it at once, by whatever way it ended', async () => {
  const { app, company, customer, sees } = await acme('everybody', true);
  const ivan = await signedIn(app, 'ivan@acme.example');
  const { id, identities } = await customer('ivan@acme.example');
  const companies = `/companies/${company.id}`;
  const ends: [name: string, end: () => Promise<unknown>, again: () => Promise<unknown>][] = [
    ['taken out', () => app.owner.request('DELETE', `${companies}/people/${id}`), () => app.owner.request('PUT', `${companies}/people/${id}`, {})],
    ['closed', () => app.owner.request('PATCH', companies, { sight: 'nobody' }), () => app.owner.request('PATCH', companies, { sight: 'everybody' })],
    ['address gone', () => app.owner.request('DELETE', `/customers/${id}/identities/${identities[0].id}`), () => app.owner.request('POST', `/customers/${id}/identities`, { email: 'ivan@acme.example' })],
    ['company removed', () => app.owner.request('DELETE', companies), () => Promise.resolve()],
  ];
  for (const [name, end, again] of ends) {
    expect(await sees(ivan), name).toEqual(ALL);
    await end();
    expect(await sees(ivan), name).toEqual(NOTHING);
    await again();
  }
});

test('domain given up: its people see nothing from then on', async () => {
  const { app, company, sees } = await acme('everybody');
  const ivan = await signedIn(app, 'ivan@acme.example');
  expect(await sees(ivan)).toEqual(ALL);
  await app.owner.request('PATCH', `/companies/${company.id}`, { domains: [] });
  expect(await sees(ivan)).toEqual(NOTHING);
});

test('kept from colleagues: private requests, other companies\', and a requester\'s matters of their own stay out', async () => {
  const { app, company, maria, number, ticket, customer, list, sees } = await acme('everybody', true);
  const ivan = await signedIn(app, 'ivan@acme.example');
  await ivan.open(`/requests/${number}`);
  await app.owner.request('PATCH', `/tickets/${ticket.id}`, { isPrivate: true });
  expect((await ivan.sendFiles(`/requests/${number}/answers`, { text: 'Too late.' }, [])).status).toBe(404);
  expect((await ivan.open(`/requests/${number}`)).status).toBe(404);
  await ivan.open(list);
  expect(ivan.words()).not.toContain('Cracked kettle');
  expect((await maria.open(`/requests/${number}`)).status).toBe(200);
  await app.owner.request('PATCH', `/tickets/${ticket.id}`, { isPrivate: false });
  expect(await sees(ivan)).toEqual(ALL);

  // What Maria asks from home is hers alone, and so is what she wrote there once the two are made one.
  const { id } = await customer('maria@acme.example');
  await app.owner.request('POST', `/customers/${id}/identities`, { email: 'maria@home.example' });
  const home = await signedIn(app, 'maria@home.example');
  const own = await asks(home, 'My own kettle');
  expect((await ivan.open(`/requests/${own}`)).status).toBe(404);
  const hers = (await app.owner.request('GET', '/tickets?status=all&sort=created')).body.items[0];
  await app.owner.request('POST', `/tickets/${hers.id}/merges`, { into: ticket.id });
  expect((await ivan.open(`/requests/${number}`)).status).toBe(404);

  const beta = (await app.owner.request('POST', '/companies', { name: 'Beta', domains: ['beta.example'], sight: 'everybody' })).body;
  const zoe = await signedIn(app, 'zoe@beta.example');
  const theirs = await asks(zoe, 'Beta\'s kettle');
  for (const path of [`/requests?company=${beta.id}`, `/requests/${theirs}`, '/requests?company=x', '/requests?company=01900000-0000-7000-8000-000000000000']) expect((await ivan.open(path)).status, path).toBe(404);
  expect((await zoe.open(`/requests?company=${company.id}`)).status).toBe(404);
});

test('reading is not acting: a colleague can neither close nor claim, nor answer where that is not allowed', async () => {
  const { app, maria, number, ticket } = await acme('everybody');
  const ivan = await signedIn(app, 'ivan@acme.example');
  // His own pages give him seals; none of them is a seal for what is not his to do.
  const post = async (act: string, fields: Record<string, string> = {}) => {
    const seal = /name="seal" value="([^"]+)"/.exec((await ivan.open('/requests')).html)![1]!;
    const headers = { 'content-type': 'application/x-www-form-urlencoded', host: 'desk.test', origin: 'http://desk.test', cookie: [...ivan.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    return (await app.http.inject({ method: 'POST', url: `/requests/${number}/${act}`, payload: new URLSearchParams({ ...fields, seal }).toString(), headers })).statusCode;
  };
  expect([await post('solved'), await post('proof'), await post('answers', { text: 'Me too.' })]).toEqual([404, 404, 403]);
  expect((await app.owner.request('GET', `/tickets/${ticket.id}`)).body.status).toBe('new');
  await maria.open(`/requests/${number}`);
  expect(maria.words()).not.toContain('Me too.');
});
