import type { ConnectionOptions } from 'node:tls';
import type { ImapFlow } from 'imapflow';
import type { MailHosts, Security } from './hosts.ts';
import { MAX_MESSAGE_BYTES } from './listener.ts';

export type { ImapFlow } from 'imapflow';
export type ImapPlace = { readonly host: string; readonly port: number; readonly security: Security; readonly user: string };
/** A token is given to the server as XOAUTH2 or OAUTHBEARER, whichever it takes. */
export type ImapLogin = { readonly password: string } | { readonly accessToken: string };

const CONNECT_MS = 15_000;
const SILENCE_MS = 90_000;
/** A server that does not speak IDLE is asked for news this often. */
const ASK_MS = 60_000;

/** A signed-in connection; rejects when there is none. The caller closes it, and listens to its `error`. */
export async function openImap({ host, port, security, user }: ImapPlace, login: ImapLogin, hosts: MailHosts): Promise<ImapFlow> {
  const lookup = hosts.lookupFor({ host, port, security });
  // Large, and wanted only where mail is fetched.
  const { ImapFlow: Client } = await import('imapflow');
  const client = new Client({
    host, port, secure: security === 'tls', ...(security !== 'tls' && { doSTARTTLS: security === 'starttls' }),
    auth: 'password' in login ? { user, pass: login.password } : { user, accessToken: login.accessToken }, logger: false, disableAutoIdle: true, disableCompression: true, disableAutoEnable: true, maxIdleTime: ASK_MS,
    connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS,
    // What one message may cost, with the frame around it.
    maxLiteralSize: MAX_MESSAGE_BYTES + 1024, maxResponseSize: MAX_MESSAGE_BYTES + 1024 * 1024, maxLineLength: 8 * 1024 * 1024,
    // Name server answers are checked, and exactly what was checked is connected to.
    tls: { lookup } as unknown as ConnectionOptions,
  });
  // Trouble reaches whoever waits for an answer; without a listener it would end the process.
  client.on('error', () => undefined);
  // Every account has it: two questions fewer on each connection, which is much where connections break all the time.
  (client as unknown as { folders: Map<string, { path: string }> }).folders.set('INBOX', { path: 'INBOX' });
  try {
    await client.connect();
  } catch (error) {
    client.close();
    throw 'accessToken' in login && isRefusedLogin(error) ? Object.assign(error, { withToken: true }) : error;
  }
  return client;
}

/** Whether the server took name and password, or the token, for wrong. */
export const isRefusedLogin = (error: unknown): error is Error => error instanceof Error && 'authenticationFailed' in error && error.authenticationFailed === true;
