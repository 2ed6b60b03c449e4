import type { Learnt } from './classifier.ts';
import { SIGNALS, type Signal } from './signals.ts';
import { shownWord } from './words.ts';

export const SENSITIVITIES = ['off', 'careful', 'normal', 'strict'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** A message with so many points is held back. */
const HELD_AT: Readonly<Record<Sensitivity, number>> = { off: Infinity, careful: 9, normal: 6, strict: 4 };
const SURE = 0.99;
const LIKELY = 0.9;
const UNLIKELY = 0.1;

export type Judgement = { readonly isSpam: boolean; readonly points: number; readonly signals: readonly Signal[] };

/**
 * Whether a message is held back as spam, and everything that counted. Whoever has had an answer from us before is somebody's
 * customer: what the filter has learnt is never held against them.
 */
export function judge({ signals, learnt, isKnown, sensitivity }: {
  signals: readonly Signal[]; learnt: Learnt | null; isKnown: boolean; sensitivity: Sensitivity;
}): Judgement {
  const counted = [...learntSignals(isKnown ? null : learnt), ...signals];
  const points = counted.reduce((sum, { code }) => sum + SIGNALS[code], 0);
  return { isSpam: points >= HELD_AT[sensitivity], points, signals: counted };
}

function learntSignals(learnt: Learnt | null): Signal[] {
  if (!learnt) return [];
  const about = [...new Set(learnt.words.map(shownWord))].join(', ');
  if (learnt.score >= SURE) return [{ code: 'learnt', about }];
  if (learnt.score >= LIKELY) return [{ code: 'learnt_weakly', about }];
  return learnt.score <= UNLIKELY ? [{ code: 'learnt_wanted', about: '' }] : [];
}
