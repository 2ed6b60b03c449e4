import type { ReactNode } from 'react';

export type CompanySlots = {
  /** The company's open matters, which belong to another room. */
  readonly tickets: (companyId: string) => ReactNode;
  /** Chooses a person. */
  readonly pickCustomer: (onChoose: (customerId: string) => void) => ReactNode;
};
