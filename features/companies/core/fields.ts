import { defineFields } from '../../conditions/core/fields.ts';
import { type Carrier, withAnyField } from '../../fields/core/attributes.ts';

/** What conditions on a company's own fields look at. */
type CompanyRecord = Carrier & { readonly name: string; readonly isKeyAccount: boolean };

/** What conditions may ask of a company besides the workspace's own fields. */
export const COMPANY_FIELDS = withAnyField(defineFields<CompanyRecord>([
  { id: 'name', label: 'companies.name', type: 'text', read: (c) => c.name },
  { id: 'keyAccount', label: 'companies.key_account', type: 'boolean', read: (c) => c.isKeyAccount },
]));
