import { monitorEventLoopDelay } from 'node:perf_hooks';
import { compose } from '../apps/server/compose.ts';
import { createLogger } from '../apps/server/logger.ts';
import { runRoles } from '../apps/server/roles.ts';
import { freePort } from './free-port.ts';
import type { Desk } from './generate.ts';

export type ServeMail = { readonly appUrl: string; readonly ownerUrl: string; readonly dataDir: string; readonly desk: Desk; readonly origin: string };
export type ServingMail = { readonly port: number; readonly smtpPort: number; readonly token: string };
/**
 * The longest time (ms) that the event loop has stood still since it was last asked for, and the most that its thread
 * has worked at one go: the second is ours alone, whatever else the machine does.
 */
export type Stall = { readonly stallMs: number; readonly workMs: number };

const RESOLUTION_MS = 5;

/*
 * The whole product in a process of its own, as it is deployed, with its mail port open. Each further message asks how
 * long its event loop has stood still since the one before.
 */
process.once('message', (serve: ServeMail) => void start(serve));

async function start({ appUrl, ownerUrl, dataDir, desk, origin }: ServeMail): Promise<void> {
  const now = () => new Date();
  const log = createLogger('fatal');
  const app = await compose({
    appUrl, ownerUrl, dataDir, publicUrl: origin, secret: 'a secret for measurements only', relayUrl: null,
    mailbox: 'support@desk.example', version: 'bench', smtp: { host: '127.0.0.1', port: 0 },
  }, { now, machineNow: now }, log);
  const smtpPort = await freePort();
  const roles = await runRoles(app, { roles: ['web', 'worker', 'mail'], smtp: { host: '127.0.0.1', port: smtpPort } }, log);
  const { token } = await app.people.openSession(desk.workspaceId, desk.viewer);
  const address = new URL(await app.http.listen({ host: '127.0.0.1', port: 0 }));
  roles.ready();
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const mostWork = watchWork();
  process.on('message', () => {
    process.send!({ stallMs: Math.max(0, Math.round(delay.max / 1e6) - RESOLUTION_MS), workMs: Math.round(mostWork()) } satisfies Stall);
    delay.reset();
  });
  process.once('disconnect', () => void roles.stop().then(() => app.stop()).then(() => process.exit(0)));
  process.send!({ port: Number(address.port), smtpPort, token } satisfies ServingMail);
}

/** The most time on a processor (ms) that this thread has had between two of its turns since this was last asked. */
function watchWork(): () => number {
  const spent = () => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1_000; };
  let last = spent();
  let most = 0;
  setInterval(() => {
    const now = spent();
    most = Math.max(most, now - last);
    last = now;
  }, RESOLUTION_MS);
  return () => {
    const found = most;
    most = 0;
    return found;
  };
}
