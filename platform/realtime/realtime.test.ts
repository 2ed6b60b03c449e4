import pino from 'pino';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { copyOfTemplate } from '../../testing/postgres.ts';
import type { Actor, Role } from '../../kernel/actor.ts';
import { createDatabase } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import { createEvents, type NewEvent } from '../events/events.ts';
import { createFollowers } from '../events/followers.ts';
import { createSequencer } from '../events/sequencer.ts';
import { createSignals } from '../events/signals.ts';
import { clientAddressOf } from '../http/client-address.ts';
import { createHttp } from '../http/server.ts';
import { createRealtime } from './realtime.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const at = new Date('2027-03-01T09:00:00Z');
const MACHINE = new Date('2026-01-01T00:00:00Z');
const nobody = { kind: 'system', id: null } as const;

async function desk({ limits = {} }: { limits?: { sockets?: number; perPerson?: number; strangers?: number; strangersOfOne?: number } } = {}) {
  const db = createDatabase(await copyOfTemplate());
  const signals = createSignals({ db, log: quiet });
  const sequencer = createSequencer({ db, signals, log: quiet });
  const followers = createFollowers({ db, signals, sequencer, log: quiet });
  const events = createEvents({ onCommitted: () => sequencer.hint() });
  const actors = new Map<string, Actor>();
  const realtime = createRealtime({
    db, followers, log: quiet, clock: { now: () => at, machineNow: () => MACHINE }, key: Buffer.alloc(32, 1), ownOrigin: 'http://desk.test', limits, clientAddress: clientAddressOf(['127.0.0.1']),
    mayRead: (actor, event) => event.type !== 'outbox.changed' || actor.role !== 'colleague',
    mayWatch: async (actor, ticketId) => (await db.work(actor.workspaceId, (tx) =>
      sql`select from workspaces where id = ${ticketId}`.execute(tx))).rows.length === 1,
    mayWatchAll: (actor) => actor.role !== 'colleague', numbersOf: async () => ({}),
  });
  const http = await createHttp({
    db, publicUrl: 'http://desk.test', version: '0', logger: pino({ level: 'silent' }), routes: [realtime.routes],
    authenticate: async ({ authorization }) => actors.get(authorization?.slice(7) ?? '') ?? null,
  });
  realtime.attach(http.server);
  await http.listen({ port: 0, host: '127.0.0.1' });
  await signals.start();
  await followers.start();
  sequencer.start();
  onTestFinished(async () => {
    await realtime.stop();
    await http.close();
    await followers.stop();
    await sequencer.stop();
    await signals.stop();
    await db.destroy();
  });

  const workspace = async () => {
    const id = newId();
    await sql`select workspace_create(${id}, 'Shop', 'en', now())`.execute(db.owner);
    return id;
  };
  async function person(workspaceId: string, { role = 'agent', name = 'Ana' }: { role?: Role; name?: string } = {}) {
    const [id, session] = [newId(), newId()];
    await sql`insert into people (workspace_id, id, email, email_key, name, role, created_at)
      values (${workspaceId}, ${id}, ${id}, ${id}, ${name}, ${role}, now())`.execute(db.owner);
    await sql`insert into sessions (workspace_id, id, person_id, token_hash, created_at, last_seen_at, expires_at)
      values (${workspaceId}, ${session}, ${id}, ${Buffer.from(session)}, now(), now(), now() + interval '1 hour')`.execute(db.owner);
    actors.set(session, { id, workspaceId, role, teamIds: [], credential: { kind: 'session', id: session }, scopes: null });
    return { id, session, workspaceId, name };
  }
  const ticketOf = async ({ session }: { session: string }) => {
    const response = await http.inject({ method: 'POST', url: '/api/v1/socket-tickets', headers: { authorization: `Bearer ${session}` } });
    expect(response.statusCode).toBe(201);
    return response.json<{ ticket: string }>().ticket;
  };
  const { port } = http.server.address() as { port: number };

  /** A browser tab: everything that it is told, in order. */
  function tab({ origin = 'http://desk.test', path = '/api/v1/socket', from }: { origin?: string | null; path?: string; from?: string } = {}) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { ...(origin !== null && { origin }), ...(from && { headers: { 'x-forwarded-for': from } }) });
    const frames: Frame[] = [];
    const opened = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<number>();
    socket.on('open', () => opened.resolve());
    socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as Frame));
    socket.on('error', (error) => { opened.reject(error); });
    socket.on('close', (code) => closed.resolve(code));
    opened.promise.catch(() => undefined);
    onTestFinished(() => socket.terminate());
    return {
      socket, frames, opened: opened.promise, closed: closed.promise,
      seen: () => frames.flatMap((frame) => (frame.type === 'event' ? [frame.event.data.n] : [])),
      say: (frame: unknown) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    };
  }
  async function signedIn(who: { session: string }, since: number | null = null) {
    const it = tab();
    await it.opened;
    it.say({ type: 'hello', ticket: await ticketOf(who), since });
    await expect.poll(() => it.frames.length).toBeGreaterThan(0);
    return it;
  }
  const happen = (workspaceId: string, n: number, event: Partial<NewEvent> = {}) =>
    db.work(workspaceId, (tx) => events.emit(tx, workspaceId, { type: 'ticket.changed', actor: nobody, data: { n }, at, ...event }));
  return { db, realtime, http, followers, workspace, person, ticketOf, tab, signedIn, happen };
}

type Frame =
  | { type: 'ready' | 'reset'; position: number } | { type: 'pong'; machine: number; business: number }
  | { type: 'event'; seq: number; event: { type: string; data: { n: number } } }
  | { type: 'watchers'; ticketId: string; people: Face[] }
  | { type: 'faces'; whole: boolean; tickets: { ticketId: string; people: Face[] }[] };
type Face = { id: string; name: string; writing: boolean; idle: boolean };

test('those of the workspace hear what happens, in order; those of another hear nothing', async () => {
  const { workspace, person, signedIn, happen } = await desk();
  const [here, there] = [await workspace(), await workspace()];
  const ana = await person(here);
  const [one, two, other] = [await signedIn(ana), await signedIn(await person(here)), await signedIn(await person(there))];
  for (let n = 1; n <= 5; n += 1) await happen(here, n, { actor: { kind: 'person', id: ana.id }, ticketId: here });
  await happen(there, 99);

  await expect.poll(() => one.seen()).toEqual([1, 2, 3, 4, 5]);
  await expect.poll(() => two.seen()).toEqual([1, 2, 3, 4, 5]);
  await expect.poll(() => other.seen()).toEqual([99]);
  expect(one.frames.slice(0, 2)).toEqual([
    { type: 'ready', position: 0 },
    { type: 'event', seq: 1, event: { type: 'ticket.changed', ticketId: here, subjectId: null, actorId: ana.id, data: { n: 1 } } },
  ]);
});

test('a socket that was cut is told what it missed, once and in order, whatever happens meanwhile', async () => {
  const { workspace, person, signedIn, happen } = await desk();
  const here = await workspace();
  const ana = await person(here);
  for (let n = 1; n <= 30; n += 1) await happen(here, n);
  const first = await signedIn(ana, 0);
  await expect.poll(() => first.seen().length).toBe(30);

  let going = true;
  let n = 30;
  const writing = (async () => { while (going) await happen(here, n += 1); })();
  let since = 10;
  const heard = Array.from({ length: 10 }, (_, i) => i + 1);
  for (let round = 0; round < 8; round += 1) {
    const it = await signedIn(ana, since);
    await expect.poll(() => it.seen().length).toBeGreaterThan(3);
    it.socket.terminate();
    await it.closed;
    heard.push(...it.seen());
    since = it.frames.reduce((last, frame) => (frame.type === 'event' ? frame.seq : last), since);
  }
  going = false;
  await writing;
  const last = await signedIn(ana, since);
  await expect.poll(() => [...heard, ...last.seen()].length).toBe(n);
  expect([...heard, ...last.seen()]).toEqual(Array.from({ length: n }, (_, i) => i + 1));
});

test('what is too much to tell, or lies in the future of this log, is a reset', async () => {
  const { db, workspace, person, signedIn, happen, followers } = await desk();
  const here = await workspace();
  const ana = await person(here);
  await sql`insert into events (workspace_id, type, actor_kind, at) select ${here}, 'ticket.changed', 'system', now() from generate_series(1, 1001)`.execute(db.owner);
  await expect.poll(() => followers.tailPosition()).toBe(1001);

  const late = await signedIn(ana, 0);
  expect(late.frames).toEqual([{ type: 'reset', position: 1001 }]);
  expect((await signedIn(ana, 5000)).frames).toEqual([{ type: 'reset', position: 1001 }]);
  expect((await signedIn(ana, 1)).frames[0]).toEqual({ type: 'ready', position: 1 });
  await happen(here, 7);
  await expect.poll(() => late.seen()).toEqual([7]);
});

test('private events never leave, and others only reach those who may read them', async () => {
  const { workspace, person, signedIn, happen } = await desk();
  const here = await workspace();
  const [lead, colleague] = [await signedIn(await person(here, { role: 'lead' })), await signedIn(await person(here, { role: 'colleague' }))];
  await happen(here, 1, { type: 'session.started' });
  await happen(here, 2, { type: 'outbox.changed' });
  await happen(here, 3, { type: 'ticket.created' });
  await expect.poll(() => colleague.seen()).toEqual([3]);
  await expect.poll(() => lead.seen()).toEqual([2, 3]);
  const again = await signedIn(await person(here, { role: 'colleague' }), 0);
  await expect.poll(() => again.seen()).toEqual([3]);
});

test('a ticket is good once, and forged, foreign or old ones never are', async () => {
  const { workspace, person, ticketOf, tab, signedIn, db } = await desk();
  const ana = await person(await workspace());
  const ticket = await ticketOf(ana);
  const hello = async (shown: unknown, since: unknown = null) => {
    const it = tab();
    await it.opened;
    it.say({ type: 'hello', ticket: shown, since });
    return it;
  };
  const first = await hello(ticket);
  await expect.poll(() => first.frames.length).toBe(1);
  expect(await (await hello(ticket)).closed).toBe(4401);
  const both = await ticketOf(ana);
  const race = await Promise.all([hello(both), hello(both), hello(both)]);
  await expect.poll(() => race.filter((it) => it.frames.length > 0).length).toBe(1);

  const fresh = await ticketOf(ana);
  const [payload] = fresh.split('.');
  for (const forged of [`${payload}.${'A'.repeat(43)}`, `${payload}`, `${payload}.`, 'x', ana.session, 'null']) {
    expect(await (await hello(forged)).closed, forged).toBe(4401);
  }
  for (const shape of ['', [], null, {}, 5, [fresh]]) expect(await (await hello(shape)).closed).toBe(1008);
  expect(await (await hello(fresh, -1)).closed).toBe(1008);

  // The session behind it ended between the request and the hello.
  const orphan = await ticketOf(ana);
  await sql`update sessions set revoked_at = now()`.execute(db.owner);
  expect(await (await hello(orphan)).closed).toBe(4401);
  await expect(signedIn({ session: 'nobody' })).rejects.toThrow();
});

test('only our own pages may open a socket, and only at its address', async () => {
  const { tab } = await desk();
  await expect(tab({ origin: 'http://evil.test' }).opened).rejects.toThrow('403');
  await expect(tab({ origin: 'null' }).opened).rejects.toThrow('403');
  await expect(tab({ origin: null }).opened).rejects.toThrow('403');
  await expect(tab({ path: '/api/v1/other' }).opened).rejects.toThrow('404');
});

test('what is not a frame ends the conversation', async () => {
  const { workspace, person, signedIn, tab } = await desk();
  const ana = await person(await workspace());
  for (const nonsense of ['{', '[]', '"ping"', '{"type":"dance"}', '{"type":"ping","more":1}', '{"type":"watch","ticketId":"x"}', '{"type":"hello","ticket":"x","since":null}']) {
    const it = await signedIn(ana);
    it.say(nonsense);
    expect(await it.closed, nonsense).toBe(1008);
  }
  const eager = tab();
  await eager.opened;
  eager.say({ type: 'ping' });
  expect(await eager.closed).toBe(1008);
  const large = await signedIn(ana);
  large.say({ type: 'ping', more: 'x'.repeat(20_000) });
  expect(await large.closed).toBe(1009);
  const flood = await signedIn(ana);
  for (let i = 0; i < 100; i += 1) flood.say({ type: 'ping' });
  expect(await flood.closed).toBe(1008);
});

test('a ping is answered', async () => {
  const { workspace, person, signedIn } = await desk();
  const it = await signedIn(await person(await workspace()));
  it.say({ type: 'ping' });
  await expect.poll(() => it.frames.at(-1)).toEqual({ type: 'pong', machine: MACHINE.getTime(), business: at.getTime() });
});

test('a change of rights, a revoked session and a changed password end the socket at once', async () => {
  const { db, workspace, person, signedIn, happen } = await desk();
  const here = await workspace();
  const [changed, revoked, other, bystander] = [await person(here), await person(here), await person(here), await person(here)];
  const tabs = { changed: await signedIn(changed), revoked: await signedIn(revoked), other: await signedIn(other), bystander: await signedIn(bystander) };

  await happen(here, 1, { type: 'person.changed', subjectId: changed.id });
  expect(await tabs.changed.closed).toBe(4401);
  await happen(here, 2, { type: 'session.revoked', subjectId: revoked.session });
  expect(await tabs.revoked.closed).toBe(4401);
  await sql`update sessions set revoked_at = now() where id = ${other.session}`.execute(db.owner);
  await happen(here, 3, { type: 'person.password_changed', subjectId: other.id });
  expect(await tabs.other.closed).toBe(4401);
  expect(tabs.bystander.seen()).toEqual([1]);
  expect(tabs.bystander.socket.readyState).toBe(WebSocket.OPEN);
});

test('a session that ends by itself, which nobody announces, ends its socket within seconds', async () => {
  const { db, workspace, person, signedIn } = await desk();
  const here = await workspace();
  const [expired, bystander] = [await person(here), await person(here)];
  const tabs = { expired: await signedIn(expired), bystander: await signedIn(bystander) };
  await sql`update sessions set expires_at = now() where id = ${expired.session}`.execute(db.owner);
  expect(await tabs.expired.closed).toBe(4401);
  expect(tabs.bystander.socket.readyState).toBe(WebSocket.OPEN);
});

test('a deactivated person is gone, with a running socket and with an unused ticket', async () => {
  const { db, workspace, person, signedIn, happen, ticketOf, tab } = await desk();
  const here = await workspace();
  const ana = await person(here);
  const it = await signedIn(ana);
  const ticket = await ticketOf(ana);
  await sql`update people set deactivated_at = now() where id = ${ana.id}`.execute(db.owner);
  await happen(here, 1, { type: 'person.deactivated', subjectId: ana.id });
  expect(await it.closed).toBe(4401);
  const again = tab();
  await again.opened;
  again.say({ type: 'hello', ticket, since: null });
  expect(await again.closed).toBe(4401);
});

test('colleagues see who else has the ticket open, and who writes', async () => {
  const { workspace, person, signedIn } = await desk();
  // The test's mayWatch lets people watch what is visible in their workspace: its own row stands for a ticket.
  const [ticketId, elsewhere] = [await workspace(), await workspace()];
  const [ana, ben] = [await person(ticketId, { name: 'Ana' }), await person(ticketId, { name: 'Бен' })];
  const [a, b, stranger] = [await signedIn(ana), await signedIn(ben), await signedIn(await person(elsewhere))];
  const watchers = (it: { frames: Frame[] }) => it.frames.filter((frame) => frame.type === 'watchers').at(-1)?.people;

  a.say({ type: 'watch', ticketId });
  await expect.poll(() => watchers(a)).toEqual([]);
  b.say({ type: 'watch', ticketId, writing: true });
  await expect.poll(() => watchers(a)).toEqual([{ id: ben.id, name: 'Бен', writing: true, idle: false }]);
  await expect.poll(() => watchers(b)).toEqual([{ id: ana.id, name: 'Ana', writing: false, idle: false }]);
  stranger.say({ type: 'watch', ticketId });
  stranger.say({ type: 'ping' });
  await expect.poll(() => stranger.frames.at(-1)).toEqual({ type: 'pong', machine: MACHINE.getTime(), business: at.getTime() });
  b.socket.terminate();
  await expect.poll(() => watchers(a)).toEqual([]);
  expect(watchers(stranger)).toBeUndefined();
});

test('bounds: sockets of one person, sockets at all, strangers', async () => {
  const { workspace, person, signedIn, ticketOf, tab } = await desk({ limits: { perPerson: 2, sockets: 4, strangers: 2 } });
  const ana = await person(await workspace());
  await signedIn(ana);
  await signedIn(ana);
  const third = tab();
  await third.opened;
  third.say({ type: 'hello', ticket: await ticketOf(ana), since: null });
  expect(await third.closed).toBe(1013);
  await tab().opened;
  await tab().opened;
  await expect(tab().opened).rejects.toThrow('503');
});

test('one network cannot take the places of all who are about to say who they are', async () => {
  const { workspace, person, ticketOf, tab, realtime } = await desk({ limits: { strangersOfOne: 2 } });
  // What an address claims to have heard from others changes nothing, nor does another address of the same IPv6 network.
  for (const from of ['198.51.100.7', '192.0.2.1, 198.51.100.7', '2001:db8:1:2::1', '2001:db8:1:2::2']) await tab({ from }).opened;
  await expect(tab({ from: '203.0.113.9, 198.51.100.7' }).opened).rejects.toThrow('503');
  await expect(tab({ from: '2001:db8:1:2:3::1' }).opened).rejects.toThrow('503');

  const known = tab({ from: '203.0.113.9' });
  await known.opened;
  known.say({ type: 'hello', ticket: await ticketOf(await person(await workspace())), since: null });
  await expect.poll(() => realtime.stats()).toEqual({ sockets: 5, strangers: 4 });
});

test('a broadcast reaches hundreds, and whoever does not read is cut without holding up the rest', async () => {
  const { workspace, person, signedIn, happen, realtime } = await desk({ limits: { perPerson: 400 } });
  const [loud, wide] = [await workspace(), await workspace()];
  const [ben, ana] = [await person(loud), await person(wide)];
  const slow = await signedIn(ben);
  slow.socket.pause();
  const reader = await signedIn(ben);
  const tabs = await Promise.all(Array.from({ length: 200 }, () => signedIn(ana)));
  expect(realtime.stats()).toEqual({ sockets: 202, strangers: 0 });

  const bulk = 'x'.repeat(1_000_000);
  for (let n = 1; n <= 25; n += 1) {
    await happen(loud, n, { data: { n, bulk } });
    await happen(wide, n);
    // Whoever reads is not behind: what is told faster than one process can read it at all would cut the reader too.
    await expect.poll(() => reader.seen().length, { timeout: 10_000 }).toBe(n);
  }
  for (const it of tabs) await expect.poll(() => it.seen().length, { timeout: 10_000 }).toBe(25);
  await expect.poll(() => realtime.stats().sockets, { timeout: 10_000 }).toBe(201);
  expect(slow.seen().length).toBeLessThan(25);
});

test('stopping says goodbye with 1012 and takes nobody new', async () => {
  const { workspace, person, signedIn, realtime, tab } = await desk();
  const ana = await person(await workspace());
  const it = await signedIn(ana);
  expect(realtime.connected()).toEqual(new Map([[ana.workspaceId, new Set([ana.id])]]));
  await realtime.stop();
  expect(await it.closed).toBe(1012);
  await expect(tab().opened).rejects.toThrow('503');
  expect([realtime.stats(), realtime.connected().size]).toEqual([{ sockets: 0, strangers: 0 }, 0]);
});
