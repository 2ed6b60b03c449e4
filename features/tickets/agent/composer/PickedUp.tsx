import { serverNow } from '../../../../platform/browser/server-clock.ts';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { useTicketsText } from '../text.ts';
import { pickedUpOf, type Times } from './picked-up.ts';

type PickedUpProps = { mode: 'call' | 'visit'; times: Times; onTimes: (times: Times) => void };

/** How long it took until somebody was there: the speed of answer counts by it. */
export function PickedUp({ mode, times, onTimes }: PickedUpProps) {
  const t = useTicketsText();
  const isAmiss = times.asked !== '' && times.answered !== '' && pickedUpOf(times, serverNow()) === 'amiss';
  return (
    <div className="flex flex-wrap gap-3 pt-2">
      <TextField type="time" label={t(`tickets.picked_up.asked.${mode}`)} value={times.asked} onChange={(asked) => onTimes({ ...times, asked })} isLatin className="w-40" />
      <TextField
        type="time" label={t(`tickets.picked_up.answered.${mode}`)} value={times.answered} onChange={(answered) => onTimes({ ...times, answered })} isLatin className="w-40"
        {...(isAmiss && { error: t('tickets.picked_up.amiss') })}
      />
    </div>
  );
}
