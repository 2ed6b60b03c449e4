import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { RadioGroup } from '../../../../ui/components/RadioGroup.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { type AbsenceOutlook, AbsenceView, WORK, type Work } from '../../core/contract.ts';
import { absenceOutlook, colleagues, refresh } from '../queries.ts';
import { useRoutingText } from '../text.ts';
import type { Leaving } from './away-now.ts';

type AwayNowDialogProps = { leaving: Leaving; onClose: () => void };

/** Somebody has to go, unforeseen: all is proposed, so that one press is enough. */
export function AwayNowDialog({ leaving, onClose }: AwayNowDialogProps) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const { person, isOwn } = leaving;
  const outlook = useQuery(absenceOutlook(person.id));
  return (
    <Dialog isOpen onClose={onClose} title={isOwn ? t('routing.away_now') : t('routing.away_now.of', { name: isolated(person.name) })} isDismissable={false}>
      {outlook.data ? <AwayNowForm outlook={outlook.data} leaving={leaving} onClose={onClose} />
        : outlook.error ? <ErrorState onRetry={() => void outlook.refetch()} isRetrying={outlook.isFetching}>{errorText(outlook.error)}</ErrorState> : <SkeletonRows count={3} />}
    </Dialog>
  );
}

const NOBODY = 'nobody';
/** The day after, as the day begins where one is. */
const afterDay = (day: string): Date => { const [year, month, date] = day.split('-').map(Number); return new Date(year!, month! - 1, date! + 1); };

function AwayNowForm({ outlook, leaving: { person, isOwn }, onClose }: AwayNowDialogProps & { outlook: AbsenceOutlook }) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const now = useNow(60_000);
  const [ends, setEnds] = useState<'open' | 'day'>('open');
  const [lastDay, setLastDay] = useState('');
  const [deputy, setDeputy] = useState(outlook.deputy?.id ?? NOBODY);
  const [wish, setWish] = useState<Work | null>(null);
  const [reason, setReason] = useState('');
  const work = workOf(wish, deputy);
  const isOver = ends === 'day' && lastDay !== '' && afterDay(lastDay) <= now;
  const save = useMutation({
    mutationFn: () => api.post('/absences', {
      ...(!isOwn && { personId: person.id }), deputyId: deputy === NOBODY ? null : deputy, to: ends === 'open' ? null : afterDay(lastDay).toISOString(), work, reason: reason.trim(),
    }, AbsenceView),
    onSuccess: () => {
      toast({ text: isOwn ? t('routing.away_now.done') : t('routing.away_now.done_of', { name: isolated(person.name) }) });
      onClose();
      void refresh(cache, 'presence');
      return refresh(cache, 'absences');
    },
  });
  return (
    <SaveForm
      verb={t('routing.away_now')} onSubmit={() => { if (!isOver) save.mutate(); }} isPending={save.isPending} isDisabled={isOver} onCancel={onClose}
      errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}
    >
      <RadioGroup
        label={t('routing.away_now.ends')} layout="line" value={ends} onChange={setEnds}
        options={[{ id: 'open', label: t('routing.away_now.open') }, { id: 'day', label: t('routing.away_now.day') }]} hint={ends === 'open' ? t(isOwn ? 'routing.away_now.open_own' : 'routing.away_now.open_what') : undefined}
      />
      {ends === 'day' && <TextField label={t('routing.away_now.last_day')} type="date" value={lastDay} onChange={setLastDay} isLatin isRequired error={isOver ? t('routing.away_now.over') : undefined} />}
      {outlook.mayNameDeputy ? <DeputySelect personId={person.id} proposed={outlook.deputy} value={deputy} onChange={setDeputy} /> : <p className="text-13 text-ink-soft">{t('routing.away_now.deputy_theirs')}</p>}
      <WorkChoice outlook={outlook} value={work} onChange={setWish} hasDeputy={deputy !== NOBODY} />
      <TextField name="reason" value={reason} onChange={setReason} label={t('routing.reason')} hint={t('routing.absence.reason_what')} maxLength={200} autoComplete="off" optional />
    </SaveForm>
  );
}

/** The deputy's, where there is one; else the team's: nobody waits for somebody who is ill, unless it is said. */
function workOf(wish: Work | null, deputy: string): Work {
  if (deputy === NOBODY) return wish === 'stays' ? 'stays' : 'team';
  return wish ?? 'deputy';
}

type DeputySelectProps = { personId: string; proposed: AbsenceOutlook['deputy']; value: string; onChange: (id: string) => void };

function DeputySelect({ personId, proposed, value, onChange }: DeputySelectProps) {
  const t = useRoutingText();
  const { data: people = [] } = useQuery(colleagues);
  // The one who is proposed stands there even before the others are known.
  const others = people.filter(({ id, role }) => id !== personId && id !== proposed?.id && role !== 'colleague');
  const options = [...(proposed ? [proposed] : []), ...others].map(({ id, name }) => ({ id, label: name }));
  return (
    <Select
      label={t('routing.absence.deputy')} value={value} onChange={onChange} options={[{ id: NOBODY, label: t('routing.absence.no_deputy') }, ...options]}
      hint={t(value === NOBODY ? 'routing.away_now.no_deputy_what' : 'routing.away_now.deputy_what')}
    />
  );
}

type WorkChoiceProps = { outlook: AbsenceOutlook; value: Work; onChange: (work: Work) => void; hasDeputy: boolean };

function WorkChoice({ outlook: { open, live }, value, onChange, hasDeputy }: WorkChoiceProps) {
  const t = useRoutingText();
  const options = WORK.filter((id) => id !== 'deputy' || hasDeputy).map((id) => ({ id, label: t(`routing.away_now.work.${id}`) }));
  return <RadioGroup label={t('routing.away_now.work', { count: open })} options={options} value={value} onChange={onChange} hint={live > 0 ? t('routing.away_now.live', { count: live }) : undefined} />;
}
