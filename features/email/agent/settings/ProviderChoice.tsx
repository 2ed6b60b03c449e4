import { Link } from '../../../../ui/components/Link.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import type { SourcePut } from '../../core/contract.ts';
import { MAIL_PROVIDERS, providerOf, type MailProvider, type ProviderId } from '../../core/mail-providers.ts';
import type { SignInView } from '../../core/oauth/contract.ts';
import { useEmailText } from '../text.ts';

export type Chosen = ProviderId | 'other';
type Auth = SourcePut['auth'];

export const chosenAtFirst = (address: string, host: string | null): Chosen =>
  (host === null ? providerOf(address) : MAIL_PROVIDERS.find((one) => one.host === host))?.id ?? 'other';

/** By the server that mail is sent through. */
export const chosenForSending = (host: string): Chosen => MAIL_PROVIDERS.find(({ smtp }) => smtp.host === host)?.id ?? 'other';

const knownOf = (chosen: Chosen): MailProvider | undefined => MAIL_PROVIDERS.find(({ id }) => id === chosen);

/** Microsoft takes no passwords. */
const authOf = ({ id }: MailProvider): Auth => (id === 'microsoft' ? 'microsoft' : 'password');

/** Where a provider's mail is fetched, filled in; nothing where nothing is known. */
export function fetchedFrom(chosen: Chosen) {
  const provider = knownOf(chosen);
  return provider ? { host: provider.host, port: '993', security: 'tls' as const, auth: authOf(provider), trustedServer: provider.trustedServer } : null;
}

/** Where mail is sent through a provider, filled in; nothing where nothing is known. */
export function sentThrough(chosen: Chosen) {
  const provider = knownOf(chosen);
  if (!provider) return null;
  const { name, smtp: { host, port } } = provider;
  return { name, host, port: String(port), security: port === 465 ? 'tls' as const : 'starttls' as const, auth: authOf(provider) };
}

/** Where a new source begins: as it was signed in for, else by the domain of the address. */
export function firstSettings(address: string, signIn: SignInView | null): (Partial<NonNullable<ReturnType<typeof fetchedFrom>>> & { user?: string }) | null {
  const { signedIn, ready } = signIn ?? { signedIn: null, ready: [] };
  const host = signedIn && ready.find(({ provider }) => provider === signedIn.provider)?.mailHost;
  if (!signedIn || !host) return fetchedFrom(chosenAtFirst(address, null));
  return { ...fetchedFrom(chosenAtFirst(address, host)), host, auth: signedIn.provider, user: signedIn.user };
}

type ProviderChoiceProps = { chosen: Chosen; onChoose: (chosen: Chosen) => void; auth: Auth; onAuth: (auth: Auth) => void };

/** Whose mailbox it is, how one gets in there, and in words where what is needed is made. */
export function ProviderChoice({ chosen, onChoose, auth, onAuth }: ProviderChoiceProps) {
  const t = useEmailText();
  const provider = knownOf(chosen);
  const ways: readonly Auth[] = chosen === 'microsoft' ? ['microsoft'] : ['password', provider ? provider.signIn : 'other'].filter((way): way is Auth => way !== null);
  return (
    <>
      <Select
        label={t('email.provider')}
        options={[...MAIL_PROVIDERS.map(({ id, name }) => ({ id, label: name })), { id: 'other' as const, label: t('email.provider.other') }]}
        value={chosen}
        onChange={onChoose}
      />
      {provider && (
        <p className="-mt-2 text-13 text-ink-faint">
          {t(`email.provider.how.${provider.id}`)} {provider.help && <Link href={provider.help} target="_blank" rel="noreferrer">{t('email.provider.page', { name: provider.name })}</Link>}
        </p>
      )}
      {ways.length > 1 && (
        <Select
          label={t('email.auth')}
          options={ways.map((way) => ({ id: way, label: t(way === 'password' ? 'email.auth.password' : 'email.auth.sign_in') }))}
          value={auth}
          onChange={onAuth}
        />
      )}
    </>
  );
}
