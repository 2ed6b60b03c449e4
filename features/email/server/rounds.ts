import type { Log } from '../../../platform/mail/sender.ts';

/** Does something at once and again every while, never twice at a time. What fails is logged, and tried in the next round. */
export function createRounds({ everyMs, act, log, failed }: {
  everyMs: number; /** `stopping` aborts when nothing more is to be begun. */ act: (stopping: AbortSignal) => Promise<unknown>; log: Log; failed: string;
}) {
  let running: { readonly timer: NodeJS.Timeout; readonly abort: AbortController } | null = null;
  let round: Promise<unknown> | null = null;

  /** Now, if it runs and no round is under way. */
  function soon(): void {
    if (!running) return;
    round ??= act(running.abort.signal).catch((error: unknown) => { log.warn({ err: error }, failed); }).finally(() => { round = null; });
  }

  return {
    soon,
    start(): void {
      running ??= { timer: setInterval(soon, everyMs), abort: new AbortController() };
      soon();
    },
    /** False: it did not run. */
    async stop(): Promise<boolean> {
      const was = running;
      running = null;
      clearInterval(was?.timer);
      was?.abort.abort();
      await round;
      return was !== null;
    },
  };
}
