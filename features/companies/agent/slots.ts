import type { ReactNode } from 'react';

export type CompanySlots = {
  /** The company's open matters, which belong to another room. */
  readonly tickets: (companyId: string) => ReactNode;
  /** The workspace's own fields of the company, which belong to another room. */
  readonly details: (companyId: string) => ReactNode;
  /** Chooses a person. */
  readonly pickCustomer: (onChoose: (customerId: string) => void) => ReactNode;
};
