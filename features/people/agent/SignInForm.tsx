import { useMutation } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { Form } from '../../../ui/components/Form.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { PasswordField } from '../../../ui/components/PasswordField.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { SessionView } from '../core/contract.ts';
import { usePeopleText } from './text.ts';

/** The same form on the first page and in the dialog that appears when a session has ended. */
export function SignInForm({ email, onSignedIn }: { email?: string; onSignedIn: () => void }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const signIn = useMutation({
    mutationFn: (values: FormData) =>
      api.post('/session', { email: values.get('email'), password: values.get('password') }, SessionView, { anonymous: true }),
    onSuccess: onSignedIn,
  });

  return (
    <Form
      onSubmit={(values) => signIn.mutate(values)}
      problem={signIn.error && errorText(signIn.error)}
      footer={
        <>
          <Button type="submit" tone="primary" isPending={signIn.isPending} className="w-full">
            {t('people.sign_in.verb')}
          </Button>
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
