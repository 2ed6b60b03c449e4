import { type Translate, useT } from '../../../platform/browser/i18n.ts';
import type messages from '../messages/en.json';

type CompaniesText = keyof typeof messages;
export const useCompaniesText = (): Translate<CompaniesText> => useT<CompaniesText>();
