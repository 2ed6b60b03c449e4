import { useQuery } from '@tanstack/react-query';
import { useErrorText } from '../../../../../platform/browser/error-text.ts';
import { isolated } from '../../../../../platform/browser/isolated.ts';
import { Banner } from '../../../../../ui/components/Banner.tsx';
import { SkeletonRows } from '../../../../../ui/components/Skeleton.tsx';
import type { ReturnTo, SignInView } from '../../../core/oauth/contract.ts';
import type { SignInProvider } from '../../../core/oauth/services.ts';
import { useEmailText } from '../../text.ts';
import { providerName } from './names.ts';
import { signInQuery } from './queries.ts';
import { SignInButton } from './SignInButton.tsx';

const TONES = { good: 'good', over: 'danger', none: 'info' } as const;

function stateOf(signedIn: SignInView['signedIn'], wanted: { provider: SignInProvider; user: string }): keyof typeof TONES {
  if (signedIn?.provider !== wanted.provider || signedIn.user !== wanted.user) return 'none';
  return signedIn.good ? 'good' : 'over';
}

type SignInPartProps = { mailboxId: string; provider: SignInProvider; user: string; /** Absent: to the mailboxes. */ returnTo?: ReturnTo };

/** Whether somebody has signed in at the provider for this account, and the way there. */
export function SignInPart({ mailboxId, provider, user, returnTo = 'mailboxes' }: SignInPartProps) {
  const t = useEmailText();
  const errorText = useErrorText();
  const { data, error } = useQuery(signInQuery(mailboxId));
  if (error) return <Banner tone="danger">{errorText(error)}</Banner>;
  if (!data) return <SkeletonRows count={1} />;
  const name = providerName(provider, t);
  if (!data.ready.some((one) => one.provider === provider)) return <Banner tone="warning">{t('email.sign_in.not_ready', { name })}</Banner>;
  const state = stateOf(data.signedIn, { provider, user });
  return (
    <Banner
      tone={TONES[state]}
      action={<SignInButton mailboxId={mailboxId} as={{ provider, user, returnTo }}>{state === 'none' ? t('email.sign_in.begin', { name }) : t('email.sign_in.again')}</SignInButton>}
    >
      {t(`email.sign_in.${state}`, { user: isolated(user) })}
    </Banner>
  );
}
