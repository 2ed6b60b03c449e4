import { type Translate, useT } from '../../../platform/browser/i18n.ts';
import type messages from '../messages/en.json';

export const usePeopleText = (): Translate<keyof typeof messages> => useT<keyof typeof messages>();

/** What stands in a field of text. */
export function typedIn(values: FormData, name: string): string {
  const value = values.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
