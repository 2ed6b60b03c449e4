import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startEmbedded } from '../platform/db/embedded/embedded.ts';
import { runningPid } from '../platform/db/embedded/postmaster.ts';
import { migrate } from '../platform/db/migrate.ts';

const ROOT = join(import.meta.dirname, '..');
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const started: ChildProcess[] = [];
/** Data as the first start leaves it; all tests but those about a first start begin with a copy, which is quicker. */
let pristine: string;
let folder: string;

beforeAll(async () => {
  pristine = await mkdtemp(join(tmpdir(), 'rapport-pristine-'));
  await chmod(pristine, 0o755);
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const { ownerUrl, stop } = await startEmbedded({ dataDir: join(pristine, 'data'), log });
  await migrate({ ownerUrl, appLogin: 'rapport_login' });
  await stop();
});
afterAll(() => rm(pristine, { recursive: true, force: true }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-launch-'));
  await chmod(folder, 0o755);
  execFileSync('cp', ['-a', join(pristine, 'data'), folder]);
});

const firstStart = (): Promise<void> => rm(join(folder, 'data'), { recursive: true });

afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  }
  const left = postgres();
  if (left !== null) process.kill(left, 'SIGQUIT');
  await expect.poll(postgres, { timeout: 20_000 }).toBeNull();
  await rm(folder, { recursive: true, force: true });
});

const postgres = (): number | null => runningPid(join(folder, 'data/postgres/cluster'));

/** `npm start` in a process group of its own, as a terminal would have it. */
async function npmStart(port?: number) {
  const own = port ?? (await freePort());
  const env = { ...process.env, PORT: String(own), RAPPORT_SMTP_PORT: String(await freePort()), RAPPORT_DATA: join(folder, 'data') };
  const child = spawn('npm', ['start'], { cwd: ROOT, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  return {
    exit,
    pid: child.pid!,
    said: () => said,
    answers: () => fetch(`http://127.0.0.1:${own}/healthz`).then((response) => response.status, () => 0),
    async ready() {
      await expect.poll(() => this.answers(), { timeout: 60_000 }).toBe(200);
      return this;
    },
  };
}

async function freePort(): Promise<number> {
  const server = await occupy(0);
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function occupy(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** The one process below npm that has no children: launcher → server. */
function serverBelow(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter((id) => id !== '').map(Number)
    .filter((child) => child !== postgres());
  return children.length === 0 ? pid : serverBelow(children[0]!);
}

test('the first start offers a set-up link, and SIGTERM stops everything', async () => {
  await firstStart();
  const rapport = await (await npmStart()).ready();
  await expect.poll(rapport.said).toMatch(/http:\/\/localhost:\d+\/setup\S+/);
  expect(postgres()).not.toBeNull();

  process.kill(rapport.pid, 'SIGTERM');
  expect(await rapport.exit).toBe(0);
  expect(postgres()).toBeNull();
  expect(rapport.said()).not.toMatch(/npm error/);
});

test('Ctrl-C, which reaches every process of the terminal, is one clean stop', async () => {
  const rapport = await (await npmStart()).ready();
  process.kill(-rapport.pid, 'SIGINT');
  expect(await rapport.exit).toBe(0);
  expect(postgres()).toBeNull();
});

test('after kill -9 of the server the next start works, with one PostgreSQL', async () => {
  const first = await (await npmStart()).ready();
  const left = postgres();
  process.kill(serverBelow(first.pid), 'SIGKILL');
  expect(await first.exit).not.toBe(0);
  expect(postgres()).toBe(left);

  const second = await (await npmStart()).ready();
  expect(postgres()).toBe(left);
  process.kill(second.pid, 'SIGTERM');
  expect(await second.exit).toBe(0);
  expect(postgres()).toBeNull();
});

test('when npm itself is killed, nothing is left behind', async () => {
  const rapport = await (await npmStart()).ready();
  process.kill(rapport.pid, 'SIGKILL');
  await expect.poll(rapport.answers, { timeout: 20_000 }).toBe(0);
  await expect.poll(postgres, { timeout: 20_000 }).toBeNull();
});

test('a second copy on the same data is refused in one sentence and leaves the first alone', async () => {
  const first = await (await npmStart()).ready();
  const second = await npmStart();
  expect(await second.exit).not.toBe(0);
  expect(second.said()).toMatch(/Another copy of Rapport is running/);
  expect(await first.answers()).toBe(200);
});

test('a port in use is one sentence, and PostgreSQL does not stay behind', async () => {
  const taken = await occupy(0);
  const rapport = await npmStart((taken.address() as { port: number }).port);
  expect(await rapport.exit).not.toBe(0);
  expect(rapport.said()).toMatch(/Port \d+ on 127\.0\.0\.1 is in use/);
  expect(postgres()).toBeNull();
  taken.close();
});

test('a data directory that is no folder is one sentence', async () => {
  await firstStart();
  await writeFile(join(folder, 'data'), 'a file');
  const rapport = await npmStart();
  expect(await rapport.exit).not.toBe(0);
  expect(rapport.said()).toMatch(/The data directory .* cannot be used/);
});
