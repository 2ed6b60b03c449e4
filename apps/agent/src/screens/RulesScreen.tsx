import { useInfiniteQuery } from '@tanstack/react-query';
import { useParams, useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import { RulesScreen as Rules } from '../../../../features/automation/agent/settings/RulesScreen.tsx';
import { webhooksQuery } from '../../../../features/webhooks/agent/queries.ts';
import { conditionsSeat } from './conditions-seat.tsx';
import { useOwnTicketFields } from './fields-seat.tsx';
import { useMe } from './use-desk-parts.tsx';

const NONE: readonly string[] = [];

export function RulesScreen() {
  const router = useRouter();
  const { permissions, teamIds } = useMe();
  const { data } = useInfiniteQuery({ ...webhooksQuery, enabled: permissions.includes('webhooks.manage') });
  const webhooks = useMemo(() => data?.pages.flatMap(({ items }) => items.map(({ id, name }) => ({ id, label: name }))) ?? [], [data]);
  const { ruleId = null } = useParams({ strict: false }) as { ruleId?: string };
  return (
    <Rules
      mayManage={permissions.includes('rules.manage')}
      ownTeams={permissions.includes('rules.manage_own') ? teamIds : NONE}
      ruleId={ruleId}
      onOpen={(id) => router.history.push(id === null ? '/settings/rules' : `/settings/rules/${id}`)}
      conditions={conditionsSeat}
      webhooks={webhooks}
      ownFields={useOwnTicketFields()}
      ticketHref={(id) => `/inbox/active/${id}`}
    />
  );
}
