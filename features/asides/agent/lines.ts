import { useAsidesText } from './text.ts';

/** What happened beside a ticket, as a line of its timeline; null for what is told elsewhere. */
export function useAsideLines(): (told: { readonly type: string }) => string | null {
  const t = useAsidesText();
  return ({ type }) => (type === 'aside.started' ? t('asides.line.started') : type === 'aside.answered' ? t('asides.line.answered') : null);
}
