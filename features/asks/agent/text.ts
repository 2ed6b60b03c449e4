import { type Translate, useT } from '../../../platform/browser/i18n.ts';
import type messages from '../messages/en.json';

export const useAsksText = (): Translate<keyof typeof messages> => useT<keyof typeof messages>();
