import type { QueryClient } from '@tanstack/react-query';
import type { LiveHandlers } from '../../../../platform/browser/live.ts';

type OutboxNews = { type: 'outbox.changed'; ticketId: string | null };

/** A mail moved on: the outbox and the talk that shows its state are old. */
export const outboxLive: LiveHandlers<OutboxNews> = {
  'outbox.changed': (cache: QueryClient, { ticketId }) => {
    void cache.invalidateQueries({ queryKey: ['email', 'outbox'] });
    if (ticketId) void cache.invalidateQueries({ queryKey: ['tickets', 'entries', ticketId] });
  },
};
