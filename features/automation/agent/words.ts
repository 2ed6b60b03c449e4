import { useMemo } from 'react';
import type { Words } from '../../conditions/core/describe.ts';
import { localeOf, useLanguage, useT } from '../../../platform/browser/i18n.ts';
import type { Names } from './names.ts';

/** What sentences about rules are made of: the reader's language, and names for ids. */
export function useRuleWords({ nameOf }: Names): Words {
  const t = useT();
  const locale = localeOf(useLanguage());
  return useMemo(() => ({ locale, t, nameOf }), [locale, t, nameOf]);
}
