import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Language } from '../../../../kernel/languages.ts';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { AttachmentView } from '../../../tickets/core/contract.ts';
import { ApplicationView, type SavedReplyView } from '../../core/contract.ts';
import { useMacroText } from '../text.ts';

type Place = { readonly ticketId: string; readonly onOpenChange: (isOpen: boolean) => void; readonly onInsert: (html: string) => void; readonly onAttach: (files: readonly AttachmentView[]) => void };
type Use = { readonly reply: SavedReplyView; readonly language?: Language };
export type Applying = ReturnType<typeof useApplying>;

/** Does what a saved reply does, and puts what it says into the letter; what it changed can be put back. */
export function useApplying({ ticketId, onOpenChange, onInsert, onAttach }: Place) {
  const t = useMacroText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const refresh = () => Promise.all(['tickets', 'checklists', 'macros'].map((room) => cache.invalidateQueries({ queryKey: [room] })));
  const putBack = (undo: NonNullable<ApplicationView['undo']>) =>
    api.patch(`/tickets/${ticketId}`, undo).then(() => toast({ text: t('macros.undone') }), (error: unknown) => toast({ tone: 'failed', text: errorText(error) })).then(refresh);
  return useMutation({
    mutationFn: ({ reply, language }: Use) => api.post(`/saved-replies/${reply.id}/applications`, { ticketId, ...(language && { language }) }, ApplicationView),
    onSuccess: ({ html, attachments, undo, effects }, { reply }) => {
      onOpenChange(false);
      if (html !== '') onInsert(html);
      if (attachments.length > 0) onAttach(attachments);
      if (effects.length > 0) toast({ text: t('macros.done', { name: isolated(reply.name) }), ...(undo && { action: { label: t('macros.undo'), onAction: () => void putBack(undo) } }) });
      return refresh();
    },
  });
}
