import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectSecurely, type TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';

/** Says lines to a mail server exactly as they are and reads its answers, one at a time: the last line of each. */
export async function smtpTalk(port: number) {
  const answers: string[] = [];
  const watchers: (() => void)[] = [];
  let socket: Socket | TLSSocket = connect(port, '127.0.0.1');
  let everything = '';
  let heard = '';
  let closed = false;

  const tell = (): void => { for (const watcher of watchers.splice(0)) watcher(); };
  function hear(from: Socket | TLSSocket): void {
    from.on('data', (chunk: Buffer) => {
      everything += chunk.toString('latin1');
      heard += chunk.toString('latin1');
      const lines = heard.split('\r\n');
      heard = lines.pop()!;
      answers.push(...lines.filter((line) => /^\d{3} /.test(line)));
      tell();
    });
    from.on('close', () => { closed = true; tell(); });
    from.on('error', () => undefined);
  }
  hear(socket);
  onTestFinished(() => { socket.destroy(); });

  const answer = async (): Promise<string> => {
    while (answers.length === 0 && !closed) await new Promise<void>((resolve) => { watchers.push(resolve); });
    return answers.shift() ?? 'closed';
  };
  const write = (bytes: string): void => { socket.write(bytes, 'latin1'); };
  const say = async (bytes: string): Promise<string> => { write(bytes); return answer(); };
  const greeting = await answer();

  return {
    greeting, say, answer, write, socket,
    /** Everything that was heard so far. */
    heard: (): string => everything,
    async toData(): Promise<string> {
      await say('EHLO x\r\n');
      await say('MAIL FROM:<a@b.example>\r\n');
      await say('RCPT TO:<s@shop.test>\r\n');
      return say('DATA\r\n');
    },
    /** After STARTTLS was granted; `injected` follows it in the clear. Resolves to the certificate that was shown. */
    async secure({ injected = '' } = {}): Promise<string> {
      if (!(await say(`STARTTLS\r\n${injected}`)).startsWith('220')) throw new Error('STARTTLS was refused');
      const plain = socket;
      plain.removeAllListeners('data');
      const secured = connectSecurely({ socket: plain, rejectUnauthorized: false });
      await once(secured, 'secureConnect');
      socket = secured;
      hear(secured);
      return secured.getPeerX509Certificate()?.subject ?? '';
    },
  };
}
