import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ZodType } from 'zod';
import { networkOf } from '../../kernel/network.ts';
import { inNetworks } from '../http/client-address.ts';

const FRAMES = 60;
const WINDOW_MS = 10_000;
const HELLO_MS = 5_000;
const BEAT_MS = 30_000;
const CLOSE_PATIENCE_MS = 2_000;
const isLocal = inNetworks(['127.0.0.0/8', '::1']);

/** One way in by sockets. */
export type Door = { readonly path: string; refusal(request: IncomingMessage): string | null; accept(request: IncomingMessage, socket: Duplex, head: Buffer): void };

type Hello = { readonly type: 'hello' };
type Traits = {
  /** What waits in the buffer of somebody who reads too slowly, before they are cut; they come back and catch up. */
  readonly bufferBytes: number;
  readonly close: { readonly goingAway: number; readonly tryLater: number; readonly badFrame: number };
};
type Manners<S, F extends { readonly type: string }, Out extends object> = Traits & {
  readonly path: string; readonly ownOrigin: string; readonly clientAddress: (request: IncomingMessage) => string;
  /** Browsers alone; else also a program, which says no origin. */
  readonly isForBrowsers: boolean;
  readonly maxFrameBytes: number;
  readonly limits: { readonly lines: number; readonly strangers: number; readonly strangersOfOne: number };
  /** What may be said here; anything else ends the conversation. */
  readonly frames: ZodType<F>;
  /** Who they are: to be admitted, or closed. */
  onHello(line: Line<S, Out>, frame: Extract<F, Hello>): Promise<void>;
  onFrame(line: Line<S, Out>, seat: S, frame: Exclude<F, Hello>): Promise<void> | void;
  /** What was to be done for a line failed. */
  onError(line: Line<S, Out>, error: unknown): void;
  onGone(line: Line<S, Out>, seat: S): void;
};

/** One open socket, of somebody whom `seat` names once they have said who they are. As small as can be: there are thousands. */
export class Line<S, Out extends object> {
  seat: S | null = null;
  greeted = false;
  answered = true;
  readonly network: string;
  readonly #socket: WebSocket;
  readonly #wire: Duplex;
  readonly #traits: Traits;
  #closing = false;
  #frames = 0;
  #windowEnds = 0;

  constructor(socket: WebSocket, wire: Duplex, { network, traits }: { network: string; traits: Traits }) {
    this.#socket = socket;
    this.#wire = wire;
    this.network = network;
    this.#traits = traits;
  }

  get isOpen(): boolean { return !this.#closing; }

  /** False when that is more than somebody types. */
  counts(): boolean {
    const at = performance.now();
    if (at > this.#windowEnds) [this.#windowEnds, this.#frames] = [at + WINDOW_MS, 0];
    this.#frames += 1;
    return this.#frames <= FRAMES;
  }

  send(frame: Out): void {
    if (!this.#closing) this.sendText(JSON.stringify(frame));
  }

  /** A frame as it is written, which may go to many. */
  sendText(text: string | Buffer): void {
    if (this.#closing) return;
    if (this.#socket.bufferedAmount > this.#traits.bufferBytes) return this.close(this.#traits.close.tryLater, 'reads too slowly');
    this.#socket.send(text, { binary: false });
  }

  /** What is sent within leaves in one write. */
  together(send: () => void): void {
    this.#wire.cork();
    send();
    this.#wire.uncork();
  }

  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#socket.close(code, reason);
    // One that does not answer is cut.
    setTimeout(() => this.#socket.terminate(), CLOSE_PATIENCE_MS).unref();
  }

  gone(): void { this.#closing = true; }

  /** Asks for a sign of life; whoever did not give one since the last time is cut. */
  beat(): void {
    if (!this.answered) return this.#socket.terminate();
    this.answered = false;
    if (!this.#closing) this.#socket.ping();
  }
}

/** A door of sockets at one path, for those who say who they are in the first frame. */
export function createLines<S, F extends { readonly type: string }, Out extends object>(manners: Manners<S, F, Out>) {
  const { path, ownOrigin, clientAddress, limits, close } = manners;
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: manners.maxFrameBytes, clientTracking: false });
  const lines = new Set<Line<S, Out>>();
  /** Of each network, those who have not said yet who they are. */
  const networks = new Map<string, number>();
  const empty = Promise.withResolvers<void>();
  let strangers = 0;
  let stopping = false;
  const beat = setInterval(() => { for (const line of lines) line.beat(); }, BEAT_MS).unref();

  function noStranger(line: Line<S, Out>): void {
    strangers -= 1;
    const left = networks.get(line.network)! - 1;
    if (left > 0) networks.set(line.network, left);
    else networks.delete(line.network);
  }

  /** Null for what is not a frame. */
  function read(text: string): F | null {
    try {
      return manners.frames.safeParse(JSON.parse(text)).data ?? null;
    } catch {
      return null;
    }
  }

  function act(line: Line<S, Out>, frame: F): Promise<void> | void {
    if (isHello(frame) && !line.greeted) {
      line.greeted = true;
      return manners.onHello(line, frame);
    }
    if (isHello(frame) || line.seat === null) return line.close(close.badFrame, 'hello comes first, and once');
    return manners.onFrame(line, line.seat, frame as Exclude<F, Hello>);
  }

  function hear(line: Line<S, Out>, data: Buffer, isBinary: boolean): void {
    if (!line.isOpen) return;
    const frame = isBinary || !line.counts() ? null : read(data.toString('utf8'));
    if (frame) act(line, frame)?.catch((error: unknown) => { manners.onError(line, error); });
    else line.close(close.badFrame, 'not a frame, or too many');
  }

  function leave(line: Line<S, Out>): void {
    line.gone();
    lines.delete(line);
    if (line.seat === null) noStranger(line);
    else manners.onGone(line, line.seat);
    if (stopping && lines.size === 0) empty.resolve();
  }

  function listen(socket: WebSocket, wire: Duplex, network: string): void {
    const line = new Line<S, Out>(socket, wire, { network, traits: manners });
    lines.add(line);
    strangers += 1;
    networks.set(network, (networks.get(network) ?? 0) + 1);
    const patience = setTimeout(() => { if (line.seat === null) line.close(close.badFrame, 'no hello'); }, HELLO_MS).unref();
    socket.on('message', (data: Buffer, isBinary) => { hear(line, data, isBinary); });
    socket.on('pong', () => { line.answered = true; });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearTimeout(patience);
      leave(line);
    });
    if (stopping) line.close(close.goingAway, 'going away');
  }

  return {
    path,
    /** All that are open, also those of strangers. */
    all: lines as ReadonlySet<Line<S, Out>>,
    /** It is known who sits there. False: they went while that was found out, and nobody does. */
    admit(line: Line<S, Out>, seat: S): boolean {
      if (!line.isOpen) return false;
      noStranger(line);
      line.seat = seat;
      return true;
    },
    /** Null: come in. A page of another site is told to stay out. */
    refusal(request: IncomingMessage): string | null {
      const { origin, host } = request.headers;
      const isOurs = origin === undefined ? !manners.isForBrowsers : origin === ownOrigin || (URL.canParse(origin) && new URL(origin).host === host);
      if (!isOurs) return '403 Forbidden';
      if (stopping || lines.size >= limits.lines || strangers >= limits.strangers) return '503 Service Unavailable';
      const address = clientAddress(request);
      // This very machine is nobody's attack; a proxy that was not named as one stands here for everybody.
      return !isLocal(address) && (networks.get(networkOf(address)) ?? 0) >= limits.strangersOfOne ? '503 Service Unavailable' : null;
    },
    accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      server.handleUpgrade(request, socket, head, (ws) => { listen(ws, socket, networkOf(clientAddress(request))); });
    },
    stats: (): { sockets: number; strangers: number } => ({ sockets: lines.size, strangers }),
    /** Takes nobody new, asks everybody to come back to another process, and cuts those who do not answer. */
    async stop(): Promise<void> {
      stopping = true;
      clearInterval(beat);
      for (const line of lines) line.close(close.goingAway, 'going away');
      if (lines.size === 0) empty.resolve();
      await empty.promise;
    },
  };
}

const isHello = <F extends { readonly type: string }>(frame: F): frame is Extract<F, Hello> => frame.type === 'hello';
