import { PoliciesScreen as Policies } from '../../../../features/sla/agent/settings/PoliciesScreen.tsx';
import { conditionsSeat } from './conditions-seat.tsx';
import { useMe } from './use-desk-parts.tsx';

export function PoliciesScreen() {
  return <Policies mayManage={useMe().permissions.includes('sla.manage')} conditions={conditionsSeat} />;
}
