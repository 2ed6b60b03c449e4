import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { AppError } from '../../kernel/errors.ts';
import { createTestClock } from '../../platform/clock/clock.ts';
import { loadConfig, type Config } from '../../platform/config/config.ts';
import { keptSecret, secretFor } from '../../platform/config/secret.ts';
import { startEmbedded, type Embedded } from '../../platform/db/embedded/embedded.ts';
import { assertServerVersion } from '../../platform/db/embedded/version.ts';
import { migrate } from '../../platform/db/migrate.ts';
import { serveAgentApp } from './agent-app.ts';
import { compose, type App } from './compose.ts';
import type { Clock } from './settings.ts';
import { holdLocalhost } from './localhost.ts';
import { createLogger, type Logger } from './logger.ts';
import { runRoles, type Running } from './roles.ts';
import { serveVisitorExample, serveWidgetDemo } from './widget-app.ts';

const DRAIN_LIMIT_MS = 28_000;
const say = (line: string) => { process.stdout.write(`${line}\n`); };
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string };

let running: { stop(): Promise<void> } | null = null;
let stopping: Promise<void> | null = null;

/** Everything that was started, stopped in the opposite order; the second signal is the same stop. */
function stop(code: number): Promise<void> {
  stopping ??= (async () => {
    const overdue = setTimeout(() => process.exit(1), DRAIN_LIMIT_MS);
    await running?.stop();
    clearTimeout(overdue);
    process.exit(code);
  })();
  return stopping;
}

async function start(): Promise<void> {
  const config = loadConfig(process.env);
  const log = createLogger(process.env.RAPPORT_LOG ?? 'warn');
  const parts: (() => Promise<void>)[] = [];
  running = { stop: async () => { for (const part of parts.toReversed()) await part().catch((error: unknown) => log.error({ err: error }, 'a part did not stop cleanly')); } };

  const isLocalhost = config.isLocal && config.host === '127.0.0.1';
  const localhost = isLocalhost ? await holdLocalhost(config.port) : null;
  if (localhost) parts.push(() => localhost.stop());
  // Somebody else answers at ::1: only the number surely means us.
  const publicUrl = isLocalhost && !localhost ? `http://127.0.0.1:${config.port}` : config.publicUrl;
  const database = await openDatabase(config, log, parts);
  const app = await compose({
    ...database, dataDir: config.dataDir, publicUrl, secret: secretFor(config), earlierSecrets: config.earlierSecrets, relayUrl: config.relayUrl,
    mailbox: config.mailbox, version, smtp: config.smtp, trustedProxies: config.trustedProxies, countryHeader: config.countryHeader, privateHosts: config.privateHosts,
    privateWebhooks: config.privateWebhooks, pushServices: config.pushServices,
    believedServers: config.believedServers,
    trustedSealers: config.trustedSealers,
    ruleLog: config.ruleLog, importDir: config.importDir,
  }, clockFor(config), log);
  parts.push(() => app.stop());
  await serveAgentApp(app.http);

  if (config.owner) await app.people.ensureOwner(config.owner);
  const demo = config.demo ? await openDemo(app, config) : null;
  if (config.demo) {
    const first = async (): Promise<string | null> => (await sql<{ id: string }>`select id from chat_widgets order by created_at limit 1`.execute(app.db.owner)).rows[0]?.id ?? null;
    serveWidgetDemo(app.http, first);
    serveVisitorExample(app.http, first);
  }
  const roles: Running = await runRoles(app, config, log);
  parts.push(() => roles.stop());
  await listen(app.http, config);
  localhost?.serve(app.http.server);
  roles.ready();
  await announce(app, { ...config, publicUrl }, demo);
}

/** A clock that anybody in charge can set is nothing for a real desk, so it is never there without being told of. */
function clockFor(config: Config): Clock {
  const machineNow = () => new Date();
  if (!config.testClock) return { now: machineNow, machineNow };
  say('');
  say('  !!  RAPPORT_TEST_CLOCK=1: THE CLOCK OF THIS SERVER CAN BE SET, AND STOPPED, OVER THE API.');
  say('  !!  That is for tests and demonstrations. Never run a real desk like this.');
  const test = createTestClock();
  return { now: test.now, machineNow, test };
}

async function openDatabase(config: Config, log: Logger, parts: (() => Promise<void>)[]): Promise<{ appUrl: string; ownerUrl: string }> {
  const urls = config.databaseUrl === null ? await embedded(config, log, parts) : { appUrl: config.databaseUrl, ownerUrl: config.databaseOwnerUrl ?? config.databaseUrl };
  if (config.databaseUrl !== null) await assertServerVersion(urls.ownerUrl);
  await migrate({ ownerUrl: urls.ownerUrl, appLogin: decodeURIComponent(new URL(urls.appUrl).username) });
  return urls;
}

async function embedded(config: Config, log: Logger, parts: (() => Promise<void>)[]): Promise<{ appUrl: string; ownerUrl: string }> {
  const plain = { info: (message: string) => log.info({}, message), warn: (message: string) => log.warn({}, message), error: (message: string) => log.error({}, message) };
  const server: Embedded = await startEmbedded({ dataDir: config.dataDir, log: plain, onFailure: () => void stop(1) });
  parts.push(() => server.stop());
  return { appUrl: server.appUrl, ownerUrl: server.ownerUrl };
}

async function listen(http: Awaited<ReturnType<typeof compose>>['http'], config: Config): Promise<void> {
  try {
    await http.listen({ host: config.host, port: config.port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new AppError('conflict', 'start.port_in_use', `Port ${config.port} on ${config.host} is in use by another program; stop that one, or choose another with PORT=…`);
    }
    if ((error as NodeJS.ErrnoException).code === 'EACCES') {
      throw new AppError('forbidden', 'start.port_refused', `This account may not listen on port ${config.port}; choose one above 1023 with PORT=…`);
    }
    throw error;
  }
}

type DemoLogin = { email: string; password: string; /** Who has the same password, and sees what agents see. */ agent: string | null };

/** A small believable shop to try things on. Its owner signs in with what is printed, unless the settings name one. */
async function openDemo(app: App, config: Config): Promise<DemoLogin | null> {
  const login = { email: 'owner@demo.localhost', password: keptSecret(config.dataDir, 'demo-password').slice(0, 20) };
  const { DEMO_AGENT, seedDemo } = await import('../../db/seeds/demo.ts');
  if (await app.workspaces.isEmpty()) {
    const { workspaceId } = await app.people.createWorkspace({ name: 'Kettle & Cup', owner: { ...login, name: 'Viktor Marinov' } });
    say('Filling the demo shop …');
    await seedDemo(app, { workspaceId, now: new Date(), password: login.password });
    return { ...login, agent: DEMO_AGENT };
  }
  const { rows } = await sql<{ id: string }>`select id from workspaces order by created_at limit 1`.execute(app.db.owner);
  if (rows[0]) await seedDemo(app, { workspaceId: rows[0].id, now: new Date() });
  // A shop that was begun with an owner of somebody's own has nobody by this name.
  const { rows: doors } = await sql<{ email: string }>`select email from people where email = any(${[login.email, DEMO_AGENT]}) and password_hash is not null and deactivated_at is null`.execute(app.db.owner);
  const open = new Set(doors.map(({ email }) => email));
  return config.owner || !open.has(login.email) ? null : { ...login, agent: open.has(DEMO_AGENT) ? DEMO_AGENT : null };
}

async function announce(app: App, config: Config, demo: DemoLogin | null): Promise<void> {
  const link = await app.workspaces.ensureSetupLink(config.publicUrl);
  say('');
  say(`  Rapport ${version} is ready.`);
  say('');
  say(`  Open          ${config.publicUrl}`);
  if (link) say(`  Set it up     ${link}`);
  if (demo) say(`  Sign in       ${demo.email}   password ${demo.password}`);
  if (demo?.agent) say(`  As an agent   ${demo.agent}   with the same password`);
  if (config.roles.includes('mail')) say(`  Mail to       ${config.mailbox}   (SMTP at ${config.smtp.host} port ${config.smtp.port})`);
  say(`  Mail out      ${config.relayUrl === null ? 'waits in the Outbox until RAPPORT_SMTP_URL names a relay' : `through ${new URL(config.relayUrl).host}`}`);
  say('');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

start().catch(async (error: unknown) => {
  const sentence = error instanceof AppError && error.detail !== '' ? error.detail : error instanceof Error ? error.message : String(error);
  process.stderr.write(`\nRapport could not start: ${sentence}\n`);
  if (!(error instanceof AppError) && process.env.RAPPORT_LOG) process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`);
  await stop(1);
});
