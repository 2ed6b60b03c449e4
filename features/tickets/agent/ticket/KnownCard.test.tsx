import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderScreen } from '../../../../testing/screen.tsx';
import { answering, aTicket, AtDesk, MARIA } from '../../../../testing/ticket-desk.tsx';
import { KnownCard } from './KnownCard.tsx';

const day = (n: number) => `2026-10-${String(n).padStart(2, '0')}T10:00:00.000Z`;
const own = aTicket(1);
const page = (items: readonly object[], nextCursor: string | null = null) => ({ items, nextCursor });
const show = () => renderScreen(<AtDesk promisedTo={(id) => <p>Promised to {id}</p>}><KnownCard ticket={own} /></AtDesk>);
const list = (name: string): string[] => within(screen.getByRole('heading', { name }).parentElement!).getAllByRole('listitem').map(({ textContent }) => textContent);

test('who writes sees the last contacts, what else is open, and what was promised; of this ticket and of moods nothing', async () => {
  const tickets = [
    aTicket(2, { status: 'resolved', lastMessageAt: day(9), subject: 'The lid' }), aTicket(3, { status: 'open', lastMessageAt: day(2), subject: 'The invoice', channel: 'phone' }),
    aTicket(4, { status: 'closed', lastMessageAt: day(8), subject: 'The handle' }), aTicket(5, { status: 'resolved', lastMessageAt: day(7), subject: 'The cup' }), own,
  ];
  // A rating would be shown if the card drew whatever it is told.
  answering({ 'GET /tickets?customer=': () => page(tickets.map((ticket) => ({ ...ticket, rating: 'bad', mood: 'angry' }))) });
  const { container } = await show();

  const card = await waitFor(() => screen.getByText('What we already know').closest('details')!);
  card.open = true;
  expect(card.querySelector('summary')!.textContent).toMatch(/last contact .*9.*, .* · 1 other open ticket$/);
  expect(list('Last contacts').map((text) => text.split(' Oct')[0])).toEqual(['The lid', 'The handle', 'The cup']);
  expect(list('Also open').map((text) => text.split(' Oct')[0])).toEqual(['The invoice']);
  expect(screen.getByText(`Promised to ${MARIA.id}`)).toBeTruthy();
  expect(container.textContent).not.toMatch(/Ticket 1|bad|angry/);
});

test('of whom many tickets are known, the open ones are asked for apart; whoever writes for the first time is a blank page', async () => {
  const { asked } = answering({
    'GET /tickets?customer=': () => page([aTicket(2, { status: 'resolved', lastMessageAt: day(9) })], 'more'),
    [`GET /tickets?customer=${MARIA.id}&limit=20&sort=created&status=active`]: () => page([own, aTicket(7, { lastMessageAt: day(1), subject: 'From long ago' })]),
  });
  await show();
  await waitFor(() => expect(list('Also open').map((text) => text.startsWith('From long ago'))).toEqual([true]));
  expect(asked.some((request) => request.includes('status=active'))).toBe(true);

  answering({ 'GET /tickets?customer=': () => page([own]) });
  const { container } = await renderScreen(<AtDesk><KnownCard ticket={aTicket(1, { customer: { ...MARIA, id: aTicket(9).id } })} /></AtDesk>);
  await waitFor(() => expect(container.querySelector('details')).toBeNull());
});
