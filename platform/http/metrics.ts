import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { AppError } from '../../kernel/errors.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/** One figure, read when somebody asks; null when there is none right now. With `label`, one for each of its values. */
export type Reading = { readonly help: string; read(): number | null | Promise<number | null> };
export type Readings = { readonly help: string; readonly label: string; read(): Promise<ReadonlyMap<string, number>> };

const READ_MS = 2_000;
const LOOP_RESOLUTION_MS = 20;
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * What the server measures of itself, for Prometheus, at `/metrics`. It is open to this very machine and, from elsewhere,
 * to those whom `mayRead` lets in (an API token of an administrator): figures say how busy a company is.
 * A request that a proxy passed on does not count as local.
 */
export function createMetrics({ mayRead = async () => false }: { mayRead?: (request: FastifyRequest) => Promise<boolean> } = {}) {
  const registry = new Registry();
  const registers = [registry];
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  let scrape: Promise<string> | null = null;

  const requests = new Histogram({
    name: 'rapport_http_request_duration_seconds', help: 'Time from the request to the last byte of the answer',
    labelNames: ['method', 'route', 'status'], buckets: SECONDS, registers,
  });
  const failures = new Counter({ name: 'rapport_metric_failures_total', help: 'Figures that could not be read', labelNames: ['metric'], registers });

  function reading(name: `rapport_${string}`, { help, read }: Reading): void {
    new Gauge({
      name, help, registers,
      async collect() {
        const value = await inTime(async () => read()).catch(() => failed(name));
        if (value === null) this.remove();
        else this.set(value);
      },
    });
  }

  function readings(name: `rapport_${string}`, { help, label, read }: Readings): void {
    new Gauge({
      name, help, labelNames: [label], registers,
      async collect() {
        const values = await inTime(read).catch(() => failed(name));
        this.reset();
        for (const [key, value] of values ?? []) this.set({ [label]: key }, value);
      },
    });
  }

  function failed(metric: string): null {
    failures.inc({ metric });
    return null;
  }

  reading('rapport_process_resident_bytes', { help: 'Memory of this process', read: () => process.memoryUsage.rss() });
  reading('rapport_process_heap_used_bytes', { help: 'JavaScript heap in use', read: () => process.memoryUsage().heapUsed });
  reading('rapport_process_cpu_seconds', { help: 'CPU time of this process since it started', read: () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; } });
  reading('rapport_process_uptime_seconds', { help: 'Age of this process', read: () => process.uptime() });
  readings('rapport_event_loop_lag_seconds', {
    help: 'How late timers are, since the last time somebody asked', label: 'quantile',
    read: async () => {
      const values = new Map([['0.5', loop.percentile(50)], ['0.99', loop.percentile(99)], ['1', loop.max]]
        .map(([quantile, nanoseconds]) => [quantile as string, lag(nanoseconds as number)]));
      loop.reset();
      return values;
    },
  });

  return {
    reading,
    readings,

    /** Before any route is registered: times every request and answers `/metrics`. */
    observe(app: FastifyInstance): void {
      app.addHook('onResponse', async (request, reply) => {
        requests.observe({ method: request.method, route: request.routeOptions.url ?? 'none', status: `${Math.floor(reply.statusCode / 100)}xx` }, reply.elapsedTime / 1000);
      });
      app.get('/metrics', { schema: { hide: true } as object, config: { public: true } as object }, async (request, reply) => {
        if (!isLocal(request) && !await mayRead(request)) throw new AppError('not_found', 'route.not_found', 'There is nothing at this address.');
        // Many who ask at once share one answer.
        scrape ??= registry.metrics().finally(() => { scrape = null; });
        return reply.header('cache-control', 'no-store').type(registry.contentType).send(await scrape);
      });
    },

    start: (): boolean => loop.enable(),
    stop: (): boolean => loop.disable(),
  };
}

const FORWARDED = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'];

function isLocal({ socket, headers }: Pick<FastifyRequest, 'socket' | 'headers'>): boolean {
  const { remoteAddress = '' } = socket;
  const loopback = remoteAddress === '::1' || remoteAddress.startsWith('127.') || remoteAddress.startsWith('::ffff:127.');
  return loopback && FORWARDED.every((name) => headers[name] === undefined);
}

/** The histogram counts the interval itself; what is above it is the lag. */
const lag = (nanoseconds: number): number => (Number.isFinite(nanoseconds) ? Math.max(0, nanoseconds / 1e9 - LOOP_RESOLUTION_MS / 1000) : 0);

async function inTime<T>(read: () => Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('took too long')), READ_MS);
  try {
    return await Promise.race([read(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
