import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { toast } from '../../../../ui/components/Toast.tsx';
import { markAllSpam } from '../changes.ts';
import { useTicketsText } from '../text.ts';

type Marks = { readonly ids: readonly string[]; readonly spam: boolean; /** Takes back what was done a moment ago. */ readonly isUndo?: boolean };

/** Marks many tickets as spam, or as none, says how many it were, and offers the way back. */
export function useSpamMarks(onDone: () => void) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const run = useMutation({
    mutationFn: ({ ids, spam }: Marks) => markAllSpam(ids, spam),
    onSuccess: (changed, { spam, isUndo }) => {
      if (!isUndo) onDone();
      toast({
        text: t(spam ? 'tickets.select.marked' : 'tickets.select.unmarked', { count: changed.length }),
        ...(!isUndo && changed.length > 0 && { action: { label: t('tickets.undo'), onAction: () => run.mutate({ ids: changed, spam: !spam, isUndo: true }) } }),
      });
    },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['tickets'] }),
  });
  return { mark: (ids: readonly string[], spam: boolean) => { if (!run.isPending) run.mutate({ ids, spam }); }, isPending: run.isPending };
}
