import type { ReactNode } from 'react';
import type { Condition } from '../../conditions/core/condition.ts';

/** Seats the editor of conditions on tickets; it belongs to another room. */
export type ConditionSlot = (props: { value: Condition; onChange: (value: Condition) => void; showFaults: boolean }) => ReactNode;
/** A stored condition as a sentence. */
export type ConditionWords = (condition: object) => string;
/** Whether nothing in it is left unwritten. */
export type ConditionCheck = (condition: Condition) => boolean;
export type Conditions = { readonly editor: ConditionSlot; readonly inWords: ConditionWords; readonly isWhole: ConditionCheck };
