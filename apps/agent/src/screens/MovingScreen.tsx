import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { mailboxesQuery } from '../../../../features/email/agent/settings/queries.ts';
import { MovingScreen as Moving } from '../../../../features/imports/agent/MovingScreen.tsx';

export function MovingScreen() {
  const { data } = useQuery(mailboxesQuery);
  const mailboxes = useMemo(() => data?.items.map(({ id, address }) => ({ id, label: address })) ?? [], [data]);
  return <Moving mailboxes={mailboxes} />;
}
