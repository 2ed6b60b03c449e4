import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { gzipSync } from 'node:zlib';

/** Milliseconds; `clients` at once. */
export type Timing = { readonly p50: number; readonly p95: number; readonly p99: number; readonly count: number };
export type Answer = { readonly status: number; readonly body: Buffer };
export type Get = (path: string) => Promise<Answer>;

const WARM = 10;
/** A row ends with enough requests or after its time, whichever comes first. */
const ENOUGH = 200;
const ROW_MS = 1_200;

/** Sends one message to a server in a process of its own and waits for its answer. It ends when told so. */
export async function startChild<T>(file: URL, message: object, nodeOptions: readonly string[] = []): Promise<{ answer: T; ask<A>(question: object): Promise<A>; stop(): Promise<void> }> {
  const child: ChildProcess = fork(file, { execArgv: [...process.execArgv, ...nodeOptions], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.send(message);
  const [answer] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => { throw new Error(`${file.pathname} ended before it served`); }),
  ]) as [T];
  return {
    answer,
    async ask<A>(question: object): Promise<A> {
      const answered = once(child, 'message');
      child.send(question);
      return (await answered)[0] as A;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      // Whoever ends all of them at once has told it already.
      if (child.connected) child.disconnect();
      await once(child, 'exit');
    },
  };
}

/** One keep-alive connection for each request that is under way, at most so many: what is asked beyond them waits its turn. */
export function getter(port: number, token: string, connections = Infinity): Get {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = { authorization: `Bearer ${token}` };
  return (path) => new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
      response.on('error', reject);
    }).on('error', reject).end();
  });
}

export async function json<T>(get: Get, path: string): Promise<T> {
  const { status, body } = await get(path);
  if (status !== 200) throw new Error(`${path} answered ${status}: ${body.toString().slice(0, 300)}`);
  return JSON.parse(body.toString()) as T;
}

/** Where visits go, by turns; each asks for all its paths at once, as a screen does. */
export type Target = { readonly get: Get; readonly visits: readonly (readonly string[])[] };

/**
 * How long a visit takes, for each target. One client goes from target to target with every visit, so that what else the
 * machine does is the same for all of them and their ratios hold even where the figures do not.
 */
export async function timed(targets: readonly Target[], clients: number, { enough = ENOUGH, forMs = ROW_MS } = {}): Promise<Timing[]> {
  const took = targets.map((): number[] => []);
  const next = targets.map(() => 0);
  const visit = async (n: number): Promise<number> => {
    const { get, visits } = targets[n]!;
    const paths = visits[next[n]!++ % visits.length]!;
    const began = performance.now();
    const answers = await Promise.all(paths.map(get));
    const ms = performance.now() - began;
    for (const { status, body } of answers) if (status !== 200) throw new Error(`${paths.join(' ')}: ${status} ${body.toString().slice(0, 300)}`);
    return ms;
  };
  for (let i = 0; i < WARM; i++) for (const n of targets.keys()) await visit(n);
  const ends = performance.now() + forMs * targets.length;
  await Promise.all(Array.from({ length: clients }, async () => {
    while (took[0]!.length < enough && performance.now() < ends) for (const n of targets.keys()) took[n]!.push(await visit(n));
  }));
  return took.map(timing);
}

function timing(took: number[]): Timing {
  took.sort((a, b) => a - b);
  const at = (share: number) => Math.round(took[Math.min(took.length - 1, Math.floor(took.length * share))]! * 100) / 100;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), count: took.length };
}

/** Bytes of the answers of one visit, as they are and as a proxy would send them. */
export async function sizes(get: Get, paths: readonly string[]): Promise<{ bytes: number; gzipped: number }> {
  const bodies = (await Promise.all(paths.map(get))).map(({ body }) => body);
  return { bytes: bodies.reduce((sum, body) => sum + body.length, 0), gzipped: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) };
}
