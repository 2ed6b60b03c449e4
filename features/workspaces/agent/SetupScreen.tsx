import { useMutation, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../platform/browser/error-text.ts';
import { currentLanguage } from '../../../platform/browser/i18n.ts';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Form } from '../../../ui/components/Form.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { PasswordField } from '../../../ui/components/PasswordField.tsx';
import { Loading, Skeleton } from '../../../ui/components/Skeleton.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { useWorkspaceText } from './text.ts';

const SHORTEST_PASSWORD = 12;
const Entered = z.object({ token: z.string() });

/** The one-time link of the first start leads here: a name for the company, and its first person. */
export function SetupScreen({ token, onSignedIn }: { token: string; onSignedIn: () => void }) {
  const t = useWorkspaceText();
  const errorText = useErrorText();
  const link = useQuery({
    queryKey: ['workspaces', 'setup', token],
    queryFn: async ({ signal }) => {
      await api.post('/setup/check', { token }, null, { signal, anonymous: true });
      return true;
    },
    enabled: token !== '',
    staleTime: Infinity,
  });

  if (token === '' || link.isError) {
    return (
      <div className="flex flex-col gap-4">
        <h1 className="text-20 font-semibold">{t('workspace.setup.title')}</h1>
        <Banner tone="danger">{token === '' ? t('workspace.setup.no_link') : errorText(link.error)}</Banner>
        <Link href="/">{t('workspace.setup.to_sign_in')}</Link>
      </div>
    );
  }
  if (!link.data) {
    return (
      <Loading>
        <Skeleton className="mb-5 h-5 w-1/2" />
        <Skeleton className="mb-3 h-9" />
        <Skeleton className="mb-3 h-9" />
        <Skeleton className="h-9" />
      </Loading>
    );
  }
  return <SetupForm token={token} onSignedIn={onSignedIn} />;
}

function SetupForm({ token, onSignedIn }: { token: string; onSignedIn: () => void }) {
  const t = useWorkspaceText();
  const errorText = useErrorText();
  const setUp = useMutation({
    mutationFn: (values: FormData) =>
      api.post('/setup', { token, language: currentLanguage(), ...Object.fromEntries(values) }, Entered, { anonymous: true }),
    onSuccess: onSignedIn,
  });

  return (
    <>
      <title>{`${t('workspace.setup.title')} · Rapport`}</title>
      <h1 className="mb-2 text-20 font-semibold">{t('workspace.setup.title')}</h1>
      <p className="mb-5 text-ink-soft">{t('workspace.setup.why')}</p>
      <Form
        onSubmit={(values) => setUp.mutate(values)}
        errors={fieldErrors(setUp.error)}
        problem={setUp.error && errorText(setUp.error)}
        footer={
          <Button type="submit" tone="primary" isPending={setUp.isPending} className="w-full">
            {t('workspace.setup.verb')}
          </Button>
        }
      >
        <TextField name="workspaceName" label={t('workspace.name')} hint={t('workspace.name_hint')} autoComplete="organization" maxLength={200} isRequired autoFocus />
        <TextField name="name" label={t('workspace.setup.your_name')} autoComplete="name" maxLength={200} isRequired />
        <TextField name="email" type="email" label={t('workspace.setup.your_email')} autoComplete="username" isRequired />
        <PasswordField
          name="password"
          autoComplete="new-password"
          label={t('workspace.setup.password')}
          hint={t('workspace.setup.password_hint', { count: SHORTEST_PASSWORD })}
          validate={(value) => (value.length > 0 && value.length < SHORTEST_PASSWORD ? t('workspace.setup.password_short', { count: SHORTEST_PASSWORD }) : null)}
          isRequired
        />
      </Form>
    </>
  );
}
