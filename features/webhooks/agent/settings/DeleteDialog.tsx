import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { useWebhookText } from '../text.ts';

type DeleteDialogProps = { doomed: { readonly id: string; readonly name: string } | null; path: '/webhooks' | '/incoming-webhooks'; why: string; onClose: () => void };

/** Asks before a webhook goes, of whichever direction. */
export function DeleteDialog({ doomed, path, why, onClose }: DeleteDialogProps) {
  const t = useWebhookText();
  const cache = useQueryClient();
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`${path}/${id}`), onSettled: () => cache.invalidateQueries({ queryKey: ['webhooks'] }) });
  return (
    <ConfirmDialog
      isOpen={doomed !== null} onClose={onClose} title={t('webhooks.delete_title', { name: doomed?.name ?? '' })} verb={t('webhooks.delete')}
      onConfirm={async () => doomed && remove.mutateAsync(doomed.id)} errorText={useErrorText()}
    >
      {why}
    </ConfirmDialog>
  );
}
