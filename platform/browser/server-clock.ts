/**
 * How far the server's clocks are before this machine's: deadlines are read by its own. The business clock is another than
 * the machine's only where somebody turns it, in tests and demonstrations.
 */
let [machineMs, businessMs] = [0, 0];
let isExact = false;

/** An answer's `Date` tells whole seconds only: it serves until the socket has told better, and where the clocks are truly apart. */
const COARSE_MS = 2_000;

/** The present moment of everything that is promised, due or dated; as well as it is known. */
export const serverNow = (): Date => new Date(Date.now() + businessMs);

/** The present moment of what keeps the machine's time: the time to undo. */
export const serverMachineNow = (): Date => new Date(Date.now() + machineMs);

/** Hears what time it was there when an answer left. */
export function heardDate(date: string | null): void {
  const at = Date.parse(date ?? '');
  if (isExact || Number.isNaN(at)) return;
  const apart = at + 500 - Date.now();
  machineMs = businessMs = Math.abs(apart) > COARSE_MS ? apart : 0;
}

/** Hears the exact time there; `askedAt`: when it was asked for, by this machine. Half of the way there and back has passed since. */
export function heardTime({ machine, business }: { machine: number; business: number }, askedAt: number): void {
  const here = Date.now();
  const underway = Math.max(0, here - askedAt) / 2;
  [machineMs, businessMs] = [machine + underway - here, business + underway - here];
  isExact = true;
}

/** As if nobody had told anything. */
export function forgetTime(): void {
  [machineMs, businessMs, isExact] = [0, 0, false];
}
