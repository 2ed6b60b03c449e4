import { AppError } from '../../../kernel/errors.ts';
import { isReadable } from '../../conditions/core/check.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import type { Moment } from '../../conditions/core/plan.ts';
import { toPredicate } from '../../conditions/core/predicate.ts';
import type { Fields } from '../../conditions/core/fields.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { CHANNELS, Reviewers, STATES, WRITERS } from './contract.ts';

export type Policy = {
  readonly id: string; readonly name: string; readonly enabled: boolean; readonly conditions: Condition | null; readonly writers: readonly (typeof WRITERS)[number][];
  readonly channels: readonly (typeof CHANNELS)[number][]; readonly reviewers: Reviewers; readonly createdAt: Date; readonly updatedAt: Date;
};
export type Need = { readonly reason: string; readonly reviewers: Reviewers };
type Written = { readonly writer: (typeof WRITERS)[number]; readonly channel: (typeof CHANNELS)[number] };

/** A condition that asks for what there is no more holds: who cannot tell whether it applies must not let it pass. */
function holds(condition: Condition | null, fields: Fields<TicketState>, ticket: TicketState, moment: Moment): boolean {
  if (condition === null) return true;
  return isReadable(condition, fields) ? toPredicate(condition, fields, moment)(ticket) : true;
}

/** The policies that want somebody else to see an answer before it leaves. */
export const needsOf = (policies: readonly Policy[], fields: Fields<TicketState>, ticket: TicketState, { writer, channel }: Written, moment: Moment): Need[] =>
  policies.filter((policy) => policy.enabled && policy.writers.includes(writer) && policy.channels.includes(channel) && holds(policy.conditions, fields, ticket, moment))
    .map(({ name, reviewers }) => ({ reason: name, reviewers }));

type State = (typeof STATES)[number];

/** Decided is decided, and what is decided is what was read. */
export function demandVersion(approval: { readonly state: State; readonly version: number }, states: readonly State[], version: number): void {
  if (!states.includes(approval.state)) throw new AppError('conflict', 'approval.decided', 'This has been decided already; look at it again.', { state: approval.state });
  if (approval.version !== version) throw new AppError('conflict', 'approval.changed_meanwhile', 'It was changed a moment ago; read it again before you decide.', { version: approval.version });
}
