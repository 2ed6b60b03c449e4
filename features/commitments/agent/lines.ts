import { useCallback } from 'react';
import { useFormat } from '../../../platform/browser/format.ts';
import { isolated } from '../../../platform/browser/isolated.ts';
import { useCommitmentsText } from './text.ts';

type Told = { readonly type: string; readonly data: Readonly<Record<string, unknown>>; readonly nameOf: (personId: string) => string };

/** What happened to a promise, as a line of its ticket's timeline; null for what is told elsewhere. */
export function useCommitmentLines(): (told: Told) => string | null {
  const t = useCommitmentsText();
  const format = useFormat();

  return useCallback(({ type, data, nameOf }: Told) => {
    const words = isolated(textOf(data['what']) || t('commitments.kind.other'));
    const what = data['kind'] === 'apology' ? t('commitments.apology', { what: words }) : words;
    const when = (at: unknown, wholeDay: unknown) => (typeof at !== 'string' ? '' : wholeDay === true ? format.date(at) : format.dateTime(at));
    const due = when(data['dueAt'], data['wholeDay']);
    const named = (id: unknown) => (typeof id === 'string' ? nameOf(id) : '');
    const owner = named(data['ownerId']);
    const lines: Readonly<Record<string, () => string>> = {
      'commitment.made': () => t('commitments.line.made', { what, due, owner }),
      'commitment.changed': () => t(data['previousOwnerId'] === undefined ? 'commitments.line.changed' : 'commitments.line.owner', { what, owner }),
      'commitment.handed_over': () => t(data['left'] === true ? 'commitments.line.owner' : data['back'] === true ? 'commitments.line.back' : 'commitments.line.deputy', { what, owner, absent: named(data['previousOwnerId']) }),
      'commitment.renegotiated': () => t('commitments.line.renegotiated', { what, due, after: when(data['newDueAt'], data['newWholeDay']), telling: tellingOf(data) }),
      'commitment.kept': () => t(data['late'] === true ? 'commitments.line.kept_late' : 'commitments.line.kept', { what }),
      'commitment.withdrawn': () => t('commitments.line.withdrawn', { what }),
      'commitment.untold': () => t('commitments.line.untold', { owner, reason: textOf(data['reason']) }),
      'commitment.broken': () => t('commitments.line.broken', { what, due, owner }),
    };
    return lines[type]?.() ?? null;
  }, [t, format]);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
/** Of the time when nothing was mailed: whether they had been told already. */
const tellingOf = (data: Readonly<Record<string, unknown>>): string => textOf(data['telling']) || (data['told'] === true ? 'told' : 'reply');
