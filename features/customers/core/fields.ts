import { defineFields } from '../../conditions/core/fields.ts';
import { type Carrier, withAnyField } from '../../fields/core/attributes.ts';

/** What conditions on a customer's own fields look at. */
export type CustomerRecord = Carrier & { readonly name: string; readonly email: string | null; readonly language: string | null };

/** What conditions may ask of a customer besides the workspace's own fields. */
export const CUSTOMER_FIELDS = withAnyField(defineFields<CustomerRecord>([
  { id: 'name', label: 'customers.name', type: 'text', read: (c) => c.name },
  { id: 'email', label: 'customers.email', type: 'text', nullable: true, read: (c) => c.email },
  { id: 'language', label: 'customers.language', type: 'language', nullable: true, read: (c) => c.language },
]));
