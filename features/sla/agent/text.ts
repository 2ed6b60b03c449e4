import { type Translate, useT } from '../../../platform/browser/i18n.ts';
import type messages from '../messages/en.json';

export type SlaText = keyof typeof messages;
export const useSlaText = (): Translate<SlaText> => useT<SlaText>();
