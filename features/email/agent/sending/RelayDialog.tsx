import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { PasswordField } from '../../../../ui/components/PasswordField.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { Switch } from '../../../../ui/components/Switch.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ConnectionTest } from '../../core/contract.ts';
import { type RelayPut, RelayView } from '../../core/sending-contract.ts';
import { TestResult } from '../settings/TestResult.tsx';
import { useEmailText } from '../text.ts';
import { SENDING } from './queries.ts';

type RelayDialogProps = { relay: RelayView | 'new' | null; onClose: () => void };

export function RelayDialog({ relay, onClose }: RelayDialogProps) {
  const t = useEmailText();
  return (
    <Dialog isOpen={relay !== null} onClose={onClose} title={relay === 'new' || !relay ? t('email.relays.new') : relay.name} size="wide" isDismissable={false}>
      {relay && <RelayForm relay={relay === 'new' ? null : relay} onClose={onClose} />}
    </Dialog>
  );
}

type Settings = Omit<RelayPut, 'password' | 'port' | 'senders'> & { password: string; port: string; senders: string };

const NEW: Settings = { name: '', host: '', port: '465', security: 'tls', user: '', password: '', senders: '', failsOver: false };
const PORTS = { tls: '465', starttls: '587', none: '25' } as const;

function settingsOf(relay: RelayView | null): Settings {
  if (!relay) return NEW;
  const { id: _id, ...rest } = relay;
  return { ...rest, port: String(relay.port), senders: relay.senders.join(', '), password: '' };
}

const bodyOf = ({ password, port, senders, ...rest }: Settings): RelayPut => ({
  ...rest, port: Number(port), senders: senders.split(',').map((one) => one.trim()).filter((one) => one !== ''), ...(password !== '' && { password }),
});

function RelayForm({ relay, onClose }: { relay: RelayView | null; onClose: () => void }) {
  const t = useEmailText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [settings, setSettings] = useState(() => settingsOf(relay));
  const set = <K extends keyof Settings>(key: K) => (value: Settings[K]) => setSettings((before) => ({ ...before, [key]: value }));
  const test = useMutation({ mutationFn: () => api.post('/relays/tests', { ...bodyOf(settings), ...(relay && { id: relay.id }) }, ConnectionTest) });
  const save = useMutation({
    mutationFn: () => (relay ? api.put(`/relays/${relay.id}`, bodyOf(settings), RelayView) : api.post('/relays', bodyOf(settings), RelayView)),
    onSuccess: () => {
      toast({ text: t('email.saved') });
      onClose();
      return cache.invalidateQueries({ queryKey: SENDING });
    },
  });
  const error = save.error ?? test.error;
  return (
    <Form
      onSubmit={() => save.mutate()}
      errors={fieldErrors(error)}
      problem={error && errorText(error)}
      footer={
        <>
          <Button type="submit" tone="primary" isPending={save.isPending}>{t('email.save')}</Button>
          <Button onPress={() => test.mutate()} isPending={test.isPending}>{t('email.source.test')}</Button>
          <Button onPress={onClose}>{t('email.cancel')}</Button>
        </>
      }
    >
      <TextField name="name" label={t('email.relays.name')} value={settings.name} onChange={set('name')} maxLength={200} isRequired autoFocus />
      <TextField name="host" label={t('email.source.host')} hint={t('email.relays.host_hint')} value={settings.host} onChange={set('host')} isLatin isRequired />
      <div className="grid grid-cols-2 gap-4 max-wide:grid-cols-1">
        <Select
          label={t('email.source.security')}
          options={(['tls', 'starttls', 'none'] as const).map((id) => ({ id, label: t(`email.source.security.${id}`) }))}
          value={settings.security}
          onChange={(security) => setSettings((before) => ({ ...before, security, port: PORTS[security] }))}
        />
        <TextField name="port" label={t('email.source.port')} value={settings.port} onChange={set('port')} inputMode="numeric" isLatin isRequired />
      </div>
      <TextField name="user" label={t('email.source.user')} hint={t('email.relays.user_hint')} value={settings.user} onChange={set('user')} isLatin optional />
      {settings.user !== '' && (
        <PasswordField
          name="password"
          label={t('email.source.password')}
          {...(relay && { hint: t('email.source.password_kept') })}
          autoComplete="new-password"
          value={settings.password}
          onChange={set('password')}
          isRequired={relay?.user !== settings.user}
        />
      )}
      <TextField name="senders" label={t('email.relays.senders')} hint={t('email.relays.senders_hint')} value={settings.senders} onChange={set('senders')} isLatin optional />
      <Switch isSelected={settings.failsOver} onChange={set('failsOver')} hint={t('email.relays.fails_over_hint')}>{t('email.relays.fails_over')}</Switch>
      {test.data && <TestResult result={test.data} />}
    </Form>
  );
}
