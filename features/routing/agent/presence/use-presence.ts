import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { announce } from '../../../../ui/components/LiveRegion.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { type PresencePut, PresenceView } from '../../core/contract.ts';
import { myPresence, refresh } from '../queries.ts';
import { useRoutingText } from '../text.ts';
import { useStateName } from './states.ts';

/** What one was, as it has to be said again when something else changes. */
export const putOf = ({ own, state, reason, channels }: PresenceView): PresencePut => ({ ...(own ? { ownId: own.id } : { state }), reason, channels });

/** Says what one is from now on, to the server and to those who hear the screen. */
export function usePresenceChange(): { change: (put: PresencePut) => void; isPending: boolean } {
  const t = useRoutingText();
  const errorText = useErrorText();
  const nameOf = useStateName();
  const cache = useQueryClient();
  const { mutate, isPending } = useMutation({
    // One after the other: what was said last holds.
    scope: { id: 'presence' },
    mutationFn: (put: PresencePut) => api.put('/me/presence', put, PresenceView),
    onSuccess: (presence) => {
      cache.setQueryData(myPresence.queryKey, presence);
      announce(t('routing.you_are', { state: nameOf(presence) }));
      void refresh(cache, 'presence');
    },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
  return { change: mutate, isPending };
}
