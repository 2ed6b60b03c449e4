import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { oneAppForAll, ownApp, testApp, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

let numbers = 0;
type Desk = Awaited<ReturnType<typeof desk>>;

async function desk() {
  const app = await testApp();
  const { owner } = app;
  /** A matter that nobody has: by letter it waits for an answer, by phone it is live. */
  const arrives = async (given: object = {}): Promise<string> => {
    const made = await owner.request('POST', '/tickets', { subject: 'Kettle', channel: 'letter', direction: 'in', assigneeId: null, text: 'cracked', customer: { email: `customer${numbers += 1}@example.org` }, ...given });
    expect(made.status).toBe(201);
    return made.body.id;
  };
  const queue = async (given: object = {}): Promise<string> => {
    const made = await owner.request('POST', '/queues', { name: `Queue ${numbers += 1}`, ...given });
    expect([made.status, made.body]).toMatchObject([201, {}]);
    return made.body.id;
  };
  const online = async (name: string, given: { teamIds?: string[] } = {}): Promise<Member> => {
    const person = await app.person('agent', { of: owner, name, ...given });
    expect((await person.request('PUT', '/me/presence', { state: 'online' })).status).toBe(200);
    return person;
  };
  const assigneeOf = async (ticketId: string): Promise<string | null> => (await owner.request('GET', `/tickets/${ticketId}`)).body.assignee?.name ?? null;
  const why = async (ticketId: string): Promise<string[]> => (await owner.request('GET', `/tickets/${ticketId}/routing`)).body.why.map(({ code }: { code: string }) => code);
  const team = async (...members: Member[]): Promise<string> => (await owner.request('POST', '/teams', { name: `Team ${numbers += 1}`, memberIds: members.map(({ id }) => id) })).body.id;
  const eventsOf = async (type: string) => app.db.owner.selectFrom('events').selectAll().where('type', '=', type).orderBy('seq').execute();
  return { ...app, arrives, queue, online, assigneeOf, why, team, eventsOf, next: (who: Member, id: string) => who.request('POST', `/queues/${id}/next`) };
}

const offersOf = async (who: Member) => (await who.request('GET', '/me/offers')).body.items;
const makeRoom = (app: Desk, most: number) => app.owner.request('PATCH', '/routing-settings', { capacity: { total: 100, channels: { letter: { weight: 10, most }, email: { weight: 10, most }, phone: { weight: 50, most: 1 } } } });

test('people take the next of a queue, in order of arrival and with urgency as a head start; two who ask at once get two', async () => {
  const app = await desk();
  const early = await app.arrives();
  const queue = await app.queue();
  app.pass(30);
  const [later, urgent] = [await app.arrives(), await app.arrives({ priority: 'urgent' })];
  const [ana, ben] = [await app.online('Ana'), await app.online('Ben')];

  const listed = await app.owner.request('GET', `/queues/${queue}/tickets`);
  expect(listed.body.items.map(({ ticket }: { ticket: { id: string } }) => ticket.id)).toEqual([urgent, early, later]);
  expect(listed.body.items[2].why.map(({ text }: { text: string }) => text)).toEqual(['People take the next ticket of this queue themselves (online: 2).', 'Before it: 2.']);
  const taken = await Promise.all([app.next(ana, queue), app.next(ben, queue)]);
  expect(taken.map(({ status }) => status)).toEqual([200, 200]);
  expect(new Set(taken.map(({ body }) => body.ticketId))).toEqual(new Set([urgent, early]));
  expect((await app.next(ana, queue)).body).toMatchObject({ ticketId: later, why: [{ code: 'pulled' }, { code: 'turn', text: 'It was next: it had waited for 0 seconds, and urgency gave it a head start of 1 hour.' }] });
  expect(await app.next(ben, queue)).toMatchObject({ status: 404, body: { code: 'queue.none_waiting' } });
  expect((await ana.request('GET', `/tickets/${later}/routing`)).body).toMatchObject({ state: 'given', queue: { id: queue }, why: [{ code: 'pulled' }, { code: 'turn' }] });
});

test('the first queue in order whose conditions hold has a ticket; it follows changes of the ticket and of the queues', async () => {
  const app = await desk();
  const all = await app.queue({ name: 'All' });
  const ticket = await app.arrives({ priority: 'urgent' });
  const inQueue = async () => (await app.owner.request('GET', `/tickets/${ticket}/routing`)).body.queue?.name ?? null;
  expect(await inQueue()).toBe('All');
  const urgent = await app.queue({ name: 'Urgent', conditions: { all: [{ field: 'priority', operator: 'is', value: 'urgent' }] } });
  expect(await inQueue()).toBe('All');
  expect((await app.owner.request('PATCH', `/queues/${urgent}`, { position: 1 })).body).toMatchObject({ position: 1, version: 2 });
  expect(await inQueue()).toBe('Urgent');
  await app.owner.request('PATCH', `/tickets/${ticket}`, { priority: 'low' });
  expect(await inQueue()).toBe('All');
  expect((await app.owner.request('DELETE', `/queues/${all}`)).status).toBe(204);
  expect(await app.why(ticket)).toEqual(['no_queue']);
  // Time alone puts it into a queue, though nothing happens to it.
  await app.queue({ name: 'Old', conditions: { all: [{ field: 'createdAt', operator: 'older_than', value: { amount: 1, unit: 'hours' } }] } });
  app.pass(60);
  await app.due.round();
  expect(await inQueue()).toBeNull();
  app.pass(1);
  await app.due.round();
  expect(await inQueue()).toBe('Old');
  expect((await app.owner.request('POST', '/queues', { name: 'Aged', conditions: { all: [{ field: 'createdAt', operator: 'working_older_than', value: { amount: 1, unit: 'hours' } }] } })).body.code).toBe('condition.needs_calendar');
  expect((await app.owner.request('POST', '/queues', { name: 'URGENT' })).body.code).toBe('queue.name_taken');
});

test('a ticket that somebody works on while queues change is sorted as it is when they are done', async () => {
  const app = await desk();
  const [held, other] = [await app.arrives(), await app.arrives()];
  const colleague = new pg.Client(app.settings.ownerUrl);
  await colleague.connect();
  onTestFinished(() => colleague.end());
  await colleague.query(`begin; update tickets set assignee_id = '${app.owner.id}' where id = '${held}'`);
  const queue = await app.queue();
  const waiting = async () => (await app.owner.request('GET', `/queues/${queue}/tickets`)).body.items.map(({ ticket }: { ticket: { id: string } }) => ticket.id);
  await app.due.round();
  expect(await waiting()).toEqual([other]);
  await colleague.query('commit');
  await app.due.round();
  expect(await waiting()).toEqual([other]);
});

test('a push is an offer: refused it goes to the next, left to pass it goes back, and who misses two is away', async () => {
  const app = await desk();
  const queue = await app.queue({ mode: 'push', offerSeconds: 60 });
  const ana = await app.online('Ana');
  const ticket = await app.arrives();
  await app.due.round();
  expect(await app.assigneeOf(ticket)).toBeNull();
  const [offer] = await offersOf(ana);
  expect(offer).toMatchObject({ ticket: { id: ticket }, queue: { id: queue }, state: 'offered', expiresAt: '2026-03-02T09:01:00.000Z', why: [{ code: 'only_one' }, { code: 'turn' }] });
  expect((await app.owner.request('GET', `/tickets/${ticket}/routing`)).body).toMatchObject({ state: 'offered', offer: { person: { name: 'Ana' } }, why: [{ code: 'asked', text: 'Ana is being asked.' }] });
  const ben = await app.online('Ben');
  expect((await ben.request('POST', `/offers/${offer.id}/acceptance`)).status).toBe(404);

  expect((await ana.request('POST', `/offers/${offer.id}/refusal`, { reason: 'on the phone' })).status).toBe(204);
  await app.due.round();
  expect([await offersOf(ana), await offersOf(ben)]).toMatchObject([[], [{ ticket: { id: ticket } }]]);
  app.pass(2);
  await app.due.round();
  expect(await app.why(ticket)).toEqual(['refused']);
  expect((await ben.request('POST', `/offers/${(await app.eventsOf('routing.offered')).at(-1)?.subject_id}/acceptance`)).body.code).toBe('offer.over');

  // After ten minutes they are asked again: nothing waits for ever.
  app.pass(10);
  await app.due.round();
  const again = (await offersOf(ana))[0] ?? (await offersOf(ben))[0];
  expect(again.ticket.id).toBe(ticket);
  const asked = (await offersOf(ana)).length > 0 ? ana : ben;
  expect((await asked.request('POST', `/offers/${again.id}/acceptance`)).body).toMatchObject({ state: 'accepted' });
  expect(await app.why(ticket)).toEqual(['accepted', 'least_loaded', 'turn']);
  const history = (await app.owner.request('GET', `/tickets/${ticket}/routing`)).body.history.map(({ why }: { why: { code: string }[] }) => why[0]?.code);
  expect(history).toEqual(['accepted', 'offered', 'passed', 'offered', 'declined', 'offered']);
});

test('who leaves offers to pass twice in a row is set away, and says so themself to come back', async () => {
  const app = await desk();
  await app.queue({ mode: 'push', offerSeconds: 30 });
  const ana = await app.online('Ana');
  await app.arrives();
  await app.arrives();
  for (let i = 0; i < 2; i += 1) {
    await app.due.round();
    app.pass(1);
  }
  await app.due.round();
  expect((await ana.request('GET', '/me/presence')).body).toMatchObject({ state: 'away', effective: 'away', because: 'missed_offers' });
  expect((await ana.request('PUT', '/me/presence', { state: 'online' })).body).toMatchObject({ effective: 'online', because: null });
});

test('two workers at one moment give a ticket once', async () => {
  ownApp();
  const app = await desk();
  await app.queue({ mode: 'least_loaded' });
  await app.online('Ana');
  const tickets = await Promise.all(Array.from({ length: 6 }, () => app.arrives()));
  const other = await app.beginAgain();
  await Promise.all([app.due.round(), other.due.round()]);
  await app.due.round();
  for (const ticket of tickets) expect(await app.assigneeOf(ticket)).toBe('Ana');
  expect(await app.eventsOf('routing.given')).toHaveLength(6);
});

test('nobody is given more than fits; what is answered makes room, and what waits is swept as soon as somebody is there', async () => {
  ownApp();
  const app = await desk();
  await makeRoom(app, 2);
  const queue = await app.queue({ mode: 'least_loaded' });
  const tickets = [await app.arrives(), await app.arrives(), await app.arrives()];
  await app.due.round();
  await app.due.round();
  expect((await app.eventsOf('routing.nobody_free')).map(({ data }) => data)).toMatchObject([{ queueId: queue, teamId: null, oldestSince: '2026-03-02T09:00:00.000Z' }]);
  expect(await app.why(tickets[0]!)).toEqual(['nobody_there']);
  const ana = await app.online('Ana');
  await app.due.round();
  expect(await Promise.all(tickets.map(app.assigneeOf))).toEqual(['Ana', 'Ana', null]);
  expect(await app.why(tickets[2]!)).toEqual(['all_busy']);
  expect(await app.eventsOf('routing.somebody_free')).toHaveLength(1);
  expect((await ana.request('GET', '/me/presence')).body.load).toMatchObject({ used: 20, total: 100 });
  await ana.request('PATCH', `/tickets/${tickets[0]}`, { status: 'waiting_customer' });
  await app.due.round();
  expect(await app.assigneeOf(tickets[2]!)).toBe('Ana');
});

test('skills with levels: nobody without, until they are relaxed; a language asks for whoever speaks it', async () => {
  const app = await desk();
  const skill = async (given: object) => (await app.owner.request('POST', '/skills', given)).body.id;
  const [refunds, polish] = [await skill({ name: 'Refunds' }), await skill({ name: 'Polish', language: 'pl' })];
  await app.queue({ mode: 'least_loaded', skills: [{ id: refunds, level: 3, need: 'required', relaxAfterSeconds: 600 }], language: { level: 1, need: 'required', relaxAfterSeconds: null } });
  const [ana, ben] = [await app.online('Ana'), await app.online('Ben')];
  expect((await app.owner.request('PUT', `/people/${ana.id}/routing`, { skills: [{ id: refunds, level: 2 }, { id: polish, level: 1 }] })).body.skills).toEqual([{ id: polish, name: 'Polish', level: 1 }, { id: refunds, name: 'Refunds', level: 2 }]);
  await app.owner.request('PUT', `/people/${ben.id}/routing`, { skills: [{ id: refunds, level: 3 }] });

  const [english, inPolish] = [await app.arrives({ language: 'en' }), await app.arrives({ language: 'pl' })];
  await app.due.round();
  expect([await app.assigneeOf(english), await app.assigneeOf(inPolish)]).toEqual(['Ben', null]);
  expect((await ben.request('GET', `/tickets/${inPolish}/routing`)).body.why[0].text).toBe('Nobody who is online has what it asks for: Refunds and Polish (online: 2).');
  app.pass(10);
  await app.due.round();
  expect(await app.assigneeOf(inPolish)).toBe('Ana');
  expect(await app.why(inPolish)).toEqual(['only_one', 'skills', 'relaxed', 'turn']);
  expect((await app.owner.request('DELETE', `/skills/${refunds}`)).body.code).toBe('skill.in_use');
});

test('pulling asks for skills and teams too', async () => {
  const app = await desk();
  const polish = (await app.owner.request('POST', '/skills', { name: 'Polish', language: 'pl' })).body.id;
  const ana = await app.online('Ana');
  const ben = await app.online('Ben');
  const [team, helpers] = [await app.team(ana), await app.team(ben)];
  const queue = await app.queue({ teamIds: [team], overflow: [{ teamId: helpers, afterSeconds: 600 }], language: { need: 'required' } });
  const [inPolish, english] = [await app.arrives({ language: 'pl' }), await app.arrives({ language: 'en' })];
  expect((await app.next(ben, queue)).status).toBe(404);
  expect((await app.next(ana, queue)).body.ticketId).toBe(english);
  expect((await app.next(ana, queue)).status).toBe(404);
  await app.owner.request('PUT', `/people/${ben.id}/routing`, { skills: [{ id: polish, level: 1 }] });
  app.pass(10);
  expect((await app.next(ben, queue)).body.ticketId).toBe(inPolish);
});

test('the customer’s own agent is preferred while present', async () => {
  const app = await desk();
  await app.queue({ mode: 'least_loaded' });
  const [ana, ben] = [await app.online('Ana'), await app.online('Ben')];
  const before = await app.arrives({ customer: { email: 'maria@example.org' } });
  await app.owner.request('PATCH', `/tickets/${before}`, { assigneeId: ben.id });
  const again = await app.arrives({ customer: { email: 'maria@example.org' } });
  await app.due.round();
  expect([await app.assigneeOf(again), await app.why(again)]).toEqual(['Ben', ['own_agent', 'turn']]);
  await ben.request('PUT', '/me/presence', { state: 'away', reason: 'lunch' });
  const third = await app.arrives({ customer: { email: 'maria@example.org' } });
  await app.due.round();
  expect(await app.assigneeOf(third)).toBe('Ana');
  expect(ana.id).not.toBe(ben.id);
});

test('live work of somebody who vanishes goes back after the grace with its original waiting time; mail stays', async () => {
  const app = await desk();
  await makeRoom(app, 5);
  await app.queue({ mode: 'longest_idle' });
  const ana = await app.online('Ana');
  const [call, letter] = [await app.arrives({ channel: 'phone' }), await app.arrives()];
  await app.due.round();
  expect([await app.assigneeOf(call), await app.assigneeOf(letter)]).toEqual(['Ana', 'Ana']);
  await app.routing.seen(app.owner.workspaceId, [ana.id]);
  app.pass(5);
  app.passMachine(59);
  await app.due.round();
  expect(await app.assigneeOf(call)).toBe('Ana');
  app.passMachine(3);
  await app.due.round();
  expect([await app.assigneeOf(call), await app.assigneeOf(letter)]).toEqual([null, 'Ana']);
  const { body } = await app.owner.request('GET', `/tickets/${call}/routing`);
  expect(body).toMatchObject({ state: 'waiting', since: '2026-03-02T09:00:00.000Z', why: [{ code: 'nobody_there' }] });
  expect(body.history[0].why[0].text).toBe('The connection of Ana was lost; the ticket went back with all its waiting time.');
  expect((await ana.request('GET', '/me/presence')).body).toMatchObject({ state: 'online', effective: 'offline', because: 'connection_lost', connected: false });

  await app.routing.seen(app.owner.workspaceId, [ana.id]);
  await app.due.round();
  expect([await app.assigneeOf(call), (await ana.request('GET', '/me/presence')).body.effective]).toEqual(['Ana', 'online']);
});

test('after a call there is time to wrap it up: the next one waits for it, letters do not', async () => {
  const app = await desk();
  await app.queue({ mode: 'longest_idle' });
  const ana = await app.online('Ana');
  const first = await app.arrives({ channel: 'phone' });
  await app.due.round();
  expect((await ana.request('PATCH', `/tickets/${first}`, { status: 'resolved' })).status).toBe(200);
  const [call, letter] = [await app.arrives({ channel: 'phone' }), await app.arrives()];
  app.pass(29 / 60);
  await app.due.round();
  expect([await app.assigneeOf(call), await app.assigneeOf(letter)]).toEqual([null, 'Ana']);
  expect((await ana.request('GET', '/me/presence')).body.wrapUpUntil).toBe('2026-03-02T09:00:30.000Z');
  app.pass(2 / 60);
  await app.due.round();
  expect(await app.assigneeOf(call)).toBe('Ana');
});

test('mail goes to the deputy on a planned absence, without one back to the queue after a time, and stays through lunch', async () => {
  const app = await desk();
  await app.queue();
  const [ana, ben, cleo] = [await app.online('Ana'), await app.online('Ben'), await app.online('Cleo')];
  const given = async (to: Member) => { const id = await app.arrives(); await app.owner.request('PATCH', `/tickets/${id}`, { assigneeId: to.id }); return id; };
  const [anas, bens] = [await given(ana), await given(ben)];
  const absence = { from: '2026-03-02T10:00:00Z', to: '2026-03-09T10:00:00Z' };
  expect((await ana.request('POST', '/absences', { ...absence, deputyId: cleo.id })).status).toBe(201);
  expect((await ben.request('POST', '/absences', absence)).status).toBe(201);
  expect((await ben.request('POST', '/absences', { ...absence, personId: ana.id })).status).toBe(403);
  await ana.request('PUT', '/me/presence', { state: 'away', reason: 'lunch' });
  app.pass(30);
  await app.due.round();
  expect([await app.assigneeOf(anas), await app.assigneeOf(bens)]).toEqual(['Ana', 'Ben']);
  app.pass(31);
  await app.due.round();
  expect([await app.assigneeOf(anas), await app.assigneeOf(bens)]).toEqual(['Cleo', 'Ben']);
  expect(await app.why(anas)).toEqual(['deputy']);
  expect((await ben.request('GET', '/me/presence')).body).toMatchObject({ state: 'online', effective: 'offline', because: 'absent', absence: { deputy: null } });
  app.pass(60);
  await app.due.round();
  expect(await app.assigneeOf(bens)).toBeNull();
  expect((await app.owner.request('GET', `/tickets/${bens}/routing`)).body.history[0]).toMatchObject({ late: false, why: [{ code: 'returned_absent' }] });
});

test('an absence that began while the server stood is handled once, and marked late', async () => {
  ownApp();
  const app = await desk();
  const [ana, ben] = [await app.online('Ana'), await app.online('Ben')];
  const id = await app.arrives();
  await app.owner.request('PATCH', `/tickets/${id}`, { assigneeId: ana.id });
  await ana.request('POST', '/absences', { from: '2026-03-02T22:00:00Z', to: '2026-03-09T10:00:00Z', deputyId: ben.id });
  app.pass(20 * 60);
  await app.due.round();
  await app.due.round();
  expect((await app.eventsOf('routing.deputised')).map(({ data }) => data)).toEqual([{ personId: ben.id, fromId: ana.id, late: true }]);
});

test('presence: what they chose, their own states, idle hands, a channel switched off, the board', async () => {
  const app = await desk();
  const ana = await app.person('agent', { of: app.owner, name: 'Ana' });
  expect((await ana.request('GET', '/me/presence')).body).toMatchObject({ state: 'offline', effective: 'offline', own: null });
  const own = (await app.owner.request('POST', '/presence-states', { name: 'Training', state: 'transfers_only' })).body;
  expect((await ana.request('PUT', '/me/presence', { ownId: own.id, reason: 'until three' })).body).toMatchObject({ state: 'transfers_only', own: { name: 'Training' }, reason: 'until three' });
  expect((await ana.request('PUT', '/me/presence', { state: 'online', channels: { phone: false } })).body).toMatchObject({ state: 'online', own: null, channels: { phone: false } });
  app.passMachine(1801);
  expect((await ana.request('GET', '/me/presence')).body).toMatchObject({ effective: 'away', because: 'idle' });
  expect((await ana.request('POST', '/me/presence/activity')).status).toBe(204);
  expect((await ana.request('GET', '/me/presence')).body.effective).toBe('online');
  await app.queue({ mode: 'longest_idle' });
  const call = await app.arrives({ channel: 'phone' });
  await app.due.round();
  expect(await app.why(call)).toEqual(['channel_off']);
  expect((await app.owner.request('GET', '/presence?limit=1')).body).toMatchObject({ items: [{ person: { name: 'Ana' } }], nextCursor: expect.any(String) });
  expect((await ana.request('PUT', `/people/${app.owner.id}/presence`, { state: 'away' })).status).toBe(403);
  expect((await app.owner.request('PUT', `/people/${ana.id}/presence`, { state: 'away' })).body.effective).toBe('away');
  expect((await app.owner.request('DELETE', `/presence-states/${own.id}`)).status).toBe(204);
});

test('an expected wait is a range with its formula, and is compared with what came of it', async () => {
  ownApp();
  const app = await desk();
  const queue = await app.queue();
  const ana = await app.online('Ana');
  const expected = async () => (await app.owner.request('GET', `/queues/${queue}/expected-wait`)).body;
  expect(await expected()).toMatchObject({ waiting: 0, present: 1, wait: null, reply: null });
  for (let i = 0; i < 6; i += 1) {
    const ticket = await app.arrives();
    await app.due.round();
    app.pass(10);
    await app.next(ana, queue);
    app.pass(5);
    await ana.request('POST', `/tickets/${ticket}/replies`, { text: 'Good day' });
  }
  await app.arrives();
  await app.due.round();
  expect(await expected()).toMatchObject({
    waiting: 1, wait: { lowSeconds: 1_200, highSeconds: 1_200, trend: null, formula: expect.stringMatching(/^\(waiting before it \+ 1\) × time per place;/), inputs: { ahead: 1, tickets: 6 }, accuracy: { checked: 1, inside: 1 }, from: '2026-03-02T10:50:00.000Z', text: '20 minutes' }, reply: { lowSeconds: 900, highSeconds: 900, accuracy: { checked: 1, inside: 1 } },
  });
});
