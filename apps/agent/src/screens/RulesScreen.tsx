import { useParams, useRouter } from '@tanstack/react-router';
import { RulesScreen as Rules } from '../../../../features/automation/agent/settings/RulesScreen.tsx';
import { conditionsSeat } from './conditions-seat.tsx';
import { useMe } from './use-desk-parts.tsx';

export function RulesScreen() {
  const router = useRouter();
  const { permissions } = useMe();
  const { ruleId = null } = useParams({ strict: false }) as { ruleId?: string };
  return (
    <Rules
      mayManage={permissions.includes('rules.manage')}
      ruleId={ruleId}
      onOpen={(id) => router.history.push(id === null ? '/settings/rules' : `/settings/rules/${id}`)}
      conditions={conditionsSeat}
      ticketHref={(id) => `/inbox/active/${id}`}
    />
  );
}
