import { fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../../testing/screen.tsx';
import { answering, AT, aTicket, AtDesk, MARIA, page } from '../../../../testing/ticket-desk.tsx';
import type { LinkView } from '../../core/contract.ts';
import { KEYS, ticketLinks } from '../queries.ts';
import { LinkedTickets } from './LinkedTickets.tsx';

const [later, earlier] = [aTicket(5), aTicket(1)];
const MERGE = '00000000-0000-7000-8000-000000000099';
const aLink = (change: Partial<LinkView> = {}): LinkView => ({
  ticket: { id: earlier.id, number: earlier.number, subject: earlier.subject, status: 'open', customer: MARIA },
  side: 'earlier', reason: 'stranger', address: 'boris@example.org', outcome: null, mergeId: null, isOpen: true, createdAt: AT, ...change,
});
const show = (links: LinkView[], language: 'en' | 'ar' = 'en') => {
  const server = answering({
    [`GET /tickets/${later.id}/links`]: () => page(links), [`POST /tickets/${later.id}/merges`]: () => ({ id: MERGE }),
    [`DELETE /merges/${MERGE}`]: () => null, [`PUT /tickets/${later.id}/links/${earlier.id}/separation`]: () => null,
  });
  return renderScreen(<AtDesk><LinkedTickets ticket={later} /></AtDesk>, { language }).then(() => server);
};

test('what belongs together joins the earlier ticket with one press, and comes apart again', async () => {
  const { asked, bodies } = await show([aLink()]);
  expect((await screen.findByRole('status')).textContent).toContain('boris@example.org');
  expect(screen.getByRole('link', { name: '#1001' }).getAttribute('href')).toBe(`/inbox/mine/${earlier.id}`);
  fireEvent.click(screen.getByRole('button', { name: 'Join' }));
  await waitFor(() => expect(asked).toContain(`POST /tickets/${later.id}/merges`));
  expect(bodies).toContainEqual({ into: earlier.id });
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(asked).toContain(`DELETE /merges/${MERGE}`));
});

test('they can stay apart, and a closed ticket takes nothing in', async () => {
  const { asked } = await show([aLink({ reason: 'follows', ticket: { ...aLink().ticket, status: 'closed' } })]);
  fireEvent.click(await screen.findByRole('button', { name: 'Keep apart' }));
  await waitFor(() => expect(asked).toContain(`PUT /tickets/${later.id}/links/${earlier.id}/separation`));
  expect(screen.queryByRole('button', { name: 'Join' })).toBeNull();
});

test('nothing is asked about what was decided', async () => {
  const { asked } = await show([aLink({ isOpen: false, outcome: 'apart' })], 'ar');
  await waitFor(() => expect(asked).toContain(`GET /tickets/${later.id}/links?limit=20`));
  // The one before may still ask for its own.
  expect(new Set(asked).size).toBe(1);
  expect(screen.queryByRole('status')).toBeNull();
});

/** Two tickets to which the same later one may belong, shown one after the other in one place. */
function OneAfterTheOther() {
  const [ticket, setTicket] = useState(aTicket(2));
  return <><button type="button" onClick={() => setTicket(aTicket(3))}>next</button><LinkedTickets ticket={ticket} /></>;
}

test('an answer that comes when the next ticket is shown is told of the one that was asked about', async () => {
  const apart = vi.fn();
  const links = page([aLink({ side: 'later', ticket: { ...aLink().ticket, id: later.id, number: later.number } })]);
  answering({ [`GET /tickets/${aTicket(2).id}/links`]: () => links, [`GET /tickets/${aTicket(3).id}/links`]: () => links });
  const others = fetch;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => (init.method !== 'PUT' ? others(url, init)
    : new Promise<Response>((resolve) => { apart.mockImplementation(() => resolve(new Response(null, { status: 204 }))); })));
  const { cache } = await renderScreen(<AtDesk><OneAfterTheOther /></AtDesk>);
  await cache.prefetchQuery(ticketLinks(aTicket(3).id));
  fireEvent.click(await screen.findByRole('button', { name: 'Keep apart' }));
  await waitFor(() => expect(apart.getMockImplementation()).toBeDefined());
  fireEvent.click(screen.getByText('next'));
  const stale = vi.spyOn(cache, 'invalidateQueries');
  apart();
  await waitFor(() => expect(stale).toHaveBeenCalledWith({ queryKey: KEYS.links(aTicket(2).id) }));
  expect(stale).not.toHaveBeenCalledWith({ queryKey: KEYS.links(aTicket(3).id) });
});
