import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { TextField } from '../../../../ui/components/TextField.tsx';
import type { Advice } from '../../core/staffing.ts';
import { DurationField, secondsOf, type Span, spanOf } from '../DurationField.tsx';
import { staffingOf } from '../queries.ts';
import { useRoutingText } from '../text.ts';

const HUNDRED = 100;
const TENTH = 10;
/** Of what is typed, with a comma or a point: undefined while it is no number. */
const numberIn = (text: string): number | undefined => (/^\d{1,6}([.,]\d)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : undefined);

/** How many people the calls and chats of a queue need, and by which figures. */
export function Staffing({ queueId }: { queueId: string }) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const format = useFormat();
  const now = useNow(60_000);
  const [typed, setTyped] = useState({ perHour: '', share: '80', shrinkage: '30' });
  const [spans, setSpans] = useState<Record<'handle' | 'within' | 'patience', Span>>({ handle: spanOf(240), within: spanOf(20), patience: spanOf(null) });
  const [perHour, share, shrinkage] = [numberIn(typed.perHour), numberIn(typed.share), numberIn(typed.shrinkage)];
  const [handle, within, patience] = [secondsOf(spans.handle), secondsOf(spans.within), secondsOf(spans.patience)];
  const wish = { perHour, share, shrinkage, handleSeconds: handle, withinSeconds: within, patienceSeconds: patience };
  const { data, error } = useQuery(staffingOf(queueId, wish));
  const field = (name: keyof typeof typed, hint?: string) => (
    <TextField
      label={t(`routing.staffing.${name}`)} {...(hint !== undefined && { hint })} isLatin inputMode="decimal" autoComplete="off" maxLength={8} className="w-full" value={typed[name]} onChange={(value) => setTyped({ ...typed, [name]: value })}
      error={typed[name] !== '' && numberIn(typed[name]) === undefined ? t('routing.not_a_number') : undefined}
    />
  );
  const span = (name: keyof typeof spans, never?: string) => (
    <DurationField label={t(`routing.staffing.${name}`)} value={spans[name]} onChange={(value) => setSpans({ ...spans, [name]: value })} units={['seconds', 'minutes']} {...(never !== undefined && { never })} />
  );
  const measured = data?.measured && t('routing.staffing.measured', { count: format.number(Math.round(data.measured.perHour * TENTH) / TENTH), hour: format.due(data.measured.from, now) });
  return (
    <>
      <p className="max-w-prose text-13 text-ink-soft">{t('routing.staffing.what')}</p>
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 max-wide:grid-cols-1">
        {field('perHour', measured ?? t('routing.staffing.not_measured'))}
        {span('handle')}
        {field('share')}
        {span('within')}
        {field('shrinkage', t('routing.staffing.shrinkage.what'))}
        {span('patience', t('routing.staffing.nobody_leaves'))}
      </div>
      <div role="status" className="flex flex-col gap-1.5">
        {error ? <p className="text-13 text-danger-ink">{errorText(error)}</p> : data?.advice && <Answer advice={data.advice} />}
      </div>
    </>
  );
}

function Answer({ advice: { people, rostered, share, oneFewer, waiting, waitSeconds, occupancy, impatient, load } }: { advice: Advice }) {
  const t = useRoutingText();
  const format = useFormat();
  const time = (seconds: number) => format.duration(seconds, 'long');
  return (
    <>
      <p className="text-20 leading-heading font-semibold">{t('routing.staffing.people', { people, rostered })}</p>
      <p className="text-13 text-ink-soft">{t('routing.staffing.reached', { share: format.percent(share), waiting: format.percent(waiting), wait: time(waitSeconds), occupancy: format.percent(occupancy) })}</p>
      {oneFewer && <p className="text-13 text-ink-soft">{t('routing.staffing.one_fewer', { share: format.percent(oneFewer.share) })}</p>}
      {impatient && <p className="text-13 text-ink-soft">{t('routing.staffing.impatient', { share: format.percent(impatient.abandoned), wait: time(impatient.waitSeconds) })}</p>}
      <details className="text-13">
        <summary className="w-fit cursor-pointer py-0.75 text-ink-soft">{t('routing.wait.how')}</summary>
        <p className="my-2 rounded-control bg-sunken px-3 py-2 text-13">{t('routing.staffing.formula', { load: format.number(Math.round(load * HUNDRED) / HUNDRED) })}</p>
      </details>
    </>
  );
}
