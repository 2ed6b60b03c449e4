import { useQuery } from '@tanstack/react-query';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { useFormat } from '../../../../platform/browser/format.ts';
import { mailboxesQuery } from '../settings/queries.ts';
import { useEmailText } from '../text.ts';

/** Over everything, while mail is not being fetched: nobody should find out from a customer. */
export function FailingMailboxes({ settingsHref }: { settingsHref: string | null }) {
  const t = useEmailText();
  const format = useFormat();
  const { data } = useQuery({ ...mailboxesQuery, refetchInterval: 60_000 });
  const failing = (data?.items ?? []).filter(({ source }) => source?.state === 'failing');
  if (failing.length === 0) return null;
  const code = failing[0]?.source?.trouble?.code;
  return (
    <Banner tone="danger" shape="edge" action={settingsHref !== null && <Link href={settingsHref}>{t('email.failing.mend')}</Link>}>
      {t('email.failing', { addresses: format.list(failing.map(({ address }) => `\u2068${address}\u2069`)) })} {code && t(`email.trouble.${code}`)}
    </Banner>
  );
}
