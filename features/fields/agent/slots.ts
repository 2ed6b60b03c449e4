import type { ReactNode } from 'react';
import type { Condition } from '../../conditions/core/condition.ts';
import type { Subject } from '../core/contract.ts';

/** Seats the editor of conditions on one kind of record; it belongs to another room. */
export type ConditionSlot = (props: { label: string; value: Condition; onChange: (value: Condition) => void; showFaults: boolean }) => ReactNode;
export type ConditionsOf = (subject: Subject) => ConditionSlot;
