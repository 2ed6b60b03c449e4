import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../../platform/browser/error-text.ts';
import { CopyField } from '../../../../../ui/components/CopyField.tsx';
import { Form } from '../../../../../ui/components/Form.tsx';
import { PasswordField } from '../../../../../ui/components/PasswordField.tsx';
import { TextField } from '../../../../../ui/components/TextField.tsx';
import { toast } from '../../../../../ui/components/Toast.tsx';
import { OAuthClientView } from '../../../core/oauth/contract.ts';
import type { SignInProvider } from '../../../core/oauth/services.ts';
import { useEmailText } from '../../text.ts';
import { EditFooter } from '../EditFooter.tsx';

type ClientFormProps = { provider: SignInProvider; client: OAuthClientView | null; redirectUri: string; onClose: () => void };

const EMPTY = { clientId: '', tenant: '', authorizeUrl: '', tokenUrl: '', scope: '', mailHost: '', smtpHost: '' };
const PLACES = [
  { name: 'authorizeUrl', label: 'email.oauth.authorize_url' }, { name: 'tokenUrl', label: 'email.oauth.token_url' },
  { name: 'scope', label: 'email.oauth.scope' }, { name: 'mailHost', label: 'email.oauth.mail_host' },
] as const;

/** What the provider gave when Rapport was registered there. The secret is never shown again. */
export function ClientForm({ provider, client, redirectUri, onClose }: ClientFormProps) {
  const t = useEmailText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [values, setValues] = useState(() => ({ ...EMPTY, ...client, clientSecret: '' }));
  const set = (key: keyof typeof values) => (value: string) => setValues((before) => ({ ...before, [key]: value }));
  const path = `/email/oauth/clients/${provider}`;
  const done = () => {
    toast({ text: t('email.saved') });
    onClose();
    return cache.invalidateQueries({ queryKey: ['email'] });
  };
  const save = useMutation({
    mutationFn: () => {
      const { clientId, tenant, authorizeUrl, tokenUrl, scope, mailHost, smtpHost, clientSecret } = values;
      return api.put(path, { clientId, tenant, authorizeUrl, tokenUrl, scope, mailHost, smtpHost, ...(clientSecret !== '' && { clientSecret }) }, OAuthClientView);
    },
    onSuccess: done,
  });
  const forget = useMutation({ mutationFn: () => api.delete(path), onSuccess: done });
  const error = save.error ?? forget.error;
  return (
    <Form
      onSubmit={() => save.mutate()}
      errors={fieldErrors(error)}
      problem={error && errorText(error)}
      footer={<EditFooter save={save} onClose={onClose} {...(client && { forget: { mutate: forget.mutate, isPending: forget.isPending, label: t('email.oauth.forget') } })} />}
    >
      <p className="max-w-reading text-13 text-ink-faint">{t(`email.oauth.how.${provider}`)}</p>
      <CopyField label={t('email.oauth.redirect')} value={redirectUri} />
      <TextField name="clientId" label={t('email.oauth.client_id')} value={values.clientId} onChange={set('clientId')} isLatin isRequired />
      <PasswordField
        name="clientSecret"
        label={t('email.oauth.client_secret')}
        {...(client && { hint: t('email.source.password_kept') })}
        autoComplete="new-password"
        value={values.clientSecret}
        onChange={set('clientSecret')}
        isRequired={!client}
      />
      {provider === 'microsoft' && <TextField name="tenant" label={t('email.oauth.tenant')} hint={t('email.oauth.tenant_hint')} value={values.tenant} onChange={set('tenant')} isLatin optional />}
      {provider === 'other' && PLACES.map(({ name, label }) => <TextField key={name} name={name} label={t(label)} value={values[name]} onChange={set(name)} isLatin isRequired />)}
      {provider === 'other' && <TextField name="smtpHost" label={t('email.oauth.smtp_host')} hint={t('email.oauth.smtp_host_hint')} value={values.smtpHost} onChange={set('smtpHost')} isLatin optional />}
    </Form>
  );
}
