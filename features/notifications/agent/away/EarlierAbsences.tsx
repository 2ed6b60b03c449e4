import { useInfiniteQuery } from '@tanstack/react-query';
import { CalendarOff } from 'lucide-react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { ListRow, RowList, Section } from '../../../../ui/layout/Section.tsx';
import { useNotificationText } from '../text.ts';
import { pastAbsences } from './queries.ts';

/** What one was away for, each with the way to what happened meanwhile. */
export function EarlierAbsences({ href }: { href: (absenceId: string) => string }) {
  const t = useNotificationText();
  const format = useFormat();
  return (
    <Section title={t('notifications.away.earlier')} description={t('notifications.away.earlier_what')}>
      <PagedRows query={useInfiniteQuery(pastAbsences)} errorText={useErrorText()} empty={<EmptyState icon={CalendarOff}>{t('notifications.away.earlier_none')}</EmptyState>}>
        {(items) => (
          <RowList label={t('notifications.away.earlier')}>
            {items.map(({ id, from, backAt, deputy }) => {
              const span = format.span(from, backAt);
              return (
                <ListRow
                  key={id} title={<span className="block whitespace-normal">{span}</span>} detail={deputy && t('notifications.away.deputy', { name: isolated(deputy.name) })}
                  actions={<Link href={href(id)} aria-label={`${t('notifications.away.look')}: ${span}`}>{t('notifications.away.look')}</Link>}
                />
              );
            })}
          </RowList>
        )}
      </PagedRows>
    </Section>
  );
}
