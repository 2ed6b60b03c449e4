import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { chatLive } from './live.ts';
import { KEYS } from './queries.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const [KETTLE, LAMP] = ['kettle', 'lamp'];

/** What an agent has on the screen: one chat of their own, and another one opened beside it. */
function desk() {
  const cache = new QueryClient();
  cache.setQueryData(KEYS.mine, [{ ticketId: KETTLE }]);
  for (const id of [KETTLE, LAMP]) cache.setQueryData(KEYS.one(id), {});
  return { hear: (type: string, news: object) => { chatLive[type]!(cache, news as never); }, isStale: (key: readonly string[]) => cache.getQueryState(key)!.isInvalidated };
}

test('that words have reached several visitors makes the marks of those chats stale, and of no other', () => {
  const { hear, isStale } = desk();
  hear('chat.*', { ticketId: null, data: { what: 'delivered', ticketIds: [LAMP] } });
  expect([isStale(KEYS.one(KETTLE)), isStale(KEYS.one(LAMP)), isStale(KEYS.mine)]).toEqual([false, true, false]);
});

test('what is said in one\'s own chat is asked for at once, what is said in those of others once a second', () => {
  const { hear, isStale } = desk();
  hear('entry.added', { ticketId: LAMP, data: { channel: 'chat', direction: 'in' } });
  expect(isStale(KEYS.mine)).toBe(false);
  vi.advanceTimersByTime(1_000);
  expect(isStale(KEYS.mine)).toBe(true);
  const other = desk();
  other.hear('entry.added', { ticketId: KETTLE, data: { channel: 'chat', direction: 'in' } });
  expect(other.isStale(KEYS.mine)).toBe(true);
});
