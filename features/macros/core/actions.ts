import { z } from 'zod';
import { Id } from '../../../kernel/contract.ts';
import { Kind, Priority, Status } from '../../tickets/core/contract.ts';

export const MOST_MACRO_ACTIONS = 10;
export const MOST_NOTE = 10_000;
export const MOST_TAGS = 30;
export const LONGEST_TAG = 50;
const Tags = z.array(z.string().trim().min(1).max(LONGEST_TAG)).min(1).max(MOST_TAGS);

export const MacroAction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('set_status'), status: Status.exclude(['new', 'closed']) }),
  z.strictObject({ type: z.literal('set_priority'), priority: Priority }),
  z.strictObject({ type: z.literal('set_kind'), kind: Kind }),
  z.strictObject({ type: z.literal('set_team'), teamId: Id.nullable() }),
  /** `me`: whoever uses it; where a rule does, nobody. */
  z.strictObject({ type: z.literal('set_assignee'), personId: z.union([z.literal('me'), Id]).nullable() }),
  z.strictObject({ type: z.literal('set_brand'), brandId: Id.nullable() }),
  z.strictObject({ type: z.literal('set_office'), officeId: Id.nullable() }),
  /** The service level that holds whatever the conditions of policies say; null: by these again. */
  z.strictObject({ type: z.literal('set_policy'), policyId: Id.nullable() }),
  /** `none`: out of all queues; null: by their conditions again. */
  z.strictObject({ type: z.literal('set_queue'), queue: z.union([Id, z.literal('none')]).nullable() }),
  z.strictObject({ type: z.literal('add_tags'), tags: Tags }),
  z.strictObject({ type: z.literal('remove_tags'), tags: Tags }),
  /** Plain text, with the placeholders of saved replies. */
  z.strictObject({ type: z.literal('note'), text: z.string().trim().min(1).max(MOST_NOTE) }),
  z.strictObject({ type: z.literal('checklist'), templateId: Id }),
]);
export type MacroAction = z.infer<typeof MacroAction>;
