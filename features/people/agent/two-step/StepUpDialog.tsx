import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, onStepUp, type Toward } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { PasswordField } from '../../../../ui/components/PasswordField.tsx';
import { SessionView } from '../../core/contract.ts';
import { PasskeyOptions, type TwoStepView } from '../../core/two-step-contract.ts';
import { twoStepQuery } from '../queries.ts';
import { usePeopleText } from '../text.ts';
import { CodeField } from './CodeField.tsx';
import { answerPasskey, passkeysHere } from './passkey.ts';

type Way = 'passkey' | 'totp' | 'password';

/** Appears when the server asks once more who sits there; what was asked for then goes on by itself. */
export function StepUpDialog() {
  const t = usePeopleText();
  const [isOpen, setOpen] = useState(false);
  const [toward, setToward] = useState<Toward | null>(null);
  const waiting = useRef<((isProved: boolean) => void)[]>([]);
  useEffect(() => onStepUp((asked) => new Promise<boolean>((resolve) => {
    waiting.current.push(resolve);
    setToward(asked);
    setOpen(true);
  })), []);
  const settle = (isProved: boolean) => {
    setOpen(false);
    for (const resolve of waiting.current.splice(0)) resolve(isProved);
  };

  return (
    <Dialog isOpen={isOpen} onClose={() => settle(false)} title={t('people.step_up')}>
      <StepUpBody toward={toward} onProved={() => settle(true)} onCancel={() => settle(false)} />
    </Dialog>
  );
}

function StepUpBody(props: { toward: Toward | null; onProved: () => void; onCancel: () => void }) {
  const { data } = useQuery(twoStepQuery);
  return data ? <StepUpForm ways={waysOf(data)} {...props} /> : null;
}

const waysOf = ({ totpSince, passkeys }: TwoStepView): Way[] => [
  ...(totpSince ? ['totp' as const] : []), ...(passkeys.length > 0 && passkeysHere() ? ['passkey' as const] : []), 'password',
];

function StepUpForm({ ways, toward, onProved, onCancel }: { ways: Way[]; toward: Toward | null; onProved: () => void; onCancel: () => void }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const [way, setWay] = useState<Way>(ways[0] ?? 'password');
  const prove = useMutation({
    mutationFn: async (values: FormData) => api.post('/session/step-up', await proofOf(way, values), SessionView),
    onSuccess: onProved,
  });
  return (
    <Form
      key={way}
      onSubmit={(values) => prove.mutate(values)}
      problem={prove.error && errorText(prove.error)}
      footer={
        <>
          <Button type="submit" tone="primary" isPending={prove.isPending} {...(way === 'passkey' && { autoFocus: true })}>
            {t(way === 'passkey' ? 'people.second.passkey' : 'people.step_up.verb')}
          </Button>
          <Button onPress={onCancel}>{t('people.cancel')}</Button>
          {ways.filter((other) => other !== way).map((other) => (
            <Button key={other} tone="quiet" onPress={() => { prove.reset(); setWay(other); }}>
              {t(`people.second.use.${other}`)}
            </Button>
          ))}
        </>
      }
    >
      <p className="text-14 text-ink-soft">{t(toward === null ? 'people.step_up.why' : `people.step_up.why.${toward}`)}</p>
      {way === 'totp' && <CodeField way="totp" />}
      {way === 'password' && <PasswordField name="password" autoComplete="current-password" label={t('people.password')} isRequired autoFocus />}
    </Form>
  );
}

async function proofOf(way: Way, values: FormData): Promise<object> {
  if (way === 'password') return { method: way, password: values.get('password') };
  if (way === 'totp') return { method: way, code: values.get('code') };
  const { options } = await api.post('/session/step-up/passkey-options', undefined, PasskeyOptions);
  return { method: way, answer: await answerPasskey(options) };
}
