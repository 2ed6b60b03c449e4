import { sql } from 'kysely';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oneAppForAll, testApp, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

type App = Awaited<ReturnType<typeof testApp>>;

const customer = async (by: Member, given: object): Promise<string> => (await by.request('POST', '/customers', given)).body.id as string;
const note = (by: Member, id: string, text: string) => by.request('POST', `/customers/${id}/notes`, { text });
const merge = async (by: Member, from: string, into: string): Promise<string> => {
  const merged = await by.request('POST', `/customers/${from}/merges`, { into });
  expect(merged, JSON.stringify(merged.body)).toMatchObject({ status: 201 });
  return merged.body.id as string;
};
const writes = (app: App, email: string, subject: string): Promise<string> => app.db.work(app.owner.workspaceId, async (tx) => {
  const at = app.now();
  const { id: customerId } = await app.customers.resolve(tx, app.owner.workspaceId, { email, at });
  return (await app.tickets.receive(tx, app.owner.workspaceId, {
    ticketId: null, customerId, mailboxId: null, teamId: null, channel: 'email', subject, text: subject, quoted: '', html: null, author: { name: '', address: email }, recipients: { to: [], cc: [] },
    messageId: null, ledgerId: null, language: null, attachments: [], notice: null, automatic: false, participants: [], at,
  })).ticketId;
});
const subjects = async (by: Member, id: string): Promise<string[]> =>
  (await by.request('GET', `/tickets?customer=${id}&status=all&limit=100`)).body.items.map((ticket: { subject: string }) => ticket.subject).sort();
const texts = async (by: Member, id: string): Promise<string[]> => (await by.request('GET', `/customers/${id}/notes?limit=100`)).body.items.map((one: { text: string }) => one.text).sort();

/** All that anybody can see of a customer. */
async function sides(by: Member, ...ids: readonly string[]) {
  return Promise.all(ids.map(async (id) => {
    const { updatedAt: _, ...view } = (await by.request('GET', `/customers/${id}`)).body;
    const companies = (await by.request('GET', `/customers/${id}/companies`)).body.items;
    return { view, tickets: await subjects(by, id), notes: await texts(by, id), companies, flags: (await by.request('GET', `/customers/${id}/flags`)).body.items };
  }));
}

/** Tables that point at customers and are not moved: read anew through `known`, or facts about the records as they are. */
const STAY = ['customer_likenesses.a_id', 'customer_likenesses.b_id', 'customer_separations.a_id', 'customer_separations.b_id', 'customer_traces.customer_id', 
  'customers.merged_into', 'customer_merges.source_id', 'customer_merges.target_id', 'status_notice_letters.customer_id',
];

test('two records become one with everything that hangs on them, and two again exactly as they were, plus what came since', async () => {
  const app = await testApp();
  const { owner } = app;
  const [home, work] = [await customer(owner, { name: 'Maria Petrova', email: 'maria@home.test', language: 'bg' }), await customer(owner, { name: 'M. Petrova', email: 'maria@acme.example', phone: '+359888123456' })];
  const acme = (await owner.request('POST', '/companies', { name: 'Acme' })).body.id as string;
  await owner.request('PUT', `/companies/${acme}/people/${home}`, {});
  await owner.request('PUT', `/companies/${acme}/people/${work}`, { isContact: true });
  await note(owner, home, 'Likes tea');
  await note(owner, work, 'Calls in the morning');
  await owner.request('PUT', `/customers/${home}/flags/vip`, {});
  await owner.request('PUT', `/customers/${work}/flags/do_not_call`, { reason: 'Asked so' });
  const ticket = await writes(app, 'maria@home.test', 'Kettle');
  await writes(app, 'maria@acme.example', 'Invoice');
  await owner.request('POST', '/commitments', { ticketId: ticket, kind: 'callback', what: 'Call her', dueAt: '2026-03-05T12:00:00Z' });
  const before = await sides(owner, home, work);

  app.pass(1);
  const id = await merge(owner, home, work);
  expect(await app.db.owner.selectFrom('commitments').select(['customer_id', 'home_id']).execute()).toEqual([{ customer_id: work, home_id: home }]);
  const [gone, one] = await sides(owner, home, work);
  expect(gone).toMatchObject({ view: { identities: [], mergedInto: { id: work, name: 'M. Petrova', mergeId: id } }, tickets: [], notes: [] });
  expect(one).toMatchObject({ view: { email: 'maria@acme.example', language: 'bg', flags: ['do_not_call', 'vip'] }, tickets: ['Invoice', 'Kettle'], notes: ['Calls in the morning', 'Likes tea'], companies: [{ id: acme, isContact: true }] });
  expect(one!.view.identities.map(({ value }: { value: string }) => value)).toEqual(['maria@acme.example', '+359888123456', 'maria@home.test']);
  expect((await owner.request('GET', '/customers?q=Petrova')).body.items.map((found: { id: string }) => found.id)).toEqual([work]);
  expect((await owner.request('GET', '/customers?q=maria@home.test')).body.items.map((found: { id: string }) => found.id)).toEqual([work]);
  expect((await owner.request('GET', `/customers/${work}/merges`)).body.items).toMatchObject([{ id, customer: { id: home, name: 'Maria Petrova' }, by: { id: owner.id } }]);
  expect(await owner.request('PATCH', `/customers/${home}`, { name: 'X' })).toMatchObject({ status: 409, body: { code: 'customer.merged', customerId: work } });

  await writes(app, 'maria@home.test', 'Kettle again');
  await writes(app, 'maria@acme.example', 'Invoice again');
  await note(owner, work, 'Both are she');
  app.pass(1);
  expect((await owner.request('DELETE', `/merges/${id}`)).status).toBe(204);

  const [a, b] = before;
  expect(await sides(owner, home, work)).toEqual([
    { ...a, tickets: ['Kettle', 'Kettle again'] }, { ...b, tickets: ['Invoice', 'Invoice again'], notes: ['Both are she', 'Calls in the morning'] },
  ]);
  expect((await owner.request('GET', '/customers?q=maria@home.test')).body.items.map((found: { id: string }) => found.id)).toEqual([home]);
  expect(await app.db.owner.selectFrom('commitments').select(['customer_id', 'home_id']).execute()).toEqual([{ customer_id: home, home_id: null }]);
  expect(await owner.request('DELETE', `/merges/${id}`)).toMatchObject({ status: 404, body: { code: 'merge.not_found' } });
});

test('no table that points at customers is forgotten, and what is refused: with itself, what was merged already, what is not here', async () => {
  const app = await testApp();
  const { owner } = app;
  const { rows } = await sql<{ place: string }>`
    select c.conrelid::regclass || '.' || a.attname as place from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
    where c.contype = 'f' and c.confrelid = 'customers'::regclass and a.attname <> 'workspace_id'`.execute(app.db.owner);
  const moved = app.customers.carriers().map(({ table }) => `${table}.customer_id`);
  expect(rows.map(({ place }) => place).sort()).toEqual([...moved, ...STAY].sort());

  const [a, b, c] = [await customer(owner, { name: 'A' }), await customer(owner, { name: 'B' }), await customer(owner, { name: 'C' })];
  const other = await customer(await app.otherWorkspace(), { name: 'Foreign' });
  await merge(owner, a, b);
  expect(await owner.request('POST', `/customers/${b}/merges`, { into: b })).toMatchObject({ status: 400, body: { code: 'customer.merge_with_itself' } });
  expect(await owner.request('POST', `/customers/${a}/merges`, { into: c })).toMatchObject({ status: 409, body: { code: 'customer.merged', customerId: b } });
  expect(await owner.request('POST', `/customers/${c}/merges`, { into: a })).toMatchObject({ status: 409, body: { code: 'customer.merged' } });
  for (const [from, into] of [[b, other], [other, b]]) expect(await owner.request('POST', `/customers/${from}/merges`, { into })).toMatchObject({ status: 404, body: { code: 'customer.not_found' } });
  const colleague = await app.person('colleague', { of: owner });
  expect((await colleague.request('POST', `/customers/${b}/merges`, { into: c })).status).toBe(403);
  expect((await owner.request('POST', '/tickets', { subject: 'Call', channel: 'phone', customerId: a, text: 'called' })).body.customer.id).toBe(b);
});

test('who is of a company stays so, whichever of several records said it', async () => {
  const app = await testApp();
  const { owner } = app;
  const firm = (await owner.request('POST', '/companies', { name: 'Firm' })).body.id as string;
  const [a, b, c] = [await customer(owner, { name: 'A' }), await customer(owner, { name: 'B' }), await customer(owner, { name: 'C' })];
  for (const id of [a, c]) await owner.request('PUT', `/companies/${firm}/people/${id}`, {});
  const first = await merge(owner, a, b);
  const second = await merge(owner, b, c);
  /** Of a record that goes on in another, that one's. */
  const of = async () => (await sides(owner, a, b, c)).map(({ companies }) => companies.length);
  expect(await of()).toEqual([1, 1, 1]);
  await owner.request('DELETE', `/merges/${first}`);
  expect(await of()).toEqual([1, 1, 1]);
  await owner.request('DELETE', `/merges/${second}`);
  expect(await of()).toEqual([1, 0, 1]);
});

type Step = { readonly what: 'merge' | 'undo' | 'write' | 'note' | 'join'; readonly a: number; readonly b: number };
const step = fc.record<Step>({ what: fc.constantFrom('merge', 'merge', 'undo', 'write', 'note', 'join'), a: fc.nat(4), b: fc.nat(4) });

test('however records are merged and taken apart, each holds what is at home with those that go on in it', async () => {
  const app = await testApp();
  const { owner } = app;
  const firm = (await owner.request('POST', '/companies', { name: 'Firm' })).body.id as string;
  let round = 0;
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
    round++;
    const ids = await Promise.all([0, 1, 2, 3, 4].map((n) => customer(owner, { name: `P${n}`, email: `p${n}.${round}@home.test` })));
    // The model: a forest, and what is at home where.
    const parent: (number | null)[] = ids.map(() => null);
    const homes = { tickets: ids.map((): string[] => []), notes: ids.map((): string[] => []), members: new Set<number>() };
    const merges: { id: string; a: number }[] = [];
    const root = (n: number): number => (parent[n] === null ? n : root(parent[n]!));
    const act = {
      async merge(a: number, b: number) {
        const [from, into] = [root(a), root(b)];
        if (from === into) return;
        merges.push({ id: await merge(owner, ids[from]!, ids[into]!), a: from });
        parent[from] = into;
      },
      async undo(a: number) {
        const [one] = merges.splice(a % Math.max(1, merges.length), 1);
        if (!one) return;
        expect((await owner.request('DELETE', `/merges/${one.id}`)).status).toBe(204);
        parent[one.a] = null;
      },
      async write(a: number, _: number, n: number) { homes.tickets[a]!.push(`T${n}`); await writes(app, `p${a}.${round}@home.test`, `T${n}`); },
      async note(a: number, _: number, n: number) { homes.notes[root(a)]!.push(`N${n}`); await note(owner, ids[root(a)]!, `N${n}`); },
      async join(a: number) {
        if (ids.some((__, n) => homes.members.has(n) && root(n) === root(a))) return;
        homes.members.add(root(a));
        await owner.request('PUT', `/companies/${firm}/people/${ids[root(a)]}`, {});
      },
    };
    for (const [n, { what, a, b }] of steps.entries()) await act[what](a, b, n);
    for (const [n, id] of ids.entries()) {
      const mine = ids.flatMap((_, m) => (root(m) === n ? [m] : []));
      expect(await subjects(owner, id)).toEqual(mine.flatMap((m) => homes.tickets[m]!).sort());
      expect(await texts(owner, id)).toEqual(mine.flatMap((m) => homes.notes[m]!).sort());
      if (parent[n] !== null) continue;
      expect((await owner.request('GET', `/customers/${id}/companies`)).body.items).toHaveLength(mine.some((m) => homes.members.has(m)) ? 1 : 0);
    }
  }), { numRuns: 8, endOnFailure: true });
});
