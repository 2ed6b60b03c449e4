import type { Condition } from '../../conditions/core/condition.ts';
import type { Action, Target } from './contract.ts';

type ReadyMade = {
  readonly readyMade: string; readonly name: string; readonly conditions: Condition; readonly targets: readonly Target[]; readonly actions: readonly Action[];
};

const DAY = 86_400;

/** Whoever has it hears four times at most, the leads when it is nearly too late and when it is. Customers are written to by one's own policies alone. */
const TOLD: readonly Action[] = [
  { do: 'notify', at: 50, whom: 'assignee' },
  { do: 'notify', at: 75, whom: 'assignee' },
  { do: 'notify', at: 90, whom: 'assignee' },
  { do: 'notify', at: 90, whom: 'leads' },
  { do: 'notify', at: 100, whom: 'assignee' },
  { do: 'escalate', at: 100 },
];

const onChannel = (...channels: string[]): Condition => ({ version: 1, all: [{ field: 'channel', operator: 'in', value: channels }] });

/**
 * What a company that says nothing else promises: written questions are answered within 24 hours by the clock, and letters are
 * counted from the day on which they came, whenever somebody wrote them down.
 */
export const READY_MADE: readonly ReadyMade[] = [
  {
    readyMade: 'mail_24h', name: 'Mail: an answer within 24 hours', conditions: onChannel('email', 'web'), actions: TOLD,
    targets: [{ metric: 'first_reply', seconds: DAY, time: 'calendar' }, { metric: 'next_reply', seconds: DAY, time: 'calendar' }],
  },
  {
    readyMade: 'letter_received', name: 'Letters: counted from the day they came', conditions: onChannel('letter'), actions: TOLD,
    targets: [{ metric: 'first_reply', seconds: 14 * DAY, time: 'calendar' }, { metric: 'next_reply', seconds: 14 * DAY, time: 'calendar' }],
  },
];
