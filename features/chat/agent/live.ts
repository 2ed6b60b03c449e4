import type { QueryClient } from '@tanstack/react-query';
import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';
import { staleSoon } from '../../../platform/browser/stale-soon.ts';
import { chatMoved, KEYS, myChats } from './queries.ts';
import { heardTyping } from './typing.ts';

const CALM_MS = 1_000;
type News = { ticketId: string | null; data?: { isTyping?: boolean; channel?: string; direction?: string; ticketIds?: readonly string[] } };

/** What a visitor has said, for whoever wants to be told by ear. */
const listeners = new Set<(ticketId: string) => void>();
export function onVisitorSaid(listener: (ticketId: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const moved = (cache: QueryClient, { ticketId }: News): void => {
  if (ticketId !== null) void chatMoved(cache, ticketId);
};

export const chatLive: AnyLiveHandlers = {
  'chat.typing': (_cache: QueryClient, { ticketId, data }: News) => { if (ticketId !== null) heardTyping(ticketId, data?.isTyping === true); },
  'chat.*': (cache: QueryClient, news: News) => {
    if (news.data?.ticketIds) for (const ticketId of news.data.ticketIds) void cache.invalidateQueries({ queryKey: KEYS.one(ticketId) });
    else if (news.ticketId === null) void cache.invalidateQueries({ queryKey: KEYS.widgets });
    else moved(cache, news);
  },
  'entry.added': (cache: QueryClient, news: News) => {
    if (news.ticketId === null) return;
    void cache.invalidateQueries({ queryKey: KEYS.words(news.ticketId) });
    if (news.data?.channel !== 'chat') return;
    // One's own at once; of the hundred that others have, once a second is enough.
    if (cache.getQueryData(myChats.queryKey)?.some(({ ticketId }) => ticketId === news.ticketId)) void cache.invalidateQueries({ queryKey: KEYS.mine });
    else staleSoon(cache, KEYS.mine, CALM_MS);
    if (news.data.direction !== 'in') return;
    heardTyping(news.ticketId, false);
    for (const listener of listeners) listener(news.ticketId);
  },
  'ticket.changed': (cache: QueryClient) => staleSoon(cache, KEYS.mine, CALM_MS),
};
