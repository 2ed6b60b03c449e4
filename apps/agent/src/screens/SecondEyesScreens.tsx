import { ApprovalsScreen as Approvals } from '../../../../features/approvals/agent/list/ApprovalsScreen.tsx';
import { PoliciesScreen } from '../../../../features/approvals/agent/settings/PoliciesScreen.tsx';
import { useAppText } from '../text.ts';
import { useTicketConditions } from './conditions-seat.tsx';
import { useMe } from './use-desk-parts.tsx';

export function ApprovalsScreen() {
  const t = useAppText();
  return (
    <>
      <title>{`${t('app.approvals')} · Rapport`}</title>
      <Approvals ticketHref={(id) => `/inbox/active/${id}`} />
    </>
  );
}

export function ApprovalPoliciesScreen() {
  return <PoliciesScreen mayManage={useMe().permissions.includes('approvals.manage')} conditions={useTicketConditions()} />;
}
