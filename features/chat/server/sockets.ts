import type { IncomingMessage } from 'node:http';
import { AppError } from '../../../kernel/errors.ts';
import type { Log } from '../../../kernel/log.ts';
import { createTurns } from '../../../kernel/turns.ts';
import type { FollowedEvent, Followers } from '../../../platform/events/followers.ts';
import { createLines, type Line } from '../../../platform/realtime/line.ts';
import type { createRealtime } from '../../../platform/realtime/realtime.ts';
import { CLOSE, VisitorFrame, type MessageCreate, type ServerFrame, type VisitorState } from '../core/visitor-contract.ts';
import { createArrivals } from './arrivals.ts';
import type { Chat } from './chat.ts';
import { createLooking } from './looking.ts';
import type { Visitor } from './visitor-store.ts';

const PATH = '/api/v1/visitor/socket';
const MAX_FRAME_BYTES = 64 * 1024;
const BUFFER_BYTES = 256 * 1024;
/** How often we write down whose tabs are open, and how many of one visitor may be. */
const HERE_MS = 15_000;
const TABS = 20;
/** Those who wait in the queue are told of their place so often. */
const PLACE_MS = 5_000;
const PAGE = 100;
/** More than this was missed: whoever comes back fetches it over HTTP. */
const MOST_MISSED = 500;
/** The database does this many of their questions at once, and other work goes between. */
const AT_ONCE = 8;
const TYPING_MS = 1_500;

type Seat = {
  readonly visitor: Visitor; readonly expiresAt: number | null;
  /** Everything up to here has been sent. */
  seq: number; pumping: boolean; again: boolean;
  /** Nothing comes before `ready`; what changed until then is looked for afterwards. */
  isReady: boolean; isStale: boolean;
  /** Of what this very tab said: that comes back as `sent`, and not once more. */
  readonly own: Set<string>;
  ticketId: string | null; isWaiting: boolean; typedAt: number; state: string;
  /** Their words have told the desk already that they sit here. */
  hasSaid: boolean;
};
type Tab = Line<Seat, ServerFrame>;

/** The live side of visitors: sockets that are told what is new, in order and once, and that catch up after a cut. */
export function createVisitorSockets({ chat, followers, realtime, ownOrigin, clientAddress, log, most = 20_000 }: {
  chat: Chat; followers: Pick<Followers, 'tail'>; realtime: Pick<ReturnType<typeof createRealtime>, 'whisper'>; ownOrigin: string; clientAddress: (request: IncomingMessage) => string; log: Log; most?: number;
}) {
  const rooms = new Map<string, Set<Tab>>();
  const turn = createTurns(AT_ONCE);
  const look = createLooking((workspaceId, places) => turn(() => chat.behind(workspaceId, places, PAGE)));

  function failed(tab: Tab, error: unknown): void {
    if (error instanceof AppError && (error.kind === 'unauthenticated' || error.kind === 'not_found')) return tab.close(CLOSE.sessionOver, 'session over');
    if (error instanceof AppError && error.code === 'visitor.banned') return tab.close(CLOSE.banned, 'not welcome');
    log.error({ err: error }, 'a visitor\'s socket could not be served');
    tab.close(CLOSE.tryLater, 'try again later');
  }
  const run = (tab: Tab, work: Promise<unknown>): void => { work.catch((error: unknown) => { failed(tab, error); }); };

  /** Written down a moment later: what comes together, to whomever, is one change, and what was read meanwhile needs none. */
  const arrived = createArrivals((workspaceId, reached) => turn(() => chat.delivered(workspaceId, reached.filter(({ visitorId }) => rooms.has(visitorId)))), (error) => { log.warn({ err: error }, 'what has reached visitors could not be written down'); });

  /** Sends what is new, one look at a time: what comes meanwhile is looked for once more. */
  async function pump(tab: Tab): Promise<void> {
    const seat = tab.seat!;
    if (seat.pumping) {
      seat.again = true;
      return;
    }
    seat.pumping = true;
    try {
      do {
        seat.again = false;
        const { items, upTo, hasMore } = await look(seat.visitor, seat.seq);
        const fresh = items.filter(({ clientId }) => clientId === null || !seat.own.delete(clientId));
        if (fresh.length > 0) tab.send({ type: 'messages', items: fresh });
        seat.seq = upTo;
        seat.again ||= hasMore;
        if (items.some(({ from }) => from === 'agent')) arrived.add(seat.visitor, upTo);
      } while (seat.again && tab.isOpen);
    } finally {
      seat.pumping = false;
    }
  }

  /** How things stand for one visitor, told to all of their tabs that do not know it yet. */
  async function refresh(visitorId: string): Promise<void> {
    const [first] = rooms.get(visitorId) ?? [];
    if (!first) return;
    const { state, ticketId } = await turn(() => chat.standing(first.seat!.visitor));
    // They began over HTTP, with a tab open: that one sits there counts from now on.
    if (ticketId !== null && first.seat!.ticketId === null && !first.seat!.hasSaid) await turn(() => chat.stillHere(first.seat!.visitor.workspaceId, [visitorId]));
    const text = JSON.stringify(state);
    for (const tab of rooms.get(visitorId) ?? []) {
      const seat = tab.seat!;
      [seat.ticketId, seat.isWaiting] = [ticketId, state.conversation?.state === 'waiting'];
      seat.isStale = !seat.isReady;
      if (seat.isStale || seat.state === text) continue;
      seat.state = text;
      tab.send({ type: 'state', state });
    }
  }

  /** Whoever answers has read: told from what is known here, since nothing else is another. */
  function answered(tab: Tab, seq: number): void {
    const seat = tab.seat!;
    if (!seat.isReady) {
      seat.isStale = true;
      return;
    }
    const state = JSON.parse(seat.state) as VisitorState;
    const read = Math.max(state.marks.read, seq);
    const now = { ...state, seq: Math.max(state.seq, seq), marks: { delivered: Math.max(state.marks.delivered, seq), read } };
    seat.state = JSON.stringify(now);
    // Until the visitor has said something more, no mark at their words has moved.
    if (state.marks.read < seq - 1) tab.send({ type: 'state', state: now });
  }

  /** What this tab said itself it has already: nobody has to look for it. */
  const hasNews = ({ seat }: Tab, seq: unknown): boolean => typeof seq !== 'number' || seq > seat!.seq;

  function tell(tab: Tab, { type, data }: Pick<FollowedEvent, 'type' | 'data'>): void {
    if (type === 'visitor.said' && data['answered'] === true && typeof data['seq'] === 'number') answered(tab, data['seq']);
    if (type === 'visitor.said') return hasNews(tab, data['seq']) ? run(tab, pump(tab)) : undefined;
    if (type === 'visitor.signed_out') tab.close(CLOSE.sessionOver, 'signed out');
    else if (data['isBanned'] === true) tab.close(CLOSE.banned, 'not welcome');
    else if (Array.isArray(data['ids']) && tab.seat!.isReady) tab.send({ type: 'changed', ids: data['ids'] as string[] });
  }

  function heard(event: FollowedEvent): void {
    const { type, subjectId } = event;
    const tabs = type.startsWith('visitor.') && subjectId !== null ? rooms.get(subjectId) : undefined;
    if (!tabs || subjectId === null) return;
    for (const tab of tabs) tell(tab, event);
    const [first] = tabs;
    if (first && type === 'visitor.changed') run(first, refresh(subjectId));
  }
  const stopTail = followers.tail((events) => { for (const event of events) heard(event); });

  async function hello(tab: Tab, { secret, since }: Extract<VisitorFrame, { type: 'hello' }>): Promise<void> {
    const { expiresAt, ...visitor } = await turn(() => chat.of(secret));
    const room = rooms.get(visitor.visitorId) ?? new Set();
    if (room.size >= TABS) return tab.close(CLOSE.tryLater, 'too many tabs');
    const seat = seatOf(visitor, expiresAt);
    if (!lines.admit(tab, seat)) return;
    // From here on news waits in `again`, so that nothing falls between the history and what comes next.
    rooms.set(visitor.visitorId, room.add(tab));
    await begin(tab, seat, since);
  }

  async function begin(tab: Tab, seat: Seat, since: number | null): Promise<void> {
    const { visitor } = seat;
    const { state, ticketId } = await turn(() => chat.enter(visitor));
    [seat.ticketId, seat.isWaiting, seat.state] = [ticketId, state.conversation?.state === 'waiting', JSON.stringify(state)];
    tab.send({ type: 'ready', state });
    seat.isReady = true;
    seat.seq = Math.min(since ?? Math.max(0, state.seq - PAGE), state.seq);
    if (state.seq - seat.seq > MOST_MISSED) {
      seat.seq = state.seq;
      tab.send({ type: 'gap', seq: state.seq });
    }
    seat.pumping = false;
    if (state.seq > seat.seq || seat.again) await pump(tab);
    if (seat.isStale) await refresh(visitor.visitorId);
  }

  async function say(tab: Tab, message: MessageCreate): Promise<void> {
    const seat = tab.seat!;
    seat.own.add(message.clientId);
    seat.hasSaid = true;
    try {
      const { message: view, isNew } = await chat.say(seat.visitor, message, { inTab: true });
      const isNext = isNew && !seat.pumping && view.seq === seat.seq + 1;
      if (isNext) seat.seq = view.seq;
      if (!isNew || isNext) seat.own.delete(message.clientId);
      tab.send({ type: 'sent', clientId: message.clientId, message: view });
    } catch (error) {
      seat.own.delete(message.clientId);
      if (!(error instanceof AppError) || error.kind === 'unauthenticated' || error.code === 'visitor.banned') throw error;
      const retryAfter = error.details['retryAfter'];
      tab.send({ type: 'refused', clientId: message.clientId, code: error.code, detail: error.detail, ...(typeof retryAfter === 'number' && { retryAfter }) });
    }
  }

  function typing(seat: Seat, isTyping: boolean): void {
    const at = performance.now();
    if (seat.ticketId === null || (isTyping && at - seat.typedAt < TYPING_MS)) return;
    seat.typedAt = isTyping ? at : 0;
    realtime.whisper(seat.visitor.workspaceId, seat.ticketId, 'chat.typing', { isTyping });
  }

  function onFrame(tab: Tab, seat: Seat, frame: Exclude<VisitorFrame, { type: 'hello' }>): Promise<void> | void {
    if (seat.expiresAt !== null && seat.expiresAt <= Date.now()) return tab.close(CLOSE.sessionOver, 'session over');
    if (frame.type === 'ping') tab.send({ type: 'pong' });
    else if (frame.type === 'message') return say(tab, frame.message);
    else if (frame.type === 'read') return chat.read(seat.visitor, frame.seq);
    else if (frame.type === 'page') return chat.page(seat.visitor, frame.page);
    else typing(seat, frame.isTyping);
  }

  function onGone(tab: Tab, { visitor, ticketId }: Seat): void {
    const room = rooms.get(visitor.visitorId);
    room?.delete(tab);
    if (room?.size !== 0) return;
    rooms.delete(visitor.visitorId);
    if (ticketId !== null) void chat.left(visitor).catch((error: unknown) => { log.warn({ err: error }, 'that a visitor has gone could not be written down'); });
  }

  const lines = createLines<Seat, VisitorFrame, ServerFrame>({
    path: PATH, ownOrigin, clientAddress, isForBrowsers: false, maxFrameBytes: MAX_FRAME_BYTES, bufferBytes: BUFFER_BYTES,
    limits: { lines: most, strangers: 2_000, strangersOfOne: 100 }, close: CLOSE, frames: VisitorFrame, onHello: hello, onFrame, onError: failed, onGone,
  });

  async function writeDown(): Promise<void> {
    const here = new Map<string, string[]>();
    const now = Date.now();
    for (const [visitorId, tabs] of rooms) {
      const [first] = tabs;
      for (const tab of tabs) if ((tab.seat?.expiresAt ?? Infinity) <= now) tab.close(CLOSE.sessionOver, 'session over');
      if (first?.seat && first.seat.ticketId !== null) here.set(first.seat.visitor.workspaceId, [...here.get(first.seat.visitor.workspaceId) ?? [], visitorId]);
    }
    for (const [workspaceId, ids] of here) await chat.stillHere(workspaceId, ids);
  }

  const soon = (work: () => Promise<unknown>) => () => { void work().catch((error: unknown) => { log.warn({ err: error }, 'the state of visitors could not be kept'); }); };
  const writing = setInterval(soon(writeDown), HERE_MS).unref();
  const places = setInterval(soon(async () => {
    for (const [visitorId, tabs] of rooms) if ([...tabs].some(({ seat }) => seat?.isWaiting)) await refresh(visitorId);
  }), PLACE_MS).unref();

  return {
    door: lines,
    /** Somebody here types, or has stopped: told to tabs in this process. */
    typing(visitorId: string, name: string, isTyping: boolean): void {
      for (const tab of rooms.get(visitorId) ?? []) if (tab.seat!.isReady) tab.send({ type: 'typing', name, isTyping });
    },
    stats: () => ({ ...lines.stats(), visitors: rooms.size }),
    async stop(): Promise<void> {
      stopTail();
      arrived.stop();
      clearInterval(writing);
      clearInterval(places);
      await lines.stop();
    },
  };
}

const seatOf = (visitor: Visitor, expiresAt: Date | null): Seat => ({
  visitor, expiresAt: expiresAt?.getTime() ?? null, seq: 0, pumping: true, again: false, isReady: false, isStale: false, own: new Set(), ticketId: null, isWaiting: false, typedAt: 0, state: '', hasSaid: false,
});
