import { createAlone } from '../jobs/alone.ts';
import type { Paper } from './paper.ts';

const [KILL_AFTER_MS, HEAP_MB] = [20_000, 384];
/** One person who prints again and again leaves room for the others. */
const [MOST_WAITING, MOST_OF_ONE] = [8, 2];

export type Printer = ReturnType<typeof createPrinter>;

/** Makes PDF of what is handed in, one after the other, each in a thread of its own with bounds on time and memory. Nothing is fetched, and no file but the fonts is read. */
export function createPrinter({ killAfterMs = KILL_AFTER_MS }: { killAfterMs?: number } = {}) {
  const press = createAlone<Paper, Uint8Array>({ script: new URL('./print-worker.ts', import.meta.url), heapMb: HEAP_MB, killAfterMs, mostWaiting: MOST_WAITING, mostOfOne: MOST_OF_ONE });
  return {
    /** What is to be printed is gathered when its turn comes. Null when it could not be made within the bounds; 'busy' when too much waits already, of all or of this person. */
    async print(whose: string, gather: () => Paper | Promise<Paper>): Promise<Buffer | null | 'busy'> {
      const bytes = await press.run(whose, gather);
      return bytes === null || bytes === 'busy' ? bytes : Buffer.from(bytes.buffer);
    },

    close: press.close,
  };
}
