import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { toast } from '../../../ui/components/Toast.tsx';

export function useDecision(onDone: () => void = () => undefined) {
  const cache = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSuccess: onDone,
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => Promise.all([cache.invalidateQueries({ queryKey: ['approvals'] }), cache.invalidateQueries({ queryKey: ['tickets'] })]),
  });
}
