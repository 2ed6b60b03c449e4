import { FieldsScreen as Fields } from '../../../../features/fields/agent/settings/FieldsScreen.tsx';
import type { ConditionsOf } from '../../../../features/fields/agent/slots.ts';
import { CUSTOMER_FIELDS } from '../../../../features/customers/core/fields.ts';
import { useTicketConditions, useOwnConditions } from './conditions-seat.tsx';
import { useMe } from './use-desk-parts.tsx';

export function FieldsScreen() {
  const tickets = useTicketConditions();
  const customers = useOwnConditions('customer', CUSTOMER_FIELDS);
  const conditionsOf: ConditionsOf = (subject) => (subject === 'ticket' ? tickets.editor : customers);
  return <Fields subjects={['ticket', 'customer']} mayManage={useMe().permissions.includes('fields.manage')} conditionsOf={conditionsOf} />;
}
