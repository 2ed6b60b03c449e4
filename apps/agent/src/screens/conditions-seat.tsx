import type { ComponentProps } from 'react';
import { ConditionEditor } from '../../../../features/conditions/agent/ConditionEditor.tsx';

/** The editor of conditions, for the screens of rooms that ask with them. */
export const conditionsSeat = (props: ComponentProps<typeof ConditionEditor>) => <ConditionEditor {...props} />;
