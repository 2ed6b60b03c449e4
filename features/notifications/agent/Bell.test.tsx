import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { LANGUAGES } from '../../../kernel/languages.ts';
import { renderScreen } from '../../../testing/screen.tsx';
import { KINDS } from '../core/kinds.ts';
import { Bell } from './Bell.tsx';

beforeEach(() => vi.stubGlobal('matchMedia', () => ({ matches: true })));

const ticket = { id: '018f0000-0000-7000-8000-000000000009', number: 1042, subject: 'Kettle' };
const notice = (kind: string, number: number, more: object = {}) => ({
  id: `018f0000-0000-7000-8000-0000000000${String(number).padStart(2, '0')}`, kind, ticket: null, by: null, data: {}, read: false, createdAt: '2026-03-02T09:00:00.000Z', ...more,
});

function server(items: object[]) {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (url: string, { method, body }: RequestInit) => {
    if (method === 'PUT') {
      sent.push(JSON.parse(body as string));
      return Response.json({ unread: { count: 0, more: false } });
    }
    return Response.json(url.includes('unread') ? { unread: { count: items.length, more: false } } : { items, nextCursor: null });
  });
  return sent;
}
const draw = (language: (typeof LANGUAGES)[number] = 'en') => renderScreen(<Bell ticketHref={(id) => `/t/${id}`} settingsHref="/s" />, { language });

test('it says how much is unread, and everything is read with one press', async () => {
  const sent = server([notice('answered', 1, { ticket, by: 'Maria' }), notice('rule', 2, { data: { text: 'Angry words' } })]);
  await draw();
  fireEvent.click(await screen.findByRole('button', { name: /Notices: 2 unread notices/ }));
  const link = await screen.findByRole('link', { name: /Maria.* answered.*#1042 Kettle/ });
  expect(link.getAttribute('href')).toBe(`/t/${ticket.id}`);
  expect(screen.getByText(/Angry words/)).toBeTruthy();
  fireEvent.click(screen.getByText('Mark all as read'));
  await vi.waitFor(() => expect(sent).toEqual([{ until: '2026-03-02T09:00:00.000Z' }]));
});

test.each(LANGUAGES)('in %s every kind has words, with and without a name', async (language) => {
  server(KINDS.flatMap((kind, i) => [notice(kind, i), notice(kind, i + 40, { by: 'Ana', data: { text: 'words', name: 'Rule' } })]));
  await draw(language);
  fireEvent.click(await screen.findByRole('button'));
  const rows = await screen.findAllByRole('listitem');
  expect(rows).toHaveLength(KINDS.length * 2);
  for (const row of rows) expect(row.textContent).not.toMatch(/notifications\.|[{}]|undefined|none/);
});
