import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, type App } from '../apps/server/compose.ts';
import { createLogger } from '../apps/server/logger.ts';
import { startEmbedded } from '../platform/db/embedded/embedded.ts';
import { migrate } from '../platform/db/migrate.ts';

export type Server = Awaited<ReturnType<typeof startEmbedded>>;

/** The running app in this process, on an empty PostgreSQL of its own, durable as in production unless said otherwise. */
export async function withOwnApp<T>(name: string, act: (app: App, server: Server) => Promise<T>, { durable = true, before }: {
  durable?: boolean;
  /** What is in the database when the app begins. */
  before?: (server: Server) => Promise<unknown>;
} = {}): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), `rapport-${name}-`));
  await chmod(folder, 0o755);
  const server = await startEmbedded({ dataDir: join(folder, 'data'), durable, log: { info: () => undefined, warn: () => undefined, error: console.error } });
  try {
    await migrate({ ownerUrl: server.ownerUrl, appLogin: new URL(server.appUrl).username });
    await before?.(server);
    const now = () => new Date();
    const app = await compose({
      appUrl: server.appUrl, ownerUrl: server.ownerUrl, dataDir: folder, publicUrl: 'http://desk.test', secret: 'a secret for measurements only', relayUrl: null,
      mailbox: 'support@desk.test', version: 'bench', smtp: { host: '127.0.0.1', port: 0 },
    }, { now, machineNow: now }, createLogger('error'));
    try {
      return await act(app, server);
    } finally {
      await app.stop();
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
