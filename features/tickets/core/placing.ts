import { z } from 'zod';
import { Id } from '../../../kernel/contract.ts';

const Named = z.object({ id: Id, name: z.string() });
const QueueChoice = z.union([Id, z.literal('none')]).nullable();

/** Where a ticket belongs. */
export const Placed = {
  /** By which brand it came. */
  brand: Named.nullable(),
  /** At which office it is dealt with. */
  office: Named.nullable(),
  /** The policy that was set for it, before all conditions of policies. */
  slaPolicyId: Id.nullable(),
  /** The queue into which it was put, before all conditions of queues; `none`: into none. */
  queueChoice: QueueChoice,
};

/** A brand and an office of GET /calendar-places. The office goes with the team, unless one is said here. */
export const Placing = { brandId: Id.nullable().optional(), officeId: Id.nullable().optional() };

/** Null: by the conditions of policies and queues again. `none`: it waits in no queue. */
export const Setting = { slaPolicyId: Id.nullable().optional(), queueChoice: QueueChoice.optional() };
