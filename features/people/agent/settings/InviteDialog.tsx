import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role } from '../../../../kernel/actor.ts';
import { LANGUAGES, type Language } from '../../../../kernel/languages.ts';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { LANGUAGE_NAMES } from '../../../../platform/browser/i18n.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { PersonView } from '../../core/contract.ts';
import { meQuery, refreshPeople } from '../queries.ts';
import { usePeopleText } from '../text.ts';
import { RoleSelect } from './RoleSelect.tsx';
import { TeamChoice } from './TeamChoice.tsx';

export function InviteDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = usePeopleText();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('people.invite')}>
      <InviteForm onClose={onClose} />
    </Dialog>
  );
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const [role, setRole] = useState<Role>('agent');
  const [language, setLanguage] = useState<Language>(me?.workspace.language ?? 'en');
  const [teamIds, setTeamIds] = useState<string[]>([]);
  const invite = useMutation({
    mutationFn: (values: FormData) =>
      api.post('/people', { name: values.get('name'), email: values.get('email'), role, language, teamIds }, PersonView),
    onSuccess: (person) => {
      toast({ text: t('people.invited', { email: person.email }) });
      onClose();
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
