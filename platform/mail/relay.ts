import { connect, type Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import { AppError } from '../../kernel/errors.ts';
import type { GuardedLookup } from '../egress/addresses.ts';
import type { Security } from './hosts.ts';
import type { SendError } from './retry.ts';

const CONNECT_MS = 15_000;

/** Silence is what a relay may need to look into a message; an attempt is everything, however it drips. */
export type Patience = { readonly silenceMs: number; readonly attemptMs: number };
export const PATIENCE: Patience = { silenceMs: 3 * 60_000, attemptMs: 4 * 60_000 };

export type Envelope = { readonly from: string; readonly to: readonly string[] };
/** The relay took the mail, but not for these; `again`: it asked to come back for this one. */
export type Left = { readonly address: string; readonly response: string; readonly again: boolean };
/** A token that is good now; `instead` of one that the relay has just refused. */
export type TokenFor = (given: { instead?: string }) => Promise<string>;
/** A relay that somebody entered. `lookup` decides which addresses may be behind its name. */
export type RelayPlace = {
  readonly host: string; readonly port: number; readonly security: Security; readonly user: string; /** A token is given as XOAUTH2. */ readonly proof: { readonly password: string | null } | { readonly token: TokenFor }; readonly lookup: GuardedLookup;
};
export type Relay = ReturnType<typeof createRelay>;

/**
 * A mail server that takes our mail over. One of the environment (`RAPPORT_SMTP_URL`) is an address, which may be private;
 * parameters of the address (such as `?tls.rejectUnauthorized=false`) are nodemailer's.
 */
export function createRelay(target: string | RelayPlace, { connections, patience = PATIENCE }: { connections: number; patience?: Patience }) {
  const transport = createTransport({
    ...wayTo(target), pool: true, maxConnections: connections, maxMessages: 500, socketTimeout: patience.silenceMs,
    disableFileAccess: true, disableUrlAccess: true,
  });

  return {
    /**
     * Resolves with the relay's own words once it has taken the mail over, for one recipient at least; rejects with a
     * `SendError`. An attempt that takes too long ends with its connection: a relay that drips would keep it for ever.
     */
    async send(envelope: Envelope, raw: Buffer): Promise<{ response: string; left: Left[] }> {
      const from = envelope.from === '' ? false : envelope.from;
      const signal = AbortSignal.timeout(patience.attemptMs);
      try {
        const info = await transport.sendMail({ envelope: { from, to: [...envelope.to] }, raw, signal });
        return { response: info.response, left: (info.rejectedErrors ?? []).map((error) => leftBehind(error as SendError & { recipient?: string })) };
      } catch (error) {
        if (signal.aborted) throw Object.assign(new Error('The relay did not finish in time.', { cause: error }), { code: 'ETIMEDOUT' });
        throw error;
      }
    },
    /** Whether it lets us in within that time: it may still refuse a mail. */
    async answers(withinMs: number): Promise<boolean> {
      let timer: NodeJS.Timeout | undefined;
      const silence = new Promise<false>((resolve) => { timer = setTimeout(() => resolve(false), withinMs); });
      try {
        return await Promise.race([transport.verify().then(() => true, () => false), silence]);
      } finally {
        clearTimeout(timer);
      }
    },
    /** Waits for nobody: what is on the way is given up and counts as not sent. */
    close(): void { transport.close({ force: true }); },
  };
}

const leftBehind = ({ recipient = '', response, message, responseCode = 500 }: SendError & { recipient?: string }): Left =>
  ({ address: recipient, response: response ?? message, again: responseCode < 500 });

/** Connects, signs in and leaves; rejects with what is wrong. */
export async function verifyRelay(target: string | RelayPlace): Promise<void> {
  const transport = createTransport({ ...wayTo(target), socketTimeout: CONNECT_MS });
  try {
    await transport.verify();
  } catch (error) {
    // Why there is no token is said by whoever should have given one.
    if (error instanceof Error && error.cause instanceof AppError) throw error.cause;
    const withToken = typeof target !== 'string' && 'token' in target.proof;
    throw withToken ? Object.assign(error as Error, { withToken }) : error;
  } finally {
    transport.close();
  }
}

const PATIENT = { connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, dnsTimeout: CONNECT_MS } as const;

function wayTo(target: string | RelayPlace) {
  // A relay on this very machine has nobody between us and it, and usually a certificate that it signed itself.
  if (typeof target === 'string') return { ...PATIENT, url: target, ...(isLoopback(new URL(target).hostname) ? { tls: { rejectUnauthorized: false } } : {}) };
  const { host, port, security } = target;
  return {
    ...PATIENT, host, port, secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none',
    ...authOf(target), tls: { ...(isLoopback(host) ? { rejectUnauthorized: false } : {}), servername: host },
    getSocket: (_options: unknown, done: (error: Error | null, way?: { connection: Socket }) => void) => { reach(target, done); },
  };
}

function authOf({ user, proof }: RelayPlace) {
  if ('token' in proof) return { auth: { type: 'OAuth2' as const, user, provisionCallback: provision(proof.token) } };
  return user === '' ? {} : { auth: { user, pass: proof.password ?? '' } };
}

/** Asked at each connection, and once more when the relay refuses what it got. */
function provision(token: TokenFor) {
  let last: string | undefined;
  return (_user: string, again: boolean, done: (error: Error | null, token?: string, until?: number) => void): void => {
    token(again && last !== undefined ? { instead: last } : {}).then((found) => {
      last = found;
      // Known to be good at this moment, and asked for again at the next connection.
      done(null, found, 1);
    }, (error: unknown) => {
      // The library writes its own code over that of what it is given.
      done(new Error(wordsOf(error), { cause: error }));
    });
  };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof AppError)) return 'There is no token for the mail provider at the moment.';
  return error.code === 'oauth.expired' ? 'The sign-in at the mail provider is over; sign in there again under Settings, Sending.' : error.detail;
}

/** By our own hand, so that the addresses that were checked are those that are connected to. */
function reach({ host, port, lookup }: RelayPlace, done: (error: Error | null, way?: { connection: Socket }) => void): void {
  const socket = connect({ host, port, lookup });
  const failed = (error: Error): void => {
    socket.destroy();
    done(Object.assign(error, { command: 'CONN', neverReached: true }));
  };
  const tooLong = (): void => { failed(Object.assign(new Error('The server did not answer in time.'), { code: 'ETIMEDOUT' })); };
  socket.setTimeout(CONNECT_MS, tooLong);
  socket.once('error', failed);
  socket.once('connect', () => {
    socket.setTimeout(0);
    socket.off('error', failed);
    done(null, { connection: socket });
  });
}

/** Whether the relay never came so far as to hear of the mail: another may be given it without anybody getting it twice. */
export const heardNothing = (error: unknown): boolean => {
  const { code = '', neverReached } = error as { code?: string; neverReached?: boolean };
  return neverReached === true || code === 'EAUTH' || code === 'ENOAUTH' || code === 'ETLS';
};

export function isLoopback(host: string): boolean {
  return host === 'localhost' || /^127\.|^\[?::1\]?$|^::ffff:127\./.test(host);
}
