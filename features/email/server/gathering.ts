import { outsideWork } from '../../../platform/db/db.ts';

/** Large ones go alone, so that nobody waits for them. */
const LARGE_BYTES = 1024 * 1024;
const MOST = 16;

export type Gathering<T> = { add(workspaceId: string, item: T): Promise<void> };

/**
 * What comes for a workspace while `act` is at work there waits, and goes in one transaction together: a commit costs the
 * same for one as for sixteen. When a transaction fails, each of its items has one of its own, so nobody suffers for
 * another. Resolves (or rejects) with what became of the item.
 */
export function createGathering<T>({ act, sizeOf }: { act: (workspaceId: string, items: readonly T[]) => Promise<void>; sizeOf: (item: T) => number }): Gathering<T> {
  type Task = { item: T; resolve: () => void; reject: (error: unknown) => void };
  const waiting = new Map<string, Task[]>();

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
      const [first, ...more] = tasks.splice(0, MOST);
      await (more.length > 0 ? together(workspaceId, [first!, ...more]) : alone(workspaceId, first!));
    }
    waiting.delete(workspaceId);
  }

  return {
    add: (workspaceId, item) => new Promise((resolve, reject) => {
      const task: Task = { item, resolve, reject };
      const others = waiting.get(workspaceId);
      if (sizeOf(item) > LARGE_BYTES) void outsideWork(() => alone(workspaceId, task));
      else if (others) others.push(task);
      else {
        const tasks = [task];
        waiting.set(workspaceId, tasks);
        void outsideWork(() => work(workspaceId, tasks));
      }
    }),
  };
}
