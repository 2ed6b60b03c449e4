import { useMutation } from '@tanstack/react-query';
import { KeyRound, Smartphone } from 'lucide-react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Enrolled, PasskeyOptions, type SecondStepDue, TotpDraft } from '../../core/two-step-contract.ts';
import { usePeopleText } from '../text.ts';
import { makePasskey, passkeysHere } from './passkey.ts';
import { RecoveryCodeList } from './RecoveryCodeList.tsx';
import { TotpSetup } from './TotpSetup.tsx';

const anonymous = { anonymous: true };

/** The role needs a second step and there is none: it is set up here, and the desk opens. */
export function EnrolStep({ due, onSignedIn, onRestart }: { due: SecondStepDue; onSignedIn: () => void; onRestart: () => void }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const { pending } = due;
  const begin = useMutation({ mutationFn: () => api.post('/session/enrolment/totp', { pending }, TotpDraft, anonymous) });
  const confirm = useMutation({ mutationFn: (code: string) => api.post('/session/enrolment/totp/confirmation', { pending, code }, Enrolled, anonymous) });
  const passkey = useMutation({
    mutationFn: async () => {
      const { options } = await api.post('/session/enrolment/passkey-options', { pending }, PasskeyOptions, anonymous);
      return api.post('/session/enrolment/passkey', { pending, name: t('people.passkey.first_name'), made: await makePasskey(options) }, Enrolled, anonymous);
    },
  });
  const enrolled = confirm.data ?? passkey.data;
  const problem = passkey.error ?? begin.error;

  if (enrolled) return <RecoveryCodeList codes={enrolled.recoveryCodes ?? []} onDone={onSignedIn} />;
  if (begin.data) {
    return (
      <TotpSetup draft={begin.data} isPending={confirm.isPending} problem={confirm.error && errorText(confirm.error)} onCode={(code) => confirm.mutate(code)} onCancel={() => begin.reset()} />
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-14 text-ink-soft">{t('people.enrol.why')}</p>
      {problem && <Banner tone="danger">{errorText(problem)}</Banner>}
      <Button tone="primary" icon={Smartphone} isPending={begin.isPending} onPress={() => begin.mutate()} autoFocus>
        {t('people.totp.add')}
      </Button>
      {due.passkeysPossible && passkeysHere() && (
        <Button icon={KeyRound} isPending={passkey.isPending} onPress={() => passkey.mutate()}>
          {t('people.passkey.add')}
        </Button>
      )}
      <Button tone="quiet" onPress={onRestart}>
        {t('people.back_to_sign_in')}
      </Button>
    </div>
  );
}
