import { expect, test, vi } from 'vitest';
import { countInTitle } from './title.ts';

test('the figure stays before whatever title comes, and goes with what it counted', async () => {
  document.title = 'Inbox';
  const away = countInTitle(2);
  expect(document.title).toBe('(2) Inbox');
  document.title = 'Chats';
  await vi.waitFor(() => expect(document.title).toBe('(2) Chats'));
  away();
  expect(document.title).toBe('Chats');
});
