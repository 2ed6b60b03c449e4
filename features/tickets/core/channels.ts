import type { CHANNELS } from './contract.ts';

/** Somebody is there and waits: they expect an answer at once. */
export const LIVE_CHANNELS = ['phone', 'desk', 'chat'] as const satisfies readonly (typeof CHANNELS)[number][];
export const isLive = (channel: string): boolean => (LIVE_CHANNELS as readonly string[]).includes(channel);
