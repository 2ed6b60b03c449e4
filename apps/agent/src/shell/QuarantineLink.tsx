import { useQuery } from '@tanstack/react-query';
import { ShieldAlert } from 'lucide-react';
import { quarantineCount } from '../../../../features/email/agent/quarantine/queries.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useAppText } from '../text.ts';
import { NavLink } from './NavLink.tsx';

/** The way to the quarantine, and how many messages wait there. */
export function QuarantineLink() {
  const t = useAppText();
  const format = useFormat();
  const { data } = useQuery(quarantineCount);
  const count = data && data.count > 0 ? `${format.number(data.count)}${data.isMore ? '+' : ''}` : null;
  return (
    <NavLink href="/quarantine" icon={ShieldAlert} look="rail" {...(count !== null && { count: { figure: count, inWords: t('app.quarantine.waiting', { count: data?.count ?? 0 }) } })}>
      {t('app.quarantine')}
    </NavLink>
  );
}
