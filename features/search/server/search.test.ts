import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { following } from '../../../testing/following.ts';
import { oneAppForAll, ownApp, testApp, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

type Item = { type: string; id: string; subject?: string; name?: string; title?: string; passage?: { text: string; marks: [number, number][] } | null };
type Page = { items: Item[]; nextCursor: string | null; notes: unknown[]; correction: { q: string; isUsed: boolean } | null };

async function desk() {
  const app = await testApp();
  const ana = await app.person('agent', { of: app.owner, name: 'Ana Ilieva' });
  const team = (await app.owner.request('POST', '/teams', { name: 'Returns & refunds', memberIds: [ana.id] })).body as { id: string };
  const find = async (q: string, more = '', who: Member = ana): Promise<Page> => {
    const { status, body } = await who.request('GET', `/search?q=${encodeURIComponent(q)}${more}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body as Page;
  };
  return {
    ...app, ana, team, find,
    subjects: async (q: string, more = '&type=ticket') => (await find(q, more)).items.map(({ subject }) => subject),
    async ticket(subject: string, { text = 'hello', customer = { email: 'maria@example.org', name: 'Maria Petrova' }, channel = 'phone', ...change }: { text?: string; customer?: object; channel?: string } & Record<string, unknown> = {}) {
      const made = await ana.request('POST', '/tickets', { subject, channel, customer, text, assigneeId: null });
      if (Object.keys(change).length > 0) await ana.request('PATCH', `/tickets/${made.body.id}`, change);
      return made.body as { id: string; number: number };
    },
  };
}

test('every operator narrows, alone and beside words; a minus turns it round', async () => {
  const { ana, team, subjects, ticket, pass, owner } = await desk();
  const other = { email: 'jan@sklep.pl', name: 'Jan Kowalski' };
  await ticket('Kettle one', { text: 'the kettle is broken', assigneeId: ana.id, tags: ['VIP', 'very old'], status: 'waiting_customer' });
  const two = await ticket('Kettle two', { text: 'the kettle is out of stock', teamId: team.id, kind: 'complaint', customer: other });
  pass(3 * 24 * 60);
  await ticket('Toaster', { text: 'the toaster is out of our stock, refund it', channel: 'desk', priority: 'high', customer: other });
  const gone = await ticket('Kettle three', { text: 'kettle' });
  await owner.request('PUT', `/tickets/${gone.id}/deletion`);

  const cases: [q: string, found: string[]][] = [
    ['kettle', ['Kettle two', 'Kettle one']], ['kettle -broken', ['Kettle two']], ['-kettle status:active', ['Toaster']], ['"out of stock"', ['Kettle two']], ['stock -"out of stock"', ['Toaster']],
    ['from:maria', ['Kettle one']], ['from:jan@sklep.pl', ['Toaster', 'Kettle two']], ['-from:kowalski', ['Kettle one']], ['kettle from:jan', ['Kettle two']],
    ['assignee:me', ['Kettle one']], ['assignee:none', ['Toaster', 'Kettle two']], ['assignee:"Ana Ilieva"', ['Kettle one']], ['kettle -assignee:me', ['Kettle two']],
    ['team:mine', ['Kettle two']], ['team:"Returns & refunds"', ['Kettle two']], ['team:none kettle', ['Kettle one']],
    ['tag:vip', ['Kettle one']], ['tag:"very old" kettle', ['Kettle one']], ['-tag:vip kettle', ['Kettle two']],
    ['kind:complaint', ['Kettle two']], ['kind:оплакване', ['Kettle two']], ['channel:desk', ['Toaster']], ['priority:high,urgent', ['Toaster']],
    ['status:waiting_customer', ['Kettle one']], ['status:active kettle', ['Kettle two', 'Kettle one']], ['status:done', []],
    ['before:2026-03-03', ['Kettle two', 'Kettle one']], ['after:2026-03-03', ['Toaster']], ['kettle after:today', []], ['stock after:2d', ['Toaster']], ['stock before:2d', ['Kettle two']],
    ['status:trash', ['Kettle three']], ['status:trash kettle', ['Kettle three']], ['status:spam', []],
    [`#${two.number}`, ['Kettle two']], [`number:${two.number}`, ['Kettle two']], [`${two.number}`, ['Kettle two']],
    ['kettle status:', ['Kettle two', 'Kettle one']], ['from:maria from:jan', []], ['has:attachment', []], ['-has:attachment kettle', ['Kettle two', 'Kettle one']],
  ];
  for (const [q, found] of cases) expect(await subjects(q), q).toEqual(found);
});

test('mail is found by the mailbox that it came to, and by who has a copy of it', async () => {
  ownApp();
  const { owner, subjects, email, ticket } = await desk();
  await owner.request('POST', '/email/inbound', Buffer.from('From: maria@example.org\r\nTo: support@desk.test\r\nSubject: Kettle by mail\r\n\r\nIt is broken.\r\n'), { 'content-type': 'message/rfc822' });
  await email.settled();
  const called = await ticket('Kettle by phone', { customer: { email: 'jan@sklep.pl', name: 'Jan Kowalski' } });
  expect((await owner.request('POST', `/tickets/${called.id}/replies`, { text: 'A new one comes.', channel: 'email', cc: ['workshop@repairs.example'] })).status).toBe(201);
  for (const [q, found] of [
    ['to:support@desk.test', ['Kettle by mail']], ['to:workshop@repairs.example', ['Kettle by phone']], ['kettle to:repairs.example', ['Kettle by phone']], ['kettle -to:workshop', ['Kettle by mail']], ['to:nobody@repairs.example', []],
  ] as const) expect(await subjects(q), q).toEqual(found);
});

test('to: finds what we have written to somebody, and from: what somebody wrote, also in a ticket of another', async () => {
  const { owner, ana, db, tickets, now, subjects, find, ticket, request, otherWorkspace } = await desk();
  const petya = { email: 'petya@example.com', name: 'Petya Ilieva' };
  expect((await owner.request('POST', '/mailboxes', { address: 'letters@desk.test' })).status).toBe(201);
  const answered = await ticket('Kettle, answered', { customer: petya });
  await ticket('Kettle, unanswered', { customer: petya });
  const elsewhere = await ticket('Kettle of a workshop', { customer: petya });
  const called = await ticket('Kettle of Jan', { customer: { email: 'jan@sklep.pl', name: 'Jan Kowalski' } });
  const chosen = (await owner.request('GET', `/tickets/${called.id}`)).body.customer.id as string;
  const reply = (id: string, more: object) => ana.request('POST', `/tickets/${id}/replies`, { text: 'It comes tomorrow.', ...more });
  expect((await reply(answered.id, {})).status).toBe(201);
  expect((await reply(elsewhere.id, { to: ['workshop@repairs.example'] })).status).toBe(201);
  const taken = (await reply(called.id, { cc: ['Petya@Example.com'] })).body.id as string;
  for (const [q, found] of [
    ['to:petya@example.com', ['Kettle of Jan', 'Kettle, answered']], ['to:PETYA@example.com', ['Kettle of Jan', 'Kettle, answered']], ['to:"Petya Ilieva"', ['Kettle, answered']], ['tomorrow to:petya', ['Kettle of Jan', 'Kettle, answered']],
    ['to:petya@example.com from:jan', ['Kettle of Jan']], ['-to:petya@example.com from:petya', ['Kettle of a workshop', 'Kettle, unanswered']], ['to:workshop@repairs.example', ['Kettle of a workshop']], ['to:etya@example.com', []], ['to:jan@sklep.pl', ['Kettle of Jan']],
  ] as const) expect(await subjects(q), q).toEqual(found);

  // What was taken back was not written to anybody.
  expect((await ana.request('DELETE', `/tickets/${called.id}/replies/${taken}`)).status).toBeLessThan(300);
  expect(await subjects('to:jan@sklep.pl')).toEqual([]);

  expect(await subjects('from:petya@example.com')).toEqual(['Kettle of a workshop', 'Kettle, unanswered', 'Kettle, answered']);
  await db.work(owner.workspaceId, async (tx) => tickets.receive(tx, owner.workspaceId, {
    ticketId: called.id, customerId: chosen, mailboxId: null, teamId: null, channel: 'email', subject: '', text: 'I am his neighbour.', quoted: '', html: null, author: { name: 'Petya', address: 'petya@example.com' },
    recipients: { to: [], cc: [] }, messageId: null, ledgerId: null, language: 'en', attachments: [], notice: null, automatic: false, participants: [{ name: 'Petya', address: 'petya@example.com' }], at: now(),
  }));
  expect(await subjects('from:petya@example.com')).toEqual(['Kettle of Jan', 'Kettle of a workshop', 'Kettle, unanswered', 'Kettle, answered']);
  expect(await subjects('neighbour from:petya')).toEqual(['Kettle of Jan']);
  expect(await subjects('-from:petya')).toEqual([]);

  const other = await otherWorkspace();
  for (const q of ['to:petya@example.com', 'from:petya@example.com', 'to:workshop@repairs.example']) expect((await find(q, '', other)).items, q).toEqual([]);
  expect((await request('GET', '/search?q=to:petya@example.com')).status).toBe(401);
});

test('what an operator does not understand is refused with what it would; a name that nobody has is said', async () => {
  const { ana, find, ticket } = await desk();
  await ticket('Kettle');
  for (const q of ['status:opne', 'kind:x', 'has:legs', 'before:soon', 'number:abc', 'status:spam,open', '-status:trash']) {
    expect(await ana.request('GET', `/search?q=${encodeURIComponent(q)}`), q).toMatchObject({ status: 400, body: { code: 'search.bad_value', detail: expect.stringContaining(':') } });
  }
  expect(await find('from:zzyzx')).toMatchObject({ items: [], nextCursor: null, notes: [{ code: 'nobody', value: 'zzyzx' }] });
  expect(await find('  ')).toMatchObject({ items: [], nextCursor: null });
  expect((await ana.request('GET', '/search')).status).toBe(400);
});

test('customers and articles stand in the same answer, and the place of the words is text with offsets', async () => {
  const { owner, find, ticket } = await desk();
  await ticket('Question', { text: 'My kettles <b>arrived</b> broken' });
  const article = (await owner.request('POST', '/articles', { language: 'en', title: 'Descaling a kettle', html: '<p>Use vinegar.</p>' })).body;
  await owner.request('PATCH', `/articles/${article.id}`, { state: 'internal' });

  const { items } = await find('kettle');
  expect(items.map(({ type, subject, title }) => [type, subject ?? title])).toEqual([['article', 'Descaling a kettle'], ['ticket', 'Question']]);
  const { text, marks } = items[1]!.passage!;
  expect([text, marks.map(([from, to]) => text.slice(from, to))]).toEqual(['My kettles <b>arrived</b> broken', ['kettles']]);
  expect((await find('maria')).items.map(({ type, name, subject }) => [type, name ?? subject])).toEqual([['customer', 'Maria Petrova'], ['ticket', 'Question']]);
  expect((await find('Kowalska', '&type=customer')).items).toEqual([]);
});

test('pages follow each other without a gap and without a repetition, by words and by demands', async () => {
  const { find, ticket } = await desk();
  for (let n = 0; n < 7; n++) await ticket(`Kettle ${n}`, { text: 'kettle', priority: n % 2 === 0 ? 'high' : 'low' });
  for (const q of ['kettle', 'priority:high', 'kettle priority:high', 'kettle from:maria', 'from:maria']) {
    const whole = (await find(q, '&type=ticket')).items.map(({ id }) => id);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page = await find(q, `&type=ticket&limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(paged, q).toEqual(whole);
    expect(whole.length, q).toBe(q.includes('priority') ? 4 : 7);
  }
});

test('a search never looks into another workspace, and tells those without the right nothing', async () => {
  const { find, ticket, otherWorkspace, request, ana } = await desk();
  const mine = await ticket('Secret kettle', { assigneeId: ana.id, tags: ['secret'] });
  const other = await otherWorkspace();
  for (const q of ['secret', 'kettle', 'from:maria', 'tag:secret', `#${mine.number}`, 'status:active', 'maria', `assignee:"Ana Ilieva"`, 'to:support']) expect((await find(q, '', other)).items, q).toEqual([]);
  expect((await request('GET', '/search?q=kettle')).status).toBe(401);
});

test('what is mistyped finds what was meant, and says so; what finds something, or nothing at all, is left as it is', async () => {
  ownApp();
  const here = await desk();
  const { db, ana, find, ticket, owner, otherWorkspace } = here;
  const followed = await following(here, 'search words');
  await ticket('Broken kettle', { text: 'the thermostat of my kettle is broken, чайник не кипит', customer: { email: 'rada@example.org', name: 'Radoslava Dimitrova' } });
  await followed();
  for (const [typed, meant] of [
    ['ketle', 'kettle'], ['kettel', 'kettle'], ['termostat', 'thermostat'], ['broekn kettle', 'broken kettle'], ['чайинк', 'чайник'], ['Radoslaba', 'radoslava'],
    ['thermstat status:active', 'thermostat status:active'], ['brken ketle', 'broken kettle'],
  ] as const) {
    expect(await find(typed, '&type=ticket'), typed).toMatchObject({ items: [{ subject: 'Broken kettle' }], correction: { q: meant, isUsed: true } });
  }
  expect(await find('kettles')).toMatchObject({ correction: null });
  for (const typed of ['zzyzxyz', '"ketle is"', 'kettle status:done', 'kex', '12345']) expect(await find(typed), typed).toMatchObject({ items: [], correction: null });

  // Words of others, and those that were taken out, are nobody's.
  expect(await find('ketle', '', await otherWorkspace())).toMatchObject({ items: [], correction: null });
  const { items: [found] } = await find('thermostat', '&type=ticket');
  const { items } = (await ana.request('GET', `/tickets/${found!.id}/entries`)).body as { items: { id: string; type: string }[] };
  expect((await owner.request('POST', `/tickets/${found!.id}/entries/${items.find(({ type }) => type === 'call')!.id}/redactions`, { passages: ['thermostat'], reason: 'private' })).status).toBeLessThan(300);
  const { rows } = await sql<{ word: string }>`select word from search_words where word like 'therm%'`.execute(db.owner);
  expect(rows).toEqual([]);
});
