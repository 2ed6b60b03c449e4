import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import type { MenuGroup } from '../../../ui/components/Menu.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { CommitmentView } from '../core/contract.ts';
import { type PutIntoReply, RenegotiateDialog } from './RenegotiateDialog.tsx';
import { useCommitmentsText } from './text.ts';
import { WithdrawDialog } from './WithdrawDialog.tsx';

/** What can be done with a promise, and the dialogs for it. `meId` null: it can only be read. */
export function usePromiseActions({ meId, putIntoReply }: { meId: string | null; putIntoReply: PutIntoReply }) {
  const t = useCommitmentsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [renegotiating, setRenegotiating] = useState<CommitmentView | null>(null);
  const [withdrawing, setWithdrawing] = useState<CommitmentView | null>(null);
  const shared = {
    onError: (error: Error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['commitments'] }),
  };
  const keep = useMutation({
    mutationFn: (promise: CommitmentView) => api.post(`/commitments/${promise.id}/keeping`, {}, CommitmentView),
    onSuccess: ({ inTime }) => toast({ text: t(inTime === true ? 'commitments.kept' : 'commitments.kept_late') }),
    ...shared,
  });
  const takeOver = useMutation({ mutationFn: ({ id, version }: CommitmentView) => api.patch(`/commitments/${id}`, { ownerId: meId, version }, CommitmentView), ...shared });

  const menuOf = (promise: CommitmentView): readonly MenuGroup[] => [
    { entries: [
      ...(promise.kind === 'apology' ? [] : [{ id: 'renegotiate', label: t('commitments.renegotiate'), onAction: () => setRenegotiating(promise) }]),
      ...(promise.owner.id === meId ? [] : [{ id: 'take', label: t('commitments.take_over'), onAction: () => takeOver.mutate(promise) }]),
    ] },
    { entries: [{ id: 'withdraw', label: t('commitments.withdraw'), tone: 'danger', onAction: () => setWithdrawing(promise) }] },
  ];
  const dialogs: ReactNode = (
    <>
      <RenegotiateDialog promise={renegotiating} onClose={() => setRenegotiating(null)} putIntoReply={putIntoReply} />
      <WithdrawDialog promise={withdrawing} onClose={() => setWithdrawing(null)} />
    </>
  );
  return { mayAct: meId !== null, keep: keep.mutate, isKeeping: keep.isPending, menuOf, dialogs };
}
