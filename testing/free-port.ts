import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that systems give to lines which go out: one of these is taken again in the moment between asking and listening. */
const [FIRST, COUNT] = [12_000, 20_000];
const MOST_TRIES = 50;

/** For what must know its port before it listens. A port that is wanted and taken is refused. */
export async function freePort(wanted?: number): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const port = wanted ?? FIRST + randomInt(COUNT);
    const probe = createServer();
    try {
      await once(probe.listen(port, '127.0.0.1'), 'listening');
      await new Promise((resolve) => { probe.close(resolve); });
      return port;
    } catch (error) {
      if (wanted !== undefined || tries === MOST_TRIES) throw error;
    }
  }
}
