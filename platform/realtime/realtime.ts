import type { IncomingMessage, Server } from 'node:http';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Actor, Now } from '../../kernel/actor.ts';
import type { Log } from '../../kernel/log.ts';
import type { Database } from '../db/db.ts';
import { eventsBetween, type FollowedEvent, type Followers } from '../events/followers.ts';
import type { Routes } from '../http/server.ts';
import { createBroadcast } from './broadcast.ts';
import { changesRights, ClientFrame, CLOSE, endsCredentials, eventFrame, mayReachBrowsers, type ServerFrame } from './frames.ts';
import { createLines, type Door } from './line.ts';
import { createNumbersFeed, type NumbersOf } from './numbers-feed.ts';
import type { Peer, Seat } from './peer.ts';
import { createPresence } from './presence.ts';
import { createSocketTickets } from './tickets.ts';

const PATH = '/api/v1/socket';
const MAX_FRAME_BYTES = 16 * 1024;
const BUFFER_BYTES = 1024 * 1024;
const CREDENTIALS_MS = 3_000;
/** More than this was missed: fetching anew is cheaper than being told each. */
const CATCH_UP_EVENTS = 1_000;
/** How much of the log (of all workspaces) is looked through for them. */
const CATCH_UP_SPAN = 20_000;

/**
 * Tells browsers what has happened, as it happens: never content, only what is stale now. One socket for each tab, opened
 * by a one-time ticket; a socket that was cut says how far it had come and is told what it missed.
 */
export function createRealtime({ db, followers, log, clock, key, ownOrigin, mayRead, mayWatch, mayWatchAll, numbersOf, clientAddress = ({ socket }) => socket.remoteAddress ?? '', limits = {} }: {
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
  /** May this person see every ticket? For the faces in lists, and the numbers beside them. */
  mayWatchAll: (actor: Actor) => boolean;
  numbersOf: NumbersOf;
  /** Who is behind the proxies. */
  clientAddress?: (request: IncomingMessage) => string;
  limits?: { sockets?: number; perPerson?: number; strangers?: number; strangersOfOne?: number };
}) {
  const { sockets = 10_000, perPerson = 20, strangers = 500, strangersOfOne = 100 } = limits;
  const tickets = createSocketTickets({ db, key });
  const presence = createPresence();
  const numbers = createNumbersFeed({ numbersOf, onError: (error) => { log.warn({ err: error }, 'the numbers beside lists could not be told'); } });
  const workspaces = new Map<string, Set<Peer>>();
  let checking = false;
  let checkAgain = false;
  let rightsChanges = 0;

  const lines = createLines<Seat, ClientFrame, ServerFrame>({
    path: PATH, ownOrigin, clientAddress, isForBrowsers: true, maxFrameBytes: MAX_FRAME_BYTES, bufferBytes: BUFFER_BYTES, limits: { lines: sockets, strangers, strangersOfOne }, close: CLOSE,
    frames: ClientFrame, onHello: hello, onFrame: hear, onGone: gone,
    onError(peer, error) {
      log.error({ err: error }, 'a socket could not be served');
      peer.close(CLOSE.tryLater, 'try again later');
    },
  });
  const broadcast = createBroadcast({ peersOf: (workspaceId) => workspaces.get(workspaceId), mayRead });
  const stopTail = followers.tail((events) => {
    for (const event of events) if (changesRights(event.type)) endOf(event);
    if (events.some((event) => endsCredentials(event.type))) void endDeadCredentials();
    for (const { workspaceId, ticketId, type } of events) if (ticketId !== null || type.startsWith('view.')) numbers.moved(workspaceId);
    const here = events.filter((event) => mayReachBrowsers(event.type) && workspaces.has(event.workspaceId));
    if (here.length > 0 && !broadcast.add(here)) startAfresh();
  });
  const watchdog = setInterval(() => void endDeadCredentials(), CREDENTIALS_MS).unref();

  /** Sockets whose rights were decided before this happened come back with new ones, or not at all. */
  function endOf({ workspaceId, subjectId }: FollowedEvent): void {
    rightsChanges += 1;
    for (const peer of workspaces.get(workspaceId) ?? []) {
      const { id, credential } = peer.seat!.person.actor;
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
    const ids = new Set([...lines.all].flatMap(({ seat }) => seat?.person.actor.credential.id ?? []));
    if (ids.size === 0) return;
    const { rows } = await sql<{ id: string }>`select id from auth_dead_credentials(${[...ids]}::uuid[]) as id`.execute(db.lookup);
    const dead = new Set(rows.map(({ id }) => id));
    for (const peer of lines.all) {
      if (peer.seat && dead.has(peer.seat.person.actor.credential.id)) peer.close(CLOSE.signInAgain, 'sign in again');
    }
  }

  function startAfresh(): void {
    const position = followers.tailPosition();
    log.warn({ position }, 'too many events at once for the sockets; browsers fetch anew');
    for (const peer of lines.all) {
      if (!peer.seat || peer.seat.position === null) continue;
      peer.seat.position = position;
      peer.send({ type: 'reset', position });
    }
  }

  async function hello(peer: Peer, { ticket, since }: Extract<ClientFrame, { type: 'hello' }>): Promise<void> {
    const before = rightsChanges;
    const person = await tickets.use(ticket, new Date());
    // What was just read may be older than a change that nobody applied to this socket yet.
    if (before !== rightsChanges) return peer.close(CLOSE.tryLater, 'try again');
    if (!person) return peer.close(CLOSE.signInAgain, 'sign in again');
    if (countOf(person.actor.id) >= perPerson) return peer.close(CLOSE.tryLater, 'too many sockets');
    const seat: Seat = { person, position: null, watches: 0 };
    if (!lines.admit(peer, seat)) return;
    const { workspaceId } = person.actor;
    workspaces.set(workspaceId, (workspaces.get(workspaceId) ?? new Set()).add(peer));
    await catchUp(peer, seat, since);
  }

  const countOf = (personId: string): number => {
    let count = 0;
    for (const { seat } of lines.all) if (seat?.person.actor.id === personId) count += 1;
    return count;
  };

  /** From `since` to the very event where live ones begin: the last look and the switch happen in one go. */
  async function catchUp(peer: Peer, seat: Seat, since: number | null): Promise<void> {
    let position = since ?? followers.tailPosition();
    let said = false;
    while (peer.isOpen) {
      const reached = followers.tailPosition();
      if (position === reached) {
        if (!said) peer.send({ type: 'ready', position });
        seat.position = position;
        return;
      }
      const missed = await missedBy(seat.person.actor, position, reached);
      if (!missed) return reset(peer, seat);
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

  function reset(peer: Peer, seat: Seat): void {
    seat.position = followers.tailPosition();
    peer.send({ type: 'reset', position: seat.position });
  }

  async function watch(peer: Peer, seat: Seat, { ticketId, writing, idle }: Extract<ClientFrame, { type: 'watch' }>): Promise<void> {
    const mine = (seat.watches += 1);
    const allowed = ticketId !== null && await mayWatch(seat.person.actor, ticketId);
    // A later word, or the end, came first.
    if (mine === seat.watches && peer.isOpen) presence.watch(peer, allowed ? ticketId : null, { writing, idle });
  }

  function hear(peer: Peer, seat: Seat, frame: Exclude<ClientFrame, { type: 'hello' }>): Promise<void> | void {
    if (frame.type === 'ping') peer.send({ type: 'pong', machine: clock.machineNow().getTime(), business: clock.now().getTime() });
    else if (frame.type === 'watch') return watch(peer, seat, frame);
    else if (frame.type === 'faces') presence.read(peer, frame.on && mayWatchAll(seat.person.actor));
    else if (frame.type === 'numbers') numbers.read(peer, frame.on && mayWatchAll(seat.person.actor));
  }

  function gone(peer: Peer, { person: { actor: { workspaceId } } }: Seat): void {
    presence.gone(peer);
    numbers.read(peer, false);
    const room = workspaces.get(workspaceId);
    room?.delete(peer);
    if (room?.size === 0) workspaces.delete(workspaceId);
  }

  return {
    /** Answers upgrades on this server, at our path and at those of the other doors; every other path is refused. */
    attach(http: Server, doors: readonly Door[] = []): void {
      http.on('upgrade', (request, socket, head) => {
        socket.on('error', () => socket.destroy());
        const door = [lines, ...doors].find(({ path }) => path === request.url?.split('?')[0]);
        const refused = door ? door.refusal(request) : '404 Not Found';
        if (refused === null) door?.accept(request, socket, head);
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
      for (const [workspaceId, room] of workspaces) found.set(workspaceId, new Set([...room].map((peer) => peer.seat!.person.actor.id)));
      return found;
    },

    /** To those who look at a ticket now, in this process: what is not worth keeping, such as that somebody types. */
    whisper: presence.whisper,
    sees: presence.sees,
    stats: lines.stats,

    /** Takes nobody new, asks everybody to come back to another process, and cuts those who do not answer. */
    async stop(): Promise<void> {
      stopTail();
      clearInterval(watchdog);
      presence.stop();
      numbers.stop();
      await lines.stop();
    },
  };
}
