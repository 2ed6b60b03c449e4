import { type InfiniteData, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { onceDrawn } from '../../../platform/browser/once-drawn.ts';
import { inParts } from '../../../platform/browser/paged.ts';
import { toast } from '../../../ui/components/Toast.tsx';
import { MergeView, SpamMarked, TicketView } from '../core/contract.ts';
import type { TicketPatch, TicketPage } from '../core/contract.ts';
import { type RelationSet, SplitView } from '../core/relations.ts';
import type { SnoozeSet } from '../core/snooze.ts';
import type { z } from 'zod';
import { KEYS } from './queries.ts';

/** What a change looks like before the server has confirmed it: names for ids that the screen already knows. */
export type Preview = Partial<Pick<TicketView, 'assignee' | 'team' | 'customer' | 'brand' | 'office' | 'slaPolicyId' | 'queueChoice'>>;
/** Which ticket is part of it: by the time of the answer the next one may be shown in the same place. */
type Change = { readonly id: string; readonly patch: TicketPatch; readonly preview?: Preview | undefined };

/** Changes facts of a ticket; shown at once, put back when the server refuses. */
export function useTicketChange(ticketId: string): (patch: TicketPatch, preview?: Preview) => void {
  const cache = useQueryClient();
  const errorText = useErrorText();
  const { mutate } = useMutation({
    mutationFn: ({ id, patch }: Change) => api.patch(`/tickets/${id}`, patch, TicketView),
    onMutate: async ({ id, patch, preview }: Change) => {
      await cache.cancelQueries({ queryKey: KEYS.one(id) });
      const before = cache.getQueryData<TicketView>(KEYS.one(id));
      cache.setQueryData<TicketView>(KEYS.one(id), (ticket) => ticket && { ...ticket, ...shownOf(patch), ...preview });
      return before;
    },
    onError: (error, { id }, before) => {
      if (before) cache.setQueryData(KEYS.one(id), before);
      toast({ text: errorText(error), tone: 'failed' });
    },
    onSuccess: (ticket, { id }) => cache.setQueryData(KEYS.one(id), ticket),
    onSettled: (_ticket, _error, { id }) => ticketChanged(cache, id),
  });
  return (patch, preview) => mutate({ id: ticketId, patch, preview });
}

const shownOf = ({ subject, status, priority, kind, language, tags, isPrivate }: TicketPatch): Partial<TicketView> =>
  Object.fromEntries(Object.entries({ subject, status, priority, kind, language, tags, isPrivate }).filter(([, value]) => value !== undefined));

/** The socket says the same a moment later; not waiting for it keeps one's own deeds quick. */
export function ticketChanged(cache: QueryClient, ticketId: string): void {
  for (const queryKey of [KEYS.lists, KEYS.counts, KEYS.one(ticketId), KEYS.entries(ticketId), KEYS.recipients(ticketId), KEYS.shared(ticketId)]) {
    void cache.invalidateQueries({ queryKey });
  }
}

export const deleteTicket = (ticketId: string): Promise<void> => api.put(`/tickets/${ticketId}/deletion`);
export const restoreTicket = (ticketId: string): Promise<void> => api.delete(`/tickets/${ticketId}/deletion`);
export const markSpam = (ticketId: string): Promise<void> => api.put(`/tickets/${ticketId}/spam`);
export const unmarkSpam = (ticketId: string): Promise<void> => api.delete(`/tickets/${ticketId}/spam`);
/** Resolves to the ids of those that were not so before. */
export async function markAllSpam(ids: readonly string[], spam: boolean): Promise<string[]> {
  const changed: string[] = [];
  for (const part of inParts(ids)) changed.push(...(await api.post('/tickets/spam', { ids: part, spam }, SpamMarked)).ids);
  return changed;
}
export const snoozeTicket = (ticketId: string, given: SnoozeSet) => api.put(`/tickets/${ticketId}/snooze`, given, TicketView);
export const wakeTicket = (ticketId: string) => api.delete(`/tickets/${ticketId}/snooze`, undefined, TicketView);
export const splitTicket = (ticketId: string, entryIds: readonly string[]) => api.post(`/tickets/${ticketId}/splits`, { entryIds }, SplitView);
export const unsplit = (splitId: string): Promise<void> => api.delete(`/splits/${splitId}`);
export const setFollower = (ticketId: string, person: string, follows: boolean): Promise<void> => (follows ? api.put(`/tickets/${ticketId}/followers/${person}`) : api.delete(`/tickets/${ticketId}/followers/${person}`));
export const relate = (ticketId: string, toId: string, given: RelationSet): Promise<void> => api.put(`/tickets/${ticketId}/relations/${toId}`, given);
export const unrelate = (ticketId: string, otherId: string): Promise<void> => api.delete(`/tickets/${ticketId}/relations/${otherId}`);
export const mergeTicket = (ticketId: string, into: string) => api.post(`/tickets/${ticketId}/merges`, { into }, MergeView);
export const keepApart = (laterId: string, earlierId: string): Promise<void> => api.put(`/tickets/${laterId}/links/${earlierId}/separation`);
export const askAgain = (laterId: string, earlierId: string): Promise<void> => api.delete(`/tickets/${laterId}/links/${earlierId}/separation`);
export const linkSettled = (cache: QueryClient, ticketId: string): void => { void cache.invalidateQueries({ queryKey: KEYS.links(ticketId) }); };
export const unmerge = (mergeId: string): Promise<void> => api.delete(`/merges/${mergeId}`);
export const takeNext = (team?: string) => api.post('/tickets/next', team ? { team } : {}, TicketView);

/** Nobody else is told what one person has read, so the lists on this screen are put right here. */
export async function markRead(cache: QueryClient, ticketId: string): Promise<void> {
  // Whoever opened it sees it first.
  await onceDrawn();
  await api.put(`/tickets/${ticketId}/read`);
  const read = (ticket: TicketView): TicketView => (ticket.id === ticketId ? { ...ticket, unread: false } : ticket);
  cache.setQueryData<TicketView>(KEYS.one(ticketId), (ticket) => ticket && read(ticket));
  cache.setQueriesData<InfiniteData<z.infer<typeof TicketPage>> | z.infer<typeof TicketPage>>({ queryKey: KEYS.lists }, (list) => {
    if (!list) return list;
    if ('items' in list) return { ...list, items: list.items.map(read) };
    return { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.map(read) })) };
  });
  // A list that was asked for before the server knew would say that it is unread.
  await cache.invalidateQueries({ queryKey: KEYS.lists, predicate: ({ state }) => state.fetchStatus === 'fetching' });
}
