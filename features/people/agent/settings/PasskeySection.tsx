import { useMutation, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { errorText, useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { ListRow, RowList, Section } from '../../../../ui/layout/Section.tsx';
import { PasskeyOptions, RecoveryCodes, type TwoStepView } from '../../core/two-step-contract.ts';
import { refreshPeople } from '../queries.ts';
import { usePeopleText } from '../text.ts';
import { makePasskey, passkeysHere } from '../two-step/passkey.ts';

type Passkey = TwoStepView['passkeys'][number];
type OnCodes = (codes: readonly string[] | null) => void;

/** Passkeys of this computer, a phone or a security key, each with a name one knows it by. */
export function PasskeySection({ passkeys, isPossible, onCodes }: { passkeys: readonly Passkey[]; isPossible: boolean; onCodes: OnCodes }) {
  const t = usePeopleText();
  const format = useFormat();
  const cache = useQueryClient();
  const [named, setNamed] = useState<Passkey | 'new' | null>(null);
  const [doomed, setDoomed] = useState<Passkey | null>(null);
  const isHere = isPossible && passkeysHere();

  return (
    <Section title={t('people.passkeys')} description={t(isHere ? 'people.passkeys.why' : 'people.passkeys.not_here')}>
      {passkeys.length > 0 && (
        <RowList label={t('people.passkeys')}>
          {passkeys.map((passkey) => (
            <ListRow
              key={passkey.id}
              leading={<KeyRound aria-hidden size={20} strokeWidth={1.5} className="text-ink-faint" />}
              title={passkey.name}
              detail={passkey.lastUsedAt ? t('people.tokens.used', { when: format.date(passkey.lastUsedAt) }) : t('people.tokens.unused')}
              actions={
                <>
                  <Button size="small" onPress={() => setNamed(passkey)} aria-label={t('people.passkey.rename_of', { name: passkey.name })}>
                    {t('people.passkey.rename')}
                  </Button>
                  <Button size="small" onPress={() => setDoomed(passkey)} aria-label={t('people.passkey.remove_title', { name: passkey.name })}>
                    {t('people.passkey.remove')}
                  </Button>
                </>
              }
            />
          ))}
        </RowList>
      )}
      {isHere && (
        <div>
          <Button icon={KeyRound} onPress={() => setNamed('new')}>
            {t('people.passkey.add')}
          </Button>
        </div>
      )}
      <Dialog isOpen={named !== null} onClose={() => setNamed(null)} title={t(named === 'new' ? 'people.passkey.add' : 'people.passkey.rename')}>
        {named && <NameForm passkey={named} onClose={() => setNamed(null)} onCodes={onCodes} />}
      </Dialog>
      <ConfirmDialog
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        title={t('people.passkey.remove_title', { name: doomed?.name ?? '' })}
        verb={t('people.passkey.remove')}
        onConfirm={async () => {
          if (doomed) await api.delete(`/me/two-step/passkeys/${doomed.id}`);
          await refreshPeople(cache);
        }}
        errorText={errorText}
      >
        {t('people.second.remove_why')}
      </ConfirmDialog>
    </Section>
  );
}

function NameForm({ passkey, onClose, onCodes }: { passkey: Passkey | 'new'; onClose: () => void; onCodes: OnCodes }) {
  const t = usePeopleText();
  const failure = useErrorText();
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: async (values: FormData) => {
      const name = values.get('name');
      if (passkey !== 'new') return api.patch(`/me/two-step/passkeys/${passkey.id}`, { name });
      const { options } = await api.post('/me/two-step/passkeys/options', undefined, PasskeyOptions);
      onCodes((await api.post('/me/two-step/passkeys', { name, made: await makePasskey(options) }, RecoveryCodes)).recoveryCodes);
    },
    onSuccess: onClose,
    onSettled: () => refreshPeople(cache),
  });
  return (
    <Form
      onSubmit={(values) => save.mutate(values)}
      problem={save.error && failure(save.error)}
      footer={
        <>
          <Button type="submit" tone="primary" isPending={save.isPending}>
            {t(passkey === 'new' ? 'people.passkey.add' : 'people.save')}
          </Button>
          <Button onPress={onClose}>{t('people.cancel')}</Button>
        </>
      }
    >
      <TextField name="name" label={t('people.name')} hint={t('people.passkey.name_hint')} defaultValue={passkey === 'new' ? '' : passkey.name} maxLength={100} isRequired autoFocus />
    </Form>
  );
}
