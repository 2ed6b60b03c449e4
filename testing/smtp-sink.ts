import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import PostalMime, { type Email } from 'postal-mime';

export type Received = { readonly from: string; readonly to: readonly string[]; readonly raw: Buffer; readonly mail: Email };
/** What the receiver says at a step instead of agreeing; 'hang_up' cuts the connection after the data, before the answer. */
export type Refusal = { readonly at: 'mail' | 'rcpt' | 'data'; readonly code: number; readonly words: string } | 'hang_up';

/** A receiving mail server on a port of its own that says what the test tells it to, in order; then it accepts everything. */
export async function smtpSink({ port = 0 }: { port?: number } = {}) {
  const received: Received[] = [];
  const script: (Refusal | null)[] = [];
  let isTold = false;
  const waiting: { count: number; resolve: () => void }[] = [];

  const refusalAt = (step: 'mail' | 'rcpt' | 'data'): Error | null => {
    const next = script[0];
    if (!next || next === 'hang_up' || next.at !== step) return null;
    script.shift();
    return Object.assign(new Error(next.words), { responseCode: next.code });
  };

  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, logger: false, closeTimeout: 100,
    onMailFrom: (_address, _session, done) => { done(refusalAt('mail')); },
    onRcptTo: (_address, _session, done) => { done(refusalAt('rcpt')); },
    onData: (stream, session, done) => {
      void collect(stream).then(async (raw) => {
        const { mailFrom, rcptTo } = session.envelope;
        const refused = refusalAt('data');
        if (refused) { done(refused); return; }
        received.push({ from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address), raw, mail: await PostalMime.parse(raw) });
        const hangUp = script.length > 0 && script.shift() === 'hang_up';
        if (hangUp) for (const connection of server.connections) connection._socket.destroy();
        else done(null, `kept as ${received.length}`);
        for (const wish of waiting) if (received.length >= wish.count) wish.resolve();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const bound = (server.server.address() as AddressInfo).port;

  return {
    port: bound,
    url: `smtp://127.0.0.1:${bound}`,
    received,
    /** The next message is answered like this; null accepts it. */
    answer: (...refusals: (Refusal | null)[]): void => { isTold = true; script.push(...refusals); },
    /** Whether a test has made it refuse, which those who send remember. */
    wasTold: (): boolean => isTold,
    /** Resolves when `count` messages have come in all. */
    async got(count: number): Promise<readonly Received[]> {
      if (received.length < count) await new Promise<void>((resolve) => { waiting.push({ count, resolve }); });
      return received;
    },
    close: (): Promise<void> => new Promise((resolve) => { server.close(resolve); }),
  };
}

async function collect(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
