import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { AbsenceView } from '../../core/contract.ts';
import { colleagues, refresh } from '../queries.ts';
import { useRoutingText } from '../text.ts';

type Person = { readonly id: string; readonly name: string };
type AbsenceDialogProps = { /** Whose; null while nobody's is planned. */ person: Person | null; isOwn: boolean; onClose: () => void };

export function AbsenceDialog({ person, isOwn, onClose }: AbsenceDialogProps) {
  const t = useRoutingText();
  return (
    <Dialog isOpen={person !== null} onClose={onClose} title={isOwn || !person ? t('routing.absence.new') : t('routing.absence.new_of', { name: person.name })} isDismissable={false}>
      {person && <AbsenceForm person={person} isOwn={isOwn} onClose={onClose} />}
    </Dialog>
  );
}

const NOBODY = 'nobody';

function AbsenceForm({ person, isOwn, onClose }: { person: Person; isOwn: boolean; onClose: () => void }) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data: people = [] } = useQuery(colleagues);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [deputy, setDeputy] = useState(NOBODY);
  const [reason, setReason] = useState('');
  const isTurned = from !== '' && to !== '' && to <= from;
  const save = useMutation({
    mutationFn: () => api.post('/absences', {
      ...(!isOwn && { personId: person.id }), deputyId: deputy === NOBODY ? null : deputy,
      from: new Date(from).toISOString(), to: new Date(to).toISOString(), reason: reason.trim(),
    }, AbsenceView),
    onSuccess: () => {
      toast({ text: t('routing.saved') });
      onClose();
      void refresh(cache, 'presence');
      return refresh(cache, 'absences');
    },
  });
  const others = people.filter(({ id, role }) => id !== person.id && role !== 'colleague');
  return (
    <SaveForm
      verb={t('routing.absence.plan_verb')}
      onSubmit={() => { if (!isTurned) save.mutate(); }}
      isPending={save.isPending}
      isDisabled={isTurned}
      onCancel={onClose}
      errors={fieldErrors(save.error)}
      problem={save.error && errorText(save.error)}
    >
      <div className="flex gap-3 max-wide:flex-col">
        <TextField label={t('routing.absence.from')} type="datetime-local" value={from} onChange={setFrom} isLatin isRequired autoFocus className="flex-1" />
        <TextField label={t('routing.absence.to')} type="datetime-local" value={to} onChange={setTo} isLatin isRequired error={isTurned ? t('routing.absence.ends_first') : undefined} className="flex-1" />
      </div>
      <Select
        label={t('routing.absence.deputy')}
        hint={t(deputy === NOBODY ? 'routing.absence.no_deputy_what' : 'routing.absence.deputy_what')}
        options={[{ id: NOBODY, label: t('routing.absence.no_deputy') }, ...others.map(({ id, name }) => ({ id, label: name }))]}
        value={deputy}
        onChange={setDeputy}
      />
      <TextField name="reason" value={reason} onChange={setReason} label={t('routing.reason')} hint={t('routing.absence.reason_what')} maxLength={200} autoComplete="off" optional />
    </SaveForm>
  );
}
