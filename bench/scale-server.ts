import { compose } from '../apps/server/compose.ts';
import { createLogger } from '../apps/server/logger.ts';
import type { Desk } from './generate.ts';

/** What the measuring process sends: which database to serve. The moment in it arrives as text. */
export type Serve = { readonly appUrl: string; readonly ownerUrl: string; readonly dataDir: string; readonly desk: Desk };
export type Serving = { readonly port: number; readonly token: string };

/*
 * The product in a process of its own, as it is deployed, so that client and server do not share an event loop. Its clock
 * starts at the newest message, however old the data is.
 */
process.once('message', (serve: Serve) => void start(serve));

async function start({ appUrl, ownerUrl, dataDir, desk }: Serve): Promise<void> {
  const ahead = new Date(desk.anchor).getTime() - Date.now();
  const now = () => new Date(Date.now() + ahead);
  const app = await compose({
    appUrl, ownerUrl, dataDir, publicUrl: 'http://127.0.0.1', secret: 'a secret for measurements only', relayUrl: null,
    mailbox: 'support@desk.example', version: 'bench', smtp: { host: '127.0.0.1', port: 0 },
  }, { now, machineNow: now }, createLogger('error'));
  const { token } = await app.people.openSession(desk.workspaceId, desk.viewer);
  const address = new URL(await app.http.listen({ host: '127.0.0.1', port: 0 }));
  process.once('disconnect', () => void app.stop().then(() => process.exit(0)));
  process.send!({ port: Number(address.port), token } satisfies Serving);
}
