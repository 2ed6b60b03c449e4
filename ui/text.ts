import { useLingui } from '@lingui/react';
import type messages from './messages/en.json';

type UiText = keyof typeof messages;

/** The few words that components say by themselves; everything else is handed in. */
export function useUiText(): (id: UiText, values?: Record<string, unknown>) => string {
  const { i18n } = useLingui();
  return (id, values) => i18n._(id, values);
}
