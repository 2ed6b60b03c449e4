import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../../testing/screen.tsx';
import { SuppressionsScreen } from './SuppressionsScreen.tsx';

const DEAD = { id: '01900000-0000-7000-8000-000000000001', address: 'ana@example.org', reason: 'unknown_address', words: '550 5.1.1 no such person', since: '2026-03-02T08:00:00.000Z' };

/** A server that holds the list, and forgets what is lifted. */
function serve(): { asked: string[] } {
  let items = [DEAD];
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : String(input);
    const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
    asked.push(`${method} ${url.replace(/^.*\/api\/v1/, '')}`);
    if (method !== 'DELETE') return new Response(JSON.stringify({ items, nextCursor: null }), { headers: { 'Content-Type': 'application/json' } });
    items = [];
    return new Response(null, { status: 204 });
  });
  return { asked };
}

test('an address is shown with why, and is gone from the list once it may be written to again', async () => {
  const { asked } = serve();
  await renderScreen(<SuppressionsScreen />);
  expect(await screen.findByText('ana@example.org')).toBeTruthy();
  expect(screen.getByText('Does not exist')).toBeTruthy();
  expect(screen.getByText('550 5.1.1 no such person')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Send to ana@example.org again' }));
  await waitFor(() => { expect(screen.getByText('Every address takes its mail.')).toBeTruthy(); });
  expect(asked).toContain(`DELETE /email/suppressions/${DEAD.id}`);
});
