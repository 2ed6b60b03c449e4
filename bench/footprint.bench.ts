import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchOptions } from './bench.ts';
import { freePort } from './free-port.ts';

export const about = 'memory (PSS) of app and PostgreSQL when idle, and start times, cold (new data) and warm';

const ROOT = join(import.meta.dirname, '..');
const READY_LIMIT_MS = 120_000;
const SETTLE_MS = 15_000;

type Figures = { coldMs: number; warmMs: number; appMib: number; postgresMib: number; totalMib: number; postgresProcesses: number; stopMs: number };

export async function run({ full, quiet }: BenchOptions): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-footprint-'));
  await chmod(folder, 0o755);
  try {
    const cold = await start(folder);
    await stop(cold.child);
    const warm = await start(folder);
    await pause(full ? SETTLE_MS * 4 : SETTLE_MS);
    const memory = memoryBelow(warm.child.pid!, folder);
    const stopMs = await stop(warm.child);
    const figures: Figures = {
      coldMs: cold.ms, warmMs: warm.ms, stopMs, ...memory, totalMib: round(memory.appMib + memory.postgresMib),
    };
    if (!quiet) console.table(figures);
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** By `npm start`, as a user does; the web app is built already. */
async function start(folder: string): Promise<{ child: ChildProcess; ms: number }> {
  const [port, smtpPort] = [await freePort(), await freePort()];
  const env = { ...process.env, PORT: String(port), RAPPORT_SMTP_PORT: String(smtpPort), RAPPORT_DATA: join(folder, 'data') };
  const began = performance.now();
  const child = spawn('npm', ['start', '--silent'], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
  while (performance.now() - began < READY_LIMIT_MS) {
    const status = await fetch(`http://127.0.0.1:${port}/healthz`).then((response) => response.status, () => 0);
    if (status === 200) return { child, ms: Math.round(performance.now() - began) };
    if (child.exitCode !== null) break;
    await pause(20);
  }
  child.kill('SIGTERM');
  throw new Error('Rapport did not become ready');
}

async function stop(child: ChildProcess): Promise<number> {
  const began = performance.now();
  child.kill('SIGTERM');
  await once(child, 'exit');
  return Math.round(performance.now() - began);
}

/** npm and the launcher do not count: a service manager needs neither. */
function memoryBelow(npmPid: number, folder: string): Pick<Figures, 'appMib' | 'postgresMib' | 'postgresProcesses'> {
  const processes = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).map(Number);
  const postmaster = Number.parseInt(readFileSync(join(folder, 'data/postgres/cluster/postmaster.pid'), 'utf8'), 10);
  const launcher = processes.find((pid) => parentOf(pid) === npmPid);
  const server = processes.find((pid) => parentOf(pid) === launcher);
  const cluster = processes.filter((pid) => pid === postmaster || parentOf(pid) === postmaster);
  return {
    appMib: round(pssOf(server ?? 0)),
    postgresMib: round(cluster.reduce((sum, pid) => sum + pssOf(pid), 0)),
    postgresProcesses: cluster.length,
  };
}

function parentOf(pid: number): number | null {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return null;
  }
}

function pssOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024;
  } catch {
    return 0;
  }
}

const round = (mib: number): number => Math.round(mib * 10) / 10;
