import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { AppError } from '../../kernel/errors.ts';
import { isLoopback } from './relay.ts';
import { loneDotScan } from './lone-dot.ts';
import type { Log } from './sender.ts';

/** Announced and kept. */
export const MAX_MESSAGE_BYTES = 50 * 1024 * 1024;
const MAX_CLIENTS = 200;
const MAX_CLIENTS_PER_ADDRESS = 20;
const MAX_RECIPIENTS = 100;
const SILENCE_MS = 5 * 60_000;
/** How long a message that is on its way in may take once we are asked to stop. */
const DRAIN_MS = 10_000;
/** Of all messages that are coming in at the moment; beyond it senders are asked to come back. */
const MAX_BYTES_IN_FLIGHT = 256 * 1024 * 1024;

export type ArrivingMail = {
  readonly envelopeFrom: string; readonly envelopeTo: readonly string[]; readonly raw: Buffer;
  /** Who hands it over, and how they call themselves. */
  readonly client?: { readonly address: string; readonly name: string } | null;
};

export type MailDoor = {
  /** Whether we receive mail for this address. */
  readonly knows: (address: string) => Promise<boolean>;
  /** Resolves once the message is durable; the 250 follows. Rejects: the sender is asked to come back. */
  readonly accept: (mail: ArrivingMail) => Promise<{ id: string }>;
};

/**
 * Our own SMTP server for incoming mail: for known mailboxes only, no relaying, no sign-in. After the 250 the message
 * is ours; any trouble of ours is a 451, and the sender comes back.
 */
export async function startListener({ host, port, name, tls, door, log }: {
  host: string; port: number; name?: string | undefined; tls?: { key: string; cert: string } | undefined; door: MailDoor; log: Log;
}) {
  const perAddress = new Map<string, number>();
  const busy = new Set<string>();
  const dropped = new WeakSet<SMTPServerSession>();
  let bytesInFlight = 0;
  let closing = false;

  const server = new SMTPServer({
    ...(name && { name }), ...tls,
    banner: 'Rapport', logger: false, authOptional: true, disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    size: MAX_MESSAGE_BYTES, disableReverseLookup: true, maxClients: MAX_CLIENTS, maxRecipients: MAX_RECIPIENTS,
    socketTimeout: SILENCE_MS, closeTimeout: DRAIN_MS, maxCommandLength: 4096, hideDSN: true,

    onConnect(session, done) {
      const count = (perAddress.get(session.remoteAddress) ?? 0) + 1;
      if (closing) { done(refusal(421, 'Shutting down, come back in a moment')); return; }
      if (count > MAX_CLIENTS_PER_ADDRESS && !isLoopback(session.remoteAddress)) {
        dropped.add(session);
        done(refusal(421, 'Too many connections from your address, come back later'));
        return;
      }
      perAddress.set(session.remoteAddress, count);
      done();
    },

    onClose(session) {
      if (dropped.has(session)) return;
      busy.delete(session.id);
      const count = (perAddress.get(session.remoteAddress) ?? 1) - 1;
      if (count > 0) perAddress.set(session.remoteAddress, count);
      else perAddress.delete(session.remoteAddress);
    },

    onMailFrom(_address, session, done) {
      if (closing) { done(refusal(421, 'Shutting down, come back in a moment')); return; }
      busy.add(session.id);
      done();
    },

    onRcptTo({ address }, _session, done) {
      door.knows(address).then(
        (known) => { done(known ? null : refusal(550, `No mailbox here is called <${address}>`)); },
        (error: unknown) => { done(ours(error)); });
    },

    onData(stream, session, done) {
      receive(stream, session).then(
        (id) => { leave(session); done(null, `Kept as ${id}`); },
        (error: unknown) => { leave(session); done(error instanceof Refusal ? error : ours(error)); });
    },
  });

  function ours(error: unknown): Refusal {
    log.warn({ err: error }, 'an incoming mail was put off');
    return refusal(451, 'We cannot take this message right now, come back later');
  }

  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
    const raw = await collect(stream);
    if (raw === null) throw refusal(552, `A message may have ${MAX_MESSAGE_BYTES} bytes at most`);
    bytesInFlight += raw.length;
    try {
      const { mailFrom, rcptTo } = session.envelope;
      const { id } = await door.accept({
        envelopeFrom: mailFrom === false ? '' : mailFrom.address, envelopeTo: rcptTo.map(({ address }) => address), raw,
        client: { address: session.remoteAddress.replace(/^::ffff:/, ''), name: String(session.hostNameAppearsAs || '').slice(0, 255) },
      });
      return id;
    } finally {
      bytesInFlight -= raw.length;
    }
  }

  /** Null when it is too large. Reads to the end in any case, as the protocol wants. */
  async function collect(stream: SMTPServerDataStream): Promise<Buffer | null> {
    let chunks: Buffer[] = [];
    let size = 0;
    let refused: Refusal | null = null;
    const scan = loneDotScan();
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        if (stream.sizeExceeded || refused) { chunks = []; continue; }
        size += chunk.length;
        bytesInFlight += chunk.length;
        if (bytesInFlight > MAX_BYTES_IN_FLIGHT) refused = refusal(452, 'Too much mail is coming in at once, come back later');
        else if (scan(chunk)) refused = refusal(550, 'A line with a lone dot must end in CR LF, as must the line before it');
        else chunks.push(chunk);
      }
    } finally {
      bytesInFlight -= size;
    }
    if (refused) throw refused;
    return stream.sizeExceeded ? null : Buffer.concat(chunks);
  }

  /** A session between two messages has nothing to lose when we stop. */
  function leave(session: SMTPServerSession): void {
    busy.delete(session.id);
    if (closing) setImmediate(dismissIdle);
  }

  function dismissIdle(): void {
    for (const connection of server.connections) {
      if (busy.has(connection.session.id)) continue;
      connection.send(421, 'Shutting down, come back in a moment');
      connection.close();
    }
  }

  server.on('error', (error: Error) => { log.warn({ err: error }, 'an SMTP session failed'); });
  await listen(server, host, port);
  const address = server.server.address() as AddressInfo;

  return {
    host, port: address.port,
    connections: (): number => server.connections.size,
    /** Nobody new comes in; a message whose transfer has begun may finish, for ten seconds. */
    async close(): Promise<void> {
      if (closing) return;
      closing = true;
      const closed = new Promise<void>((resolve) => { server.close(resolve); });
      dismissIdle();
      await closed;
    },
  };
}

async function listen(server: SMTPServer, host: string, port: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server.server, 'listening');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'EADDRINUSE' ? 'is in use' : code === 'EACCES' ? 'may not be used by this account' : `cannot be used (${code ?? 'unknown'})`;
    throw new AppError('unavailable', 'config.smtp_port_unavailable', `Port ${port} for incoming mail on ${host} ${why}; stop the other program, or set RAPPORT_SMTP_PORT to another port.`);
  }
}

class Refusal extends Error {
  readonly responseCode: number;
  constructor(responseCode: number, words: string) {
    super(words);
    this.responseCode = responseCode;
  }
}
const refusal = (code: number, words: string): Refusal => new Refusal(code, words);
