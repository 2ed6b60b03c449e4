import { outsideWork } from '../../../platform/db/db.ts';

/** Large ones go alone, so that nobody waits for them. */
const LARGE_BYTES = 1024 * 1024;
const MOST = 16;
const LONGEST_WAIT_MS = 100;

export type Gathering<T> = {
  add(workspaceId: string, item: T): Promise<void>;
  /** `isBusy` may say otherwise now. */
  look(): void;
};

/**
 * What comes for a workspace while `act` is at work there waits, and goes in one transaction together: a commit costs the
 * same for one as for sixteen. When a transaction fails, each of its items has one of its own, so nobody suffers for
 * another. Resolves (or rejects) with what became of the item. While `isBusy`, because more is on its way or something
 * else comes first, a transaction begins only when it is full, or a tenth of a second later.
 */
export function createGathering<T>({ act, sizeOf, isBusy = () => false }: {
  act: (workspaceId: string, items: readonly T[]) => Promise<void>; sizeOf: (item: T) => number; isBusy?: () => boolean;
}): Gathering<T> {
  type Task = { item: T; resolve: () => void; reject: (error: unknown) => void };
  const waiting = new Map<string, Task[]>();
  const watchers = new Set<() => void>();

  const shouldWait = (tasks: readonly Task[]): boolean => tasks.length < MOST && isBusy();

  function enough(tasks: readonly Task[]): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(longest);
        watchers.delete(watch);
        resolve();
      };
      const watch = () => { if (!shouldWait(tasks)) end(); };
      const longest = setTimeout(end, LONGEST_WAIT_MS);
      watchers.add(watch);
    });
  }

  function look(): void {
    for (const watch of watchers) watch();
  }

  async function alone(workspaceId: string, { item, resolve, reject }: Task): Promise<void> {
    await act(workspaceId, [item]).then(resolve, reject);
  }

  async function together(workspaceId: string, tasks: readonly Task[]): Promise<void> {
    try {
      await act(workspaceId, tasks.map(({ item }) => item));
      for (const { resolve } of tasks) resolve();
    } catch {
      for (const task of tasks) await alone(workspaceId, task);
    }
  }

  async function work(workspaceId: string, tasks: Task[]): Promise<void> {
    while (tasks.length > 0) {
      if (shouldWait(tasks)) await enough(tasks);
      const [first, ...more] = tasks.splice(0, MOST);
      await (more.length > 0 ? together(workspaceId, [first!, ...more]) : alone(workspaceId, first!));
    }
    waiting.delete(workspaceId);
  }

  return {
    look,
    add: (workspaceId, item) => new Promise((resolve, reject) => {
      const task: Task = { item, resolve, reject };
      const others = waiting.get(workspaceId);
      if (sizeOf(item) > LARGE_BYTES) void outsideWork(() => alone(workspaceId, task));
      else if (others) {
        others.push(task);
        look();
      }
      else {
        const tasks = [task];
        waiting.set(workspaceId, tasks);
        void outsideWork(() => work(workspaceId, tasks));
      }
    }),
  };
}
