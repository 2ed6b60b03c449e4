import type { Config } from '../../platform/config/config.ts';
import { startListener } from '../../platform/mail/listener.ts';
import type { App } from './compose.ts';
import type { Logger } from './logger.ts';

export type Running = { ready(): void; stop(): Promise<void> };

/** Starts what this process is for (web, worker, mail) and answers `/healthz`: 200 from `ready` until the stop begins. */
export async function runRoles(app: App, config: Pick<Config, 'roles' | 'smtp'>, log: Logger): Promise<Running> {
  let healthy = false;
  const stops: (() => Promise<void>)[] = [];
  app.http.get('/healthz', { schema: { hide: true } }, async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
    if (healthy) return { status: 'ok' };
    void reply.code(503);
    return { status: 'not ready' };
  });

  const stop = async () => {
    healthy = false;
    for (const part of stops.toReversed()) await part().catch((error: unknown) => log.error({ err: error }, 'a part did not stop cleanly'));
  };

  // One that fails to start must not leave the others running on a database that is about to go.
  await startParts(app, config, log, stops).catch(async (error: unknown) => { await stop(); throw error; });
  return { ready: () => { healthy = true; }, stop };
}

async function startParts(app: App, config: Pick<Config, 'roles' | 'smtp'>, log: Logger, stops: (() => Promise<void>)[]): Promise<void> {
  const is = (role: Config['roles'][number]) => config.roles.includes(role);
  app.metrics.start();
  await app.signals.start();
  if (is('worker')) app.sequencer.start();
  await app.followers.start();
  if (is('mail') || is('worker') || is('web')) app.email.start();
  if (is('mail')) {
    const listener = await startListener({ ...config.smtp, door: app.email.door, log });
    app.mailArrivesAt(listener);
    app.email.sources.start();
    stops.push(() => listener.close(), () => app.email.sources.stop());
  }
  // Last, since a port in use is the usual reason not to start at all; still running while the door closes.
  if (is('worker')) {
    stops.unshift(() => app.sender.stop(), () => app.jobs.stop());
    app.sender.start();
    await app.jobs.start();
  }
}
