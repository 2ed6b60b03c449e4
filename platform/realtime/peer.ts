import type { WebSocket } from 'ws';
import type { Actor } from '../../kernel/actor.ts';
import { CLOSE, readFrame, writeFrame, type ClientFrame, type ServerFrame } from './frames.ts';

/** What waits in the buffer of a browser that reads too slowly, before it is cut; it comes back and catches up. */
const BUFFER_BYTES = 1024 * 1024;
const FRAMES = 60;
const FRAMES_WINDOW_MS = 10_000;
const CLOSE_PATIENCE_MS = 2_000;

export type Peer = ReturnType<typeof createPeer>;

/** One open socket. */
export function createPeer(socket: WebSocket, { onFrame, onGone }: { onFrame: (frame: ClientFrame) => void; onGone: () => void }) {
  let closing = false;
  let answered = true;
  let frames = 0;
  let windowEnds = 0;

  function close(code: number, reason: string): void {
    if (closing) return;
    closing = true;
    socket.close(code, reason);
    // One that does not answer is cut.
    setTimeout(() => socket.terminate(), CLOSE_PATIENCE_MS).unref();
  }

  function tooMany(): boolean {
    const at = performance.now();
    if (at > windowEnds) {
      windowEnds = at + FRAMES_WINDOW_MS;
      frames = 0;
    }
    frames += 1;
    return frames > FRAMES;
  }

  socket.on('message', (data: Buffer, isBinary) => {
    if (closing) return;
    const frame = isBinary || tooMany() ? null : readFrame(data.toString('utf8'));
    if (frame) onFrame(frame);
    else close(CLOSE.badFrame, 'not a frame');
  });
  socket.on('pong', () => { answered = true; });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    closing = true;
    onGone();
  });

  return {
    /** Null until the ticket was shown. */
    person: null as { readonly actor: Actor; readonly name: string } | null,
    /** Live events up to here have been sent, or concern nobody here; null while it catches up. */
    position: null as number | null,
    isOpen: () => !closing,
    sendText(text: string): void {
      if (closing) return;
      if (socket.bufferedAmount > BUFFER_BYTES) return close(CLOSE.tryLater, 'reads too slowly');
      socket.send(text, { binary: false });
    },
    send(frame: ServerFrame): void {
      this.sendText(writeFrame(frame));
    },
    close,
    cut: () => socket.terminate(),
    /** Asks for a sign of life; whoever did not give one since the last time is cut. */
    beat(): void {
      if (!answered) return socket.terminate();
      answered = false;
      if (!closing) socket.ping();
    },
  };
}
