import { z } from 'zod';
import { Id } from '../../../kernel/contract.ts';
import { Kind, Priority, Status } from '../../tickets/core/contract.ts';

export const MOST_MACRO_ACTIONS = 10;
const MOST_NOTE = 10_000;
const Tags = z.array(z.string().trim().min(1).max(50)).min(1).max(30);

export const MacroAction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('set_status'), status: Status.exclude(['new', 'closed']) }),
  z.strictObject({ type: z.literal('set_priority'), priority: Priority }),
  z.strictObject({ type: z.literal('set_kind'), kind: Kind }),
  z.strictObject({ type: z.literal('set_team'), teamId: Id.nullable() }),
  /** `me`: whoever uses it; where a rule does, nobody. */
  z.strictObject({ type: z.literal('set_assignee'), personId: z.union([z.literal('me'), Id]).nullable() }),
  z.strictObject({ type: z.literal('add_tags'), tags: Tags }),
  z.strictObject({ type: z.literal('remove_tags'), tags: Tags }),
  /** Plain text, with the placeholders of saved replies. */
  z.strictObject({ type: z.literal('note'), text: z.string().trim().min(1).max(MOST_NOTE) }),
  z.strictObject({ type: z.literal('checklist'), templateId: Id }),
]);
export type MacroAction = z.infer<typeof MacroAction>;
