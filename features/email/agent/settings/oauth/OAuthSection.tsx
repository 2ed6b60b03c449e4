import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useErrorText } from '../../../../../platform/browser/error-text.ts';
import { Badge } from '../../../../../ui/components/Badge.tsx';
import { Button } from '../../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../../ui/components/Dialog.tsx';
import { ErrorState } from '../../../../../ui/components/ErrorState.tsx';
import { SkeletonRows } from '../../../../../ui/components/Skeleton.tsx';
import { ListRow, RowList } from '../../../../../ui/layout/Section.tsx';
import { SIGN_IN_PROVIDERS, type SignInProvider } from '../../../core/oauth/services.ts';
import { useEmailText } from '../../text.ts';
import { ClientForm } from './ClientForm.tsx';
import { providerName } from './names.ts';
import { clientsQuery } from './queries.ts';

/** At which mail providers this workspace is registered, so that mailboxes can be signed in there. */
export function OAuthSection() {
  const t = useEmailText();
  const errorText = useErrorText();
  const clients = useQuery(clientsQuery);
  const [edited, setEdited] = useState<SignInProvider | null>(null);
  const found = (provider: SignInProvider | null) => clients.data?.items.find((one) => one.provider === provider) ?? null;
  return (
    <section className="mt-8 flex flex-col gap-3">
      <h2 className="text-16 leading-heading font-semibold">{t('email.oauth.title')}</h2>
      <p className="max-w-reading text-13 text-ink-faint">{t('email.oauth.why')}</p>
      {clients.isError && <ErrorState onRetry={() => void clients.refetch()}>{errorText(clients.error)}</ErrorState>}
      {clients.isPending && <SkeletonRows count={3} />}
      {clients.data && (
        <RowList label={t('email.oauth.title')}>
          {SIGN_IN_PROVIDERS.map((provider) => {
            const name = providerName(provider, t);
            return (
              <ListRow
                key={provider}
                title={name}
                badges={found(provider) && <Badge tone="good">{t('email.oauth.registered')}</Badge>}
                detail={found(provider) && <bdi dir="ltr">{found(provider)?.clientId}</bdi>}
                actions={<Button aria-label={t('email.oauth.edit_of', { name })} onPress={() => setEdited(provider)}>{t('email.oauth.edit')}</Button>}
              />
            );
          })}
        </RowList>
      )}
      <Dialog isOpen={edited !== null} onClose={() => setEdited(null)} title={t('email.oauth.registration', { name: edited ? providerName(edited, t) : '' })} size="wide" isDismissable={false}>
        {edited && clients.data && <ClientForm provider={edited} client={found(edited)} redirectUri={clients.data.redirectUri} onClose={() => setEdited(null)} />}
      </Dialog>
    </section>
  );
}
