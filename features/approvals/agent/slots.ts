import type { ReactNode } from 'react';
import type { Condition } from '../../conditions/core/condition.ts';

/** The editor of conditions on tickets, and what is stored in words; both belong to another room. */
export type Conditions = {
  readonly editor: (props: { label: string; value: Condition; onChange: (value: Condition) => void; showFaults: boolean }) => ReactNode;
  readonly inWords: (condition: object) => string;
};
