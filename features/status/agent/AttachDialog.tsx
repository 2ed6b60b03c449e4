import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { plainDigits } from '../../../kernel/digits.ts';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Checkbox } from '../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../ui/components/SaveForm.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { isReadable } from '../../conditions/core/check.ts';
import { ALWAYS, type Condition, partsOf } from '../../conditions/core/condition.ts';
import { TicketPage } from '../../tickets/core/contract.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import { AttachResult, type IncidentView } from '../core/contract.ts';
import { matchesQuery } from './queries.ts';
import type { Conditions } from './slots.ts';
import { useStatusText } from './text.ts';
import { inOwnWords } from './wording.ts';

type AttachDialogProps = { incident: IncidentView | null; conditions: Conditions; onClose: () => void };
type Way = 'number' | 'condition';
const WAYS: readonly Way[] = ['number', 'condition'];

/** Tickets that are about it: one by its number, or all open ones for which something holds. */
export const AttachDialog = ({ incident, conditions, onClose }: AttachDialogProps) => (
  <Dialog isOpen={incident !== null} onClose={onClose} title={incident ? inOwnWords(incident.titles) : ''} size="wide">
    {incident && <AttachForm incident={incident} conditions={conditions} onClose={onClose} />}
  </Dialog>
);

async function idOfNumber(typed: FormDataEntryValue | null): Promise<string | null> {
  const number = plainDigits(typeof typed === 'string' ? typed : '').replace(/\D/g, '');
  const { items } = await api.get(`/tickets?limit=10&status=all&q=${encodeURIComponent(number)}`, TicketPage);
  return items.find((one) => String(one.number) === number)?.id ?? null;
}

function AttachForm({ incident, conditions: { editor: Editor }, onClose }: AttachDialogProps & { incident: IncidentView }) {
  const t = useStatusText();
  const errorText = useErrorText();
  const [way, setWay] = useState<Way>('number');
  const [condition, setCondition] = useState<Condition>(ALWAYS);
  const [tell, setTell] = useState(true);
  const isMeant = partsOf(condition).length > 0 && isReadable(condition, TICKET_FIELDS);
  const attach = useAttaching(incident.id, onClose);
  const submit = (values: FormData) => attach.mutate(async () => {
    if (way === 'condition') return { condition, tell };
    const id = await idOfNumber(values.get('number'));
    return id === null ? null : { ticketIds: [id], tell };
  });
  return (
    <SaveForm verb={t('statuspage.attach')} onSubmit={submit} isPending={attach.isPending} isDisabled={way === 'condition' && !isMeant} onCancel={onClose} problem={attach.error && errorText(attach.error)}>
      <p className="text-13 text-ink-soft">{t('statuspage.attach_why')}</p>
      <Select label={t('statuspage.attach_how')} options={WAYS.map((id) => ({ id, label: t(`statuspage.attach_how.${id}`) }))} value={way} onChange={setWay} />
      {way === 'number' && <TextField name="number" label={t('statuspage.number')} inputMode="numeric" autoComplete="off" isLatin isRequired error={attach.data === null ? t('statuspage.no_ticket') : undefined} />}
      {way === 'condition' && (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-13 font-medium">{t('statuspage.attach_which')}</legend>
          <Editor label={t('statuspage.attach_which')} value={condition} onChange={setCondition} showFaults={false} />
          <Matches condition={condition} isAsked={isMeant} />
        </fieldset>
      )}
      <Checkbox isSelected={tell} onChange={setTell}>{t('statuspage.tell_now')}</Checkbox>
    </SaveForm>
  );
}

type Chosen = () => Promise<object | null>;

/** Null: there is no such ticket. */
function useAttaching(incidentId: string, onClose: () => void) {
  const t = useStatusText();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (chosen: Chosen): Promise<AttachResult | null> => {
      const body = await chosen();
      return body && api.post(`/status-incidents/${incidentId}/attachments`, body, AttachResult);
    },
    onSuccess: (result) => {
      if (!result) return undefined;
      toast({ text: t('statuspage.attached_many', { count: result.attached }) });
      onClose();
      return cache.invalidateQueries({ queryKey: ['status'] });
    },
  });
}

function Matches({ condition, isAsked }: { condition: Condition; isAsked: boolean }) {
  const t = useStatusText();
  const calm = useDeferredValue(condition);
  const { data } = useQuery({ ...matchesQuery(calm), enabled: isAsked && calm === condition });
  return <p role="status" className="min-h-5 text-13 text-ink-soft">{isAsked && data && t(data.more ? 'statuspage.matches_more' : 'statuspage.matches', { count: data.count })}</p>;
}
