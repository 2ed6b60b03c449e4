import { useQuery } from '@tanstack/react-query';
import { memo, useMemo } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { localeOf, useLanguage } from '../../../../platform/browser/i18n.ts';
import { ComboBox } from '../../../../ui/components/ComboBox.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import type { Countries } from '../../core/contract.ts';
import type { Observed } from '../../core/days.ts';
import { useCalendarText } from '../text.ts';
import { useCountryName } from '../words.ts';
import { NONE } from './choices.ts';
import { countriesQuery } from './queries.ts';

type ObservedFieldsProps = { value: Observed | null; onChange: (value: Observed | null) => void; /** What was observed until now. */ hadOther: Observed | null };

/** Whose public holidays are kept: a country, and a state and a region of it where they have holidays of their own. Drawn anew only when these change. */
export const ObservedFields = memo(function ObservedFields({ value, onChange, hadOther }: ObservedFieldsProps) {
  const t = useCalendarText();
  const errorText = useErrorText();
  const locale = localeOf(useLanguage());
  const nameOf = useCountryName();
  const countries = useQuery(countriesQuery);
  const options = useMemo(() => {
    const known = (countries.data?.items ?? (value ? [{ code: value.country }] : [])).map(({ code }) => ({ id: code, label: nameOf(code) })).sort((a, b) => a.label.localeCompare(b.label, locale));
    return [{ id: NONE, label: t('calendars.no_country') }, ...known];
  }, [countries.data, value, nameOf, locale, t]);
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-13 font-medium">{t('calendars.public_holidays')}</legend>
      <p className="-mt-1 text-13 text-ink-faint">{t('calendars.public_holidays_hint')}</p>
      <ComboBox
        label={t('calendars.country')} options={options} value={value?.country ?? NONE} onChange={(code) => onChange(code === null || code === NONE ? null : { country: code })}
        error={countries.error ? errorText(countries.error) : undefined}
      />
      {value && <PartFields value={value} onChange={onChange} states={countries.data?.items.find(({ code }) => code === value.country)?.states ?? []} />}
      {isOther(hadOther, value) && <p className="text-13 text-ink-soft" role="status">{t('calendars.other_country')}</p>}
    </fieldset>
  );
});

const isOther = (before: Observed | null, now: Observed | null): boolean => before !== null && (['country', 'state', 'region'] as const).some((part) => before[part] !== now?.[part]);

type PartFieldsProps = { value: Observed; onChange: (value: Observed) => void; states: Countries['items'][number]['states'] };

/** Parts of the country that have holidays of their own. */
function PartFields({ value: { country, state, region }, onChange, states }: PartFieldsProps) {
  const t = useCalendarText();
  const regions = states.find(({ code }) => code === state)?.regions ?? [];
  const partsOf = (parts: readonly { code: string; name: string }[]) => [{ id: NONE, label: t('calendars.whole') }, ...parts.map(({ code, name }) => ({ id: code, label: name }))];
  return (
    <>
      {states.length > 0 && <Select label={t('calendars.state')} options={partsOf(states)} value={state ?? NONE} onChange={(to) => onChange({ country, ...(to !== NONE && { state: to }) })} />}
      {regions.length > 0 && <Select label={t('calendars.region')} options={partsOf(regions)} value={region ?? NONE} onChange={(to) => onChange({ country, state, ...(to !== NONE && { region: to }) })} />}
    </>
  );
}
