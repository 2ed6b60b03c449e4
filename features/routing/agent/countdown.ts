import { useNow } from '../../../platform/browser/use-now.ts';

/** Whole seconds until a moment, in ms; never below 0. */
export const secondsUntil = (deadline: number, now: Date): number => Math.max(0, Math.ceil((deadline - now.getTime()) / 1000));

/** The same, counting down while it is on screen. */
export const useSecondsLeft = (deadline: number): number => secondsUntil(deadline, useNow(500));
