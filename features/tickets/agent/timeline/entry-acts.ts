import type { EntryView } from '../../core/contract.ts';

/** With Shift, like all that is done seldom. */
export const ENTRY_KEYS = { forward: { code: 'KeyF', shift: true }, split: { code: 'KeyN', shift: true }, redact: { code: 'KeyH', shift: true } } as const;

export const canForward = ({ type }: EntryView): boolean => type !== 'note';
/** Answers stay where they were sent from. */
export const canSplit = ({ type, direction }: EntryView): boolean => type !== 'message' || direction === 'in';

export const selectedWords = (): string => globalThis.getSelection?.()?.toString().trim() ?? '';
