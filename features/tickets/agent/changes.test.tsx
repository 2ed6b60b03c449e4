import { useQuery } from '@tanstack/react-query';
import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../testing/screen.tsx';
import { aTicket } from '../../../testing/ticket-desk.tsx';
import type { TicketView } from '../core/contract.ts';
import { useTicketChange } from './changes.ts';
import { ticketOne } from './queries.ts';

const [first, second] = [aTicket(1), aTicket(2)];

/** One place in which one ticket is shown after the other. */
function Place() {
  const [ticketId, setTicketId] = useState(first.id);
  const { data } = useQuery(ticketOne(ticketId));
  const change = useTicketChange(ticketId);
  return (
    <>
      <h1>{data?.subject}</h1>
      <button type="button" onClick={() => change({ status: 'resolved' })}>resolve</button>
      <button type="button" onClick={() => setTicketId(second.id)}>next</button>
    </>
  );
}

test.each([['taken', () => Response.json({ ...first, status: 'resolved' })], ['refused', () => Response.json({ code: 'ticket.fields_required' }, { status: 409 })]])(
  'what is %s for one ticket while the next one is shown stays that one’s', async (_how, answer) => {
    const waiting: (() => void)[] = [];
    vi.stubGlobal('fetch', async (url: string, { method = 'GET' }: RequestInit = {}) => {
      if (method === 'PATCH') return new Promise<Response>((resolve) => { waiting.push(() => resolve(answer())); });
      return Response.json(url.includes(second.id) ? second : first);
    });
    const { cache } = await renderScreen(<Place />);
    await screen.findByRole('heading', { name: first.subject }, { timeout: 5_000 });
    fireEvent.click(screen.getByText('resolve'));
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    fireEvent.click(screen.getByText('next'));
    await screen.findByRole('heading', { name: second.subject });
    const mixed: string[] = [];
    const settled = new Promise<void>((resolve) => {
      cache.getQueryCache().subscribe(({ query: { queryKey, state } }) => {
        const [, kind, id] = queryKey;
        if (kind === 'one' && (state.data as TicketView | undefined)?.id !== id) mixed.push(String(id));
      });
      cache.getMutationCache().subscribe(({ mutation }) => mutation && mutation.state.status !== 'pending' && resolve());
    });
    waiting[0]!();
    await settled;
    expect(mixed).toEqual([]);
  });
