import type { Now } from '../../kernel/actor.ts';

export type TestClock = ReturnType<typeof createTestClock>;

/** The time of business rules, which runs with the machine's until it is set; from then on it stands. */
export function createTestClock() {
  let stoppedAt: Date | null = null;
  const listeners: (() => void)[] = [];
  const now: Now = () => new Date(stoppedAt ?? Date.now());

  return {
    now,
    isStopped: (): boolean => stoppedAt !== null,
    set(to: Date): void {
      stoppedAt = new Date(to);
      for (const listener of listeners) listener();
    },
    onSet(listener: () => void): void { listeners.push(listener); },
  };
}
