import { createTransport } from 'nodemailer';
import type { SendError } from './retry.ts';

const CONNECT_MS = 15_000;

/** Silence is what a relay may need to look into a message; an attempt is everything, however it drips. */
export type Patience = { readonly silenceMs: number; readonly attemptMs: number };
export const PATIENCE: Patience = { silenceMs: 3 * 60_000, attemptMs: 4 * 60_000 };

export type Envelope = { readonly from: string; readonly to: readonly string[] };
/** The relay took the mail, but not for these; `again`: it asked to come back for this one. */
export type Left = { readonly address: string; readonly response: string; readonly again: boolean };

/**
 * The relay of `RAPPORT_SMTP_URL`. The address comes from the environment, so it may be private; parameters of the
 * address (such as `?tls.rejectUnauthorized=false`) are nodemailer's.
 */
export function createRelay(url: string, { connections, patience = PATIENCE }: { connections: number; patience?: Patience }) {
  const transport = createTransport({
    url, pool: true, maxConnections: connections, maxMessages: 500,
    connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: patience.silenceMs, dnsTimeout: CONNECT_MS,
    disableFileAccess: true, disableUrlAccess: true,
    // A relay on this very machine has nobody between us and it, and usually a certificate that it signed itself.
    ...(isLoopback(new URL(url).hostname) ? { tls: { rejectUnauthorized: false } } : {}),
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
    /** Waits for nobody: what is on the way is given up and counts as not sent. */
    close(): void { transport.close({ force: true }); },
  };
}

const leftBehind = ({ recipient = '', response, message, responseCode = 500 }: SendError & { recipient?: string }): Left =>
  ({ address: recipient, response: response ?? message, again: responseCode < 500 });

/** Connects, signs in and leaves; rejects with what is wrong. */
export async function verifyRelay(url: string): Promise<void> {
  const transport = createTransport({
    url, connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: CONNECT_MS, dnsTimeout: CONNECT_MS,
    ...(isLoopback(new URL(url).hostname) ? { tls: { rejectUnauthorized: false } } : {}),
  });
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || /^127\.|^\[?::1\]?$|^::ffff:127\./.test(host);
}
