import { useCallback } from 'react';
import { isolated } from '../../../platform/browser/isolated.ts';
import { useChecklistsText } from './text.ts';

type Told = { readonly type: string; readonly data: Readonly<Record<string, unknown>> };

/** What happened to a checklist, as a line of its ticket's timeline; null for what is told elsewhere. */
export function useChecklistLines(): (told: Told) => string | null {
  const t = useChecklistsText();
  return useCallback(({ type, data }: Told) => {
    const name = typeof data['name'] === 'string' ? isolated(data['name']) : '';
    if (type === 'checklist.added') return t('checklists.line.added', { name });
    if (type === 'checklist.finished') return t('checklists.line.finished', { name });
    return type === 'checklist.removed' ? t('checklists.line.removed', { name }) : null;
  }, [t]);
}
