import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Handshake } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { classes } from '../../../../ui/classes.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ClocksView, type ClockView, type DeadlineCreate } from '../../core/contract.ts';
import { KEYS } from '../queries.ts';
import { useSlaText } from '../text.ts';

type Of = { ticketId: string; clock: ClockView };

/** Another deadline that was agreed on with the customer, who did so and why; for leads, the way to agree on one. */
export function AgreePart({ ticketId, clock, mayAgree, onAgree }: Of & { mayAgree: boolean; onAgree: () => void }) {
  const t = useSlaText();
  const isOpen = mayAgree && clock.endedAt === null && clock.state !== 'breached';
  if (!clock.agreed && !isOpen) return null;
  return (
    <section className={classes('flex flex-col gap-3 text-13', clock.agreed !== null && 'rounded-control border border-hairline p-3')}>
      {clock.agreed && <Agreed agreed={clock.agreed} />}
      {isOpen && (
        <div className="flex flex-wrap gap-2">
          <Button size="small" icon={Handshake} onPress={onAgree}>{t('sla.agree')}</Button>
          {clock.agreed && <TakeBack ticketId={ticketId} clock={clock} />}
        </div>
      )}
    </section>
  );
}

function Agreed({ agreed: { by, since, promisedFor, reason } }: { agreed: NonNullable<ClockView['agreed']> }) {
  const t = useSlaText();
  const format = useFormat();
  return (
    <div className="flex flex-col gap-1">
      <h3 className="font-medium"><bdi>{t('sla.agreed.by', { person: by?.name ?? '—', when: format.dateTime(since) })}</bdi></h3>
      {reason !== '' && <p dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-line">{reason}</p>}
      {promisedFor && <p className="text-ink-soft"><bdi>{t('sla.agreed.instead', { when: format.inFull(promisedFor) })}</bdi></p>}
      <p className="text-ink-soft">{t('sla.agreed.what')}</p>
    </div>
  );
}

/** What the server answers stands at once, in the row too. */
function useClocksTold(ticketId: string) {
  const cache = useQueryClient();
  return (view: ClocksView): void => {
    cache.setQueryData(KEYS.clocks(ticketId), view);
    void cache.invalidateQueries({ queryKey: KEYS.urgent(ticketId) });
  };
}

function TakeBack({ ticketId, clock: { metric } }: Of) {
  const t = useSlaText();
  const errorText = useErrorText();
  const told = useClocksTold(ticketId);
  const { mutate, isPending } = useMutation({
    mutationFn: () => api.delete(`/tickets/${ticketId}/deadlines/${metric}`, undefined, ClocksView),
    onSuccess: told,
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
  return <Button size="small" tone="quiet" isPending={isPending} onPress={() => mutate()}>{t('sla.agree.back')}</Button>;
}

/** Until when, and why. */
export function AgreeForm({ ticketId, clock: { metric, dueAt }, onClose }: Of & { onClose: () => void }) {
  const t = useSlaText();
  const errorText = useErrorText();
  const now = useNow(30_000);
  const told = useClocksTold(ticketId);
  const [when, setWhen] = useState(() => (dueAt === null ? '' : asField(new Date(dueAt))));
  const [reason, setReason] = useState('');
  const at = new Date(when);
  const isAhead = !Number.isNaN(at.getTime()) && at > now;
  const { mutate, isPending, error } = useMutation({
    mutationFn: (given: DeadlineCreate) => api.post(`/tickets/${ticketId}/deadlines`, given, ClocksView),
    onSuccess: (view) => {
      told(view);
      toast({ text: t('sla.agree.done') });
      onClose();
    },
  });
  return (
    <SaveForm
      verb={t('sla.agree.save')} isPending={isPending} isDisabled={!isAhead || reason.trim() === ''} onCancel={onClose} problem={error ? errorText(error) : null}
      onSubmit={() => mutate({ metric, dueAt: at.toISOString(), reason: reason.trim() })}
    >
      <TextField label={t('sla.agree.when')} type="datetime-local" isLatin isRequired value={when} onChange={setWhen} error={when !== '' && !isAhead ? t('sla.agree.past') : undefined} />
      <TextField label={t('sla.agree.why')} hint={t('sla.agree.why_hint')} isRequired maxLength={1_000} value={reason} onChange={setReason} />
    </SaveForm>
  );
}

/** As a field for a moment holds it, by the clock of whoever looks. */
function asField(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
