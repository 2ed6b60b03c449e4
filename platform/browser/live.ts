import type { QueryClient } from '@tanstack/react-query';
import { createFaces, type Face, type Faces } from './faces.ts';
import { onceDrawn } from './once-drawn.ts';
import { heardTime } from './server-clock.ts';

/** What a room does to the query cache when the server says that something happened. */
export type LiveHandlers<E extends { type: string }> = {
  [T in E['type']]?: (cache: QueryClient, event: EventOf<E, T>) => unknown;
};

/** The member of `E` that may carry the type `T`, whether its type is one word or several. */
type EventOf<E extends { type: string }, T> = E extends unknown ? (T extends E['type'] ? E : never) : never;

/**
 * Handlers of many rooms, seen from the socket: whatever arrives is offered to each of them.
 * A room that asks for everything anew whatever happened to a thing hears `person.*`.
 */
export type AnyLiveHandlers = Readonly<Record<string, ((cache: QueryClient, event: never) => unknown) | undefined>>;

/** `waiting`: cut, and trying again; `offline`: the browser knows of no network. */
export type Connection = 'connecting' | 'live' | 'waiting' | 'offline';

export type LiveParts = {
  cache: QueryClient;
  /** Asked when something happened: they may come later than the page, though not than the socket's pass. */
  handlers: () => readonly AnyLiveHandlers[];
  /** A short-lived, single-use pass; the socket itself carries no cookie authority. */
  requestTicket: (signal: AbortSignal) => Promise<string>;
  openSocket?: (url: string) => WebSocket;
  /** Up to where what the page has fetched knows what happened; null: nobody can say. */
  knownSince?: () => number | null;
};

export type Live = {
  start(): void;
  stop(): void;
  state(): Connection;
  subscribe(listener: () => void): () => void;
  /** Tells colleagues which ticket is being looked at; null for none. Told again after a reconnection. */
  watch(ticketId: string | null): void;
  /** Nobody has moved here for a while, or somebody does again. */
  rest(isIdle: boolean): void;
  /** Something was typed just now for the ticket that is looked at. */
  write(): void;
  /** One more list is in sight that shows who has what open, or one less. */
  showFaces(on: boolean): void;
  /** Likewise for the numbers beside lists; rooms hear them as `numbers.told`. */
  showNumbers(on: boolean): void;
  readonly faces: Pick<Faces, 'of' | 'subscribe'>;
  /** Tries at once instead of waiting its turn. */
  retry(): void;
};

const BEAT_MS = 20_000;
const SILENCE_MS = 45_000;
const LONGEST_WAIT_MS = 15_000;
/** Whoever stops typing writes for as long. */
const WRITES_FOR_MS = 6_000;

type Frame =
  | { type: 'ready'; position: number }
  | { type: 'reset'; position: number }
  | { type: 'event'; seq: number; event: { type: string } }
  | { type: 'fleeting'; event: { type: string } }
  | { type: 'watchers'; ticketId: string; people: readonly Face[] }
  | { type: 'faces'; whole: boolean; tickets: readonly { ticketId: string; people: readonly Face[] }[] }
  | { type: 'numbers'; numbers: object }
  | { type: 'ping' }
  | { type: 'pong'; machine: number; business: number };

/**
 * Keeps one socket open. After a cut it says how far it had come and is told what it missed;
 * when that is too much, everything on screen is fetched anew. Nothing shown ever comes from the socket itself
 * but who is where, and the numbers beside lists.
 */
export function createLive({ cache, handlers, requestTicket, openSocket = (url) => new WebSocket(url), knownSince = () => null }: LiveParts): Live {
  const listeners = new Set<() => void>();
  let startedAt = 0;
  let state: Connection = 'connecting';
  let socket: WebSocket | null = null;
  let position: number | null = null;
  let watched: string | null = null;
  let isToldSoon = false;
  let [writing, idle] = [false, false];
  let lists = 0;
  let counted = 0;
  let paused: ReturnType<typeof setTimeout> | undefined;
  const faces = createFaces();
  let attempts = 0;
  let heardAt = 0;
  let askedAt = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let beating: ReturnType<typeof setInterval> | undefined;
  let life = new AbortController();

  const become = (next: Connection) => {
    if (state === next) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const say = (frame: object) => {
    if (socket?.readyState === 1) socket.send(JSON.stringify(frame));
  };

  const sayWatch = () => {
    isToldSoon = false;
    say({ type: 'watch', ticketId: watched, writing, idle });
  };
  /** From one ticket to the next is one step, which nobody needs to hear before it is drawn here. */
  const sayWatchSoon = () => {
    const drawing = onceDrawn();
    if (!drawing) return sayWatch();
    if (!isToldSoon) void drawing.then(() => { if (isToldSoon) sayWatch(); });
    isToldSoon = true;
    return undefined;
  };
  const wrote = (is: boolean) => {
    if (writing === is) return;
    writing = is;
    sayWatch();
  };

  /** Whether the line holds, and what time it is there. */
  const ask = () => {
    askedAt = Date.now();
    say({ type: 'ping' });
  };

  const open = async () => {
    clearTimeout(retry);
    life.abort();
    life = new AbortController();
    const { signal } = life;
    try {
      const ticket = await requestTicket(signal);
      if (signal.aborted) return;
      listen(openSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/socket`), ticket, signal);
    } catch {
      if (!signal.aborted) wait();
    }
  };

  const listen = (opened: WebSocket, ticket: string, signal: AbortSignal) => {
    socket = opened;
    heardAt = Date.now();
    signal.addEventListener('abort', () => opened.close());
    opened.addEventListener('open', () => {
      position ??= knownSince();
      say({ type: 'hello', ticket, since: position });
    }, { signal });
    opened.addEventListener('message', ({ data }) => hear(frameOf(data)), { signal });
    opened.addEventListener('close', wait, { signal });
  };

  const answers: { readonly [T in Frame['type']]: (frame: Extract<Frame, { type: T }>) => void } = {
    ready: (frame) => settle(frame.position),
    reset: (frame) => startAfresh(frame.position),
    event: (frame) => tell(frame),
    fleeting: (frame) => offer(frame.event),
    watchers: (frame) => faces.hear([frame], false),
    faces: (frame) => faces.hear(frame.tickets, frame.whole),
    numbers: ({ numbers }) => offer({ type: 'numbers.told', numbers }),
    ping: () => say({ type: 'pong' }),
    pong: (frame) => heardTime(frame, askedAt),
  };

  const hear = (frame: Frame | null) => {
    heardAt = Date.now();
    if (frame) (answers[frame.type] as ((frame: Frame) => void) | undefined)?.(frame);
  };

  const settle = (reached: number) => {
    attempts = 0;
    // What was fetched before the first word from the socket may already be old, when nobody can say of when it is.
    if (position === null) void cache.invalidateQueries({ predicate: ({ state: { dataUpdatedAt } }) => dataUpdatedAt >= startedAt });
    position = Math.max(position ?? 0, reached);
    present();
    ask();
    become('live');
  };

  const present = () => {
    if (lists > 0) say({ type: 'faces', on: true });
    if (counted > 0) say({ type: 'numbers', on: true });
    if (watched) sayWatch();
  };

  const startAfresh = (reached: number) => {
    attempts = 0;
    position = reached;
    void cache.invalidateQueries();
    present();
    ask();
    become('live');
  };

  const offer = (event: { type: string; numbers?: object }) => {
    // Each room declared what it hears; the wire vouches only for the type.
    for (const room of handlers()) void (room[event.type] ?? room[`${event.type.split('.')[0]}.*`])?.(cache, event as never);
  };
  const tell = ({ seq, event }: Extract<Frame, { type: 'event' }>) => {
    offer(event);
    position = Math.max(position ?? 0, seq);
  };

  const wait = () => {
    life.abort();
    socket = null;
    faces.forget();
    become(navigator.onLine ? 'waiting' : 'offline');
    const pause = Math.min(LONGEST_WAIT_MS, 500 * 2 ** attempts++);
    retry = setTimeout(() => void open(), pause * (0.5 + Math.random() / 2));
  };

  const beat = () => {
    if (!socket) return;
    if (Date.now() - heardAt > SILENCE_MS) wait();
    else ask();
  };
  const reconnect = () => {
    attempts = 0;
    if (state === 'offline' && navigator.onLine) become('waiting');
    void open();
  };

  return {
    start() {
      startedAt = Date.now();
      beating = setInterval(beat, BEAT_MS);
      addEventListener('online', reconnect);
      addEventListener('offline', wait);
      void open();
    },
    stop() {
      clearInterval(beating);
      clearTimeout(retry);
      clearTimeout(paused);
      removeEventListener('online', reconnect);
      removeEventListener('offline', wait);
      life.abort();
    },
    retry: reconnect,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    faces,
    watch(ticketId) {
      watched = ticketId;
      writing = false;
      if (lists === 0) faces.forget();
      sayWatchSoon();
    },
    rest(isIdle) {
      if (idle === isIdle) return;
      idle = isIdle;
      if (watched) sayWatch();
    },
    write() {
      if (watched === null) return;
      clearTimeout(paused);
      paused = setTimeout(() => wrote(false), WRITES_FOR_MS);
      wrote(true);
    },
    showFaces(on) {
      lists += on ? 1 : -1;
      if (lists > (on ? 1 : 0)) return;
      if (!on) faces.forget();
      say({ type: 'faces', on });
    },
    showNumbers(on) {
      counted += on ? 1 : -1;
      if (counted === (on ? 1 : 0)) say({ type: 'numbers', on });
    },
  };
}

function frameOf(data: unknown): Frame | null {
  try {
    const frame: unknown = JSON.parse(String(data));
    return typeof frame === 'object' && frame !== null && 'type' in frame ? (frame as Frame) : null;
  } catch {
    return null;
  }
}
