import type { ReactNode } from 'react';
import type { Option } from '../../../ui/components/Option.tsx';
import type { Condition } from '../../conditions/core/condition.ts';
import type { Fields } from '../../conditions/core/fields.ts';

type ConditionSlotProps = {
  label: string; fields: Fields<never>; value: Condition; onChange: (value: Condition) => void; choices: (of: string) => readonly Option[]; showFaults: boolean;
};
/** Seats the editor of conditions, which belongs to another room. */
export type ConditionSlot = (props: ConditionSlotProps) => ReactNode;
