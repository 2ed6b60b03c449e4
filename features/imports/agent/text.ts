import { type Translate, useT } from '../../../platform/browser/i18n.ts';
import type messages from '../messages/en.json';

export type ImportsText = Translate<keyof typeof messages>;
export const useImportsText = (): ImportsText => useT<keyof typeof messages>();
