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
