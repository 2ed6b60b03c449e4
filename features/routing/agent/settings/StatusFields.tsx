import { useT } from '../../../../platform/browser/i18n.ts';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { STATUSES } from '../../../tickets/core/contract.ts';
import type { RoutingSettings } from '../../core/contract.ts';
import { useRoutingText } from '../text.ts';

/** Those in which a ticket may still be somebody's work. */
const COUNTED = STATUSES.filter((status) => status !== 'resolved' && status !== 'closed');
type Percents = Readonly<Record<string, string>>;

export const percentsOf = (statuses: RoutingSettings['statuses']): Percents =>
  Object.fromEntries(COUNTED.map((status) => [status, String(statuses[status] ?? 0)]));

/** Null while one of them is no percentage. */
export function statusesOf(percents: Percents): RoutingSettings['statuses'] | null {
  const numbers = Object.entries(percents).map(([status, text]) => [status, isPercent(text) ? Number(text) : null] as const);
  return numbers.some(([, percent]) => percent === null) ? null : Object.fromEntries(numbers) as RoutingSettings['statuses'];
}

const isPercent = (text: string): boolean => /^\d{1,3}$/.test(text.trim()) && Number(text) <= 100;

/** How much of its weight a ticket takes in each status. */
export function StatusFields({ value, onChange }: { value: Percents; onChange: (value: Percents) => void }) {
  const t = useRoutingText();
  const say = useT();
  return (
    <fieldset className="flex flex-col">
      <legend className="mb-1 text-13 font-medium">{t('routing.statuses')}</legend>
      <p className="mb-2 text-13 text-ink-faint">{t('routing.statuses.what')}</p>
      {COUNTED.map((status) => {
        const name = say(`tickets.status.${status}`);
        return (
          <div key={status} className="flex min-h-11 items-start justify-between gap-3 border-t border-hairline py-1.5">
            <span className="flex min-h-control items-center">{name}</span>
            <TextField
              label={t('routing.statuses.of', { status: name })} labelHidden isLatin isRequired inputMode="numeric" autoComplete="off" maxLength={3} className="w-24" trailing="%"
              value={value[status] ?? ''} onChange={(text) => onChange({ ...value, [status]: text })} error={isPercent(value[status] ?? '') ? undefined : t('routing.statuses.bad')}
            />
          </div>
        );
      })}
    </fieldset>
  );
}
