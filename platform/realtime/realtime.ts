import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { sql } from 'kysely';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Actor, Now } from '../../kernel/actor.ts';
import type { Log } from '../../kernel/log.ts';
import { networkOf } from '../../kernel/network.ts';
import type { Database } from '../db/db.ts';
import { eventsBetween, type FollowedEvent, type Followers } from '../events/followers.ts';
import { inNetworks } from '../http/client-address.ts';
import type { Routes } from '../http/server.ts';
import { createBroadcast } from './broadcast.ts';
import { changesRights, CLOSE, endsCredentials, eventFrame, mayReachBrowsers, type ClientFrame } from './frames.ts';
import type { Door } from './line.ts';
import { createPeer, type Peer } from './peer.ts';
import { createPresence } from './presence.ts';
import { createSocketTickets } from './tickets.ts';

const PATH = '/api/v1/socket';
const isLocal = inNetworks(['127.0.0.0/8', '::1']);
const MAX_FRAME_BYTES = 16 * 1024;
const HELLO_MS = 5_000;
const BEAT_MS = 30_000;
const CREDENTIALS_MS = 3_000;
const STOP_MS = 2_000;
/** More than this was missed: fetching anew is cheaper than being told each. */
const CATCH_UP_EVENTS = 1_000;
/** How much of the log (of all workspaces) is looked through for them. */
const CATCH_UP_SPAN = 20_000;

/**
 * Tells browsers what has happened, as it happens: never content, only what is stale now. One socket for each tab, opened
 * by a one-time ticket; a socket that was cut says how far it had come and is told what it missed.
 */
export function createRealtime({ db, followers, log, clock, key, ownOrigin, mayRead, mayWatch, clientAddress = ({ socket }) => socket.remoteAddress ?? '', limits = {} }: {
  db: Database;
  followers: Pick<Followers, 'tail' | 'tailPosition'>;
  log: Log;
  clock: { readonly now: Now; readonly machineNow: Now };
  /** Signs the tickets; every process has the same. */
  key: Buffer;
  ownOrigin: string;
  /** Asked for every event and person: may they know that this happened? */
  mayRead: (actor: Actor, event: FollowedEvent) => boolean;
  /** May this person see this ticket? For presence. */
  mayWatch: (actor: Actor, ticketId: string) => Promise<boolean>;
  /** Who is behind the proxies. */
  clientAddress?: (request: IncomingMessage) => string;
  limits?: { sockets?: number; perPerson?: number; strangers?: number; strangersOfOne?: number };
}) {
  const { sockets: mostSockets = 10_000, perPerson = 20, strangers: mostStrangers = 500, strangersOfOne = 100 } = limits;
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_FRAME_BYTES, clientTracking: false });
  const tickets = createSocketTickets({ db, key });
  const presence = createPresence();
  const peers = new Set<Peer>();
  const workspaces = new Map<string, Set<Peer>>();
  const networkOfPeer = new WeakMap<Peer, string>();
  /** Of each network, those who have not said yet who they are. */
  const networks = new Map<string, number>();
  let strangers = 0;
  let stopping = false;
  let checking = false;
  let checkAgain = false;
  let rightsChanges = 0;

  const broadcast = createBroadcast({ peersOf: (workspaceId) => workspaces.get(workspaceId), mayRead });
  const stopTail = followers.tail((events) => {
    for (const event of events) if (changesRights(event.type)) endOf(event);
    if (events.some((event) => endsCredentials(event.type))) void endDeadCredentials();
    const here = events.filter((event) => mayReachBrowsers(event.type) && workspaces.has(event.workspaceId));
    if (here.length > 0 && !broadcast.add(here)) startAfresh();
  });
  const beat = setInterval(() => { for (const peer of peers) peer.beat(); }, BEAT_MS).unref();
  const watchdog = setInterval(() => void endDeadCredentials(), CREDENTIALS_MS).unref();

  /** Sockets whose rights were decided before this happened come back with new ones, or not at all. */
  function endOf({ workspaceId, subjectId }: FollowedEvent): void {
    rightsChanges += 1;
    for (const peer of workspaces.get(workspaceId) ?? []) {
      const { id, credential } = peer.person!.actor;
      if (subjectId === id || subjectId === credential.id) peer.close(CLOSE.signInAgain, 'rights have changed');
    }
  }

  /** All open sockets in one question; a session that ended by itself is found here too. */
  async function endDeadCredentials(): Promise<void> {
    checkAgain = true;
    if (checking) return;
    checking = true;
    try {
      while (checkAgain) {
        checkAgain = false;
        await closeDead();
      }
    } catch (error) {
      log.warn({ err: error }, 'the credentials of open sockets could not be checked');
    } finally {
      checking = false;
    }
  }

  async function closeDead(): Promise<void> {
    const ids = new Set([...peers].flatMap((peer) => (peer.person ? [peer.person.actor.credential.id] : [])));
    if (ids.size === 0) return;
    const { rows } = await sql<{ id: string }>`select id from auth_dead_credentials(${[...ids]}::uuid[]) as id`.execute(db.lookup);
    const dead = new Set(rows.map(({ id }) => id));
    for (const peer of peers) {
      if (peer.person && dead.has(peer.person.actor.credential.id)) peer.close(CLOSE.signInAgain, 'sign in again');
    }
  }

  function startAfresh(): void {
    const position = followers.tailPosition();
    log.warn({ position }, 'too many events at once for the sockets; browsers fetch anew');
    for (const peer of peers) {
      if (peer.position === null) continue;
      peer.position = position;
      peer.send({ type: 'reset', position });
    }
  }

  async function hello(peer: Peer, { ticket, since }: Extract<ClientFrame, { type: 'hello' }>): Promise<void> {
    const before = rightsChanges;
    const person = await tickets.use(ticket, new Date());
    // What was just read may be older than a change that nobody applied to this socket yet.
    if (before !== rightsChanges) return peer.close(CLOSE.tryLater, 'try again');
    if (!person) return peer.close(CLOSE.signInAgain, 'sign in again');
    if (!peer.isOpen()) return;
    if (countOf(person.actor.id) >= perPerson) return peer.close(CLOSE.tryLater, 'too many sockets');
    peer.person = person;
    noStranger(peer);
    const { workspaceId } = person.actor;
    workspaces.set(workspaceId, (workspaces.get(workspaceId) ?? new Set()).add(peer));
    await catchUp(peer, person.actor, since);
  }

  const countOf = (personId: string): number => {
    let count = 0;
    for (const peer of peers) if (peer.person?.actor.id === personId) count += 1;
    return count;
  };

  /** From `since` to the very event where live ones begin: the last look and the switch happen in one go. */
  async function catchUp(peer: Peer, actor: Actor, since: number | null): Promise<void> {
    let position = since ?? followers.tailPosition();
    let said = false;
    while (peer.isOpen()) {
      const reached = followers.tailPosition();
      if (position === reached) {
        if (!said) peer.send({ type: 'ready', position });
        peer.position = position;
        return;
      }
      const missed = await missedBy(actor, position, reached);
      if (!missed) return reset(peer);
      // Until they are sent, "ready" promises no more than the browser had.
      if (!said && missed.length > 0) {
        peer.send({ type: 'ready', position });
        said = true;
      }
      for (const event of missed) peer.sendText(eventFrame(event));
      position = reached;
    }
  }

  async function missedBy(actor: Actor, since: number, reached: number): Promise<FollowedEvent[] | null> {
    if (since > reached || reached - since > CATCH_UP_SPAN) return null;
    const { workspaceId } = actor;
    const events = await db.work(workspaceId, (tx) => eventsBetween(tx, since, reached, CATCH_UP_EVENTS + 1, undefined, workspaceId));
    return events.length > CATCH_UP_EVENTS ? null : events.filter((event) => mayReachBrowsers(event.type) && mayRead(actor, event));
  }

  function reset(peer: Peer): void {
    peer.position = followers.tailPosition();
    peer.send({ type: 'reset', position: peer.position });
  }

  function accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    server.handleUpgrade(request, socket, head, (ws) => {
      let greeted = false;
      let watches = 0;

      async function watch({ ticketId, writing = false }: Extract<ClientFrame, { type: 'watch' }>): Promise<void> {
        const mine = (watches += 1);
        const allowed = ticketId !== null && await mayWatch(peer.person!.actor, ticketId);
        // A later word, or the end, came first.
        if (mine === watches && peer.isOpen()) presence.watch(peer, allowed ? ticketId : null, writing);
      }

      function onFrame(frame: ClientFrame): void {
        if (frame.type === 'hello' && !greeted) {
          greeted = true;
          run(peer, hello(peer, frame));
        } else if (frame.type === 'hello' || !peer.person) peer.close(CLOSE.badFrame, 'hello comes first, and once');
        else if (frame.type === 'ping') peer.send({ type: 'pong', machine: clock.machineNow().getTime(), business: clock.now().getTime() });
        else if (frame.type === 'watch') run(peer, watch(frame));
      }

      const peer = createPeer(ws, { onFrame, onGone: () => gone(peer) });
      peers.add(peer);
      const network = networkOf(clientAddress(request));
      networkOfPeer.set(peer, network);
      networks.set(network, (networks.get(network) ?? 0) + 1);
      strangers += 1;
      setTimeout(() => { if (!peer.person) peer.close(CLOSE.badFrame, 'no hello'); }, HELLO_MS).unref();
      if (stopping) peer.close(CLOSE.goingAway, 'going away');
    });
  }

  function run(peer: Peer, work: Promise<void>): void {
    work.catch((error: unknown) => {
      log.error({ err: error }, 'a socket could not be served');
      peer.close(CLOSE.tryLater, 'try again later');
    });
  }

  function gone(peer: Peer): void {
    if (!peers.delete(peer)) return;
    if (!peer.person) {
      noStranger(peer);
      return;
    }
    presence.gone(peer);
    const { workspaceId } = peer.person.actor;
    const room = workspaces.get(workspaceId);
    room?.delete(peer);
    if (room?.size === 0) workspaces.delete(workspaceId);
  }

  function noStranger(peer: Peer): void {
    strangers -= 1;
    const network = networkOfPeer.get(peer)!;
    const left = networks.get(network)! - 1;
    if (left > 0) networks.set(network, left);
    else networks.delete(network);
  }

  /** This very machine is nobody's attack; a proxy that was not named as one stands here for everybody. */
  function isFull(request: IncomingMessage): boolean {
    if (stopping || peers.size >= mostSockets || strangers >= mostStrangers) return true;
    const address = clientAddress(request);
    return !isLocal(address) && (networks.get(networkOf(address)) ?? 0) >= strangersOfOne;
  }

  function refusal(request: IncomingMessage): string | null {
    const { headers, url } = request;
    if (url?.split('?')[0] !== PATH) return '404 Not Found';
    const { origin, host } = headers;
    const ours = origin !== undefined && (origin === ownOrigin || (URL.canParse(origin) && new URL(origin).host === host));
    if (!ours) return '403 Forbidden';
    return isFull(request) ? '503 Service Unavailable' : null;
  }

  return {
    /** Answers upgrades on this server, at our path and at those of the other doors; every other path is refused. */
    attach(http: Server, doors: readonly Door[] = []): void {
      http.on('upgrade', (request, socket, head) => {
        socket.on('error', () => socket.destroy());
        const door = doors.find(({ path }) => path === request.url?.split('?')[0]);
        const refused = door ? door.refusal(request) : refusal(request);
        if (refused === null) (door?.accept ?? accept)(request, socket, head);
        else socket.end(`HTTP/1.1 ${refused}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      });
    },

    routes: (async (app) => {
      app.post('/socket-tickets', {
        schema: {
          tags: ['realtime'], summary: 'A one-time pass, good for 30 seconds, for the first frame of the socket',
          response: { 201: z.object({ ticket: z.string() }) },
        },
      }, async ({ actor }, reply) => reply.code(201).send({ ticket: tickets.issue(actor, new Date()) }));
    }) satisfies Routes as Routes,

    /** Whose sockets are open here: by workspace, the ids of people. */
    connected(): Map<string, Set<string>> {
      const found = new Map<string, Set<string>>();
      for (const [workspaceId, room] of workspaces) found.set(workspaceId, new Set([...room].map((peer) => peer.person!.actor.id)));
      return found;
    },

    /** To those who look at a ticket now, in this process: what is not worth keeping, such as that somebody types. */
    whisper: presence.whisper,
    stats: (): { sockets: number; strangers: number } => ({ sockets: peers.size, strangers }),

    /** Takes nobody new, asks everybody to come back to another process, and cuts those who do not answer. */
    async stop(): Promise<void> {
      stopping = true;
      stopTail();
      clearInterval(beat);
      clearInterval(watchdog);
      for (const peer of peers) peer.close(CLOSE.goingAway, 'going away');
      const cut = setTimeout(() => { for (const peer of peers) peer.cut(); }, STOP_MS);
      while (peers.size > 0) await new Promise((resolve) => { setTimeout(resolve, 20); });
      clearTimeout(cut);
    },
  };
}
