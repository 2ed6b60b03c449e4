import { once } from 'node:events';
import { connect } from 'node:net';

/** A message as it goes over the wire, made beforehand so that sending costs the measuring side next to nothing. */
export type Letter = { readonly wire: Buffer };
export type Conversation = {
  /** Resolves with the words of the 250. */
  send(letter: Letter, envelope: { from: string; to: string }): Promise<string>;
  close(): void;
};

/** Line ends and leading dots as the protocol wants them. */
export function letter(raw: Buffer): Letter {
  const text = raw.toString('latin1').replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..');
  return { wire: Buffer.from(`${text}${text.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1') };
}

/**
 * One SMTP conversation, a command at a time as most senders do. A mail library would take more of the processor for
 * sending than the server does for receiving, on the same cores.
 */
export async function converse(port: number): Promise<Conversation> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  let said = '';
  let hear: PromiseWithResolvers<string> | null = null;
  socket.setEncoding('latin1');
  socket.on('data', (words: string) => {
    said += words;
    // The last line of an answer has a space after its number.
    if (!hear || !/(?:^|\n)\d{3} [^\n]*\n$/.test(said)) return;
    const [heard, answer] = [hear, said.trim()];
    [hear, said] = [null, ''];
    heard.resolve(answer);
  });
  const gone = (error?: Error) => { hear?.reject(error ?? new Error('the mail server hung up')); };
  socket.on('error', gone).on('close', () => { gone(); });

  async function expect(code: number, command: string | Buffer | null): Promise<string> {
    hear = Promise.withResolvers<string>();
    const { promise } = hear;
    if (command !== null) socket.write(command);
    const answer = await promise;
    if (!answer.startsWith(String(code))) throw new Error(`${command instanceof Buffer ? 'a message' : String(command).trim()} was answered with ${answer}`);
    return answer;
  }

  const greeted = expect(220, null);
  await once(socket, 'connect');
  await greeted;
  await expect(250, 'EHLO bench.example\r\n');
  return {
    async send({ wire }, { from, to }) {
      await expect(250, `MAIL FROM:<${from}>\r\n`);
      await expect(250, `RCPT TO:<${to}>\r\n`);
      await expect(354, 'DATA\r\n');
      return expect(250, wire);
    },
    close() { socket.end('QUIT\r\n'); },
  };
}
