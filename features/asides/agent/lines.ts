import { useCallback } from 'react';
import { useAsidesText } from './text.ts';

type Told = { readonly type: string };

/** What happened beside a ticket, as a line of its timeline; null for what is told elsewhere. */
export function useAsideLines(): (told: Told) => string | null {
  const t = useAsidesText();
  return useCallback(({ type }: Told) => (type === 'aside.started' ? t('asides.line.started') : type === 'aside.answered' ? t('asides.line.answered') : null), [t]);
}
