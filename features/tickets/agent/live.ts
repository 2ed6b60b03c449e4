import type { QueryClient } from '@tanstack/react-query';
import type { LiveHandlers } from '../../../platform/browser/live.ts';
import { staleSoon } from '../../../platform/browser/stale-soon.ts';
import type { TicketCounts } from '../core/contract.ts';
import { KEYS } from './queries.ts';

type What =
  | 'ticket.created' | 'ticket.changed' | 'ticket.language_detected' | 'ticket.merged' | 'ticket.unmerged' | 'ticket.deleted' | 'ticket.restored'
  | 'ticket.snoozed' | 'ticket.woken' | 'ticket.split' | 'ticket.unsplit' | 'ticket.related' | 'ticket.unrelated' | 'ticket.followed' | 'ticket.unfollowed' | 'ticket.linked' | 'ticket.link_settled' | 'entry.added' | 'entry.withdrawn' | 'entry.forwarded' | 'entry.redacted' | 'mail.misdirected'
  | 'draft.shared' | 'draft.edited' | 'draft.discarded' | 'draft.restored' | 'draft.sent';
/** A merge names both tickets. */
type Facts = { ticketId: string | null; data?: { sourceId?: string; targetId?: string } };
type TicketNews = { [T in What]: Facts & { type: T } }[What] | { type: 'numbers.told'; numbers: { tickets: TicketCounts } };

const CALM_MS = 400;

/** What stands on a ticket or in its timeline is another. */
export function ticketMoved(cache: QueryClient, { ticketId, data }: Facts): void {
  for (const id of new Set([ticketId, data?.sourceId, data?.targetId])) {
    if (!id) continue;
    void cache.invalidateQueries({ queryKey: KEYS.one(id) });
    void cache.invalidateQueries({ queryKey: KEYS.entries(id) });
    void cache.invalidateQueries({ queryKey: KEYS.recipients(id) });
  }
  staleSoon(cache, KEYS.lists, CALM_MS);
}

function linkChanged(cache: QueryClient, { ticketId }: Facts): void {
  if (ticketId) void cache.invalidateQueries({ queryKey: KEYS.links(ticketId) });
}

function relationChanged(cache: QueryClient, { ticketId }: Facts): void {
  if (ticketId) void cache.invalidateQueries({ queryKey: KEYS.relations(ticketId) });
}

function sharedChanged(cache: QueryClient, { ticketId }: Facts): void {
  if (ticketId) void cache.invalidateQueries({ queryKey: KEYS.shared(ticketId) });
}

/** An answer that is on its way was made before. */
async function numbersTold(cache: QueryClient, { numbers: { tickets } }: { numbers: { tickets: TicketCounts } }): Promise<void> {
  await cache.cancelQueries({ queryKey: KEYS.counts, exact: true });
  cache.setQueryData(KEYS.counts, tickets);
}

/** Drafts that are shared go along with it, or are there again. */
function draftsMovedToo(cache: QueryClient, facts: Facts): void {
  ticketMoved(cache, facts);
  for (const id of new Set([facts.ticketId, facts.data?.sourceId, facts.data?.targetId])) sharedChanged(cache, { ticketId: id ?? null });
}

/** Pushed events never carry state into the screen, but for numbers; they mark what is stale, and the query fetches it again. */
export const ticketsLive: LiveHandlers<TicketNews> = {
  'ticket.created': ticketMoved,
  'ticket.changed': ticketMoved,
  'ticket.language_detected': ticketMoved,
  'ticket.merged': draftsMovedToo,
  'ticket.unmerged': draftsMovedToo,
  'ticket.snoozed': ticketMoved,
  'ticket.woken': ticketMoved,
  'ticket.split': ticketMoved,
  'ticket.unsplit': ticketMoved,
  'ticket.followed': ticketMoved,
  'ticket.unfollowed': ticketMoved,
  'ticket.related': relationChanged,
  'ticket.unrelated': relationChanged,
  'ticket.linked': linkChanged,
  'ticket.link_settled': linkChanged,
  'ticket.deleted': draftsMovedToo,
  'ticket.restored': draftsMovedToo,
  'entry.added': ticketMoved,
  'entry.withdrawn': draftsMovedToo,
  'entry.forwarded': ticketMoved,
  'entry.redacted': draftsMovedToo,
  'mail.misdirected': ticketMoved,
  'draft.shared': sharedChanged,
  'draft.edited': sharedChanged,
  'draft.discarded': sharedChanged,
  'draft.restored': sharedChanged,
  'draft.sent': sharedChanged,
  'numbers.told': numbersTold,
};
