import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarOff, CalendarCheck, type LucideIcon } from 'lucide-react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { toast } from '../../../../ui/components/Toast.tsx';
import { myPresence, refresh } from '../queries.ts';
import { useRoutingText } from '../text.ts';
import { askAwayNow } from './away-now.ts';

type AwayEntry = { readonly id: string; readonly label: string; readonly icon: LucideIcon; readonly onAction: () => void };

/** Ends an absence that has begun: one's own or, for whoever shares out, somebody else's. */
export function useBack(): { end: (absenceId: string) => void; isPending: boolean } {
  const t = useRoutingText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: (id: string) => api.delete(`/absences/${id}`),
    onSuccess: () => toast({ text: t('routing.absence.ended') }),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => Promise.all([refresh(cache, 'absences'), refresh(cache, 'presence')]),
  });
  return { end: mutate, isPending };
}

/** What one can say in one's own menu: that one is away from now on, or back. Nothing until it is known which. */
export function useAway(me: { readonly id: string; readonly name: string }, isOffered = true): { entry: AwayEntry | null } {
  const t = useRoutingText();
  const { data: presence } = useQuery({ ...myPresence, enabled: isOffered });
  const { end } = useBack();
  if (!presence || !isOffered) return { entry: null };
  const { absence } = presence;
  if (absence) return { entry: { id: 'back', label: t('routing.absence.back'), icon: CalendarCheck, onAction: () => end(absence.id) } };
  return { entry: { id: 'away-now', label: t('routing.away_now'), icon: CalendarOff, onAction: () => askAwayNow({ person: me, isOwn: true }) } };
}
