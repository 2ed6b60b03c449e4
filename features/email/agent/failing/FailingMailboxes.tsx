import { useQuery } from '@tanstack/react-query';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import type { MailboxView } from '../../core/contract.ts';
import { SignInButton } from '../settings/oauth/SignInButton.tsx';
import { mailboxesQuery } from '../settings/queries.ts';
import { useEmailText } from '../text.ts';

/** Over everything, while mail is not being fetched, or cannot leave: nobody should find out from a customer. */
export function FailingMailboxes({ settingsHref }: { settingsHref: string | null }) {
  const { data } = useQuery({ ...mailboxesQuery, refetchInterval: 60_000 });
  const mailboxes = data?.items ?? [];
  return (
    <>
      <NotFetched failing={mailboxes.filter(({ source }) => source?.state === 'failing')} settingsHref={settingsHref} />
      <NotSent waiting={mailboxes.filter(({ sendingWaits }) => sendingWaits)} mayMend={settingsHref !== null} />
    </>
  );
}

/** A sign-in is mended where it is told. */
function NotSent({ waiting, mayMend }: { waiting: readonly MailboxView[]; mayMend: boolean }) {
  const t = useEmailText();
  const format = useFormat();
  const [first] = waiting;
  if (!first) return null;
  return (
    <Banner tone="danger" shape="edge" action={mayMend && <SignInButton mailboxId={first.id}>{t('email.sign_in.again')}</SignInButton>}>
      {t('email.failing.sending', { addresses: format.list(waiting.map(({ address }) => isolated(address))) })}
    </Banner>
  );
}

function NotFetched({ failing, settingsHref }: { failing: readonly MailboxView[]; settingsHref: string | null }) {
  const t = useEmailText();
  const format = useFormat();
  if (failing.length === 0) return null;
  const code = failing[0]?.source?.trouble?.code;
  return (
    <Banner tone="danger" shape="edge" action={settingsHref !== null && <Mend first={failing[0]} settingsHref={settingsHref} />}>
      {t('email.failing', { addresses: format.list(failing.map(({ address }) => isolated(address))) })} {code && t(`email.trouble.${code}`)}
    </Banner>
  );
}

function Mend({ first, settingsHref }: { first: MailboxView | undefined; settingsHref: string }) {
  const t = useEmailText();
  if (first?.source?.trouble?.code === 'oauth_expired') return <SignInButton mailboxId={first.id}>{t('email.sign_in.again')}</SignInButton>;
  return <Link href={settingsHref}>{t('email.failing.mend')}</Link>;
}
