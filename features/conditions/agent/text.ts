import { type Translate, useT } from '../../../platform/browser/i18n.ts';
import type messages from '../messages/en.json';

export const useConditionsText = (): Translate<keyof typeof messages> => useT<keyof typeof messages>();

/** What fields and their options are called is said by the rooms that describe them. */
export const useFieldText = (): Translate => useT();
