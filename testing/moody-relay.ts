import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

export type Stage = 'connect' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'half' | 'body';
/** `drop` cuts the line, `silence` never answers, `drip` begins an answer that never ends; a text is the answer. */
export type Mood = 'drop' | 'silence' | 'drip' | (string & {});
export type Taken = { readonly to: readonly string[]; readonly raw: string; readonly messageId: string; /** Whether the sender was told 250. */ readonly told: boolean };

const USUAL: Record<Stage, string> = { connect: '220 relay.test', EHLO: '250 relay.test', MAIL: '250 ok', RCPT: '250 ok', DATA: '354 go on', half: '', body: '250 taken' };
const DRIP_MS = 20;

/**
 * A relay on real sockets that is as strict as the protocol (order, CR LF, line lengths, stuffed dots) and has moods:
 * `mood` is asked at every step, with the number of the step (from 1) and what was said; null: as it should be.
 */
export async function moodyRelay(mood: (stage: Stage, count: number, line: string) => Mood | null = () => null) {
  const taken: Taken[] = [];
  const faults: string[] = [];
  const counts: Partial<Record<Stage, number>> = {};
  const sockets = new Set<Socket>();
  let feel = mood;

  const server = createServer((socket) => {
    const drips: NodeJS.Timeout[] = [];
    let heard = '';
    let stage: 'greeted' | 'idle' | 'mail' | 'rcpt' | 'body' = 'greeted';
    let to: string[] = [];
    let halfSeen = false;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => { sockets.delete(socket); for (const drip of drips) clearInterval(drip); });

    /** Whether things went as they should. */
    function answer(at: Stage, line = ''): boolean {
      counts[at] = (counts[at] ?? 0) + 1;
      const how = feel(at, counts[at], line) ?? USUAL[at];
      if (how === 'drop') socket.destroy();
      else if (how === 'drip') drips.push(setInterval(() => { socket.write('250-wait\r\n'); }, DRIP_MS));
      else if (how !== 'silence' && how !== '') socket.write(`${how}\r\n`);
      return how === USUAL[at];
    }

    const verbs: Record<string, (line: string) => void> = {
      EHLO(line) { if (answer('EHLO', line)) stage = 'idle'; },
      MAIL(line) { expectStage(['idle'], line); if (answer('MAIL', line)) { stage = 'mail'; to = []; } },
      RCPT(line) { expectStage(['mail', 'rcpt'], line); if (answer('RCPT', line)) { stage = 'rcpt'; to.push(/<([^>]*)>/.exec(line)?.[1] ?? ''); } },
      DATA(line) { expectStage(['rcpt'], line); if (answer('DATA', line)) { stage = 'body'; halfSeen = false; } },
      RSET() { stage = 'idle'; socket.write('250 ok\r\n'); },
      QUIT() { socket.end('221 bye\r\n'); },
    };

    function command(line: string): void {
      if (line.length > 510) faults.push(`a command of ${line.length} characters`);
      const obey = verbs[line.split(/[ :]/)[0]!.toUpperCase()];
      if (obey) obey(line);
      else faults.push(`unknown: ${line}`);
    }

    function expectStage(stages: string[], line: string): void {
      if (!stages.includes(stage)) faults.push(`${line} in stage ${stage}`);
    }

    function body(): void {
      if (!halfSeen) {
        halfSeen = true;
        if (!answer('half')) return;
      }
      const end = heard.startsWith('.\r\n') ? 0 : heard.indexOf('\r\n.\r\n') + 2;
      if (end === 1) return;
      const raw = heard.slice(0, end).replace(/^\.\./gm, '.');
      heard = heard.slice(end + 3);
      if (raw.split('\r\n').some((one) => /[\r\n]/.test(one) || one.length > 998)) faults.push('a line that is no line');
      const messageId = /^message-id:\s*(\S+)/im.exec(raw)?.[1] ?? '';
      stage = 'idle';
      const at = taken.push({ to, raw, messageId, told: false }) - 1;
      taken[at] = { ...taken[at]!, told: answer('body', messageId) };
      // What was refused was not taken.
      if (!taken[at].told && /^[45]/.test(feel('body', counts.body!, messageId) ?? '')) taken.splice(at, 1);
    }

    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
      for (;;) {
        if (stage === 'body') { body(); if (stage as string === 'body') return; continue; }
        const end = heard.indexOf('\r\n');
        if (end === -1 || socket.destroyed) return;
        const line = heard.slice(0, end);
        heard = heard.slice(end + 2);
        command(line);
      }
    });
    answer('connect');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken, faults,
    feel(next: typeof mood): void { feel = next; },
    /** Cuts every line that is open. */
    cut(): void { for (const socket of sockets) socket.destroy(); },
    lines: (): number => sockets.size,
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
