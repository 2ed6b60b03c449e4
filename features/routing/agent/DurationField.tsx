import { Select } from '../../../ui/components/Select.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { useRoutingText } from './text.ts';

const UNITS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof UNITS;
const NAMES = ['seconds', 'minutes', 'hours', 'days'] as const;

/** What is written: an amount that may still be empty, in a unit, or never. */
export type Span = { readonly amount: string; readonly unit: Unit | 'never' };

/** In the largest unit that says it without a rest. */
export function spanOf(seconds: number | null): Span {
  if (seconds === null) return { amount: '', unit: 'never' };
  const unit = NAMES.findLast((name) => seconds >= UNITS[name] && seconds % UNITS[name] === 0) ?? 'minutes';
  return { amount: String(seconds / UNITS[unit]), unit };
}

/** In seconds; null for never, undefined while it is no amount. */
export function secondsOf({ amount, unit }: Span): number | null | undefined {
  if (unit === 'never') return null;
  return /^\d{1,6}$/.test(amount.trim()) ? Number(amount) * UNITS[unit] : undefined;
}

type DurationFieldProps = {
  label: string;
  hint?: string;
  value: Span;
  onChange: (value: Span) => void;
  /** What "never" is called here; without it there must be an amount. */
  never?: string;
  units?: readonly Unit[];
  error?: string | undefined;
};

/** An amount of time in the unit that suits it. */
export function DurationField({ label, hint, value, onChange, never, units = ['seconds', 'minutes', 'hours'], error }: DurationFieldProps) {
  const t = useRoutingText();
  const shown = NAMES.filter((name) => units.includes(name) || name === value.unit);
  const options = [...(never === undefined ? [] : [{ id: 'never' as const, label: never }]), ...shown.map((id) => ({ id, label: t(`routing.unit.${id}`) }))];
  const isBad = secondsOf(value) === undefined && value.amount !== '';
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-13 font-medium">{label}</legend>
      <div className="flex items-start gap-2">
        {value.unit !== 'never' && (
          <TextField
            label={t('routing.amount', { of: label })} labelHidden isLatin isRequired inputMode="numeric" autoComplete="off" maxLength={6} className="w-24"
            value={value.amount} onChange={(amount) => onChange({ ...value, amount })} error={error ?? (isBad ? t('routing.not_a_number') : undefined)}
          />
        )}
        <Select
          label={t('routing.unit', { of: label })} labelHidden className={value.unit === 'never' ? 'min-w-40' : 'w-36'} options={options} value={value.unit}
          onChange={(unit) => onChange({ amount: unit === 'never' ? '' : value.amount || '1', unit })}
        />
      </div>
      {hint && <p className="text-13 text-ink-faint">{hint}</p>}
    </fieldset>
  );
}
