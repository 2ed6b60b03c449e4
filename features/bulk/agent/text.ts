import { type Translate, useT } from '../../../platform/browser/i18n.ts';
import type messages from '../messages/en.json';

export type BulkText = keyof typeof messages;
export const useBulkText = (): Translate<BulkText> => useT<BulkText>();
