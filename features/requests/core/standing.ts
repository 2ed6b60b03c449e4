import type { Status } from '../../tickets/core/contract.ts';

/** How a matter stands, as the customer sees it. That we wait for somebody else, or until a day, is our business: we are on it. */
export const STANDINGS = ['received', 'in_progress', 'waiting_for_you', 'solved', 'closed'] as const;
export type Standing = (typeof STANDINGS)[number];

const STANDING: Readonly<Record<Status, Standing>> = {
  new: 'received', open: 'in_progress', waiting_third_party: 'in_progress', scheduled: 'in_progress', waiting_customer: 'waiting_for_you', resolved: 'solved', closed: 'closed',
};

export const standingOf = (status: Status): Standing => STANDING[status];
