import { type Translate, useT } from '../../../platform/browser/i18n.ts';
import type messages from '../messages/en.json';

export type RoutingText = keyof typeof messages;
export const useRoutingText = (): Translate<RoutingText> => useT<RoutingText>();
