import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Form } from '../../../ui/components/Form.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { MailCodeForm } from './MailCodeForm.tsx';
import { NewPasswordField } from './NewPasswordField.tsx';
import { usePeopleText } from './text.ts';

export function ResetScreen({ token: fromLink }: { token: string }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const [token, setToken] = useState(fromLink);
  const reset = useMutation({
    mutationFn: (values: FormData) => api.post('/password-resets/use', { token, password: values.get('password') }, null, { anonymous: true }),
  });

  return (
    <>
      <title>{`${t('people.reset.title')} · Rapport`}</title>
      <h1 className="mb-5 text-20 font-semibold">{t('people.reset.title')}</h1>
      {reset.isSuccess ? (
        <div className="flex flex-col gap-5">
          <Banner tone="good">{t('people.reset.done')}</Banner>
          <Link href="/">{t('people.back_to_sign_in')}</Link>
        </div>
      ) : token === '' ? (
        <MailCodeForm onCode={setToken} />
      ) : (
        <Form
          onSubmit={(values) => reset.mutate(values)}
          problem={reset.error && errorText(reset.error)}
          footer={
            <Button type="submit" tone="primary" isPending={reset.isPending} className="w-full">
              {t('people.reset.verb')}
            </Button>
          }
        >
          <NewPasswordField />
        </Form>
      )}
    </>
  );
}
