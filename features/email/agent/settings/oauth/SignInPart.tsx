import { useQuery } from '@tanstack/react-query';
import { useErrorText } from '../../../../../platform/browser/error-text.ts';
import { Banner } from '../../../../../ui/components/Banner.tsx';
import { SkeletonRows } from '../../../../../ui/components/Skeleton.tsx';
import type { SignInProvider } from '../../../core/oauth/services.ts';
import { useEmailText } from '../../text.ts';
import { providerName } from './names.ts';
import { signInQuery } from './queries.ts';
import { SignInButton } from './SignInButton.tsx';

type SignInPartProps = { mailboxId: string; provider: SignInProvider; user: string };

/** Whether somebody has signed in at the provider for this account, and the way there. */
export function SignInPart({ mailboxId, provider, user }: SignInPartProps) {
  const t = useEmailText();
  const errorText = useErrorText();
  const { data, error } = useQuery(signInQuery(mailboxId));
  if (error) return <Banner tone="danger">{errorText(error)}</Banner>;
  if (!data) return <SkeletonRows count={1} />;
  const name = providerName(provider, t);
  if (!data.ready.some((one) => one.provider === provider)) return <Banner tone="warning">{t('email.sign_in.not_ready', { name })}</Banner>;
  const mine = data.signedIn?.provider === provider && data.signedIn.user === user ? data.signedIn : null;
  const shown = `\u2068${user}\u2069`;
  return (
    <Banner
      tone={mine ? (mine.good ? 'good' : 'danger') : 'info'}
      action={<SignInButton mailboxId={mailboxId} as={{ provider, user }}>{mine ? t('email.sign_in.again') : t('email.sign_in.begin', { name })}</SignInButton>}
    >
      {mine ? t(mine.good ? 'email.sign_in.good' : 'email.sign_in.over', { user: shown }) : t('email.sign_in.none', { user: shown })}
    </Banner>
  );
}
