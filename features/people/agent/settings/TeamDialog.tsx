import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CheckboxGroup, Label } from 'react-aria-components';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { TeamView, USUAL_REOPEN_DAYS } from '../../core/contract.ts';
import { peopleQuery, refreshPeople } from '../queries.ts';
import { usePeopleText } from '../text.ts';

type TeamDialogProps = { team: TeamView | 'new' | null; onClose: () => void };

export function TeamDialog({ team, onClose }: TeamDialogProps) {
  const t = usePeopleText();
  return (
    <Dialog isOpen={team !== null} onClose={onClose} title={team === 'new' || !team ? t('people.teams.new') : team.name}>
      {team && <TeamForm team={team === 'new' ? null : team} onClose={onClose} />}
    </Dialog>
  );
}

function TeamForm({ team, onClose }: { team: TeamView | null; onClose: () => void }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const people = useInfiniteQuery(peopleQuery());
  const [memberIds, setMemberIds] = useState<string[]>(team?.memberIds ?? []);
  const save = useMutation({
    mutationFn: (values: FormData) => {
      const body = { name: values.get('name'), memberIds, reopenDays: Number(values.get('reopenDays')) };
      return team ? api.patch(`/teams/${team.id}`, body, TeamView) : api.post('/teams', body, TeamView);
    },
    onSuccess: () => {
      toast({ text: t('people.saved') });
      onClose();
      return refreshPeople(cache);
    },
  });
  const candidates = people.data?.pages.flatMap((page) => page.items).filter(({ state }) => state !== 'deactivated') ?? [];

  return (
    <SaveForm
      verb={t('people.save')}
      onSubmit={(values) => save.mutate(values)}
      isPending={save.isPending}
      onCancel={onClose}
      errors={fieldErrors(save.error)}
      problem={save.error && errorText(save.error)}
    >
      <TextField name="name" label={t('people.teams.name')} defaultValue={team?.name ?? ''} autoComplete="off" maxLength={100} isRequired autoFocus />
      <TextField
        name="reopenDays" type="number" label={t('people.teams.reopen')} hint={t('people.teams.reopen.hint')} defaultValue={String(team?.reopenDays ?? USUAL_REOPEN_DAYS)}
        inputMode="numeric" autoComplete="off" isRequired isLatin
      />
      <CheckboxGroup value={memberIds} onChange={setMemberIds} className="flex flex-col gap-2">
        <Label className="text-13 font-medium">{t('people.teams.members_label')}</Label>
        <div className="flex max-h-64 flex-col gap-1.5 overflow-auto">
          {candidates.map((person) => (
            <Checkbox key={person.id} value={person.id}>
              <span dir="auto">{person.name}</span>
            </Checkbox>
          ))}
        </div>
        {people.hasNextPage && (
          <Button size="small" onPress={() => void people.fetchNextPage()}>
            {t('people.more')}
          </Button>
        )}
      </CheckboxGroup>
    </SaveForm>
  );
}
