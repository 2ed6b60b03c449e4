import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { AppError } from '../../kernel/errors.ts';
import { joined } from '../files/slices.ts';
import { isFullDisk } from '../files/space.ts';
import type { Certificate } from './certificate.ts';
import { createGuests, LOOPBACK } from './guests.ts';
import { loneDotScan } from './lone-dot.ts';
import { newVisit, overstays, talksTooMuch, type Visit } from './patience.ts';
import type { Log } from './sender.ts';

/** Announced and kept. */
export const MAX_MESSAGE_BYTES = 50 * 1024 * 1024;
const MAX_RECIPIENTS = 100;
const SILENCE_MS = 5 * 60_000;
const PATROL_MS = 1_000;
/** How long a message that is on its way in may take once we are asked to stop. */
const DRAIN_MS = 10_000;

const SHUTTING_DOWN = 'Shutting down, come back in a moment';

export type ArrivingMail = {
  readonly envelopeFrom: string; readonly envelopeTo: readonly string[]; readonly raw: Buffer;
  /** Who hands it over, and how they call themselves. */
  readonly client?: { readonly address: string; readonly name: string } | null;
};

export type MailDoor = {
  /** Whether we receive mail for this address; `later`: not yet. */
  readonly knows: (address: string) => Promise<boolean | 'later'>;
  /** Resolves once the message is durable; the 250 follows. Rejects: the sender is asked to come back. */
  readonly accept: (mail: ArrivingMail) => Promise<{ id: string }>;
};

/** Whether there is room to keep what we accept; told when there was none after all. */
export type Room = { readonly isFull: () => boolean; readonly failed: (error: unknown) => void };

/**
 * Our own SMTP server for incoming mail: for known mailboxes only, no relaying, no sign-in. After the 250 the message
 * is ours; any trouble of ours is a 4xx, and the sender comes back. `now` is milliseconds of the machine's clock.
 */
export async function startListener({ host, port, name, certificate = null, trusted = LOOPBACK, room = ALWAYS_ROOM, door, log, now = Date.now }: {
  host: string; port: number; name?: string | undefined;
  /** With one, STARTTLS is offered. */
  certificate?: Certificate | null;
  /** This very machine, and networks of mail servers of ours: for them the limits of a client do not hold. */
  trusted?: readonly string[];
  room?: Room; door: MailDoor; log: Log; now?: () => number;
}) {
  const guests = createGuests({ trusted, now });
  const visits = new Map<string, Visit>();
  let closing = false;
  let listening = false;

  const server = new SMTPServer({
    ...(name && { name }), ...certificate,
    banner: 'Rapport', logger: false, authOptional: true, disabledCommands: ['AUTH', 'WIZ', 'SHELL', 'KILL', ...(certificate ? [] : ['STARTTLS'])],
    size: MAX_MESSAGE_BYTES, disableReverseLookup: true, maxRecipients: MAX_RECIPIENTS,
    socketTimeout: SILENCE_MS, closeTimeout: DRAIN_MS, maxCommandLength: 4096, hideDSN: true,

    onMailFrom({ address }, { remoteAddress }, done) {
      if (closing) done(refusal(421, SHUTTING_DOWN));
      else if (room.isFull()) done(refusal(452, 'Our disk is full, come back later'));
      else if (!guests.takes(remoteAddress, 'messages')) done(refusal(450, 'Too many messages from your address, come back in a minute'));
      else if (!guests.takesFrom(remoteAddress, address)) done(refusal(450, `Too many messages of <${address}>, come back in a minute`));
      else done();
    },

    onRcptTo({ address }, { id, remoteAddress }, done) {
      if (!guests.takes(remoteAddress, 'recipients')) { done(refusal(450, 'Too many recipients from your address, come back in a minute')); return; }
      turn(id, 'ours');
      door.knows(address).then(
        (known) => {
          if (known === 'later') done(refusal(450, 'This desk is not set up yet, come back later'));
          else done(known ? null : refusal(550, `No mailbox here is called <${address}>`));
        },
        (error: unknown) => { done(ours(error)); },
      ).finally(() => { turn(id, 'talking'); });
    },

    onData(stream, session, done) {
      receive(stream, session).then(
        (id) => { leave(session.id); done(null, `Kept as ${id}`); },
        (error: unknown) => { leave(session.id); done(error instanceof Refusal ? error : ours(error)); });
    },
  });
  chooseGuests();
  watchCommands();

  /** Before smtp-server gives a socket one of its places and waits for it to be polite. */
  function chooseGuests(): void {
    const [serve] = server.server.listeners('connection') as [(socket: Socket) => void];
    server.server.removeAllListeners('connection').on('connection', (socket: Socket) => {
      const { remoteAddress } = socket;
      // It is gone already.
      if (remoteAddress === undefined) { socket.destroy(); return; }
      if (!guests.enter(remoteAddress)) { turnAway(socket); return; }
      socket.once('close', () => { guests.leave(remoteAddress); });
      serve.call(server.server, socket);
    });
  }

  /** smtp-server counts words that it does not know, but not the others that lead nowhere. */
  function watchCommands(): void {
    const connect = server.connect.bind(server);
    server.connect = (socket, options) => {
      connect(socket, options);
      const connection = [...server.connections].at(-1)!;
      const { id } = connection.session;
      const visit = newVisit(now());
      visits.set(id, visit);
      const [obey, say] = [connection._onCommand.bind(connection), connection.send.bind(connection)];
      connection._onCommand = (command, done) => {
        visit.commands += 1;
        if (talksTooMuch(visit) && !guests.isTrusted(connection.remoteAddress)) say(421, 'Too many commands or errors');
        else obey(command, done);
      };
      connection.send = (code, words, context) => {
        if (code >= 500) {
          visit.errors += 1;
          guests.takes(connection.remoteAddress, 'offences');
        }
        say(code, words, context);
      };
    };
  }

  function turn(id: string, phase: Visit['phase'], since?: number): void {
    const visit = visits.get(id);
    if (visit) Object.assign(visit, { phase, since: since ?? visit.since });
  }

  function ours(error: unknown): Refusal {
    log.warn({ err: error }, 'an incoming mail was put off');
    room.failed(error);
    if (isFullDisk(error)) return refusal(452, 'Our disk is full, come back later');
    return refusal(451, 'We cannot take this message right now, come back later');
  }

  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
    const { id, remoteAddress } = session;
    const load = { bytes: 0 };
    turn(id, 'sending', now());
    try {
      const raw = await collect(stream, session, load);
      turn(id, 'ours');
      const { mailFrom, rcptTo } = session.envelope;
      return (await door.accept({
        envelopeFrom: mailFrom === false ? '' : mailFrom.address, envelopeTo: rcptTo.map(({ address }) => address), raw,
        client: { address: remoteAddress.replace(/^::ffff:/, ''), name: String(session.hostNameAppearsAs || '').slice(0, 255) },
      })).id;
    } finally {
      guests.unload(remoteAddress, load.bytes);
    }
  }

  /** Reads to the end whatever it is, as the protocol wants; what is refused is not kept meanwhile. */
  async function collect(stream: SMTPServerDataStream, { id, remoteAddress }: SMTPServerSession, load: { bytes: number }): Promise<Buffer> {
    let chunks: Buffer[] = [];
    let refused: Refusal | null = null;
    const visit = visits.get(id);
    const scan = loneDotScan();
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (visit) visit.bytes += chunk.length;
      refused ??= whyNot(chunk);
      if (refused) chunks = [];
      else chunks.push(chunk);
    }
    // Its last bytes may be known to the parser alone.
    if (stream.sizeExceeded) throw tooLarge();
    if (refused) throw refused;
    return joined(chunks);

    function whyNot(chunk: Buffer): Refusal | null {
      if (stream.sizeExceeded) return tooLarge();
      if (scan(chunk)) return refusal(550, 'A line with a lone dot must end in CR LF, as must the line before it');
      if (!guests.load(remoteAddress, chunk.length)) return refusal(452, 'Too much mail is coming in at once, come back later');
      load.bytes += chunk.length;
      return null;
    }
  }

  /** A session between two messages has nothing to lose when we stop. */
  function leave(id: string): void {
    const visit = visits.get(id);
    if (visit) Object.assign(visit, newVisit(now()), { errors: visit.errors });
    if (closing) setImmediate(dismissIdle);
  }

  function dismissIdle(): void {
    for (const connection of server.connections) {
      const phase = visits.get(connection.session.id)?.phase;
      if (phase === undefined || phase === 'talking') connection.send(421, SHUTTING_DOWN);
    }
  }

  /** Sends those away who keep us waiting for too long, and forgets those who have gone. */
  function patrol(): void {
    const here = new Set<string>();
    const circumstances = { now: now(), crowded: guests.isCrowded() };
    for (const connection of server.connections) {
      here.add(connection.session.id);
      const visit = visits.get(connection.session.id);
      if (visit && overstays(visit, circumstances)) connection.send(421, 'You are too slow, come back later');
    }
    for (const id of visits.keys()) if (!here.has(id)) visits.delete(id);
  }

  server.on('error', (error: Error) => { if (listening) log.warn({ err: error }, 'an SMTP session failed'); });
  await listen(server, host, port);
  listening = true;
  const patrols = setInterval(patrol, PATROL_MS).unref();
  const address = server.server.address() as AddressInfo;

  return {
    host, port: address.port,
    connections: (): number => server.connections.size,
    turnedAway: guests.turnedAway,
    /** For the next STARTTLS; sessions that have begun keep theirs. */
    useCertificate(next: Certificate): void { server.updateSecureContext(next); },
    /** What the listener does every second by itself. */
    patrol,
    /** Nobody new comes in; a message whose transfer has begun may finish, for ten seconds. */
    async close(): Promise<void> {
      if (closing) return;
      closing = true;
      clearInterval(patrols);
      const closed = new Promise<void>((resolve) => { server.close(resolve); });
      dismissIdle();
      await closed;
    },
  };
}

const ALWAYS_ROOM: Room = { isFull: () => false, failed: () => undefined };
const tooLarge = (): Refusal => refusal(552, `A message may have ${MAX_MESSAGE_BYTES} bytes at most`);

/** The socket has said nothing yet, so nothing of it is left unread that could swallow our words. */
function turnAway(socket: Socket): void {
  socket.on('error', () => undefined);
  socket.write('421 Too many connections, come back later\r\n');
  socket.destroySoon();
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
