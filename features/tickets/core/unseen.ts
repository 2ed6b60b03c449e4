import { z } from 'zod';
import { Id, Timestamp } from '../../../kernel/contract.ts';
import { Channel } from './contract.ts';

/**
 * When the customer, or another person here, has said something since `seenEntryId` of a reply, it is not sent: 409 `reply.unseen` with
 * these as `entries`, oldest first. Whoever names the last of them sends anyway. Never in a chat, and never for who does not say what they saw.
 */
export const UnseenEntry = z.object({ id: Id, direction: z.enum(['in', 'out']), channel: Channel, author: z.string(), text: z.string(), createdAt: Timestamp });
export type UnseenEntry = z.infer<typeof UnseenEntry>;
