import { createTransport } from 'nodemailer';
import type { SendError } from './retry.ts';

const CONNECT_MS = 15_000;
const SILENCE_MS = 60_000;

export type Envelope = { readonly from: string; readonly to: readonly string[] };

/**
 * The relay of `RAPPORT_SMTP_URL`. The address comes from the environment, so it may be private; parameters of the
 * address (such as `?tls.rejectUnauthorized=false`) are nodemailer's.
 */
export function createRelay(url: string, { connections }: { connections: number }) {
  const transport = createTransport({
    url, pool: true, maxConnections: connections, maxMessages: 500,
    connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS, dnsTimeout: CONNECT_MS,
    disableFileAccess: true, disableUrlAccess: true,
    // A relay on this very machine has nobody between us and it, and usually a certificate that it signed itself.
    ...(isLoopback(new URL(url).hostname) ? { tls: { rejectUnauthorized: false } } : {}),
  });

  return {
    /** Resolves with the relay's own words once it has taken the mail over; rejects with a `SendError`. */
    async send(envelope: Envelope, raw: Buffer): Promise<string> {
      const from = envelope.from === '' ? false : envelope.from;
      const info = await transport.sendMail({ envelope: { from, to: [...envelope.to] }, raw });
      const refused = (info.rejectedErrors ?? []).map((error) => (error as SendError).response ?? error.message);
      return [info.response, ...refused].join('; ').slice(0, 2000);
    },
    /** Waits for nobody: what is on the way is given up and counts as not sent. */
    close(): void { transport.close({ force: true }); },
  };
}

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
