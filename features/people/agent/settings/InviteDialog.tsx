import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role } from '../../../../kernel/actor.ts';
import { LANGUAGES, type Language } from '../../../../kernel/languages.ts';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { LANGUAGE_NAMES } from '../../../../platform/browser/i18n.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { CopyField } from '../../../../ui/components/CopyField.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { InvitedView } from '../../core/contract.ts';
import { meQuery, refreshPeople } from '../queries.ts';
import { usePeopleText } from '../text.ts';
import { RoleSelect } from './RoleSelect.tsx';
import { TeamChoice } from './TeamChoice.tsx';

export function InviteDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = usePeopleText();
  const [unsent, setUnsent] = useState<InvitedView | null>(null);
  const close = () => {
    setUnsent(null);
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} onClose={close} title={t('people.invite')}>
      {unsent ? <LinkToHand invited={unsent} onClose={close} /> : <InviteForm onClose={close} onUnsent={setUnsent} />}
    </Dialog>
  );
}

/** Of an invitation that has not left. */
export function LinkDialog({ invited, onClose }: { invited: InvitedView | null; onClose: () => void }) {
  const t = usePeopleText();
  return <Dialog isOpen={invited !== null} onClose={onClose} title={t('people.invite_again')}>{invited && <LinkToHand invited={invited} onClose={onClose} />}</Dialog>;
}

/** The mail has not left: the link goes there in another way. */
function LinkToHand({ invited: { name, email, invitationLink }, onClose }: { invited: InvitedView; onClose: () => void }) {
  const t = usePeopleText();
  return (
    <div className="flex flex-col gap-4">
      <p role="status">{t('people.invite_unsent', { name: isolated(name), email: isolated(email) })}</p>
      <CopyField label={t('people.invite_link')} value={invitationLink ?? ''} />
      <p className="text-13 text-ink-faint">{t('people.invite_link_what')}</p>
      <Button tone="primary" className="self-start" onPress={onClose}>{t('people.invite_link_done')}</Button>
    </div>
  );
}

function InviteForm({ onClose, onUnsent }: { onClose: () => void; onUnsent: (invited: InvitedView) => void }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const [role, setRole] = useState<Role>('agent');
  const [language, setLanguage] = useState<Language>(me?.workspace.language ?? 'en');
  const [teamIds, setTeamIds] = useState<string[]>([]);
  const invite = useMutation({
    mutationFn: (values: FormData) =>
      api.post('/people', { name: values.get('name'), email: values.get('email'), role, language, teamIds }, InvitedView),
    onSuccess: (invited) => {
      if (invited.invitationLink === null) {
        toast({ text: t('people.invited', { email: invited.email }) });
        onClose();
      } else onUnsent(invited);
      return refreshPeople(cache);
    },
  });

  return (
    <SaveForm
      verb={t('people.invite_verb')}
      onSubmit={(values) => invite.mutate(values)}
      isPending={invite.isPending}
      onCancel={onClose}
      errors={fieldErrors(invite.error)}
      problem={invite.error && errorText(invite.error)}
    >
      <TextField name="name" label={t('people.name')} autoComplete="off" maxLength={200} isRequired autoFocus />
      <TextField name="email" type="email" label={t('people.email')} autoComplete="off" hint={t('people.invite_hint')} isRequired />
      <RoleSelect value={role} onChange={setRole} upTo={me?.role ?? 'agent'} />
      <Select
        label={t('people.language')}
        options={LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))}
        value={language}
        onChange={setLanguage}
      />
      <TeamChoice value={teamIds} onChange={setTeamIds} />
    </SaveForm>
  );
}
