import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { currentLanguage, speak } from '../../../platform/browser/i18n.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { Form } from '../../../ui/components/Form.tsx';
import { Loading, Skeleton } from '../../../ui/components/Skeleton.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { InvitationView } from '../core/contract.ts';
import { type SecondStepDue, SignedInOrDue } from '../core/two-step-contract.ts';
import { MailCodeForm } from './MailCodeForm.tsx';
import { NewPasswordField } from './NewPasswordField.tsx';
import { usePeopleText } from './text.ts';
import { NextStep } from './two-step/NextStep.tsx';

export function InvitationScreen({ token: fromLink, onSignedIn }: { token: string; onSignedIn: () => void }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const [token, setToken] = useState(fromLink);
  const [due, setDue] = useState<SecondStepDue | null>(null);
  const invitation = useQuery({
    queryKey: ['people', 'invitation', token],
    queryFn: ({ signal }) => api.post('/invitations/check', { token }, InvitationView, { signal, anonymous: true }),
    enabled: token !== '',
    staleTime: Infinity,
  });
  const wanted = invitation.data?.language;
  // As their invitation is written; whoever wants another says so below, and keeps it.
  useEffect(() => {
    if (wanted !== undefined) void speak(wanted);
  }, [wanted]);
  const accept = useMutation({
    mutationFn: (values: FormData) =>
      api.post(
        '/invitations',
        { token, name: values.get('name'), password: values.get('password'), language: currentLanguage() },
        SignedInOrDue,
        { anonymous: true },
      ),
    onSuccess: (answer) => ('token' in answer ? onSignedIn() : setDue(answer)),
  });

  if (token === '' || invitation.isError) {
    return (
      <div className="flex flex-col gap-4">
        <h1 className="text-20 font-semibold">{t('people.invitation.title', { workspace: 'Rapport' })}</h1>
        <MailCodeForm onCode={setToken} problem={invitation.error && errorText(invitation.error)} />
      </div>
    );
  }
  if (!invitation.data) {
    return (
      <Loading>
        <Skeleton className="mb-4 h-5 w-2/3" />
        <Skeleton className="mb-2 w-full" />
        <Skeleton className="w-3/4" />
      </Loading>
    );
  }
  if (due) return <NextStep due={due} onSignedIn={onSignedIn} onRestart={() => location.assign('/')} />;
  return (
    <>
      <title>{`${t('people.invitation.title', { workspace: invitation.data.workspaceName })} · Rapport`}</title>
      <h1 className="mb-2 text-20 font-semibold">{t('people.invitation.title', { workspace: invitation.data.workspaceName })}</h1>
      <p className="mb-5 text-ink-soft">{t('people.invitation.why', { email: invitation.data.email })}</p>
      <Form
        onSubmit={(values) => accept.mutate(values)}
        problem={accept.error && errorText(accept.error)}
        footer={
          <Button type="submit" tone="primary" isPending={accept.isPending} className="w-full">
            {t('people.invitation.verb')}
          </Button>
        }
      >
        <input type="email" name="email" autoComplete="username" value={invitation.data.email} readOnly hidden />
        <TextField name="name" autoComplete="name" label={t('people.name')} defaultValue={invitation.data.name} isRequired />
        <NewPasswordField label={t('people.password')} />
      </Form>
    </>
  );
}
