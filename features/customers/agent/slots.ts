import type { ReactNode } from 'react';

export type CustomerPageSlots = {
  /** What belongs to other rooms: of which companies they are, what else is kept of them. */
  readonly first: (customerId: string) => ReactNode;
  readonly details: (customerId: string) => ReactNode;
  /** Their matters, and what was promised to them. */
  readonly matters: (customerId: string) => ReactNode;
};
