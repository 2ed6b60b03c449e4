import { expect, test } from 'vitest';
import { following } from '../../../testing/following.ts';
import { oneAppForAll, ownApp, testApp, type Answer, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

async function desk() {
  const app = await testApp();
  const { owner } = app;
  let customers = 0;
  return {
    ...app,
    arrives: async (given: object = {}): Promise<string> => (await owner.request('POST', '/tickets', {
      subject: 'Kettle', channel: 'letter', direction: 'in', assigneeId: null, text: 'cracked', customer: { email: `customer${customers += 1}@example.org` }, ...given,
    })).body.id,
    queue: async (given: object): Promise<string> => {
      const { status, body } = await owner.request('POST', '/queues', { name: `Queue ${customers += 1}`, ...given });
      expect([status, body]).toEqual([201, expect.anything()]);
      return body.id;
    },
    online: async (name: string, state = 'online'): Promise<Member> => {
      const person = await app.person('agent', { of: owner, name });
      expect((await person.request('PUT', '/me/presence', { state })).status).toBe(200);
      return person;
    },
    assigneeOf: async (id: string): Promise<string | null> => (await owner.request('GET', `/tickets/${id}`)).body.assignee?.name ?? null,
    next: (who: Member, queue: string) => who.request('POST', `/queues/${queue}/next`),
    eventsOf: async (type: string) => app.db.owner.selectFrom('events').selectAll().where('workspace_id', '=', owner.workspaceId).where('type', '=', type).orderBy('seq').execute(),
  };
}

test('whoever takes transfers only is given nothing, is no customer’s own agent meanwhile, and has what colleagues hand over', async () => {
  const app = await desk();
  await app.queue({ mode: 'least_loaded' });
  const ana = await app.online('Ana', 'transfers_only');
  const before = await app.arrives({ customer: { email: 'maria@example.org' } });
  expect((await app.owner.request('PATCH', `/tickets/${before}`, { assigneeId: ana.id })).status).toBe(200);
  const again = await app.arrives({ customer: { email: 'maria@example.org' } });
  await app.due.round();
  expect([await app.assigneeOf(before), await app.assigneeOf(again)]).toEqual(['Ana', null]);
  expect((await app.owner.request('GET', `/tickets/${again}/routing`)).body.why[0].code).toBe('nobody_there');
  await ana.request('PUT', '/me/presence', { state: 'online' });
  await app.due.round();
  expect(await app.assigneeOf(again)).toBe('Ana');
});

test('whoever looks why a ticket waits changes nothing, so that it is answered together with the ticket', async () => {
  const app = await desk();
  const queue = await app.queue({ mode: 'least_loaded' });
  const ticket = await app.arrives();
  const seat = () => app.db.owner.selectFrom('queue_tickets').selectAll().where('ticket_id', '=', ticket).executeTakeFirstOrThrow();
  const before = await seat();
  const { status, body } = await app.owner.request('GET', `/answers?of=/tickets/${ticket}&of=/tickets/${ticket}/routing`);
  expect([status, body.items.map((one: { status: number }) => one.status), body.items[1].body.why[0].code]).toEqual([200, [200, 200], 'nobody_there']);
  expect((await app.owner.request('GET', `/queues/${queue}/tickets`)).body.items).toHaveLength(1);
  expect(await seat()).toEqual(before);
});

test('what one person can take at once stands before what everybody can', async () => {
  const app = await desk();
  const capacity = { total: 100, channels: { letter: { weight: 10, most: 1 } } };
  await app.queue({ mode: 'least_loaded' });
  const [ana, ben] = [await app.online('Ana'), await app.online('Ben')];
  expect((await app.owner.request('PUT', `/people/${ana.id}/routing`, { skills: [], capacity })).body.capacity).toEqual(capacity);
  const ids = [await app.arrives(), await app.arrives(), await app.arrives()];
  await app.due.round();
  const names = await Promise.all(ids.map(app.assigneeOf));
  expect(names.map(String).toSorted()).toEqual(['Ana', 'Ben', 'Ben']);
  expect((await ana.request('GET', '/me/presence')).body.load.channels).toContainEqual({ channel: 'letter', count: 1, most: 1 });
  // By hand one may take more than fits.
  expect((await ana.request('PATCH', `/tickets/${ids[names.indexOf('Ben')]!}`, { assigneeId: ana.id })).status).toBe(200);
  // Nothing for the one, as much as everybody for the other.
  await app.owner.request('PUT', `/people/${ben.id}/routing`, { skills: [], capacity: { total: 100, channels: { letter: { weight: 10, most: 0 } } } });
  const last = await app.arrives();
  await app.due.round();
  expect((await app.owner.request('GET', `/tickets/${last}/routing`)).body.why[0].code).toBe('all_busy');
  await app.owner.request('PUT', `/people/${ben.id}/routing`, { skills: [] });
  await app.due.round();
  expect(await app.assigneeOf(last)).toBe('Ben');
});

test('a queue of important customers has a head start, and who waits longer than that is before them', async () => {
  const app = await desk();
  const vip = await app.queue({ name: 'VIP', conditions: { all: [{ field: 'tags', operator: 'has_any', value: ['vip'] }] }, headStartSeconds: 3_600 });
  await app.queue({ name: 'All' });
  const ana = await app.online('Ana');
  const old = await app.arrives();
  app.pass(30);
  const young = await app.arrives();
  app.pass(31);
  const important = await app.arrives({ tags: ['vip'] });
  const taken: string[] = [];
  for (let i = 0; i < 3; i += 1) taken.push((await ana.request('POST', '/queues/next')).body.ticketId);
  expect(taken).toEqual([old, important, young]);
  expect((await app.owner.request('GET', `/tickets/${important}/routing`)).body).toMatchObject({ queue: { id: vip }, headStartSeconds: 7_200 });
});

test('when nobody is free the leads of the queue’s team are told once, and nobody else', async () => {
  ownApp();
  const app = await desk();
  const tell = await following(app, 'notifications');
  const agent = await app.person('agent', { of: app.owner });
  const { body: team } = await app.owner.request('POST', '/teams', { name: 'Repairs', memberIds: [agent.id] });
  const [lead, other] = [await app.person('lead', { of: app.owner, teamIds: [team.id] }), await app.person('lead', { of: app.owner })];
  await app.queue({ name: 'Repairs', mode: 'least_loaded', teamIds: [team.id] });
  await app.arrives();
  for (let i = 0; i < 3; i += 1) await app.due.round();
  await tell();
  const told = async (who: Member) => ((await who.request('GET', '/me/notices')).body.items as { kind: string; facts: object }[]).filter(({ kind }) => kind === 'nobody_free');
  expect(await told(lead)).toMatchObject([{ kind: 'nobody_free' }]);
  expect([await told(agent), await told(other)]).toEqual([[], []]);
});

test('however many reach for one ticket at the same moment, by whichever way, one of them has it', async () => {
  const app = await desk();
  const queue = await app.queue({ mode: 'pull' });
  const people = [await app.online('Ana'), await app.online('Ben'), await app.online('Cleo'), await app.online('Dora')];
  for (let round = 0; round < 3; round += 1) {
    const id = await app.arrives();
    const [ana, ben, cleo, dora] = people as [Member, Member, Member, Member];
    const version = (await app.owner.request('GET', `/tickets/${id}`)).body.version as number;
    const answers: Answer[] = await Promise.all([
      app.next(ana, queue), ben.request('POST', '/queues/next'), cleo.request('PATCH', `/tickets/${id}`, { assigneeId: cleo.id, version }), dora.request('POST', `/tickets/${id}/replies`, { text: 'Mine' }),
      cleo.request('POST', '/bulk-runs', { ticketIds: [id], actions: [{ type: 'set_assignee', personId: 'me' }] }),
    ]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const owner = await app.assigneeOf(id);
    expect(['Ana', 'Ben', 'Cleo', 'Dora']).toContain(owner);
    // Nobody who was refused has it, and whoever was told that it is theirs was it.
    const { body } = await app.owner.request('GET', `/tickets/${id}/routing`);
    expect(body.state).toBe('given');
    const given = (await app.eventsOf('routing.given')).filter(({ ticket_id: of }) => of === id);
    expect(given.length).toBeLessThanOrEqual(1);
    expect(answers.slice(0, 2).filter(({ status }) => status === 200)).toHaveLength(given.length);
    expect((await app.db.owner.selectFrom('queue_tickets').selectAll().where('ticket_id', '=', id).where('state', '<>', 'given').execute())).toEqual([]);
  }
});

test('an offer, the next of a queue and an assignment at the same moment: the offer is over for whoever came too late', async () => {
  const app = await desk();
  const queue = await app.queue({ mode: 'push', offerSeconds: 60 });
  const ana = await app.online('Ana');
  const id = await app.arrives();
  await app.due.round();
  const [offer] = (await ana.request('GET', '/me/offers')).body.items;
  const ben = await app.person('agent', { of: app.owner, name: 'Ben' });
  const [accepted, next] = await Promise.all([ana.request('POST', `/offers/${offer.id}/acceptance`), app.next(ben, queue), ben.request('PATCH', `/tickets/${id}`, { assigneeId: ben.id })]);
  expect([200, 409]).toContain(accepted.status);
  expect([200, 404]).toContain(next.status);
  const open = await app.db.owner.selectFrom('offers').select('state').where('ticket_id', '=', id).where('state', '=', 'offered').execute();
  expect([['Ana', 'Ben'].includes(await app.assigneeOf(id) ?? ''), open]).toEqual([true, []]);
  expect((await ana.request('GET', '/me/offers')).body.items).toEqual([]);
  // Refusing what is over changes nothing, nor does accepting it again.
  expect((await ana.request('POST', `/offers/${offer.id}/refusal`, {})).body.code).toBe('offer.over');
});

test('a state that flaps costs nobody their work and makes no storm', async () => {
  ownApp();
  const app = await desk();
  await app.queue({ mode: 'least_loaded' });
  const ana = await app.online('Ana');
  const id = await app.arrives({ channel: 'phone' });
  await app.due.round();
  for (let i = 0; i < 12; i += 1) {
    await ana.request('PUT', '/me/presence', { state: i % 2 === 0 ? 'away' : 'online' });
    await app.routing.seen(app.owner.workspaceId, [ana.id]);
    app.passMachine(5);
    await app.due.round();
  }
  expect(await app.assigneeOf(id)).toBe('Ana');
  expect([(await app.eventsOf('routing.returned')).length, (await app.eventsOf('routing.given')).length]).toEqual([0, 1]);
  expect((await app.eventsOf('routing.nobody_free'))).toEqual([]);
});

test('whoever is deactivated leaves nothing behind: tickets wait for others at once, promises are kept by who has the ticket, else by a lead', async () => {
  const app = await desk();
  await app.queue({ mode: 'pull' });
  const [ana, ben] = [await app.online('Ana'), await app.online('Ben')];
  const { body: team } = await app.owner.request('POST', '/teams', { name: 'Repairs', memberIds: [ana.id] });
  const lead = await app.person('lead', { of: app.owner, name: 'Lea', teamIds: [team.id] });
  const [call, letter, bens, done] = [await app.arrives({ channel: 'phone' }), await app.arrives({ teamId: team.id }), await app.arrives(), await app.arrives()];
  for (const [id, to] of [[call, ana], [letter, ana], [bens, ben], [done, ana]] as const) expect((await app.owner.request('PATCH', `/tickets/${id}`, { assigneeId: to.id })).status).toBe(200);
  await app.owner.request('PATCH', `/tickets/${done}`, { status: 'resolved' });
  const promise = async (ticketId: string, dueAt: string) => (await ana.request('POST', '/commitments', { ticketId, what: 'Call', dueAt })).body.id as string;
  const [onBens, onHers] = [await promise(bens, '2026-03-03T09:00:00Z'), await promise(letter, '2026-08-03T09:00:00Z')];

  expect((await app.owner.request('PUT', `/people/${ana.id}/deactivation`)).status).toBe(200);
  await app.due.round();
  expect(await Promise.all([call, letter, bens, done].map(app.assigneeOf))).toEqual([null, null, 'Ben', 'Ana']);
  expect((await app.owner.request('GET', `/tickets/${letter}/routing`)).body).toMatchObject({ state: 'waiting', since: '2026-03-02T09:00:00.000Z', history: [{ why: [{ code: 'returned_left', text: 'Ana works here no more; the ticket went back.' }] }] });
  const ownerOf = async (id: string) => (await app.owner.request('GET', `/commitments/${id}`)).body.owner.id;
  expect([await ownerOf(onBens), await ownerOf(onHers)]).toEqual([ben.id, lead.id]);
  await app.due.round();
  expect([(await app.eventsOf('routing.returned')).length, (await app.eventsOf('commitment.handed_over')).length]).toEqual([2, 2]);
  // Nobody can give her anything, nor does she stand on the board.
  expect((await app.owner.request('PATCH', `/tickets/${call}`, { assigneeId: ana.id })).body.code).toBe('ticket.no_such_person');
  expect((await app.owner.request('GET', '/presence')).body.items.map(({ person }: { person: { name: string } }) => person.name)).not.toContain('Ana');
  expect((await app.owner.request('POST', '/commitments', { ticketId: bens, what: 'Call', dueAt: '2026-03-03T09:00:00Z', ownerId: ana.id })).status).toBe(400);
});

test('an offer, and a queue that somebody looks at, say what one has to know of the customer', async () => {
  const app = await desk();
  const queue = await app.queue({ mode: 'push', offerSeconds: 60 });
  const ana = await app.online('Ana');
  const id = await app.arrives();
  const { customer } = (await app.owner.request('GET', `/tickets/${id}`)).body;
  expect((await app.owner.request('PUT', `/customers/${customer.id}/flags/vip`, {})).status).toBe(200);
  expect((await app.owner.request('GET', `/queues/${queue}/tickets`)).body.items).toMatchObject([{ ticket: { id, flags: ['vip'] } }]);
  await app.due.round();
  expect((await ana.request('GET', '/me/offers')).body.items).toMatchObject([{ ticket: { id, flags: ['vip'] } }]);
});
