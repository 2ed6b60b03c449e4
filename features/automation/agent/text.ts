import { type Translate, useT } from '../../../platform/browser/i18n.ts';
import type messages from '../messages/en.json';

export type AutomationText = keyof typeof messages;
export const useAutomationText = (): Translate<AutomationText> => useT<AutomationText>();
