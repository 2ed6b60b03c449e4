import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { helpDesk } from '../../../testing/help-desk.ts';
import { linkIn, mailsOf, plainBrowser } from '../../../testing/plain-browser.ts';
import { testApp, type Member } from '../../../testing/test-app.ts';

type TestApp = Awaited<ReturnType<typeof testApp>>;

const MARIA = 'maria@example.org';
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

/** A mail as the email room would hand it over. */
const mail = (app: TestApp, of: Member, { from = MARIA, subject = 'Broken kettle', text = 'My kettle is broken' } = {}) => app.db.work(of.workspaceId, async (tx) => {
  const customer = await app.customers.resolve(tx, of.workspaceId, { email: from, name: 'Maria Petrova', at: app.now() });
  const { ticketId } = await app.tickets.receive(tx, of.workspaceId, {
    ticketId: null, customerId: customer.id, mailboxId: null, teamId: null, channel: 'email', subject, text, quoted: '', html: null, author: { name: 'Maria Petrova', address: from },
    recipients: { to: [{ name: '', address: 'support@desk.test' }], cc: [] }, messageId: null, ledgerId: null, language: 'en', attachments: [], notice: null, automatic: false, participants: [], at: app.now(),
  });
  return { ticketId, number: (await app.tickets.find(tx, ticketId))!.number };
});

async function signIn(app: TestApp, address = MARIA, options: Parameters<typeof plainBrowser>[1] = {}) {
  const browser = plainBrowser(app, options);
  await browser.open('/requests');
  await browser.send('/requests/sign-in', { email: address });
  const sent = (await mailsOf(app, app.owner.workspaceId)).findLast(({ to }) => to === address)!;
  await browser.open(linkIn(sent));
  await browser.send(linkIn(sent));
  return browser;
}

test('a mail with a link and a code lets a customer in; opening the link any number of times uses nothing up', async () => {
  const app = await testApp();
  await mail(app, app.owner);
  const browser = plainBrowser(app);
  expect((await browser.open('/requests')).path).toBe('/requests/sign-in');

  await browser.send('/requests/sign-in', { email: ` ${MARIA} ` });
  const [letter] = await mailsOf(app, app.owner.workspaceId);
  expect(letter).toMatchObject({ to: MARIA, purpose: 'customer_sign_in', subject: 'Your way in to your requests at Main' });

  // What a scanner of mail does.
  const scanner = plainBrowser(app);
  for (let i = 0; i < 3; i++) expect((await scanner.open(linkIn(letter!))).status).toBe(200);
  expect(scanner.cookies.size).toBe(0);

  const code = /\b(\d{4}) (\d{4})\b/.exec(letter!.text)!;
  await browser.send('/requests/code', { code: `${code[1]}${code[2]}` });
  expect(browser.page()).toMatchObject({ status: 200, path: '/requests' });
  expect(browser.words()).toContain('Broken kettle');
  // Link and code are one way in, and it is used.
  expect(await scanner.open(linkIn(letter!))).toMatchObject({ status: 404 });
  expect(scanner.words()).toContain('This link does not work any more');

  await browser.send('/requests/out');
  expect((await browser.open('/requests')).path).toBe('/requests/sign-in');
});

test('a customer sees what went between them and us, how it stands and what we promised, and nothing of the house', async () => {
  const app = await testApp();
  const { ticketId, number } = await mail(app, app.owner);
  const agent = await app.person('agent', { of: app.owner, name: 'Ivan Georgiev' });
  await agent.request('POST', `/tickets/${ticketId}/notes`, { text: 'INTERNAL she is difficult' });
  await agent.request('POST', `/tickets/${ticketId}/replies`, { text: 'We send you a new one.' });
  await agent.request('POST', `/tickets/${ticketId}/replies`, { text: 'SUPPLIER do you have one?', to: ['supplier@example.net'] });
  await agent.request('POST', `/tickets/${ticketId}/contacts`, { type: 'call', direction: 'out', text: 'CALLNOTE she shouted' });
  await agent.request('POST', '/commitments', { ticketId, what: 'Send the new kettle', kind: 'follow_up', dueAt: '2026-03-05T15:00:00Z' });
  await agent.request('PATCH', `/tickets/${ticketId}`, { tags: ['SECRETTAG'], status: 'waiting_third_party' });
  const browser = await signIn(app);

  // An answer that can still be taken back is not there yet.
  await browser.open(`/requests/${number}`);
  expect(browser.words()).not.toContain('We send you a new one.');
  app.passMachine(11);
  await browser.open(`/requests/${number}`);

  const words = browser.words();
  expect(words).toContain('My kettle is broken');
  expect(words).toContain('We send you a new one.');
  expect(words).toContain('We are on it');
  expect(words).toContain('We promised you by Thursday 5 March at 15:00: Send the new kettle');
  expect(words).toMatch(/Ivan 2 March 2026/);
  for (const secret of ['INTERNAL', 'SUPPLIER', 'CALLNOTE', 'SECRETTAG', 'Georgiev']) expect(words, secret).not.toContain(secret);
  expect(browser.page().headers['cache-control']).toBe('no-store');

  await app.owner.request('PUT', '/request-settings', { staffNames: 'none', strangers: true });
  await browser.open(`/requests/${number}`);
  expect(browser.words()).not.toContain('Ivan');
});

test('a customer answers with a file, says that it is solved, opens it again, and after its days begins a new one that points to it', async () => {
  const app = await testApp();
  const { ticketId, number } = await mail(app, app.owner);
  const browser = await signIn(app);
  await browser.open(`/requests/${number}`);

  await browser.sendFiles(`/requests/${number}/answers`, { text: 'Here is a picture\nof it.' }, [{ name: 'kettle.png', bytes: PNG }]);
  expect(browser.words()).toContain(`Sent. We answer here and by mail to ${MARIA}.`);
  const file = /\/requests\/\d+\/files\/[0-9a-f-]{36}/.exec(browser.page().html)![0];
  expect((await browser.open(file)).headers).toMatchObject({ 'content-type': 'image/png', 'content-security-policy': "sandbox; default-src 'none'" });
  const entries = (await app.owner.request('GET', `/tickets/${ticketId}/entries`)).body.items;
  expect(entries.at(-1)).toMatchObject({ channel: 'web', direction: 'in', text: 'Here is a picture\nof it.', notice: null, author: { address: MARIA }, attachments: [{ name: 'kettle.png', contentType: 'image/png' }] });

  await browser.open(`/requests/${number}`);
  await browser.sendFiles(`/requests/${number}/answers`, { text: 'and this' }, [{ name: 'run.exe', bytes: new TextEncoder().encode('MZ') }]);
  expect(browser.page().status).toBe(400);
  expect(browser.words()).toContain('“run.exe” cannot be sent.');
  expect(browser.page().html).toContain('and this</textarea>');

  // What failed on our side can be sent again as it is.
  await browser.open(`/requests/${number}`);
  await sql`alter table entries rename to elsewhere`.execute(app.db.owner);
  await browser.sendFiles(`/requests/${number}/answers`, { text: 'in vain at first' });
  expect(browser.page().status).toBe(500);
  await sql`alter table elsewhere rename to entries`.execute(app.db.owner);
  await browser.reload();
  expect(browser.words()).toContain('in vain at first');

  await browser.open(`/requests/${number}`);
  await browser.send(`/requests/${number}/solved`);
  expect(browser.words()).toContain('We have noted that it is solved.');
  expect((await app.owner.request('GET', `/tickets/${ticketId}`)).body.status).toBe('resolved');

  await browser.sendFiles(`/requests/${number}/answers`, { text: 'It is not, after all' });
  expect((await app.owner.request('GET', `/tickets/${ticketId}`)).body.status).toBe('open');

  await app.owner.request('PATCH', `/tickets/${ticketId}`, { status: 'resolved' });
  app.pass(60 * 24 * 60);
  await browser.open(`/requests/${number}`);
  expect(browser.words()).toContain('Send as a new request');
  await browser.sendFiles(`/requests/${number}/answers`, { text: 'Broken again' });
  expect(browser.page().path).not.toContain(`/${number}?`);
  expect((await app.owner.request('GET', `/tickets/${ticketId}/links`)).body.items).toMatchObject([{ side: 'later', reason: 'follows' }]);
});

test('somebody who has not signed in is heard, marked as unproven until the mailbox says that it was they', async () => {
  const app = await testApp();
  const browser = plainBrowser(app, { language: 'bg' });
  await browser.open('/requests/new');
  expect(browser.words()).toContain('Нещо е счупено');
  await browser.open('/requests/new/claim');

  await browser.sendFiles('/requests/new/claim', { email: 'not an address', subject: '', text: '' });
  expect(browser.page().status).toBe(400);
  expect(browser.page().html).toContain('role="alert"');
  await browser.sendFiles('/requests/new/claim', { email: MARIA, name: 'Мария', subject: 'Чайник', text: 'Счупен е' }, [{ name: 'снимка.png', bytes: PNG }]);
  expect(browser.page().path).toMatch(/^\/requests\/received\?number=\d+$/);

  const { items: [ticket] } = (await app.owner.request('GET', '/tickets')).body;
  expect(ticket).toMatchObject({ subject: 'Чайник', kind: 'claim', channel: 'web', language: 'bg', customer: { email: MARIA } });
  const entries = async () => (await app.owner.request('GET', `/tickets/${ticket.id}/entries`)).body.items;
  expect(await entries()).toMatchObject([{ notice: 'unproven_address', text: 'Счупен е', attachments: [{ name: 'снимка.png' }] }]);

  const [letter, ...more] = await mailsOf(app, app.owner.workspaceId);
  expect(more).toEqual([]);
  expect(letter).toMatchObject({ to: MARIA, subject: 'Вие ли писахте на Main?' });
  const mailbox = plainBrowser(app);
  await mailbox.open(linkIn(letter!));
  expect(await entries()).toMatchObject([{ notice: 'unproven_address' }]);
  await mailbox.send(linkIn(letter!));
  expect(mailbox.words()).toContain('Now we know that it was you.');
  expect(await entries()).toMatchObject([{ notice: null }]);
  expect((await mailbox.open(linkIn(letter!))).status).toBe(404);
});

test('a copy or the deletion of their data can be asked for, and stands in a list of its own until it is done or refused', async () => {
  const app = await testApp({ startsAt: '2026-01-31T10:00:00Z' });
  await mail(app, app.owner, { text: 'My kettle is broken' });
  const browser = await signIn(app);
  for (const what of ['delete', 'copy']) {
    await browser.open('/requests/data');
    await browser.send('/requests/data', { what });
  }
  await browser.open('/requests/devices');
  expect(browser.words()).toContain('This device');
  expect(browser.words()).toContain('Firefox 140, Linux');

  const tickets = (await app.owner.request('GET', '/tickets')).body.items;
  expect(tickets).toContainEqual(expect.objectContaining({ kind: 'service_request', tags: ['privacy', 'privacy-delete'] }));

  const agent = await app.person('agent', { of: app.owner });
  const other = await app.otherWorkspace();
  expect((await agent.request('GET', '/privacy-requests')).status).toBe(403);
  expect((await other.request('GET', '/privacy-requests')).body.items).toEqual([]);
  const { body: { items: open } } = await app.owner.request('GET', '/privacy-requests');
  expect(open).toMatchObject([{ kind: 'delete', address: MARIA, proof: 'mail', dueAt: '2026-02-28T10:00:00.000Z', decision: null }, { kind: 'copy' }]);

  const copy = open[1];
  const whole = await app.owner.request('GET', `/privacy-requests/${copy.id}/export.json`);
  expect(whole.body).toMatchObject({ isWhole: true, customer: { name: 'Maria Petrova', identities: [{ kind: 'email', value: MARIA }] } });
  expect(whole.body.requests.flatMap(({ entries }: { entries: { text: string }[] }) => entries.map(({ text }) => text))).toContain('My kettle is broken');
  expect((await other.request('GET', `/privacy-requests/${copy.id}/export.json`)).status).toBe(404);
  expect((await other.request('POST', `/privacy-requests/${copy.id}/decision`, { outcome: 'done', text: 'x' })).status).toBe(404);

  const decide = (id: string, outcome: string, text: string) => app.owner.request('POST', `/privacy-requests/${id}/decision`, { outcome, text });
  expect((await decide(copy.id, 'done', ' ')).status).toBe(400);
  expect(await decide(copy.id, 'done', 'Here is what we keep.')).toMatchObject({ status: 200, body: { decision: { outcome: 'done', byName: 'Main Owner' } } });
  expect(await decide(copy.id, 'refused', 'No.')).toMatchObject({ status: 409, body: { code: 'privacy.decided' } });
  expect((await app.owner.request('GET', `/tickets/${copy.ticket.id}`)).body.status).toBe('resolved');
  expect((await app.owner.request('GET', `/tickets/${copy.ticket.id}/entries`)).body.items).toContainEqual(expect.objectContaining({ text: 'Here is what we keep.', direction: 'out' }));
  expect((await app.owner.request('GET', '/privacy-requests')).body.items).toMatchObject([{ kind: 'delete' }]);
  expect((await app.owner.request('GET', '/privacy-requests?state=decided')).body.items).toMatchObject([{ kind: 'copy', decision: { outcome: 'done' } }]);
});

test('where answers wait for approval nobody is told that a customer has one which has not left', async () => {
  const app = await testApp();
  const browser = await signIn(app);
  await browser.open('/requests/data');
  await browser.send('/requests/data', { what: 'copy' });
  const admin = await app.person('admin', { of: app.owner });
  const { body: { items: [request] } } = await app.owner.request('GET', '/privacy-requests');
  expect((await app.owner.request('POST', '/approval-policies', { name: 'All', writers: ['admin'], channels: ['email'] })).status).toBe(201);
  const decide = (given: object) => admin.request('POST', `/privacy-requests/${request.id}/decision`, { outcome: 'done', ...given });
  expect((await decide({ text: 'Here it is.' })).body.code).toBe('privacy.answer_needs_approval');
  expect((await app.owner.request('GET', '/approvals')).body.items).toEqual([]);
  expect((await decide({ isAnswered: true })).body.code).toBe('privacy.not_answered');
  for (const given of [{}, { text: 'x', isAnswered: true }]) expect((await decide(given)).status).toBe(400);
  expect((await app.owner.request('GET', '/privacy-requests')).body.items).toMatchObject([{ id: request.id, decision: null }]);

  expect((await admin.request('POST', `/tickets/${request.ticket.id}/replies`, { channel: 'email', text: 'Here it is.' })).status).toBe(202);
  expect((await decide({ isAnswered: true })).body.code).toBe('privacy.not_answered');
  const { body: { items: [approval] } } = await app.owner.request('GET', '/approvals');
  expect((await app.owner.request('POST', `/approvals/${approval.id}/approval`, { version: approval.version })).status).toBeLessThan(300);
  app.passMachine(60);
  await app.sender.sendDue();
  expect(await decide({ isAnswered: true })).toMatchObject({ status: 200, body: { decision: { outcome: 'done' } } });
  expect((await app.owner.request('GET', `/tickets/${request.ticket.id}`)).body.status).toBe('resolved');
});

test('the same over the API; settings are for those who manage the house', async () => {
  const app = await testApp();
  const given = { email: MARIA, subject: 'Hello', text: 'A question' };
  expect(await app.request('POST', '/requests', given)).toMatchObject({ status: 202, body: { state: 'received', number: 1001 } });
  expect(await app.request('POST', '/requests', { ...given, kind: 'nonsense' })).toMatchObject({ status: 400 });
  expect((await app.person('agent', { of: app.owner }).then((agent) => agent.request('PUT', '/request-settings', { staffNames: 'full', strangers: false }))).status).toBe(403);
  expect((await app.owner.request('PUT', '/request-settings', { staffNames: 'full', strangers: false })).body).toEqual({ staffNames: 'full', strangers: false });
  expect(await app.request('POST', '/requests', given)).toMatchObject({ status: 403, body: { code: 'request.sign_in_first' } });
});

test('before it is sent, a request is held beside the articles that may answer it; a press sends it, another changes it', async () => {
  const app = await testApp();
  await helpDesk(app).write({ title: 'How to return a kettle', html: '<p>Pack it.</p>' });
  const browser = plainBrowser(app);
  await browser.open('/requests/new/question');
  const written = { email: MARIA, name: 'Maria', subject: 'Returning a kettle', text: 'How do I do it?' };
  await browser.sendFiles('/requests/new/question', written);
  expect(browser.words()).toContain('Does one of these help?');
  expect(browser.page().html).toContain('href="/help/en/articles/1-how-to-return-a-kettle"');
  expect((await app.owner.request('GET', '/tickets')).body.items).toEqual([]);

  await browser.sendFiles('/requests/new/question', { back: 'yes' });
  expect(browser.page().html).toContain('value="Returning a kettle"');
  await browser.sendFiles('/requests/new/question', written);
  await browser.sendFiles('/requests/new/question', {});
  expect(browser.page().path).toMatch(/^\/requests\/received/);
  expect((await app.owner.request('GET', '/tickets')).body.items).toMatchObject([{ subject: 'Returning a kettle', customer: { email: MARIA } }]);
});

test('a request that follows a search in vain is shown with it, whoever writes and whatever lies between', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  await desk.write({ title: 'How to return a kettle', html: '<p>Pack it.</p>' });
  const written = { email: MARIA, name: 'Maria', subject: 'Returning a kettle', text: 'Or a gift card instead?' };
  const wayFrom = (page: string) => /href="(\/requests\/new[^"]*searched=[^"]*)"/.exec(page)![1]!.replaceAll('&amp;', '&');
  for (const browser of [plainBrowser(app), await signIn(app)]) {
    const start = wayFrom((await browser.open('/help/search?q=gift+cards&lang=en')).html);
    await browser.open(wayFrom((await browser.open(start)).html));
    await browser.sendFiles('/requests/new/question', { ...written, text: '' });
    expect(browser.page().status).toBe(400);
    await browser.sendFiles('/requests/new/question', written);
    expect(browser.words()).toContain('Does one of these help?');
    await browser.sendFiles('/requests/new/question', {});
  }
  expect((await desk.good('GET', '/knowledge/gaps')).items).toMatchObject([{ words: 'gift cards', ticketCount: 2, tickets: [{ subject: written.subject }, { subject: written.subject }] }]);
});

test('an article says how often it was shown, whom it helped, and which tickets came within a day of reading it, as far as readers can be known again', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  const article = await desk.write({ title: 'How to return a kettle' });
  const other = await desk.write({ title: 'Opening hours' });
  await desk.write({ title: 'For us alone', state: 'internal' });
  const path = article.paths.en as string;
  const written = { email: 'ivan@example.org', name: 'Ivan', subject: 'Zzz', text: 'Zzz zzz' };
  const figures = async () => { const { shown, helped, notHelped, ticketCount } = await desk.good('GET', `/articles/${article.id}/figures`); return [shown, helped, notHelped, ticketCount]; };

  // Whoever nobody knows counts when they write from the article's own page, also after they said that it did not help.
  const stranger = plainBrowser(app);
  await stranger.open(path);
  const page = await stranger.send('/help/en/articles/1/opinions', { helped: 'no' });
  expect(page.status).toBe(200);
  await stranger.send('/help/en/articles/1/opinions', { reason: 'unclear' });
  await stranger.open(/href="(\/requests\/new[^"]*)"/.exec(stranger.page().html)![1]!.replaceAll('&amp;', '&'));
  await stranger.open(/href="(\/requests\/new\/question[^"]*)"/.exec(stranger.page().html)![1]!.replaceAll('&amp;', '&'));
  await stranger.sendFiles('/requests/new/question', written);
  expect(await figures()).toEqual([1, 0, 1, 1]);

  // Robots, pages that are fetched in case somebody might want them, and thanks are no readers.
  for (const headers of [{ 'user-agent': 'Googlebot/2.1' }, { 'sec-purpose': 'prefetch' }]) await desk.read(path, { headers: headers as Record<string, string> });
  // Nor is whoever only looks whether a link leads somewhere, as scanners of mail do.
  await app.http.inject({ method: 'HEAD', url: path, headers: { host: 'desk.test' } });
  await stranger.open(path);
  await stranger.send('/help/en/articles/1/opinions', { helped: 'yes' });
  expect(await figures()).toEqual([2, 1, 0, 1]);

  // A customer who is signed in counts on any channel, for a day.
  const maria = await signIn(app, MARIA);
  await mail(app, app.owner, { subject: 'Before reading' });
  await maria.open(path);
  app.pass(1);
  const { ticketId } = await mail(app, app.owner, { subject: 'After reading' });
  app.pass(23 * 60);
  await mail(app, app.owner, { subject: 'Still after reading' });
  app.pass(2 * 60);
  await mail(app, app.owner, { subject: 'Much later' });
  await mail(app, app.owner, { from: 'somebody@example.org', subject: 'Somebody else' });
  const detail = await desk.good('GET', `/articles/${article.id}/figures`);
  expect(detail).toMatchObject({ shown: 3, ticketCount: 3, days: 30 });
  expect(detail.tickets.map(({ subject }: { subject: string }) => subject)).toEqual(['Still after reading', 'After reading', 'Zzz']);

  // What was thrown away is named to nobody, and is still a figure.
  await desk.good('PUT', `/tickets/${ticketId}/deletion`);
  expect((await desk.good('GET', `/articles/${article.id}/figures`)).tickets.map(({ subject }: { subject: string }) => subject)).toEqual(['Still after reading', 'Zzz']);

  const list = async (query: string) => (await desk.good('GET', `/knowledge/figures?${query}`)).items.map(({ number, shown, ticketCount }: Record<string, number>) => [number, shown, ticketCount]);
  await desk.read(other.paths.en);
  expect(await list('')).toEqual([[1, 3, 3], [2, 1, 0]]);
  expect(await list('sort=shown&order=asc')).toEqual([[2, 1, 0], [1, 3, 3]]);
  const first = await desk.good('GET', '/knowledge/figures?sort=tickets&limit=1');
  expect(first.items).toMatchObject([{ number: 1, title: 'How to return a kettle', ticketCount: 3 }]);
  expect(await list(`sort=tickets&limit=1&cursor=${first.nextCursor}`)).toEqual([[2, 1, 0]]);
  app.pass(31 * 24 * 60);
  expect(await list('days=30')).toEqual([[2, 0, 0], [1, 0, 0]]);
  expect((await (await app.otherWorkspace()).request('GET', `/articles/${article.id}/figures`)).status).toBe(404);
});
