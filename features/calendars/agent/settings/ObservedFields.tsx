import { useQuery } from '@tanstack/react-query';
import { memo, useMemo } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { localeOf, useLanguage } from '../../../../platform/browser/i18n.ts';
import { ComboBox } from '../../../../ui/components/ComboBox.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import type { Observed } from '../../core/days.ts';
import { useCalendarText } from '../text.ts';
import { useCountryName } from '../words.ts';
import { countriesQuery } from './queries.ts';

type ObservedFieldsProps = { value: Observed | null; onChange: (value: Observed | null) => void; /** What was observed until now. */ hadOther: Observed | null };
const NONE = '-';

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
  const states = countries.data?.items.find(({ code }) => code === value?.country)?.states ?? [];
  const regions = states.find(({ code }) => code === value?.state)?.regions ?? [];
  const partsOf = (parts: readonly { code: string; name: string }[]) => [{ id: NONE, label: t('calendars.whole') }, ...parts.map(({ code, name }) => ({ id: code, label: name }))];
  const isOther = hadOther !== null && (['country', 'state', 'region'] as const).some((part) => hadOther[part] !== value?.[part]);
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-13 font-medium">{t('calendars.public_holidays')}</legend>
      <p className="-mt-1 text-13 text-ink-faint">{t('calendars.public_holidays_hint')}</p>
      <ComboBox
        label={t('calendars.country')} options={options} value={value?.country ?? NONE} onChange={(code) => onChange(code === null || code === NONE ? null : { country: code })}
        error={countries.error ? errorText(countries.error) : undefined}
      />
      {value && states.length > 0 && (
        <Select label={t('calendars.state')} options={partsOf(states)} value={value.state ?? NONE} onChange={(state) => onChange({ country: value.country, ...(state !== NONE && { state }) })} />
      )}
      {value?.state !== undefined && regions.length > 0 && (
        <Select
          label={t('calendars.region')} options={partsOf(regions)} value={value.region ?? NONE}
          onChange={(region) => onChange({ country: value.country, state: value.state, ...(region !== NONE && { region }) })}
        />
      )}
      {isOther && <p className="text-13 text-ink-soft" role="status">{t('calendars.other_country')}</p>}
    </fieldset>
  );
});
