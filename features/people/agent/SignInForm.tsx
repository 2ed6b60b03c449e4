import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { Form } from '../../../ui/components/Form.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { PasswordField } from '../../../ui/components/PasswordField.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { SessionView } from '../core/contract.ts';
import { PasskeyOptions, type SecondStepDue, SignedInOrDue } from '../core/two-step-contract.ts';
import { usePeopleText } from './text.ts';
import { answerPasskey, passkeysHere } from './two-step/passkey.ts';

const NextStep = lazy(async () => ({ default: (await import('./two-step/NextStep.tsx')).NextStep }));

/** The same form on the first page and in the dialog that appears when a session has ended. */
export function SignInForm({ email, onSignedIn }: { email?: string; onSignedIn: () => void }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const [due, setDue] = useState<SecondStepDue | null>(null);
  const signIn = useMutation({
    mutationFn: (values: FormData) =>
      api.post('/session', { email: values.get('email'), password: values.get('password') }, SignedInOrDue, { anonymous: true }),
    onSuccess: (answer) => ('token' in answer ? onSignedIn() : setDue(answer)),
  });
  const byPasskey = useMutation({
    mutationFn: async () => {
      const { options } = await api.post('/session/passkey-options', undefined, PasskeyOptions, { anonymous: true });
      return api.post('/session/passkey', { answer: await answerPasskey(options) }, SessionView, { anonymous: true });
    },
    onSuccess: onSignedIn,
  });
  const problem = byPasskey.error ?? signIn.error;

  if (due) return <Suspense><NextStep due={due} onSignedIn={onSignedIn} onRestart={() => setDue(null)} /></Suspense>;
  return (
    <Form
      onSubmit={(values) => {
        byPasskey.reset();
        signIn.mutate(values);
      }}
      problem={problem && errorText(problem)}
      footer={
        <>
          <Button type="submit" tone="primary" isPending={signIn.isPending} className="w-full">
            {t('people.sign_in.verb')}
          </Button>
          {passkeysHere() && (
            <Button icon={KeyRound} isPending={byPasskey.isPending} onPress={() => byPasskey.mutate()} className="w-full">
              {t('people.sign_in.passkey')}
            </Button>
          )}
          <p className="w-full text-center text-13">
            <Link href="/forgotten">{t('people.sign_in.forgotten')}</Link>
          </p>
        </>
      }
    >
      <TextField name="email" type="email" autoComplete="username" label={t('people.email')} defaultValue={email ?? ''} isRequired autoFocus={!email} />
      <PasswordField name="password" autoComplete="current-password" label={t('people.password')} isRequired autoFocus={Boolean(email)} />
    </Form>
  );
}
