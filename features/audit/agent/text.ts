import { type Translate, useT } from '../../../platform/browser/i18n.ts';
import type messages from '../messages/en.json';

export type AuditText = Translate<keyof typeof messages>;
export const useAuditText = (): AuditText => useT<keyof typeof messages>();
