import { connect, type Socket } from 'node:net';
import type { Answer, Get } from './scale-client.ts';

/** Of an answer, what has come so far. */
type Coming = { readonly chunks: Buffer[]; bytes: number; /** Head and body together; null while the head is not whole. */ whole: number | null; body: number };
type Asking = { readonly path: string; readonly settle: (answer: Answer) => void; readonly fail: (error: Error) => void };

export type PlainClient = { readonly get: Get; /** Whatever is under way or waits fails. */ readonly hangUp: () => void };

const HEAD_END = '\r\n\r\n';

/**
 * Asks over connections that stay open, as many as a browser has, and understands no more of HTTP than where an answer
 * ends: clients that share their processors with the server take as little of them as they can.
 */
export function plainClient(port: number, token: string, connections: number): PlainClient {
  const waiting: Asking[] = [];
  const lines = new Set<Socket>();
  const free: ((next: Asking) => void)[] = [];
  const head = ` HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${token}\r\n\r\n`;

  function openLine(): (next: Asking) => void {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    lines.add(socket);
    let asking: Asking | null = null;
    let coming = fresh();
    const ask = (next: Asking) => { asking = next; coming = fresh(); socket.write(`GET ${next.path}${head}`); };
    const gone = (error: Error) => { asking?.fail(error); asking = null; lines.delete(socket); };
    socket.on('error', () => undefined);
    socket.on('close', () => { gone(new Error('the connection was closed')); if (free.includes(ask)) free.splice(free.indexOf(ask), 1); });
    socket.on('data', (chunk) => {
      const answer = taken(coming, chunk);
      if (!answer || !asking) return;
      const { settle } = asking;
      const next = waiting.shift();
      asking = null;
      if (next) ask(next);
      else free.push(ask);
      settle(answer);
    });
    return ask;
  }

  return {
    get: (path) => new Promise((settle, fail) => {
      const asking = { path, settle, fail };
      const line = free.pop() ?? (lines.size < connections ? openLine() : null);
      if (line) line(asking);
      else waiting.push(asking);
    }),
    hangUp() {
      for (const { fail } of waiting.splice(0)) fail(new Error('nobody was free to answer'));
      for (const socket of lines) socket.destroy();
    },
  };
}

const fresh = (): Coming => ({ chunks: [], bytes: 0, whole: null, body: 0 });

/** The answer, when this was its last part. */
function taken(coming: Coming, chunk: Buffer): Answer | null {
  coming.chunks.push(chunk);
  coming.bytes += chunk.length;
  if (coming.whole === null) {
    const all = coming.chunks.length === 1 ? chunk : Buffer.concat(coming.chunks);
    const end = all.indexOf(HEAD_END);
    if (end < 0) return null;
    const length = /\r\ncontent-length: (\d+)/i.exec(all.toString('latin1', 0, end + 2))?.[1];
    if (length === undefined) throw new Error(`an answer does not say how long it is: ${all.toString('latin1', 0, end)}`);
    coming.body = end + HEAD_END.length;
    coming.whole = coming.body + Number(length);
  }
  if (coming.bytes < coming.whole) return null;
  const [first] = coming.chunks;
  const status = Number(first!.toString('latin1', 9, 12));
  // Nobody reads an answer that is right.
  return { status, body: status === 200 ? EMPTY : Buffer.concat(coming.chunks).subarray(coming.body) };
}

const EMPTY = Buffer.alloc(0);
