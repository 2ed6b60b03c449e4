import { type Translate, useT } from '../../../platform/browser/i18n.ts';
import type messages from '../messages/en.json';

export type AsidesText = keyof typeof messages;
export const useAsidesText = (): Translate<AsidesText> => useT<AsidesText>();
