import { useCallback } from 'react';
import { isolated } from '../../../platform/browser/isolated.ts';
import { useApprovalsText } from './text.ts';

type Told = { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
const LINES = ['asked', 'returned', 'approved', 'withdrawn', 'demanded', 'lifted'] as const;

/** What became of an answer that waits, as a line of its ticket's timeline; null for what is told elsewhere. */
export function useApprovalLines(): (told: Told) => string | null {
  const t = useApprovalsText();
  return useCallback(({ type, data }: Told) => {
    const line = LINES.find((one) => type === `approval.${one}`);
    const reason = data['reason'] ?? data['name'];
    return line === undefined ? null : t(`approvals.line.${line}`, { reason: typeof reason === 'string' ? isolated(reason) : '' });
  }, [t]);
}
