// Plain JavaScript without dependencies, for any Node from 20 on: it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './alone.mjs';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMP = join(ROOT, 'node_modules/.rapport-installed');
const NODE_NEEDED = [24, 11];

/** Something the user can mend; printed as one sentence, without a stack. */
export class Unready extends Error {}

/** Makes node_modules what package-lock.json says; `all` includes what only tests and checks need. */
export async function ensureInstalled(scope) {
  if (await isInstalled(scope)) return;
  await alone(join(ROOT, '.cache/install.lock'), async () => {
    if (await isInstalled(scope)) return;
    const adds = scope === 'all' && (await matchesLock('production'));
    console.log(adds ? 'Installing what the tests need …' : 'Installing packages (about a minute the first time) …');
    // Adding leaves the files alone that a running server may still want to read.
    const command = adds ? ['install', '--no-save'] : ['ci'];
    await npm([...command, ...(scope === 'all' ? ['--include=dev'] : ['--omit=dev']), '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
    if (!(await matchesLock(scope))) throw new Unready('npm finished, but node_modules is not what package-lock.json says; remove node_modules and start again.');
    await stamp(scope);
  });
}

/** The pinned Node where there is one for this machine, otherwise the one at hand if it is new enough. */
export function pinnedNode() {
  const pinned = join(ROOT, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return pinned;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE_NEEDED[0] || (major === NODE_NEEDED[0] && minor >= NODE_NEEDED[1])) return process.execPath;
  throw new Unready(`Rapport needs Node ${NODE_NEEDED.join('.')} or later, and npm has none for ${process.platform} on ${process.arch}; this is ${process.versions.node}. Install a newer Node from https://nodejs.org.`);
}

/** Builds the web apps when anything that goes into them has changed; what is served stays whole meanwhile. */
export async function ensureBuilt(node) {
  for (const app of ['agent', 'widget']) await ensureAppBuilt(node, app);
}

async function ensureAppBuilt(node, app) {
  const config = join(ROOT, `apps/${app}/vite.config.ts`);
  const built = join(ROOT, `build/${app}`);
  const stampFile = join(ROOT, `build/${app}.stamp`);
  const isBuilt = async (hash) => existsSync(built) && (await readText(stampFile)) === hash;

  if (!existsSync(config) || (await isBuilt(await webInputs(app)))) return;
  await alone(join(ROOT, '.cache/build.lock'), async () => {
    const hash = await webInputs(app);
    if (await isBuilt(hash)) return;
    console.log(`Building the ${app === 'agent' ? 'web app' : app} …`);
    const draft = join(ROOT, `build/${app}.new`);
    const vite = [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--config', config, '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn'];
    // A developer's or a test's NODE_ENV would build React with all its warnings, and much larger.
    const code = await run(node, vite, { env: { ...process.env, NODE_ENV: 'production' } });
    if (code !== 0) throw new Unready(`The ${app === 'agent' ? 'web app' : app} could not be built; the reason is above.`);
    await rm(`${built}.old`, { recursive: true, force: true });
    if (existsSync(built)) await rename(built, `${built}.old`);
    await rename(draft, built);
    await rm(`${built}.old`, { recursive: true, force: true });
    await writeFile(stampFile, hash);
  });
}

/** Runs a command to its end and hands on the signals that ask us to stop; what Node compiles is kept. Resolves to its exit code. */
export function run(command, args, { env = process.env, ipc = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env: { NODE_COMPILE_CACHE: join(ROOT, '.cache/compiled'), ...env }, stdio: ['inherit', 'inherit', 'inherit', ...(ipc ? ['ipc'] : [])] });
    const stopWatching = forwardSignals(child);
    child.once('error', (error) => { stopWatching(); reject(error); });
    child.once('exit', (code, signal) => {
      stopWatching();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** Ends the process with one sentence for what the user can mend. */
export function fail(error) {
  console.error(error instanceof Unready ? error.message : error);
  process.exit(1);
}

/** A stop may reach us several times (terminal, npm, supervisor); the child hears of it once from us. */
function forwardSignals(child) {
  let stopping = false;
  const stop = (signal) => {
    if (stopping) return;
    stopping = true;
    child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, stop);
  const parent = process.ppid;
  // npm was killed without a word: nobody will tell us to stop any more.
  const watch = setInterval(() => { if (process.env.npm_lifecycle_event && process.ppid !== parent) stop('SIGTERM'); }, 250);
  return () => {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, stop);
  };
}

async function npm(args) {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(ROOT));
  const node = path.map((folder) => join(folder, 'node')).find((file) => existsSync(file)) ?? process.execPath;
  const script = process.env.npm_execpath;
  const env = { ...process.env, PATH: path.join(delimiter) };
  const code = script ? await run(node, [script, ...args], { env }) : await run('npm', args, { env });
  if (code !== 0) throw new Unready(`npm ${args[0]} failed (exit code ${code}); the reason is above. Is the package registry reachable?`);
}

async function isInstalled(scope) {
  const [lock, installed] = (await readText(STAMP)).split(' ');
  if (lock === lockHash() && (installed === 'all' || installed === scope)) return true;
  for (const wider of scope === 'all' ? ['all'] : ['all', 'production']) {
    if (await matchesLock(wider)) {
      await stamp(wider);
      return true;
    }
  }
  return false;
}

const stamp = (scope) => writeFile(STAMP, `${lockHash()} ${scope}`).catch(() => undefined);

const lockHash = () => createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json'))).digest('hex');

/** npm writes down what it installed; everything that the lock wants here must be among it, in the same version. */
async function matchesLock(scope) {
  const installedText = await readText(join(ROOT, 'node_modules/.package-lock.json'));
  if (installedText === '') return false;
  const installed = JSON.parse(installedText).packages;
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || (scope === 'production' && (entry.dev || entry.devOptional))) return true;
    const found = installed[path];
    return found ? found.version === entry.version && existsSync(join(ROOT, path)) : Boolean(entry.optional || entry.devOptional || entry.peer);
  });
}

async function webInputs(app) {
  const rooms = (await readdir(join(ROOT, 'features'), { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const parts = app === 'agent' ? ['core', 'agent', 'messages'] : ['core'];
  const folders = [`apps/${app}`, 'ui', 'platform/browser', 'kernel', 'tools/vite', ...rooms.flatMap((room) => parts.map((part) => `features/${room}/${part}`))];
  const files = (await Promise.all(folders.map((folder) => filesIn(join(ROOT, folder))))).flat().filter((file) => !/\.test\.tsx?$/.test(file)).sort();
  const hash = createHash('sha256');
  for (const file of [...files, join(ROOT, 'package-lock.json'), join(ROOT, 'tsconfig.base.json')]) {
    hash.update(relative(ROOT, file)).update('\0').update(await readFile(file)).update('\0');
  }
  return hash.digest('hex');
}

async function filesIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

const readText = (path) => readFile(path, 'utf8').catch(() => '');

await mkdir(join(ROOT, '.cache'), { recursive: true });
