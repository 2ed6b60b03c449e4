import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role } from '../../../../kernel/actor.ts';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { type MeView, PersonView } from '../../core/contract.ts';
import { refreshPeople } from '../queries.ts';
import { usePeopleText } from '../text.ts';
import { RoleSelect } from './RoleSelect.tsx';
import { TeamChoice } from './TeamChoice.tsx';

type PersonDialogProps = { person: PersonView; me: MeView; isOpen: boolean; onClose: () => void };

export function PersonDialog({ isOpen, onClose, ...rest }: PersonDialogProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={rest.person.name}>
      <PersonForm onClose={onClose} {...rest} />
    </Dialog>
  );
}

function PersonForm({ person, me, onClose }: Omit<PersonDialogProps, 'isOpen'>) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [role, setRole] = useState<Role>(person.role);
  const [teamIds, setTeamIds] = useState<string[]>(person.teamIds);
  const save = useMutation({
    mutationFn: (values: FormData) => api.patch(`/people/${person.id}`, { name: values.get('name'), role, teamIds }, PersonView),
    onSuccess: () => {
      toast({ text: t('people.saved') });
      onClose();
      return refreshPeople(cache);
    },
  });

  return (
    <SaveForm
      verb={t('people.save')}
      onSubmit={(values) => save.mutate(values)}
      isPending={save.isPending}
      onCancel={onClose}
      errors={fieldErrors(save.error)}
      problem={save.error && errorText(save.error)}
    >
      <TextField name="name" label={t('people.name')} defaultValue={person.name} autoComplete="off" maxLength={200} isRequired />
      <RoleSelect value={role} onChange={setRole} upTo={me.role} />
      <TeamChoice value={teamIds} onChange={setTeamIds} />
    </SaveForm>
  );
}
