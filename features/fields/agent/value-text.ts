import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useFormat } from '../../../platform/browser/format.ts';
import { localeOf, useLanguage } from '../../../platform/browser/i18n.ts';
import { optionIn, pathIn } from '../core/attributes.ts';
import type { FieldDefinition, FieldValue } from '../core/types.ts';
import { colleagues } from './queries.ts';
import { useFieldsText } from './text.ts';

/** A value in words. */
export function useValueText(): (definition: FieldDefinition, value: FieldValue) => string {
  const t = useFieldsText();
  const language = useLanguage();
  const format = useFormat();
  const { data: people } = useQuery(colleagues);
  return useCallback(({ type, options, currency }: FieldDefinition, value: FieldValue) => {
    if (typeof value === 'number') return type === 'money' && currency ? new Intl.NumberFormat(localeOf(language), { style: 'currency', currency }).format(value) : format.number(value);
    if (typeof value !== 'string') return pathIn(options, value, language);
    if (type === 'choice') return optionIn(options, value, language);
    if (type === 'date') return format.date(`${value}T12:00`);
    return type === 'person' ? people?.find(({ id }) => id === value)?.label ?? t('fields.somebody') : value;
  }, [t, language, format, people]);
}
