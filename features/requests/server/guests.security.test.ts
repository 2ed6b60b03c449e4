import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { linkIn, mailsOf, plainBrowser, signInByMail } from '../../../testing/plain-browser.ts';
import { testApp } from '../../../testing/test-app.ts';

type TestApp = Awaited<ReturnType<typeof testApp>>;
const NASTY = '<img src=x onerror=alert(1)>"\'><script>alert(2)</script> javascript:alert(3)';

const file = (app: TestApp, email: string, subject = 'Matter') =>
  app.owner.request('POST', '/tickets', { subject, channel: 'phone', direction: 'in', customer: { email, name: email.split('@')[0] }, text: 'said on the phone' });
async function asked(app: TestApp, email: string, address = '192.0.2.1') {
  const browser = plainBrowser(app, { address });
  await browser.open('/requests/sign-in');
  await browser.send('/requests/sign-in', { email });
  return browser;
}
async function signedIn(app: TestApp, email: string) {
  const browser = plainBrowser(app);
  await signInByMail(browser, app, app.owner.workspaceId, email);
  return browser;
}

test('enumeration: whoever asks for a way in cannot tell a known address from an unknown one', async () => {
  const app = await testApp();
  await file(app, 'known@example.org');
  const answers = [];
  for (const email of ['known@example.org', 'unknown@example.org', 'support@desk.test']) {
    const browser = await asked(app, email);
    answers.push(browser.words().replace(/[0-9a-f-]{36}/g, ''));
    expect(browser.page()).toMatchObject({ status: 200 });
  }
  expect(new Set(answers).size).toBe(1);
  // An address that has had its mails is answered the same, and gets none.
  for (let i = 0; i < 4; i++) await asked(app, 'unknown@example.org', `192.0.2.${10 + i}`);
  expect((await mailsOf(app, app.owner.workspaceId)).filter(({ to }) => to === 'unknown@example.org').length).toBe(1);
});

test('guessing: a code has five tries, whatever becomes of them', async () => {
  const app = await testApp();
  const browser = await asked(app, 'maria@example.org');
  const code = /\b(\d{4}) (\d{4})\b/.exec((await mailsOf(app, app.owner.workspaceId))[0]!.text)!.slice(1).join('');
  for (let i = 0; i < 5; i++) {
    await browser.send('/requests/code', { code: code === '00000000' ? '11111111' : '00000000' });
    expect(browser.page().status).toBe(400);
  }
  await browser.send('/requests/code', { code });
  expect(browser.page().status).toBe(400);
  expect(browser.cookies.has('rapport-customer')).toBe(false);
});

test('stale way in: neither link nor code work after a quarter of an hour, nor a session after its end', async () => {
  const app = await testApp();
  const browser = await asked(app, 'maria@example.org');
  const [letter] = await mailsOf(app, app.owner.workspaceId);
  await browser.open(linkIn(letter!));
  app.passMachine(15 * 60 + 1);
  await browser.send(linkIn(letter!));
  expect(browser.page().status).toBe(404);

  app.passMachine(3_600);
  const later = await signedIn(app, 'ivan@example.org');
  expect(later.page().path).toBe('/requests');
  app.passMachine(31 * 86_400);
  expect((await later.open('/requests')).path).toBe('/requests/sign-in');
});

test('another\'s request: numbers, files and devices of others are not there', async () => {
  const app = await testApp();
  const theirs = (await file(app, 'ivan@example.org')).body;
  const maria = await signedIn(app, 'maria@example.org');
  const ivan = await signedIn(app, 'ivan@example.org');
  const missing = await maria.open('/requests/999999');
  expect(missing.status).toBe(404);
  const said = maria.words();
  for (const path of [`/requests/${theirs.number}`, `/requests/${theirs.number}/files/${theirs.id}`]) {
    expect((await maria.open(path)).status, path).toBe(404);
    expect(maria.words()).toBe(said);
  }
  expect((await ivan.open(`/requests/${theirs.number}`)).status).toBe(200);

  const { rows: [session] } = await sql<{ id: string }>`select id from request_sessions where address = 'ivan@example.org'`.execute(app.db.owner);
  await maria.open('/requests/devices');
  await maria.open('/requests');
  const forged = await app.http.inject({ method: 'POST', url: '/requests/devices', payload: `id=${session!.id}&seal=x`, headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://desk.test', cookie: `rapport-customer=${maria.cookies.get('rapport-customer')}` } });
  expect(forged.statusCode).toBe(403);
  expect((await ivan.open('/requests')).path).toBe('/requests');
});

test('address that moved: a session follows the address, not the record', async () => {
  const app = await testApp();
  const { body: { customer, number } } = await file(app, 'maria@example.org');
  const maria = await signedIn(app, 'maria@example.org');
  expect((await maria.open(`/requests/${number}`)).status).toBe(200);
  const view = (await app.owner.request('GET', `/customers/${customer.id}`)).body;
  await app.owner.request('DELETE', `/customers/${customer.id}/identities/${view.identities[0].id}`);
  expect((await maria.open(`/requests/${number}`)).status).toBe(404);
});

test('cross-site writes: forms of other sites, of other sessions, or without our seal do nothing', async () => {
  const app = await testApp();
  const { body: { id, number } } = await file(app, 'maria@example.org');
  const maria = await signedIn(app, 'maria@example.org');
  await maria.open(`/requests/${number}`);
  const solved = `/requests/${number}/solved`;
  expect((await maria.send(solved, {}, { origin: 'http://evil.example' })).status).toBe(403);
  await maria.open(`/requests/${number}`);
  expect((await maria.send(solved, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  await maria.open(`/requests/${number}`);
  expect((await maria.send(solved, { seal: 'forged.seal' })).status).toBe(403);
  const stranger = plainBrowser(app);
  const seal = /name="seal" value="([^"]+)"/.exec((await stranger.open('/requests/sign-in')).html)![1]!;
  await maria.open(`/requests/${number}`);
  expect((await maria.send(solved, { seal })).status).toBe(403);
  expect((await app.owner.request('GET', `/tickets/${id}`)).body.status).toBe('open');
  // The agents' cookie is none here, and this one is none there.
  const cookie = `rapport=${maria.cookies.get('rapport-customer')}`;
  expect((await app.http.inject({ url: '/api/v1/me', headers: { cookie } })).statusCode).toBe(401);
  expect((await app.http.inject({ url: '/requests', headers: { cookie: `rapport-customer=${app.owner.token}`, host: 'desk.test' } })).headers.location).toBe('/requests/sign-in');
});

test('stored script: what anybody wrote is text on every page, under a policy that runs nothing', async () => {
  const app = await testApp();
  const maria = await signedIn(app, 'maria@example.org');
  await maria.open('/requests/new/question');
  await maria.sendFiles('/requests/new/question', { subject: NASTY, text: NASTY }, [{ name: `${NASTY}.txt`, bytes: new TextEncoder().encode('words') }]);
  const path = maria.page().path.split('?')[0]!;
  for (const url of ['/requests', path]) {
    const { html, headers } = await maria.open(url);
    expect(html).toContain('&lt;img src=x');
    expect(html).not.toMatch(/<img|<script|onerror="|href="javascript/);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'/);
  }
});

test('secrets at rest: neither codes, links nor sessions can be read from the database, nor their mails by our own people', async () => {
  const app = await testApp();
  const maria = await signedIn(app, 'maria@example.org');
  const letter = (await mailsOf(app, app.owner.workspaceId))[0]!;
  const { text } = letter;
  const secrets = [linkIn(letter).split('/').at(-1)!, /\b(\d{4}) (\d{4})\b/.exec(text)!.slice(1).join(''), maria.cookies.get('rapport-customer')!];
  for (const table of ['request_sign_ins', 'request_sessions', 'events']) {
    const { rows } = await sql<{ kept: string }>`select ${sql.table(table)}::text as kept from ${sql.table(table)}`.execute(app.db.owner);
    for (const { kept } of rows) for (const secret of secrets) expect(kept, table).not.toContain(secret);
  }
  const { items } = (await app.owner.request('GET', '/outbox')).body;
  expect(items).toMatchObject([{ purpose: 'customer_sign_in', to: ['maria@example.org'] }]);
  for (const secret of secrets) expect(JSON.stringify(items)).not.toContain(secret);
});
