import { useMutation } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Form } from '../../../ui/components/Form.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { usePeopleText } from './text.ts';

/** Says the same for known and unknown addresses. */
export function ForgottenScreen() {
  const t = usePeopleText();
  const errorText = useErrorText();
  const request = useMutation({
    mutationFn: (values: FormData) => api.post('/password-resets', { email: values.get('email') }, null, { anonymous: true }),
  });

  return (
    <>
      <title>{`${t('people.forgotten.title')} · Rapport`}</title>
      <h1 className="mb-2 text-20 font-semibold">{t('people.forgotten.title')}</h1>
      <p className="mb-5 text-ink-soft">{t('people.forgotten.why')}</p>
      {request.isSuccess ? (
        <div className="flex flex-col gap-5">
          <Banner tone="good">{t('people.forgotten.sent')}</Banner>
          <Link href="/">{t('people.back_to_sign_in')}</Link>
        </div>
      ) : (
        <Form
          onSubmit={(values) => request.mutate(values)}
          problem={request.error && errorText(request.error)}
          footer={
            <>
              <Button type="submit" tone="primary" isPending={request.isPending} className="w-full">
                {t('people.forgotten.verb')}
              </Button>
              <p className="w-full text-center text-13">
                <Link href="/">{t('people.back_to_sign_in')}</Link>
              </p>
            </>
          }
        >
          <TextField name="email" type="email" autoComplete="username" label={t('people.email')} isRequired autoFocus />
        </Form>
      )}
    </>
  );
}
