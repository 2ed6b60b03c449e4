import { FieldsScreen as Fields } from '../../../../features/fields/agent/settings/FieldsScreen.tsx';
import type { ConditionsOf } from '../../../../features/fields/agent/slots.ts';
import { COMPANY_FIELDS } from '../../../../features/companies/core/fields.ts';
import { CUSTOMER_FIELDS } from '../../../../features/customers/core/fields.ts';
import { ConditionEditor } from '../../../../features/conditions/agent/ConditionEditor.tsx';
import { IntakeScreen as Intake } from '../../../../features/intake/agent/settings/IntakeScreen.tsx';
import { useOwnConditions, useTicketConditions } from './conditions-seat.tsx';
import { valueInput } from './fields-seat.tsx';
import { useMe } from './use-desk-parts.tsx';

export function FieldsScreen() {
  const tickets = useTicketConditions();
  const customers = useOwnConditions('customer', CUSTOMER_FIELDS);
  const companies = useOwnConditions('company', COMPANY_FIELDS);
  const conditionsOf: ConditionsOf = (subject) => (subject === 'ticket' ? tickets.editor : subject === 'customer' ? customers : companies);
  return <Fields subjects={['ticket', 'customer', 'company']} mayManage={useMe().permissions.includes('fields.manage')} conditionsOf={conditionsOf} />;
}

export const IntakeScreen = () => <Intake input={valueInput} conditions={(props) => <ConditionEditor {...props} />} />;
