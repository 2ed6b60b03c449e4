import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Form } from '../../../../ui/components/Form.tsx';
import { PasswordField } from '../../../../ui/components/PasswordField.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { Switch } from '../../../../ui/components/Switch.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ConnectionTest, type MailboxView, type SourcePut, SourceView } from '../../core/contract.ts';
import type { SignInView } from '../../core/oauth/contract.ts';
import { useEmailText } from '../text.ts';
import { EditFooter } from './EditFooter.tsx';
import { SignInPart } from './oauth/SignInPart.tsx';
import { chosenAtFirst, fetchedFrom, firstSettings, ProviderChoice, type Chosen } from './ProviderChoice.tsx';
import { mailboxesQuery } from './queries.ts';
import { ServerFields } from './ServerFields.tsx';
import { TestResult } from './TestResult.tsx';

type SourceFormProps = { mailbox: MailboxView; source: SourceView | null; /** Of a new one: what was signed in for already. */ signIn?: SignInView | null; onClose: () => void };
type Settings = Omit<SourcePut, 'password' | 'port' | 'folders'> & { password: string; port: string; folders: string };

const NEW = {
  host: '', port: 993, security: 'tls', auth: 'password', folders: ['INBOX'], afterwards: 'seen', moveTo: '', takeExisting: false, trustedServer: '',
} as const;

function settingsOf(mailbox: MailboxView, source: SourceView | null, signIn: SignInView | null): Settings {
  if (!source) return { ...NEW, user: mailbox.address, password: '', port: String(NEW.port), folders: NEW.folders.join(', '), ...firstSettings(mailbox.address, signIn) };
  const { host, port, security, user, auth, folders, afterwards, moveTo, takeExisting, trustedServer } = source;
  return { host, port: String(port), security, user, auth, password: '', folders: folders.join(', '), afterwards, moveTo, takeExisting, trustedServer };
}

const bodyOf = ({ password, port, folders, ...rest }: Settings): SourcePut => ({
  ...rest, port: Number(port), folders: folders.split(',').map((name) => name.trim()).filter((name) => name !== ''), ...(password !== '' && rest.auth === 'password' && { password }),
});

const PORTS = { tls: '993', starttls: '143', none: '143' } as const;

export function SourceForm({ mailbox, source, signIn = null, onClose }: SourceFormProps) {
  const t = useEmailText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [settings, setSettings] = useState(() => settingsOf(mailbox, source, signIn));
  const set = <K extends keyof Settings>(key: K) => (value: Settings[K]) => setSettings((before) => ({ ...before, [key]: value }));
  const [chosen, setChosen] = useState(() => chosenAtFirst(mailbox.address, source?.host ?? firstSettings(mailbox.address, signIn)?.host ?? null));
  const choose = (next: Chosen) => {
    setChosen(next);
    setSettings((before) => ({ ...before, ...(fetchedFrom(next) ?? { auth: 'password' as const }) }));
  };
  const path = `/mailboxes/${mailbox.id}/source`;
  const done = () => {
    onClose();
    return cache.invalidateQueries(mailboxesQuery);
  };
  const test = useMutation({ mutationFn: () => api.post(`${path}/tests`, bodyOf(settings), ConnectionTest) });
  const save = useMutation({
    mutationFn: () => api.put(path, bodyOf(settings), SourceView),
    onSuccess: () => {
      toast({ text: t('email.saved') });
      return done();
    },
  });
  const stop = useMutation({ mutationFn: () => api.delete(path), onSuccess: done });
  const error = save.error ?? test.error ?? stop.error;

  return (
    <Form
      onSubmit={() => save.mutate()}
      errors={fieldErrors(error)}
      problem={error && errorText(error)}
      footer={<EditFooter save={save} test={test} onClose={onClose} {...(source && { forget: { mutate: stop.mutate, isPending: stop.isPending, label: t('email.source.stop') } })} />}
    >
      <ProviderChoice chosen={chosen} onChoose={choose} auth={settings.auth} onAuth={set('auth')} />
      <ServerFields server={settings} onChange={(changed) => setSettings((before) => ({ ...before, ...changed }))} hostHint={t('email.source.host_hint')} ports={PORTS} />
      <TextField name="user" label={t('email.source.user')} value={settings.user} onChange={set('user')} isLatin isRequired />
      <Proof mailboxId={mailbox.id} auth={settings.auth} user={settings.user} isKept={source?.auth === 'password'} password={settings.password} onPassword={set('password')} />
      <TextField name="folders" label={t('email.source.folders')} hint={t('email.source.folders_hint')} value={settings.folders} onChange={set('folders')} isRequired />
      <Select
        label={t('email.source.afterwards')}
        options={(['seen', 'move', 'leave'] as const).map((id) => ({ id, label: t(`email.source.afterwards.${id}`) }))}
        value={settings.afterwards}
        onChange={set('afterwards')}
      />
      {settings.afterwards === 'move' && <TextField name="moveTo" label={t('email.source.move_to')} value={settings.moveTo} onChange={set('moveTo')} isRequired />}
      <Switch isSelected={settings.takeExisting} onChange={set('takeExisting')} hint={t('email.source.existing_hint')}>{t('email.source.existing')}</Switch>
      <TextField name="trustedServer" label={t('email.source.trusted')} hint={t('email.source.trusted_hint')} value={settings.trustedServer} onChange={set('trustedServer')} isLatin optional />
      {test.data && <TestResult result={test.data} />}
    </Form>
  );
}

type ProofProps = { mailboxId: string; auth: SourcePut['auth']; user: string; /** A password is there already. */ isKept: boolean; password: string; onPassword: (password: string) => void };

function Proof({ mailboxId, auth, user, isKept, password, onPassword }: ProofProps) {
  const t = useEmailText();
  if (auth !== 'password') return <SignInPart mailboxId={mailboxId} provider={auth} user={user} />;
  return (
    <PasswordField
      name="password"
      label={t('email.source.password')}
      hint={t(isKept ? 'email.source.password_kept' : 'email.source.password_hint')}
      autoComplete="new-password"
      value={password}
      onChange={onPassword}
      isRequired={!isKept}
    />
  );
}
