import type { BenchOptions } from './bench.ts';
import { getter, sizes, startChild, timed, type Timing } from './scale-client.ts';
import { prepare } from './scale-data.ts';
import { rowsOf } from './scale-rows.ts';
import type { Serve, Serving } from './scale-server.ts';

export const about = 'lists, one ticket, search and figures over the API at 10,000 and 100,000 tickets (--full: 1,000,000), beside a floor';

const AT_ONCE = 8;
const SIZES = [10_000, 100_000];
const FULL = [...SIZES, 1_000_000];

type Figures = { one: Timing; eight: Timing; floor: Timing | null; bytes: number; gzipped: number };
type Measured = Record<string, Figures>;

export async function run({ full, quiet }: BenchOptions): Promise<Record<string, unknown>> {
  const say = (line: string) => { if (!quiet) console.log(line); };
  const wanted = full ? FULL : SIZES;
  const measured: [size: number, rows: Measured][] = [];
  for (const size of wanted) {
    const rows = await measure(size, say);
    measured.push([size, rows]);
    say(`\n${size.toLocaleString('en')} tickets: milliseconds by one client, by ${AT_ONCE} at once, of the floor by one; kilobytes, plain and compressed`);
    if (!quiet) console.table(Object.fromEntries(Object.entries(rows).map(([what, figures]) => [what, flat(figures)])));
  }
  const ratios = growth(measured);
  say(`\ntimes as long, one client, as with ${SIZES[0]!.toLocaleString('en')} tickets`);
  if (!quiet) console.table(ratios);
  return { milliseconds: Object.fromEntries(measured), ratios };
}

async function measure(size: number, say: (line: string) => void): Promise<Measured> {
  const { server, dataDir, desk, superuserUrl } = await prepare(size, say);
  const rows: Measured = {};
  try {
    const product = await startChild<Serving>(new URL('./scale-server.ts', import.meta.url), { appUrl: server.appUrl, ownerUrl: server.ownerUrl, dataDir, desk } satisfies Serve);
    const floor = await startChild<{ port: number }>(new URL('./floor.ts', import.meta.url), { url: superuserUrl, workspaceId: desk.workspaceId });
    try {
      const get = getter(product.answer.port, product.answer.token);
      const getFloor = getter(floor.answer.port, '');
      for (const row of await rowsOf(get, superuserUrl, desk)) {
        rows[row.what] = {
          one: await timed(get, row.visits, 1),
          eight: await timed(get, row.visits, AT_ONCE),
          floor: row.floor ? await timed(getFloor, row.floor, 1) : null,
          ...await sizes(get, row.visits[0]!),
        };
      }
    } finally {
      await floor.stop();
      await product.stop();
    }
  } finally {
    await server.stop();
  }
  return rows;
}

const kilobytes = (bytes: number) => Math.round(bytes / 100) / 10;

const flat = ({ one, eight, floor, bytes, gzipped }: Figures) => ({
  p50: one.p50, p95: one.p95, p99: one.p99, '8: p50': eight.p50, '8: p95': eight.p95, '8: p99': eight.p99,
  'floor p50': floor?.p50 ?? '', 'floor p95': floor?.p95 ?? '', kB: kilobytes(bytes), 'gz kB': kilobytes(gzipped),
});

/** How much slower than with the fewest tickets: 1 is not at all. */
function growth(measured: readonly [number, Measured][]): Record<string, Record<string, number>> {
  const [[, least] = [0, {} as Measured], ...more] = measured;
  return Object.fromEntries(Object.entries(least).map(([what, { one }]) => [what, Object.fromEntries(more.flatMap(([size, rows]) => {
    const larger = rows[what]?.one;
    return larger ? [[`${size} p50`, round(larger.p50 / one.p50)], [`${size} p95`, round(larger.p95 / one.p95)]] : [];
  }))]));
}

const round = (ratio: number) => Math.round(ratio * 100) / 100;
