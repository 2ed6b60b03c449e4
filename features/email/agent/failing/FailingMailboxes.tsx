import { useQuery } from '@tanstack/react-query';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { useFormat } from '../../../../platform/browser/format.ts';
import { SignInButton } from '../settings/oauth/SignInButton.tsx';
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
  const mend = failing[0] && code === 'oauth_expired' ? <SignInButton mailboxId={failing[0].id}>{t('email.sign_in.again')}</SignInButton> : <Link href={settingsHref ?? ''}>{t('email.failing.mend')}</Link>;
  return (
    <Banner tone="danger" shape="edge" action={settingsHref !== null && mend}>
      {t('email.failing', { addresses: format.list(failing.map(({ address }) => `\u2068${address}\u2069`)) })} {code && t(`email.trouble.${code}`)}
    </Banner>
  );
}
