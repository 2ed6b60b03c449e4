import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';

/** Of a second, on every Linux. */
const TICKS = 100;

/** How long these processes, their threads and their children have had a processor; NaN where the system does not tell. */
export async function processorSeconds(pids: readonly number[]): Promise<number> {
  const all = await Promise.all((await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(statOf));
  const counted = all.flatMap((one) => (one && (pids.includes(one.pid) || pids.includes(one.parent)) ? [one] : []));
  if (counted.length === 0) return NaN;
  return counted.reduce((sum, { pid, own, ofTheDead }) => sum + own + (pids.includes(pid) ? ofTheDead : 0), 0) / TICKS;
}

async function statOf(name: string) {
  const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
  return { pid: Number(name), parent: fields[1]!, own: fields[11]! + fields[12]!, ofTheDead: fields[13]! + fields[14]! };
}

/** The process that all of a server's come from: the parent of whoever answers. */
export async function postmasterOf(owner: pg.Pool): Promise<number> {
  const { rows: [backend] } = await owner.query<{ pid: number }>('select pg_backend_pid() as pid');
  const stat = await readFile(`/proc/${backend!.pid}/stat`, 'utf8').catch(() => '');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? NaN);
}
