import type { Origin } from '../../../platform/mail/authentication.ts';

/** `raw` null: to be read when its turn comes, with where it came from. */
export type Waiting = { readonly workspaceId: string; readonly id: string } & ({ readonly raw: null; readonly size: number } | { readonly raw: Buffer; readonly origin: Origin; readonly receivedAt: Date });

/** Most of them wait for a name server or a thread, or for the transaction that they share. */
const AT_ONCE = 32;
/** Beyond this, whoever brings more is held back. */
const MAX_WAITING = 2_000;
const MAX_BYTES = 64 * 1024 * 1024;
/** Of what is being taken apart and filed; a message larger than that is in hand alone. */
const MAX_BYTES_IN_HAND = 32 * 1024 * 1024;
const LONGEST_HOLD_MS = 10_000;

/** Files messages a few at a time, in the order in which they came. It only hurries the ledger along: it may forget. */
export function createFilingQueue({ file }: { file: (message: Waiting) => Promise<void> }) {
  type Task = { message: Waiting; done: () => void };
  const waiting: Task[] = [];
  const queued = new Set<string>();
  const inHand = new Set<string>();
  const watchers: (() => void)[] = [];
  let bytes = 0;
  let bytesInHand = 0;
  let stopped = false;

  const sizeOf = (message: Waiting): number => (message.raw === null ? message.size : message.raw.length);
  const isFull = (): boolean => waiting.length >= MAX_WAITING || bytes >= MAX_BYTES;

  function takeNext(): Task | undefined {
    const [first] = waiting;
    if (!first || inHand.size >= AT_ONCE) return undefined;
    if (inHand.size > 0 && bytesInHand + sizeOf(first.message) > MAX_BYTES_IN_HAND) return undefined;
    queued.delete(first.message.id);
    return waiting.shift();
  }

  function next(): void {
    for (let task = takeNext(); task; task = takeNext()) begin(task);
  }

  function begin({ message, done }: Task): void {
    const size = sizeOf(message);
    inHand.add(message.id);
    bytesInHand += size;
    void file(message).finally(() => {
      inHand.delete(message.id);
      bytesInHand -= size;
      bytes -= size;
      done();
      next();
      for (const watcher of watchers.splice(0)) watcher();
    });
  }

  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => { watchers.push(resolve); });
  }

  return {
    /** Resolves when the message has had its turn. One that waits already is not taken twice. */
    add(message: Waiting): Promise<void> {
      const known = inHand.has(message.id) || queued.has(message.id);
      if (stopped || known) return Promise.resolve();
      bytes += sizeOf(message);
      return new Promise((done) => {
        waiting.push({ message, done });
        queued.add(message.id);
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
