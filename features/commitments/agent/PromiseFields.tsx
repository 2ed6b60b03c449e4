import { Select } from '../../../ui/components/Select.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { KINDS, MAX_WHAT } from '../core/contract.ts';
import { useCommitmentsText } from './text.ts';
import type { Given } from './words.ts';

type PromiseFieldsProps = { given: Given; onChange: (given: Given) => void };

/** What, of which kind, by when. */
export function PromiseFields({ given, onChange }: PromiseFieldsProps) {
  const t = useCommitmentsText();
  return (
    <>
      <TextField label={t('commitments.what')} value={given.what} onChange={(what) => onChange({ ...given, what })} maxLength={MAX_WHAT} autoFocus isRequired />
      <Select label={t('commitments.kind')} options={KINDS.map((id) => ({ id, label: t(`commitments.kind.${id}`) }))} value={given.kind} onChange={(kind) => onChange({ ...given, kind })} />
      <WhenFields given={given} onChange={(when) => onChange({ ...given, ...when })} />
    </>
  );
}

/** A day, and a time when one was named. */
export function WhenFields({ given: { date, time }, onChange }: { given: Pick<Given, 'date' | 'time'>; onChange: (when: Pick<Given, 'date' | 'time'>) => void }) {
  const t = useCommitmentsText();
  return (
    <div className="flex flex-wrap items-start gap-3">
      <TextField type="date" label={t('commitments.date')} value={date} onChange={(next) => onChange({ date: next, time })} isLatin isRequired className="w-40" />
      <TextField type="time" label={t('commitments.time')} hint={t('commitments.time.hint')} optional value={time} onChange={(next) => onChange({ date, time: next })} isLatin className="min-w-32 flex-1" />
    </div>
  );
}
