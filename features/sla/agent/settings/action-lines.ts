import type { Action } from '../../core/contract.ts';
import { THRESHOLDS } from '../../core/metrics.ts';

/** An action while it is written, with a name that stays. */
export type ActionLine = { readonly key: string; readonly action: Action };

let made = 0;
export const actionLine = (action: Action): ActionLine => ({ key: String(++made), action });

export const DEEDS = ['notify', 'raise_priority', 'reassign', 'escalate', 'tell_customer'] as const satisfies readonly Action['do'][];
type Deed = (typeof DEEDS)[number];

/** What a deed begins with: what most want of it. */
const FIRST: { readonly [D in Deed]: (of: Pick<Action, 'at' | 'metric'>) => Action } = {
  notify: (of) => ({ ...of, do: 'notify', whom: 'assignee' }),
  raise_priority: (of) => ({ ...of, do: 'raise_priority', to: 'high' }),
  reassign: (of) => ({ ...of, do: 'reassign', assigneeId: null }),
  escalate: (of) => ({ ...of, do: 'escalate' }),
  tell_customer: (of) => ({ ...of, do: 'tell_customer' }),
};

export const newAction = (): Action => FIRST.notify({ at: THRESHOLDS[2] });
/** Another deed at the same moment, for the same promises. */
export const withDeed = ({ at, metric }: Action, deed: Deed): Action => FIRST[deed]({ at, ...(metric && { metric }) });

const NOBODY = 'nobody';
type Reassign = Extract<Action, { do: 'reassign' }>;

/** Whom a ticket is given to, as one choice of a list: `nobody`, `person:…` or `team:…`. */
export const receiverOf = ({ assigneeId, teamId }: Reassign): string => (assigneeId ? `person:${assigneeId}` : teamId ? `team:${teamId}` : NOBODY);

/** Whoever gets it from a team is found there: the one who had it does not keep it. */
export function givenTo({ at, metric }: Reassign, receiver: string): Action {
  const [kind, id] = receiver.split(':');
  const of = { at, ...(metric && { metric }) };
  if (!id) return { ...of, do: 'reassign', assigneeId: null };
  return kind === 'team' ? { ...of, do: 'reassign', assigneeId: null, teamId: id } : { ...of, do: 'reassign', assigneeId: id };
}
