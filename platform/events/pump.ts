import { outsideWork } from '../db/db.ts';

export type Pump = ReturnType<typeof createPump>;

/**
 * Runs `step` over and over, one at a time: at once when woken, else after the pause (ms) that the step returned; 0 means
 * again at once. A step that throws is tried again after the pause that `failed` returns, and no wake shortens that.
 */
export function createPump({ step, failed, restMs = 0 }: {
  step: () => Promise<number>;
  failed: (error: unknown, failures: number) => number;
  /** The least time between two runs that wakes cause, so that a storm of wakes becomes batches; it may hang on how long the last one took. */
  restMs?: number | ((tookMs: number) => number);
}) {
  let stopped = true;
  let running: Promise<void> | null = null;
  let woken = false;
  let holdingBack = false;
  let failures = 0;
  /** Monotonic: until then it has rested. */
  let restsUntil = 0;
  let timer: NodeJS.Timeout | undefined;

  const rest = typeof restMs === 'number' ? () => restMs : restMs;
  const later = (ms: number, hold: boolean) => {
    clearTimeout(timer);
    holdingBack = hold;
    timer = setTimeout(() => {
      holdingBack = false;
      go();
    }, ms);
  };

  async function once(): Promise<{ pause: number; hold: boolean }> {
    try {
      const pause = await step();
      failures = 0;
      return { pause, hold: false };
    } catch (error) {
      failures += 1;
      return { pause: failed(error, failures), hold: true };
    }
  }

  async function run(): Promise<void> {
    woken = false;
    const begun = performance.now();
    const { pause, hold } = await once();
    running = null;
    if (stopped) return;
    const ended = performance.now();
    const resting = rest(ended - begun);
    restsUntil = ended + resting;
    if (hold) later(pause, true);
    else if (woken || pause === 0) later(woken ? resting : 0, true);
    else later(pause, false);
  }

  function go(): void {
    if (stopped || running) return;
    clearTimeout(timer);
    running = outsideWork(run);
  }

  return {
    wake(): void {
      woken = true;
      if (stopped || running || holdingBack) return;
      const left = restsUntil - performance.now();
      if (left > 0) later(left, true);
      else go();
    },
    start(): void {
      if (!stopped) return;
      stopped = false;
      go();
    },
    /** Resolves when a step that is under way has ended. */
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      holdingBack = false;
      await running;
    },
  };
}

/** Doubles from `firstMs` up to `mostMs`, spread by a quarter, so that many who failed together do not return together. */
export const backoff = (failures: number, firstMs: number, mostMs: number): number =>
  Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 30)) * (0.75 + Math.random() / 4);
