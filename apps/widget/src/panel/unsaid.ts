import type { Memory } from '../../../../clients/visitor/src/memory.ts';

const KEPT_MS = 24 * 3_600_000;

/** What a visitor has given and not said yet: it outlives the page for a day, and is of that visitor alone. */
export function createUnsaid<T extends object>(memory: Pick<Memory, 'get' | 'set' | 'remove'>, name: string, whose: () => string | undefined) {
  const key = (): string => `${name}.${whose() ?? ''}`;
  return {
    get(): T | null {
      try {
        const { at, what } = JSON.parse(memory.get(key()) ?? '') as { at: number; what: T };
        return at > Date.now() - KEPT_MS ? what : null;
      } catch {
        return null;
      }
    },
    keep: (what: T): void => memory.set(key(), JSON.stringify({ at: Date.now(), what })),
    forget: (): void => memory.remove(key()),
  };
}
