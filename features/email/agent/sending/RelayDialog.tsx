import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { Switch } from '../../../../ui/components/Switch.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ConnectionTest } from '../../core/contract.ts';
import type { SignInView } from '../../core/oauth/contract.ts';
import { type RelayPut, RelayView } from '../../core/sending-contract.ts';
import { EditFooter } from '../settings/EditFooter.tsx';
import { signInQuery } from '../settings/oauth/queries.ts';
import { chosenForSending, ProviderChoice, sentThrough, type Chosen } from '../settings/ProviderChoice.tsx';
import { mailboxesQuery } from '../settings/queries.ts';
import { ServerFields } from '../settings/ServerFields.tsx';
import { TestResult } from '../settings/TestResult.tsx';
import { useEmailText } from '../text.ts';
import { SENDING } from './queries.ts';
import { RelayProof } from './RelayProof.tsx';

/** A relay to change, a new one, or a new one for which somebody has just signed in for this mailbox. */
export type Edited = RelayView | 'new' | { readonly signedInFor: string };
type RelayDialogProps = { relay: Edited | null; onClose: () => void };

const isKept = (relay: Edited | null): relay is RelayView => relay !== null && relay !== 'new' && 'id' in relay;

export function RelayDialog({ relay, onClose }: RelayDialogProps) {
  const t = useEmailText();
  return (
    <Dialog isOpen={relay !== null} onClose={onClose} title={isKept(relay) ? relay.name : t('email.relays.new')} size="wide" isDismissable={false}>
      {relay !== null && (isKept(relay) || relay === 'new'
        ? <RelayForm relay={relay === 'new' ? null : relay} start={relay === 'new' ? NEW : settingsOf(relay)} onClose={onClose} />
        : <SignedIn mailboxId={relay.signedInFor} onClose={onClose} />)}
    </Dialog>
  );
}

/** Whoever has just come back from the provider goes on with that. */
function SignedIn({ mailboxId, onClose }: { mailboxId: string; onClose: () => void }) {
  const signIn = useQuery(signInQuery(mailboxId));
  if (signIn.isPending) return <SkeletonRows count={4} />;
  return <RelayForm relay={null} start={settingsAfter(mailboxId, signIn.data ?? null)} onClose={onClose} />;
}

type Settings = Omit<RelayPut, 'password' | 'port' | 'senders'> & { password: string; port: string; senders: string };

const NEW: Settings = { name: '', host: '', port: '465', security: 'tls', auth: 'password', mailboxId: null, user: '', password: '', senders: '', failsOver: false };
const PORTS = { tls: '465', starttls: '587', none: '25' } as const;

function settingsOf(relay: RelayView): Settings {
  const { id: _id, canSignIn: _canSignIn, ...rest } = relay;
  return { ...rest, port: String(relay.port), senders: relay.senders.join(', '), password: '' };
}

function settingsAfter(mailboxId: string, signIn: SignInView | null): Settings {
  const { signedIn, ready } = signIn ?? { signedIn: null, ready: [] };
  const host = signedIn && ready.find(({ provider }) => provider === signedIn.provider)?.smtpHost;
  if (!signedIn || !host) return NEW;
  return { ...NEW, name: host, ...sentThrough(chosenForSending(host)), host, auth: signedIn.provider, mailboxId, user: signedIn.user };
}

const bodyOf = ({ password, port, senders, mailboxId, ...rest }: Settings): RelayPut => ({
  ...rest, port: Number(port), senders: senders.split(',').map((one) => one.trim()).filter((one) => one !== ''),
  mailboxId: rest.auth === 'password' ? null : mailboxId, ...(password !== '' && rest.auth === 'password' && { password }),
});

function RelayForm({ relay, start, onClose }: { relay: RelayView | null; start: Settings; onClose: () => void }) {
  const t = useEmailText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const mailboxes = useQuery(mailboxesQuery);
  const [settings, setSettings] = useState(start);
  const change = (changed: Partial<Settings>) => setSettings((before) => ({ ...before, ...changed }));
  const [chosen, setChosen] = useState(() => chosenForSending(start.host));
  /** Whoever signs in somewhere does so for a mailbox, at first for the one whose address is the account. */
  const signingIn = (auth: Settings['auth']): Partial<Settings> => {
    if (auth === 'password') return { auth };
    const all = mailboxes.data?.items ?? [];
    const mailbox = all.find(({ id }) => id === settings.mailboxId) ?? all.find(({ address }) => address === settings.user) ?? all[0];
    return { auth, mailboxId: mailbox?.id ?? null, user: settings.user || (mailbox?.address ?? '') };
  };
  const choose = (next: Chosen) => {
    setChosen(next);
    const known = sentThrough(next);
    change({ ...known, ...signingIn(known?.auth ?? 'password'), name: settings.name || (known?.name ?? '') });
  };
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
    <Form onSubmit={() => save.mutate()} errors={fieldErrors(error)} problem={error && errorText(error)} footer={<EditFooter save={save} test={test} onClose={onClose} />}>
      <ProviderChoice chosen={chosen} onChoose={choose} auth={settings.auth} onAuth={(auth) => change(signingIn(auth))} />
      <TextField name="name" label={t('email.relays.name')} value={settings.name} onChange={(name) => change({ name })} maxLength={200} isRequired autoFocus />
      <ServerFields server={settings} onChange={change} hostHint={t('email.relays.host_hint')} ports={PORTS} />
      <TextField
        name="user"
        label={t('email.source.user')}
        {...(settings.auth === 'password' && { hint: t('email.relays.user_hint') })}
        value={settings.user}
        onChange={(user) => change({ user })}
        isLatin
        {...(settings.auth === 'password' ? { optional: true } : { isRequired: true })}
      />
      <RelayProof relay={relay} proof={settings} onMailbox={(mailboxId) => change({ mailboxId })} onPassword={(password) => change({ password })} />
      <TextField name="senders" label={t('email.relays.senders')} hint={t('email.relays.senders_hint')} value={settings.senders} onChange={(senders) => change({ senders })} isLatin optional />
      <Switch isSelected={settings.failsOver} onChange={(failsOver) => change({ failsOver })} hint={t('email.relays.fails_over_hint')}>{t('email.relays.fails_over')}</Switch>
      {test.data && <TestResult result={test.data} />}
    </Form>
  );
}
