import type { SignInProvider } from '../../../core/oauth/services.ts';
import type { useEmailText } from '../../text.ts';

export const providerName = (provider: SignInProvider, t: ReturnType<typeof useEmailText>): string =>
  provider === 'other' ? t('email.provider.other') : { google: 'Google', microsoft: 'Microsoft' }[provider];
