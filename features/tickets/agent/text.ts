import { type Translate, useT } from '../../../platform/browser/i18n.ts';
import type messages from '../messages/en.json';

export type TicketsText = keyof typeof messages;
export const useTicketsText = (): Translate<TicketsText> => useT<TicketsText>();
