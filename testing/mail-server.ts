import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const LONGEST_ANSWER_MS = 30_000;
/** Then the server is not coming back, and the test should say so. */
const GIVE_UP_MS = 240_000;

/** What it was given, and the server's word that it has it. */
export type Delivered = ReadonlyMap<string, string>;

/**
 * A mail server with much to say, as stubborn as a real one: over `connections` lines it brings each message again and
 * again until it is told 250, and never once more. `onBytes` hears of everything that is said, before it is.
 */
export async function deliverAll(messages: ReadonlyMap<string, string>, { port, to, connections, onBytes = () => undefined }: {
  port: number; to: string; connections: number; onBytes?: (bytes: number) => void;
}): Promise<Delivered> {
  const waiting = [...messages.keys()];
  const delivered = new Map<string, string>();
  const end = Date.now() + GIVE_UP_MS;

  async function line(): Promise<void> {
    while (delivered.size < messages.size) {
      if (Date.now() > end) throw new Error(`only ${delivered.size} of ${messages.size} messages could be delivered`);
      // Another line may have the last ones in hand, and give them back.
      if (waiting.length === 0) await pause(10);
      else await session().catch(() => pause(20));
    }
  }

  async function session(): Promise<void> {
    const { say, end } = talk(port, onBytes);
    try {
      expectCode(await say(''), '220');
      expectCode(await say('EHLO relay.example\r\n'), '250');
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        const taken = await transaction(say, messages.get(id)!).catch(() => null);
        if (taken?.startsWith('250')) { delivered.set(id, taken); continue; }
        waiting.push(id);
        throw new Error(`not taken: ${taken ?? 'the line is dead'}`);
      }
    } finally {
      end();
    }
  }

  async function transaction(say: Say, raw: string): Promise<string> {
    expectCode(await say('MAIL FROM:<relay@example.org>\r\n'), '250');
    expectCode(await say(`RCPT TO:<${to}>\r\n`), '250');
    expectCode(await say('DATA\r\n'), '354');
    return say(raw.slice(0, raw.length / 2), raw.slice(raw.length / 2), '\r\n.\r\n');
  }

  await Promise.all(Array.from({ length: connections }, line));
  return delivered;
}

type Say = (...pieces: string[]) => Promise<string>;

function talk(port: number, onBytes: (bytes: number) => void): { say: Say; end: () => void } {
  const socket: Socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  let heard = '';
  let listener: { done: (answer: string) => void; failed: (why: Error) => void } | null = null;
  let dead = false;
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1');
    const last = /^\d{3} .*\r\n/m.exec(heard);
    if (!last) return;
    heard = heard.slice(last.index + last[0].length);
    listener?.done(last[0]);
  });
  const fail = (): void => { dead = true; listener?.failed(new Error('the line is dead')); };
  socket.on('error', fail);
  socket.on('close', fail);
  socket.setTimeout(LONGEST_ANSWER_MS, () => socket.destroy());
  return {
    say: (...pieces) => new Promise((done, failed) => {
      if (dead) { failed(new Error('the line is dead')); return; }
      listener = { done, failed };
      for (const piece of pieces) {
        onBytes(piece.length);
        socket.write(piece, 'latin1');
      }
    }),
    end: () => { socket.destroy(); },
  };
}

function expectCode(answer: string, code: string): void {
  if (!answer.startsWith(code)) throw new Error(`expected ${code}: ${answer}`);
}
