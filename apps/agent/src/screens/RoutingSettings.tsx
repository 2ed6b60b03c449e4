import { EarlierAbsences } from '../../../../features/notifications/agent/away/EarlierAbsences.tsx';
import { AbsenceScreen as Absence } from '../../../../features/routing/agent/absence/AbsenceScreen.tsx';
import { QueuesScreen as Queues } from '../../../../features/routing/agent/settings/QueuesScreen.tsx';
import { SkillsScreen as Skills } from '../../../../features/routing/agent/settings/SkillsScreen.tsx';
import { useTicketConditions } from './conditions-seat.tsx';
import { useMe } from './use-desk-parts.tsx';

export function QueuesScreen() {
  return <Queues mayManage={useMe().permissions.includes('routing.manage')} conditions={useTicketConditions()} />;
}

export function SkillsScreen() {
  const { permissions } = useMe();
  return <Skills mayManage={permissions.includes('routing.manage')} mayShare={permissions.includes('routing.share')} />;
}

export function AbsenceScreen() {
  return <Absence me={useMe()} earlier={<EarlierAbsences href={(id) => `/away/${id}`} />} />;
}
