import type { ReactNode } from 'react';
import type { Condition } from '../../conditions/core/condition.ts';

/** Seats the editor of conditions on tickets, and tells a stored one as a sentence; both belong to another room. */
export type Conditions = {
  readonly editor: (props: { label: string; value: Condition; onChange: (value: Condition) => void; showFaults: boolean }) => ReactNode;
  readonly inWords: (condition: object) => string;
};
