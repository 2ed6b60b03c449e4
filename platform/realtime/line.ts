import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { networkOf } from '../../kernel/network.ts';
import { inNetworks } from '../http/client-address.ts';

/** What waits in the buffer of somebody who reads too slowly, before they are cut; they come back and catch up. */
const BUFFER_BYTES = 256 * 1024;
const WINDOW_MS = 10_000;
const CLOSE_PATIENCE_MS = 2_000;
const isLocal = inNetworks(['127.0.0.0/8', '::1']);

/** Another way in by sockets, beside that of browsers of agents. */
export type Door = { readonly path: string; refusal(request: IncomingMessage): string | null; accept(request: IncomingMessage, socket: Duplex, head: Buffer): void };

type Manners<S> = {
  /** Everything on it until now; what is said before is of a stranger. */
  readonly path: string; readonly ownOrigin: string; readonly clientAddress: (request: IncomingMessage) => string;
  readonly maxFrameBytes: number; readonly framesPerWindow: number; readonly helloMs: number; readonly beatMs: number;
  readonly limits: { readonly lines: number; readonly strangers: number; readonly strangersOfOne: number };
  readonly close: { readonly goingAway: number; readonly tryLater: number; readonly badFrame: number };
  onText(line: Line<S>, text: string): void;
  onGone(line: Line<S>): void;
};

/** One open socket, of somebody whom `seat` names once they have said who they are. As small as can be: there are thousands. */
export class Line<S> {
  seat: S | null = null;
  answered = true;
  readonly network: string;
  readonly #socket: WebSocket;
  #closing = false;
  #frames = 0;
  #windowEnds = 0;

  constructor(socket: WebSocket, network: string) {
    this.#socket = socket;
    this.network = network;
  }

  get isOpen(): boolean { return !this.#closing; }

  /** False when that is more than somebody types. */
  counts(most: number): boolean {
    const at = performance.now();
    if (at > this.#windowEnds) [this.#windowEnds, this.#frames] = [at + WINDOW_MS, 0];
    this.#frames += 1;
    return this.#frames <= most;
  }

  send(frame: object, tryLater: number): void {
    if (this.#closing) return;
    if (this.#socket.bufferedAmount > BUFFER_BYTES) return this.close(tryLater, 'reads too slowly');
    this.#socket.send(JSON.stringify(frame), { binary: false });
  }

  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#socket.close(code, reason);
    // One that does not answer is cut.
    setTimeout(() => this.#socket.terminate(), CLOSE_PATIENCE_MS).unref();
  }

  gone(): void { this.#closing = true; }
  cut(): void { this.#socket.terminate(); }

  /** Asks for a sign of life; whoever did not give one since the last time is cut. */
  beat(): void {
    if (!this.answered) return this.#socket.terminate();
    this.answered = false;
    if (!this.#closing) this.#socket.ping();
  }
}

/** A door of sockets at one path beside others, for those who say who they are in the first frame. */
export function createLines<S>(manners: Manners<S>) {
  const { path, ownOrigin, clientAddress, limits, close } = manners;
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: manners.maxFrameBytes, clientTracking: false });
  const lines = new Set<Line<S>>();
  const networks = new Map<string, number>();
  let strangers = 0;
  let stopping = false;
  const beat = setInterval(() => { for (const line of lines) line.beat(); }, manners.beatMs).unref();

  function noStranger(line: Line<S>): void {
    strangers -= 1;
    const left = networks.get(line.network)! - 1;
    if (left > 0) networks.set(line.network, left);
    else networks.delete(line.network);
  }

  function listen(socket: WebSocket, network: string): void {
    const line = new Line<S>(socket, network);
    lines.add(line);
    strangers += 1;
    networks.set(network, (networks.get(network) ?? 0) + 1);
    const patience = setTimeout(() => { if (line.seat === null) line.close(close.badFrame, 'no hello'); }, manners.helloMs).unref();
    socket.on('message', (data: Buffer, isBinary) => {
      if (!line.isOpen) return;
      if (isBinary || !line.counts(manners.framesPerWindow)) line.close(close.badFrame, 'not a frame, or too many');
      else manners.onText(line, data.toString('utf8'));
    });
    socket.on('pong', () => { line.answered = true; });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearTimeout(patience);
      line.gone();
      if (!lines.delete(line)) return;
      if (line.seat === null) noStranger(line);
      else manners.onGone(line);
    });
    if (stopping) line.close(close.goingAway, 'going away');
  }

  return {
    path,
    /** It is known who sits there. */
    admit(line: Line<S>, seat: S): void {
      if (line.seat === null) noStranger(line);
      line.seat = seat;
    },
    /** Null: come in. A page of another site is told to stay out; a program that is no browser says no origin. */
    refusal(request: IncomingMessage): string | null {
      const { origin, host } = request.headers;
      const ours = origin === undefined || origin === ownOrigin || (URL.canParse(origin) && new URL(origin).host === host);
      if (!ours) return '403 Forbidden';
      if (stopping || lines.size >= limits.lines || strangers >= limits.strangers) return '503 Service Unavailable';
      const address = clientAddress(request);
      return !isLocal(address) && (networks.get(networkOf(address)) ?? 0) >= limits.strangersOfOne ? '503 Service Unavailable' : null;
    },
    accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      server.handleUpgrade(request, socket, head, (ws) => { listen(ws, networkOf(clientAddress(request))); });
    },
    stats: (): { lines: number; strangers: number } => ({ lines: lines.size, strangers }),
    /** Asks everybody to come back to another process, and cuts those who do not answer. */
    async stop(): Promise<void> {
      stopping = true;
      clearInterval(beat);
      for (const line of lines) line.close(close.goingAway, 'going away');
      const cut = setTimeout(() => { for (const line of lines) line.cut(); }, CLOSE_PATIENCE_MS);
      while (lines.size > 0) await new Promise((resolve) => { setTimeout(resolve, 20); });
      clearTimeout(cut);
    },
  };
}
