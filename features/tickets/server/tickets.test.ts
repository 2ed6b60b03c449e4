import { expect, test } from 'vitest';
import { oneAppForAll, ownApp, testApp, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

type TestApp = Awaited<ReturnType<typeof testApp>>;
const call = { subject: 'Broken kettle', channel: 'phone', direction: 'in', customer: { name: 'Мария Петрова', phone: '+359 88 123 4567' }, text: 'The kettle arrived cracked.' };

/** A mail as the email room would hand it over. */
async function mail(app: TestApp, of: Member, { from = 'maria@example.org', name = 'Maria Petrova', text = 'My kettle is broken', subject = 'Kettle', ticketId = null, automatic = false }: {
  from?: string; name?: string; text?: string; subject?: string; ticketId?: string | null; automatic?: boolean;
} = {}): Promise<{ ticketId: string; entryId: string }> {
  return app.db.work(of.workspaceId, async (tx) => {
    const customer = await app.customers.resolve(tx, of.workspaceId, { email: from, name, at: app.now() });
    return app.tickets.receive(tx, of.workspaceId, {
      ticketId, customerId: customer.id, mailboxId: null, teamId: null, channel: 'email', subject, text, quoted: '', html: null,
      author: { name, address: from }, recipients: { to: [{ name: '', address: 'support@desk.test' }], cc: [] }, messageId: null, ledgerId: null,
      language: 'en', attachments: [], notice: null, automatic, participants: [], at: app.now(),
    });
  });
}

test('a logged call is a ticket with its customer, its entry and a number', async () => {
  const { owner } = await testApp();

  const created = await owner.request('POST', '/tickets', call);

  expect(created).toMatchObject({ status: 201, body: { subject: 'Broken kettle', status: 'open', channel: 'phone', number: 1001, customer: { name: 'Мария Петрова' }, assignee: { id: owner.id } } });
  const { body } = await owner.request('GET', `/tickets/${created.body.id}/entries`);
  expect(body.items).toMatchObject([{ type: 'call', direction: 'in', text: 'The kettle arrived cracked.', author: { kind: 'person', id: owner.id } }]);
});

test('the usual list begins with whoever waits longest; a note does not bump, an answer moves to the end', async () => {
  ownApp();
  const app = await testApp();
  const first = await mail(app, app.owner, { subject: 'first' });
  app.pass(10);
  const second = await mail(app, app.owner, { subject: 'second', from: 'ivan@example.org' });
  app.pass(10);
  await app.owner.request('POST', `/tickets/${second.ticketId}/notes`, { text: 'looking into it' });
  const subjects = async () => (await app.owner.request('GET', '/tickets')).body.items.map((t: { subject: string }) => t.subject);
  expect(await subjects()).toEqual(['first', 'second']);

  await app.owner.request('POST', `/tickets/${first.ticketId}/replies`, { text: 'A new one is on its way.' });

  expect(await subjects()).toEqual(['second', 'first']);
  expect((await app.owner.request('GET', `/tickets/${first.ticketId}`)).body).toMatchObject({ status: 'waiting_customer', waitingSince: null, assignee: { id: app.owner.id }, snippet: 'A new one is on its way.' });
});

test('the customer who writes again reopens and waits since then; a robot does neither', async () => {
  const app = await testApp();
  const { ticketId } = await mail(app, app.owner);
  await app.owner.request('PATCH', `/tickets/${ticketId}`, { status: 'resolved' });
  app.pass(5);

  await mail(app, app.owner, { ticketId, text: 'I am out of office', automatic: true });
  expect((await app.owner.request('GET', `/tickets/${ticketId}`)).body).toMatchObject({ status: 'resolved', waitingSince: null });

  await mail(app, app.owner, { ticketId, text: 'It broke again' });
  expect((await app.owner.request('GET', `/tickets/${ticketId}`)).body).toMatchObject({ status: 'open', waitingSince: app.now().toISOString() });
});

test('undo takes a reply back with everything it changed, once', async () => {
  ownApp();
  const app = await testApp();
  const { ticketId } = await mail(app, app.owner);
  const before = (await app.owner.request('GET', `/tickets/${ticketId}`)).body;
  const reply = await app.owner.request('POST', `/tickets/${ticketId}/replies`, { text: 'Sent too early', status: 'resolved' });
  expect(reply).toMatchObject({ status: 201, body: { type: 'message', direction: 'out', recipients: { to: [{ address: 'maria@example.org' }] } } });

  expect((await app.owner.request('DELETE', `/tickets/${ticketId}/replies/${reply.body.id}`)).status).toBe(204);

  expect((await app.owner.request('GET', `/tickets/${ticketId}`)).body).toMatchObject({ status: before.status, waitingSince: before.waitingSince, assignee: before.assignee });
  expect((await app.owner.request('GET', `/tickets/${ticketId}/entries`)).body.items.map((e: { text: string }) => e.text)).not.toContain('Sent too early');
  expect((await app.owner.request('DELETE', `/tickets/${ticketId}/replies/${reply.body.id}`)).status).toBe(404);
});

test('once the mail may leave, a reply cannot be taken back', async () => {
  const app = await testApp({ settings: { relayUrl: 'smtp://127.0.0.1:1' } });
  const { ticketId } = await mail(app, app.owner);
  const reply = await app.owner.request('POST', `/tickets/${ticketId}/replies`, { text: 'On its way' });
  app.passMachine(11);
  await app.sender.sendDue();

  expect(await app.owner.request('DELETE', `/tickets/${ticketId}/replies/${reply.body.id}`)).toMatchObject({ status: 409, body: { code: 'reply.already_left' } });
});

test('two who take the next ticket at once get two different ones, the longest waiting first', async () => {
  const app = await testApp();
  const colleague = await app.person('agent', { of: app.owner });
  const oldest = await mail(app, app.owner, { subject: 'oldest' });
  app.pass(1);
  const younger = await mail(app, app.owner, { subject: 'younger', from: 'b@example.org' });

  const taken = await Promise.all([app.owner, colleague].map((who) => who.request('POST', '/tickets/next', {})));

  expect(new Set(taken.map((answer) => answer.body.id))).toEqual(new Set([oldest.ticketId, younger.ticketId]));
  expect(await app.owner.request('POST', '/tickets/next', {})).toMatchObject({ status: 404, body: { code: 'ticket.none_waiting' } });
});

test('a change based on an old version is refused, and says so', async () => {
  const app = await testApp();
  const { ticketId } = await mail(app, app.owner);
  const { body } = await app.owner.request('GET', `/tickets/${ticketId}`);
  await app.owner.request('PATCH', `/tickets/${ticketId}`, { priority: 'high', version: body.version });

  expect(await app.owner.request('PATCH', `/tickets/${ticketId}`, { priority: 'low', version: body.version }))
    .toMatchObject({ status: 409, body: { code: 'ticket.changed_meanwhile' } });
});

test('a merge interleaves the timelines and can be undone, also after new mail', async () => {
  const app = await testApp();
  const source = await mail(app, app.owner, { text: 'from my phone', from: 'maria@work.example' });
  app.pass(1);
  const target = await mail(app, app.owner, { text: 'from my desk' });
  app.pass(1);
  const merged = await app.owner.request('POST', `/tickets/${source.ticketId}/merges`, { into: target.ticketId });
  expect(merged.status).toBe(201);
  const texts = async (id: string) => (await app.owner.request('GET', `/tickets/${id}/entries`)).body.items.filter((e: { type: string }) => e.type === 'message').map((e: { text: string }) => e.text);
  expect(await texts(target.ticketId)).toEqual(['from my phone', 'from my desk']);
  expect((await app.owner.request('GET', `/tickets/${source.ticketId}`)).body.mergedInto).toMatchObject({ id: target.ticketId, mergeId: expect.any(String) });
  app.pass(1);
  // Mail for the merged ticket goes on in the other.
  expect((await mail(app, app.owner, { ticketId: source.ticketId, text: 'any news?', from: 'maria@work.example' })).ticketId).toBe(target.ticketId);

  expect((await app.owner.request('DELETE', `/merges/${merged.body.id}`)).status).toBe(204);

  expect(await texts(source.ticketId)).toEqual(['from my phone']);
  expect(await texts(target.ticketId)).toEqual(['from my desk', 'any news?']);
});

test('an unanswered message that a merge brings opens a resolved ticket; undoing it resolves it again', async () => {
  const app = await testApp();
  const target = await mail(app, app.owner, { text: 'solved' });
  await app.owner.request('PATCH', `/tickets/${target.ticketId}`, { status: 'resolved' });
  const source = await mail(app, app.owner, { text: 'still waiting' });
  const facts = async () => (await app.owner.request('GET', `/tickets/${target.ticketId}`)).body;

  const merged = await app.owner.request('POST', `/tickets/${source.ticketId}/merges`, { into: target.ticketId });
  expect(await facts()).toMatchObject({ status: 'open', waitingSince: expect.any(String) });

  await app.owner.request('DELETE', `/merges/${merged.body.id}`);
  expect(await facts()).toMatchObject({ status: 'resolved', waitingSince: null });
});

test('a deleted ticket is out of list and search until it is restored', async () => {
  const app = await testApp();
  const { ticketId } = await mail(app, app.owner, { text: 'the zanzibar kettle' });
  const found = async () => (await app.owner.request('GET', '/tickets?q=zanzibar')).body.items.length;
  expect(await found()).toBe(1);

  await app.owner.request('PUT', `/tickets/${ticketId}/deletion`);
  expect(await found()).toBe(0);
  expect((await app.owner.request('GET', '/tickets')).body.items).toEqual([]);
  expect((await app.owner.request('GET', '/tickets?status=deleted')).body.items).toHaveLength(1);
  expect(await app.owner.request('POST', `/tickets/${ticketId}/notes`, { text: 'x' })).toMatchObject({ status: 409, body: { code: 'ticket.deleted' } });

  await app.owner.request('DELETE', `/tickets/${ticketId}/deletion`);
  expect(await found()).toBe(1);
});

test.each([
  ['a name in another script', 'Maria', 1], ['the name as written', 'Мария Петрова', 1], ['another form of the word', 'чайници', 1],
  ['the number', '1001', 1], ['the number in Arabic digits', '١٠٠١', 1], ['the address', 'maria@example.org', 1], ['something else', 'zeppelin', 0],
])('search finds a ticket by %s', async (_what, q, count) => {
  const app = await testApp();
  await app.db.work(app.owner.workspaceId, async (tx) => {
    const customer = await app.customers.resolve(tx, app.owner.workspaceId, { email: 'maria@example.org', name: 'Мария Петрова', language: 'bg', at: app.now() });
    await app.tickets.receive(tx, app.owner.workspaceId, {
      ticketId: null, customerId: customer.id, mailboxId: null, teamId: null, channel: 'email', subject: 'Счупен чайник', text: 'Чайникът пристигна счупен.', quoted: '', html: null,
      author: { name: 'Мария Петрова', address: 'maria@example.org' }, recipients: { to: [], cc: [] }, messageId: null, ledgerId: null,
      language: 'bg', attachments: [], notice: null, automatic: false, participants: [], at: app.now(),
    });
  });

  expect((await app.owner.request('GET', `/tickets?q=${encodeURIComponent(q)}`)).body.items).toHaveLength(count);
});

test('a number finds its ticket first, before others that mention it', async () => {
  const app = await testApp();
  await mail(app, app.owner, { subject: 'the first' });
  app.pass(1);
  await mail(app, app.owner, { subject: 'about 1001', from: 'b@example.org' });

  expect((await app.owner.request('GET', '/tickets?q=1001')).body.items.map((t: { number: number }) => t.number)).toEqual([1001, 1002]);
});

test('pages neither skip nor repeat while the list changes', async () => {
  const app = await testApp();
  for (let i = 0; i < 7; i++) { await mail(app, app.owner, { subject: `n${i}`, from: `c${i}@example.org` }); app.pass(1); }
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await app.owner.request('GET', `/tickets?limit=3${cursor && `&cursor=${cursor}`}`);
    seen.push(...body.items.map((t: { subject: string }) => t.subject));
    cursor = body.nextCursor ?? '';
    await mail(app, app.owner, { subject: 'late', from: 'late@example.org' });
    app.pass(1);
  } while (cursor && seen.length < 7);

  expect(seen.slice(0, 7)).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6']);
});

test('lists by status, assignee, team and tag', async () => {
  const app = await testApp();
  const { body: team } = await app.owner.request('POST', '/teams', { name: 'Returns', memberIds: [app.owner.id] });
  const one = await mail(app, app.owner, { subject: 'one' });
  await mail(app, app.owner, { subject: 'two', from: 'b@example.org' });
  const patched = await app.owner.request('PATCH', `/tickets/${one.ticketId}`, { assigneeId: app.owner.id, teamId: team.id, tags: ['vip', 'VIP', 'kettle'] });
  expect(patched.body).toMatchObject({ status: 'open', team: { name: 'Returns' }, tags: ['VIP', 'kettle'] });
  const subjects = async (query: string) => (await app.owner.request('GET', `/tickets?${query}`)).body.items.map((t: { subject: string }) => t.subject);

  expect(await subjects('assignee=me')).toEqual(['one']);
  expect(await subjects('assignee=none')).toEqual(['two']);
  expect(await subjects(`team=${team.id}`)).toEqual(['one']);
  expect(await subjects('tag=kettle')).toEqual(['one']);
  expect(await subjects('status=open')).toEqual(['one']);
  expect(new Set(await subjects('status=open,new'))).toEqual(new Set(['one', 'two']));
  expect(await subjects('sort=updated&status=all')).toEqual(expect.arrayContaining(['one', 'two']));
  expect((await app.owner.request('GET', '/tickets/counts')).body).toMatchObject({ mine: { count: 1 }, unassigned: { count: 1 }, active: { count: 2, more: false } });
  expect((await app.owner.request('GET', '/tickets?status=nonsense')).status).toBe(400);
});

test('a draft is kept while typing, is nobody else\'s business, and holds its files', async () => {
  ownApp();
  const app = await testApp();
  const other = await app.person('agent', { of: app.owner });
  const { ticketId } = await mail(app, app.owner);
  const file = await app.owner.request('POST', '/uploads?name=..%2Fphoto.png&contentType=image/png', Buffer.from('png'), { 'content-type': 'application/octet-stream' });
  expect(file).toMatchObject({ status: 201, body: { name: 'photo.png', size: 3 } });
  const draft = { html: '<p>Dear Maria,</p>', attachmentIds: [file.body.id] };

  expect((await app.owner.request('PUT', `/drafts/reply?ticket=${ticketId}`, draft)).body).toMatchObject({ version: 1, attachments: [{ name: 'photo.png' }] });
  expect((await app.owner.request('PUT', `/drafts/reply?ticket=${ticketId}`, { ...draft, html: '<p>Dear Maria, hello</p>' })).body.version).toBe(2);
  expect((await app.owner.request('GET', `/drafts/reply?ticket=${ticketId}`)).body.body.html).toBe('<p>Dear Maria, hello</p>');
  expect(await other.request('GET', `/drafts/reply?ticket=${ticketId}`)).toMatchObject({ status: 200, body: null });

  // Another's upload cannot be sent along.
  expect(await other.request('POST', `/tickets/${ticketId}/replies`, { text: 'hi', attachmentIds: [file.body.id] })).toMatchObject({ status: 400, body: { code: 'attachment.not_found' } });
  const sent = await app.owner.request('POST', `/tickets/${ticketId}/replies`, { text: 'See the picture', attachmentIds: [file.body.id] });
  expect(sent.body.attachments).toMatchObject([{ name: 'photo.png', size: 3 }]);
  const download = await app.request('GET', sent.body.attachments[0].url);
  expect(download).toMatchObject({ status: 200, headers: { 'content-security-policy': expect.stringContaining('sandbox') } });
});

test('a colleague reads and notes, and never writes to a customer', async () => {
  const app = await testApp();
  const colleague = await app.person('colleague', { of: app.owner });
  const { ticketId } = await mail(app, app.owner);

  expect((await colleague.request('GET', `/tickets/${ticketId}`)).status).toBe(200);
  expect((await colleague.request('POST', `/tickets/${ticketId}/notes`, { text: 'ask the workshop' })).status).toBe(201);
  expect((await colleague.request('POST', `/tickets/${ticketId}/replies`, { text: 'hello' })).status).toBe(403);
  expect((await colleague.request('PATCH', `/tickets/${ticketId}`, { priority: 'high' })).status).toBe(403);
});

test('the same Idempotency-Key writes once, also when fifty come at once', async () => {
  const app = await testApp();
  const { ticketId } = await mail(app, app.owner);
  const send = (text: string) => app.owner.request('POST', `/tickets/${ticketId}/notes`, { text }, { 'idempotency-key': 'one' });

  const answers = await Promise.all(Array.from({ length: 50 }, () => send('once')));

  expect(new Set(answers.map((a) => a.status))).toEqual(new Set([201]));
  expect(new Set(answers.map((a) => a.body.id)).size).toBe(1);
  expect((await app.owner.request('GET', `/tickets/${ticketId}/entries`)).body.items.filter((e: { type: string }) => e.type === 'note')).toHaveLength(1);
  expect(await send('something else')).toMatchObject({ status: 422, body: { code: 'idempotency.other_request' } });
});

test('a list as CSV carries no formula', async () => {
  const app = await testApp();
  await mail(app, app.owner, { subject: '=HYPERLINK("http://evil.example")', name: '@SUM(A1)' });

  const csv = await app.owner.request('GET', '/tickets.csv');

  expect(csv.status).toBe(200);
  expect(csv.body).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  expect(csv.body).toContain(`'@SUM(A1)`);
});

test('a ticket gets another subject and another requester, who has it from then on, and the timeline says both', async () => {
  const { owner } = await testApp();
  const ticket = (await owner.request('POST', '/tickets', call)).body;
  const other = (await owner.request('POST', '/customers', { name: 'Peter Petrov', email: 'peter@example.org' })).body;

  const changed = await owner.request('PATCH', `/tickets/${ticket.id}`, { subject: 'A cracked kettle', customerId: other.id });
  expect(changed).toMatchObject({ status: 200, body: { subject: 'A cracked kettle', customer: { id: other.id, name: 'Peter Petrov' } } });
  const of = async (id: string) => (await owner.request('GET', `/tickets?status=all&customer=${id}`)).body.items.map((one: { id: string }) => one.id);
  expect([await of(other.id), await of(ticket.customer.id)]).toEqual([[ticket.id], []]);
  const events = (await owner.request('GET', `/tickets/${ticket.id}/entries`)).body.items.filter((entry: { type: string }) => entry.type === 'event');
  expect(JSON.stringify(events)).toMatch(/A cracked kettle/);
  expect(JSON.stringify(events)).toMatch(new RegExp(other.id as string));
});
