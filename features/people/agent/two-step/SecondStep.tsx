import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { SessionView } from '../../core/contract.ts';
import type { SecondStep as Way } from '../../core/two-step.ts';
import { PasskeyOptions, type SecondStepDue } from '../../core/two-step-contract.ts';
import { usePeopleText } from '../text.ts';
import { CodeField } from './CodeField.tsx';
import { answerPasskey, passkeysHere } from './passkey.ts';

export function SecondStep({ due, onSignedIn, onRestart }: { due: SecondStepDue; onSignedIn: () => void; onRestart: () => void }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const ways = due.methods.filter((way) => way !== 'passkey' || passkeysHere());
  const [way, setWay] = useState<Way>(ways[0] ?? 'recovery');
  const [remember, setRemember] = useState(false);
  const enter = useMutation({
    mutationFn: async (values: FormData) => {
      const proof = way === 'passkey' ? { method: way, answer: await passkeyAnswer(due.pending) } : { method: way, code: values.get('code') };
      return api.post('/session/second-step', { pending: due.pending, remember, ...proof }, SessionView, { anonymous: true });
    },
    onSuccess: onSignedIn,
  });
  const change = (to: Way) => {
    enter.reset();
    setWay(to);
  };

  return (
    <Form
      key={way}
      onSubmit={(values) => enter.mutate(values)}
      problem={enter.error && errorText(enter.error)}
      footer={
        <>
          <Button type="submit" tone="primary" isPending={enter.isPending} className="w-full" {...(way === 'passkey' && { icon: KeyRound, autoFocus: true })}>
            {t(way === 'passkey' ? 'people.second.passkey' : 'people.sign_in.verb')}
          </Button>
          {ways.filter((other) => other !== way).map((other) => (
            <Button key={other} tone="quiet" onPress={() => change(other)} className="w-full">
              {t(`people.second.use.${other}`)}
            </Button>
          ))}
          <Button tone="quiet" onPress={onRestart} className="w-full">
            {t('people.back_to_sign_in')}
          </Button>
        </>
      }
    >
      <p className="text-14 text-ink-soft">{t(`people.second.why.${way}`)}</p>
      {way !== 'passkey' && <CodeField way={way} />}
      <Checkbox isSelected={remember} onChange={setRemember} hint={t('people.second.remember_hint')}>
        {t('people.second.remember')}
      </Checkbox>
    </Form>
  );
}

async function passkeyAnswer(pending: string): Promise<object> {
  const { options } = await api.post('/session/second-step/passkey-options', { pending }, PasskeyOptions, { anonymous: true });
  return answerPasskey(options);
}
