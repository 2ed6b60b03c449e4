import type { Status } from '../../tickets/core/contract.ts';

/** What can be promised. Each is one clock of a ticket; reply clocks come in rounds, one after another. */
export const METRICS = ['first_reply', 'next_reply', 'periodic_update', 'pausable_update', 'requester_wait', 'agent_work', 'resolution', 'answer'] as const;
export type Metric = (typeof METRICS)[number];

export const CLOCK_STATES = ['running', 'paused', 'met', 'breached'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** Percent of a target at which somebody may be told; 100 is the breach. */
export const THRESHOLDS = [50, 75, 90, 100] as const;
export type Threshold = (typeof THRESHOLDS)[number];

/** What a status does to a clock: it goes on, it stands still, or it ends. */
type Effect = 'runs' | 'pauses' | 'ends';
type Row = Readonly<Record<Status, Effect>>;

const row = (pauses: readonly Status[]): Row => {
  const effect = (status: Status): Effect => (pauses.includes(status) ? 'pauses' : 'runs');
  return {
    new: effect('new'), open: effect('open'), waiting_customer: effect('waiting_customer'), waiting_third_party: effect('waiting_third_party'),
    scheduled: effect('scheduled'), resolved: 'ends', closed: 'ends',
  };
};

/**
 * Which status stops which clock, and nothing else does. Who waits for a reply waits whatever the ticket says of itself,
 * so no status but the end stops a reply clock.
 */
export const STATUS_EFFECTS: Readonly<Record<Metric, Row>> = {
  first_reply: row([]),
  next_reply: row([]),
  answer: row([]),
  periodic_update: row([]),
  pausable_update: row(['waiting_customer']),
  /** The customer waits for us; also while a third party or a date is waited for. */
  requester_wait: row(['waiting_customer']),
  /** The ticket lies with us and can be worked on. */
  agent_work: row(['waiting_customer', 'waiting_third_party', 'scheduled']),
  resolution: row([]),
};
