import type { BenchOptions } from './bench.ts';
import type { FloorServe, FloorServing } from './floor.ts';
import { getter, sizes, startChild, timed, type Get, type Timing } from './scale-client.ts';
import { prepare } from './scale-data.ts';
import { rowsOf, type Row } from './scale-rows.ts';
import type { Serve, Serving } from './scale-server.ts';

export const about = 'lists, one ticket, search and figures over the API at 10,000 and 100,000 tickets (--full: 1,000,000), beside a floor';

const AT_ONCE = 8;
const SIZES = [10_000, 100_000];
const FULL = [...SIZES, 1_000_000];

type Figures = { one: Timing; eight: Timing; floor: Timing | null; bytes: number; gzipped: number };
type Measured = Map<string, Figures>;
type Served = { size: number; get: Get; floor: Get; rows: Row[]; stop(): Promise<void> };

export async function run({ full, quiet }: BenchOptions): Promise<Record<string, unknown>> {
  const say = (line: string) => { if (!quiet) console.log(line); };
  const served: Served[] = [];
  try {
    for (const size of full ? FULL : SIZES) served.push(await serve(size, say));
    const measured = await measure(served);
    for (const [size, rows] of measured) {
      say(`\n${size.toLocaleString('en')} tickets: milliseconds by one client, by ${AT_ONCE} at once, of the floor by one; kilobytes, plain and compressed`);
      if (!quiet) console.table(Object.fromEntries([...rows].map(([what, figures]) => [what, flat(figures)])));
    }
    const ratios = growth(measured);
    say(`\ntimes as long, one client, as with ${SIZES[0]!.toLocaleString('en')} tickets`);
    if (!quiet) console.table(ratios);
    return { milliseconds: Object.fromEntries([...measured].map(([size, rows]) => [size, Object.fromEntries(rows)])), ratios };
  } finally {
    for (const one of served) await one.stop();
  }
}

/** PostgreSQL, product and floor on the data of one size. */
async function serve(size: number, say: (line: string) => void): Promise<Served> {
  const { server, dataDir, desk, superuserUrl } = await prepare(size, say);
  const parts: (() => Promise<void>)[] = [() => server.stop()];
  const stop = async () => { for (const part of parts.toReversed()) await part(); };
  try {
    const { appUrl, ownerUrl } = server;
    const product = await startChild<Serving>(new URL('./scale-server.ts', import.meta.url), { appUrl, ownerUrl, dataDir, desk } satisfies Serve);
    parts.push(product.stop);
    const floor = await startChild<FloorServing>(new URL('./floor.ts', import.meta.url), { url: superuserUrl, workspaceId: desk.workspaceId } satisfies FloorServe);
    parts.push(floor.stop);
    const get = getter(product.answer.port, product.answer.token);
    return { size, get, floor: getter(floor.answer.port, ''), rows: await rowsOf(get, superuserUrl, desk), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function measure(served: readonly Served[]): Promise<Map<number, Measured>> {
  const measured = new Map(served.map(({ size }) => [size, new Map<string, Figures>()]));
  for (const n of served[0]!.rows.keys()) {
    const targets = served.map(({ get, rows }) => ({ get, visits: rows[n]!.visits }));
    const floors = served.flatMap(({ floor, rows }) => (rows[n]!.floor ? [{ get: floor, visits: rows[n]!.floor }] : []));
    const one = await timed([...targets, ...floors], 1);
    for (const [i, { size, get, rows }] of served.entries()) {
      const [eight] = await timed([targets[i]!], AT_ONCE);
      measured.get(size)!.set(rows[n]!.what, { one: one[i]!, eight: eight!, floor: one[served.length + i] ?? null, ...await sizes(get, rows[n]!.visits[0]!) });
    }
  }
  return measured;
}

const kilobytes = (bytes: number) => Math.round(bytes / 100) / 10;

const flat = ({ one, eight, floor, bytes, gzipped }: Figures) => ({
  p50: one.p50, p95: one.p95, p99: one.p99, '8: p50': eight.p50, '8: p95': eight.p95, '8: p99': eight.p99,
  'floor p50': floor?.p50 ?? '', 'floor p95': floor?.p95 ?? '', kB: kilobytes(bytes), 'gz kB': kilobytes(gzipped),
});

/** How much slower than with the fewest tickets: 1 is not at all. */
function growth(measured: ReadonlyMap<number, Measured>): Record<string, Record<string, number>> {
  const [[, least] = [0, new Map() as Measured], ...more] = measured;
  return Object.fromEntries([...least].map(([what, { one }]) => [what, Object.fromEntries(more.flatMap(([size, rows]) => {
    const larger = rows.get(what)!.one;
    return [[`${size} p50`, round(larger.p50 / one.p50)], [`${size} p95`, round(larger.p95 / one.p95)]];
  }))]));
}

const round = (ratio: number) => Math.round(ratio * 100) / 100;
