import type { Config } from '../../platform/config/config.ts';
import type { App } from './compose.ts';
import type { Logger } from './logger.ts';

export type Running = { ready(): void; stop(): Promise<void> };

/** Starts what this process is for (web, worker, mail) and answers `/healthz`: 200 from `ready` until the stop begins. */
export async function runRoles(app: App, config: Config, _log: Logger): Promise<Running> {
  let healthy = false;
  app.http.get('/healthz', { schema: { hide: true } }, async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
    if (healthy) return { status: 'ok' };
    void reply.code(503);
    return { status: 'not ready' };
  });

  const worker = config.roles.includes('worker');
  await app.signals.start();
  if (worker) app.sequencer.start();
  await app.followers.start();

  return {
    ready: () => { healthy = true; },
    async stop() { healthy = false; },
  };
}
