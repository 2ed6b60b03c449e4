import type { Origin } from '../../../platform/mail/authentication.ts';

/** `raw` null: to be read when its turn comes, with where it came from. */
export type Waiting = { readonly workspaceId: string; readonly id: string } & ({ readonly raw: null } | { readonly raw: Buffer; readonly origin: Origin });

const AT_ONCE = 4;
/** Beyond this, whoever brings more is held back. */
const MAX_WAITING = 200;
const MAX_BYTES = 64 * 1024 * 1024;
const LONGEST_HOLD_MS = 10_000;

/** Files messages a few at a time, in the order in which they came. It only hurries the ledger along: it may forget. */
export function createFilingQueue({ file }: { file: (message: Waiting) => Promise<void> }) {
  type Task = { message: Waiting; done: () => void };
  const waiting: Task[] = [];
  const inHand = new Set<string>();
  const watchers: (() => void)[] = [];
  let bytes = 0;
  let stopped = false;

  const sizeOf = ({ raw }: Waiting): number => raw?.length ?? 0;
  const isFull = (): boolean => waiting.length >= MAX_WAITING || bytes >= MAX_BYTES;

  function next(): void {
    while (inHand.size < AT_ONCE && waiting.length > 0) {
      const task = waiting.shift()!;
      inHand.add(task.message.id);
      void file(task.message).finally(() => {
        inHand.delete(task.message.id);
        bytes -= sizeOf(task.message);
        task.done();
        next();
        for (const watcher of watchers.splice(0)) watcher();
      });
    }
  }

  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => { watchers.push(resolve); });
  }

  return {
    /** Resolves when the message has had its turn. One that waits already is not taken twice. */
    add(message: Waiting): Promise<void> {
      const known = inHand.has(message.id) || waiting.some((task) => task.message.id === message.id);
      if (stopped || known) return Promise.resolve();
      bytes += sizeOf(message);
      return new Promise((done) => {
        waiting.push({ message, done });
        next();
      });
    },

    /** Resolves when there is room for more; after ten seconds in any case, since the ledger has everything. */
    async room(): Promise<void> {
      if (!isFull()) return;
      let timer: NodeJS.Timeout | undefined;
      const longest = new Promise<void>((resolve) => { timer = setTimeout(resolve, LONGEST_HOLD_MS); });
      await Promise.race([until(() => !isFull() || stopped), longest]);
      clearTimeout(timer);
    },

    idle: (): Promise<void> => until(() => waiting.length === 0 && inHand.size === 0),

    async stop(): Promise<void> {
      stopped = true;
      for (const task of waiting.splice(0)) task.done();
      await until(() => inHand.size === 0);
    },
  };
}
