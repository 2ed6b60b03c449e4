import { type Translate, useT } from '../../../platform/browser/i18n.ts';
import type messages from '../messages/en.json';

export type CustomersText = keyof typeof messages;
export const useCustomersText = (): Translate<CustomersText> => useT<CustomersText>();
