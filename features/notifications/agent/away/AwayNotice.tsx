import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { useNotificationText } from '../text.ts';
import { greeting } from './queries.ts';

/** Over everything, for whoever is back: the way to what happened meanwhile. */
export function AwayNotice({ href, isThere }: { href: (absenceId: string) => string; /** What happened is looked at already. */ isThere: boolean }) {
  const t = useNotificationText();
  const format = useFormat();
  const { data: absence } = useQuery(greeting);
  if (!absence || isThere) return null;
  return (
    <Banner tone="info" shape="edge" action={<Link href={href(absence.id)} className="font-medium">{t('notifications.away.look')}</Link>}>
      {t('notifications.away.greeting', { span: format.span(absence.from, absence.backAt) })}
    </Banner>
  );
}
