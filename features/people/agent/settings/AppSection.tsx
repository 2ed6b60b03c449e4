import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { errorText, useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { Section } from '../../../../ui/layout/Section.tsx';
import { RecoveryCodes, TotpDraft } from '../../core/two-step-contract.ts';
import { refreshPeople } from '../queries.ts';
import { usePeopleText } from '../text.ts';
import { TotpSetup } from '../two-step/TotpSetup.tsx';

/** The authenticator app: one for each person, replaced by setting up another. */
export function AppSection({ since, onCodes }: { since: string | null; onCodes: (codes: readonly string[] | null) => void }) {
  const t = usePeopleText();
  const failure = useErrorText();
  const format = useFormat();
  const cache = useQueryClient();
  const [isRemoving, setRemoving] = useState(false);
  const begin = useMutation({ mutationFn: () => api.post('/me/two-step/totp', undefined, TotpDraft) });
  const confirm = useMutation({
    mutationFn: (code: string) => api.put('/me/two-step/totp', { code }, RecoveryCodes),
    onSuccess: ({ recoveryCodes }) => {
      begin.reset();
      onCodes(recoveryCodes);
    },
    onSettled: () => refreshPeople(cache),
  });
  const close = () => {
    begin.reset();
    confirm.reset();
  };

  return (
    <Section title={t('people.totp')} description={t('people.totp.why')}>
      <p className="text-14">{since ? t('people.totp.since', { when: format.date(since) }) : t('people.totp.none')}</p>
      {begin.error && <Banner tone="danger">{failure(begin.error)}</Banner>}
      <div className="flex flex-wrap gap-2">
        <Button isPending={begin.isPending} onPress={() => begin.mutate()}>
          {t(since ? 'people.totp.replace' : 'people.totp.add')}
        </Button>
        {since && <Button onPress={() => setRemoving(true)}>{t('people.totp.remove')}</Button>}
      </div>
      <Dialog isOpen={begin.data !== undefined} onClose={close} title={t('people.totp.add')} isDismissable={false}>
        {begin.data && (
          <TotpSetup draft={begin.data} isPending={confirm.isPending} problem={confirm.error && failure(confirm.error)} onCode={(code) => confirm.mutate(code)} onCancel={close} />
        )}
      </Dialog>
      <ConfirmDialog
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        title={t('people.totp.remove_title')}
        verb={t('people.totp.remove')}
        onConfirm={async () => {
          await api.delete('/me/two-step/totp');
          await refreshPeople(cache);
        }}
        errorText={errorText}
      >
        {t('people.second.remove_why')}
      </ConfirmDialog>
    </Section>
  );
}
