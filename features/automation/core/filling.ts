import { LANGUAGES, type Language } from '../../../kernel/languages.ts';
import { RULE_PLACEHOLDERS } from './actions.ts';

export type RulePlaceholder = (typeof RULE_PLACEHOLDERS)[number];
export type RuleValues = Readonly<Record<RulePlaceholder, string>>;

// The same one form as in saved replies; a space before goes with a value that is empty.
const SLOT = /( ?)\{\{\s{0,8}([\w.]{0,60})\s{0,8}\}\}/g;
const isKnown = (name: string): name is RulePlaceholder => (RULE_PLACEHOLDERS as readonly string[]).includes(name);

/** What stands in double braces and would stay empty in front of a customer. */
export const unknownSlots = (text: string): string[] => {
  const unknown = [...text.matchAll(SLOT)].map((match) => match[2] ?? '').filter((name) => !isKnown(name));
  return text.replace(SLOT, '').includes('{{') ? [...unknown, '{{'] : unknown;
};

/** `values` are escaped by the caller for where the text goes. */
export const fillSlots = (text: string, values: RuleValues): string =>
  text.replace(SLOT, (_whole, space: string, name: string) => {
    const value = isKnown(name) ? values[name] : '';
    return value === '' ? '' : `${space}${value}`;
  });

/** The first of the wanted languages in which there is a text, else English, else any. */
export function textIn(texts: Readonly<Partial<Record<Language, string | undefined>>>, wanted: readonly (Language | null)[]): { language: Language; text: string } | null {
  for (const language of [...wanted, ...LANGUAGES]) {
    const text = language === null ? undefined : texts[language];
    if (language !== null && text !== undefined) return { language, text };
  }
  return null;
}
