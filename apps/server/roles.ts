import type { Config } from '../../platform/config/config.ts';
import { readCertificate, watchCertificate } from '../../platform/mail/certificate.ts';
import { LOOPBACK } from '../../platform/mail/guests.ts';
import { startListener } from '../../platform/mail/listener.ts';
import type { App } from './compose.ts';
import type { Logger } from './logger.ts';
import { measureListener } from './measure.ts';

type SmtpPlace = Pick<Config['smtp'], 'host' | 'port'> & Partial<Config['smtp']>;
type Start = Pick<Config, 'roles'> & { readonly smtp: SmtpPlace };
export type Running = { ready(): void; stop(): Promise<void> };

/** People can still read and write; only mail is put off. */
const DISK_FULL = { status: 'disk_full', detail: 'The disk is full: mail is put off until there is room again. Make room; it goes on by itself.' };

/** Starts what this process is for (web, worker, mail) and answers `/healthz`: 200 from `ready` until the stop begins. */
export async function runRoles(app: App, config: Start, log: Logger): Promise<Running> {
  let healthy = false;
  const stops: (() => Promise<void>)[] = [];
  app.http.get('/healthz', { schema: { hide: true } }, async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
    if (healthy && !app.space.isFull()) return { status: 'ok' };
    void reply.code(503);
    return healthy ? DISK_FULL : { status: 'not ready' };
  });

  const stop = async () => {
    healthy = false;
    for (const part of stops.toReversed()) await part().catch((error: unknown) => log.error({ err: error }, 'a part did not stop cleanly'));
  };

  // One that fails to start must not leave the others running on a database that is about to go.
  await startParts(app, config, log, stops).catch(async (error: unknown) => { await stop(); throw error; });
  return { ready: () => { healthy = true; }, stop };
}

async function startParts(app: App, config: Start, log: Logger, stops: (() => Promise<void>)[]): Promise<void> {
  const is = (role: Config['roles'][number]) => config.roles.includes(role);
  app.metrics.start();
  await app.space.start();
  stops.push(() => app.space.stop());
  await app.signals.start();
  if (is('worker')) app.sequencer.start();
  await app.followers.start();
  if (is('mail') || is('worker') || is('web')) app.email.start();
  if (is('web')) app.heartbeat.start();
  if (is('mail')) {
    const listener = await openDoor(app, config.smtp, log, stops);
    app.mailArrivesAt(listener);
    app.email.sources.start();
    stops.push(() => app.email.sources.stop());
  }
  // Last, since a port in use is the usual reason not to start at all; still running while the door closes.
  if (is('worker')) {
    stops.unshift(() => app.sender.stop(), () => app.webhooks.sender.stop(), () => app.jobs.stop(), () => app.due.stop());
    app.sender.start();
    app.webhooks.sender.start();
    app.due.start();
    await app.jobs.start();
  }
}

async function openDoor(app: App, { host, port, trusted = [], certificate: files = null }: SmtpPlace, log: Logger, stops: (() => Promise<void>)[]) {
  const listener = await startListener({
    host, port, trusted: [...LOOPBACK, ...trusted], certificate: files && await readCertificate(files, log), room: app.space, door: app.email.door, log,
  });
  stops.push(() => listener.close());
  measureListener(app.metrics, listener);
  if (files) {
    const renewals = watchCertificate(files, { use: listener.useCertificate, log });
    stops.push(async () => { renewals.stop(); });
  }
  return listener;
}
