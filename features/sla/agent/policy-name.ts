import { hasMessage } from '../../../platform/browser/i18n.ts';
import type { PolicyView } from '../core/contract.ts';
import { type SlaText, useSlaText } from './text.ts';

/** Those that come with the house are called as the reader's language calls them. */
export function usePolicyName(): (policy: Pick<PolicyView, 'readyMade' | 'name'>) => string {
  const t = useSlaText();
  return ({ readyMade, name }) => (readyMade && hasMessage(`sla.ready.${readyMade}`) ? t(`sla.ready.${readyMade}` as SlaText) : name);
}
