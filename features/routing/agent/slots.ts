import type { ReactNode } from 'react';
import type { Condition } from '../../conditions/core/condition.ts';

/** Seats the editor of conditions on tickets; it belongs to another room. */
export type ConditionSlot = (props: { label: string; value: Condition; onChange: (value: Condition) => void; showFaults: boolean }) => ReactNode;
/** A stored condition as a sentence. */
export type ConditionWords = (condition: object) => string;
export type Conditions = { readonly editor: ConditionSlot; readonly inWords: ConditionWords };
