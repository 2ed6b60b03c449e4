import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { PasswordField } from '../../../../ui/components/PasswordField.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { Section } from '../../../../ui/layout/Section.tsx';
import { MeView } from '../../core/contract.ts';
import { FaceSection } from './FaceSection.tsx';
import { NewPasswordField } from '../NewPasswordField.tsx';
import { meQuery } from '../queries.ts';
import { usePeopleText } from '../text.ts';

export function ProfileScreen() {
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  return (
    <>
      <NameSection me={me} />
      <FaceSection me={me} />
      <PasswordSection email={me.email} />
    </>
  );
}

function NameSection({ me }: { me: MeView }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const rename = useMutation({
    mutationFn: (values: FormData) => api.patch('/me', { name: values.get('name') }, MeView),
    onSuccess: (saved) => {
      cache.setQueryData(meQuery.queryKey, saved);
      toast({ text: t('people.saved') });
    },
  });

  return (
    <Section title={t('people.profile.who')} description={t('people.profile.who_why')}>
      <Form
        className="max-w-form"
        onSubmit={(values) => rename.mutate(values)}
        problem={rename.error && errorText(rename.error)}
        footer={
          <Button type="submit" tone="primary" isPending={rename.isPending}>
            {t('people.save')}
          </Button>
        }
      >
        <TextField name="name" label={t('people.name')} autoComplete="name" defaultValue={me.name} maxLength={200} isRequired />
        <TextField label={t('people.email')} type="email" value={me.email} isReadOnly hint={t('people.profile.email_fixed')} />
        <TextField label={t('people.role')} value={t(`people.role.${me.role}`)} isReadOnly />
      </Form>
    </Section>
  );
}

function PasswordSection({ email }: { email: string }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const [turn, setTurn] = useState(0);
  const change = useMutation({
    mutationFn: (values: FormData) => api.put('/me/password', { current: values.get('current'), next: values.get('next') }, null),
    onSuccess: () => {
      setTurn(turn + 1);
      toast({ text: t('people.password_changed') });
    },
  });

  return (
    <Section title={t('people.password')} description={t('people.password_change_why')}>
      <Form
        key={turn}
        className="max-w-form"
        onSubmit={(values) => change.mutate(values)}
        problem={change.error && errorText(change.error)}
        footer={
          <Button type="submit" isPending={change.isPending}>
            {t('people.password_change')}
          </Button>
        }
      >
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordField name="current" autoComplete="current-password" label={t('people.current_password')} isRequired />
        <NewPasswordField name="next" />
      </Form>
    </Section>
  );
}
