import { useQuery } from '@tanstack/react-query';
import { CalendarCheck } from 'lucide-react';
import { commitmentCounts } from '../../../../features/commitments/agent/queries.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useAppText } from '../text.ts';
import { NavLink } from './NavLink.tsx';

/** The way to one's promises, and how many of them press. */
export function CommitmentsLink() {
  const t = useAppText();
  const format = useFormat();
  const { data } = useQuery(commitmentCounts);
  return (
    <NavLink href="/commitments" icon={CalendarCheck} look="rail" {...(data && data.due > 0 && { count: { figure: format.number(data.due), inWords: t('app.commitments.due', { count: data.due }) } })}>
      {t('app.commitments')}
    </NavLink>
  );
}
