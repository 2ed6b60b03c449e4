import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { renderScreen } from '../../../../testing/screen.tsx';
import { answering, page } from '../../../../testing/ticket-desk.tsx';
import { ToastRegion } from '../../../../ui/components/Toast.tsx';
import type { OfferView, PresenceView } from '../../core/contract.ts';
import { OfferCards } from '../offers/OfferCards.tsx';
import { KEYS } from '../queries.ts';
import { PresenceNotice } from './PresenceNotice.tsx';
import { PresencePanel } from './PresencePanel.tsx';

const id = (n: number) => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const SINCE = '2026-11-12T08:14:00.000Z';

const present = (change: Partial<PresenceView> = {}): PresenceView => ({
  person: { id: id(1), name: 'Ivan Petrov' }, state: 'online', effective: 'online', because: null, own: null, reason: '', channels: { phone: false }, since: SINCE,
  connected: true, wrapUpUntil: null, load: { used: 3, total: 10, channels: [{ channel: 'email', count: 3, most: 10 }] }, absence: null, queuesExist: true, ...change,
});

beforeEach(() => vi.useRealTimers());

test('each choice holds at once, and takes along what stays', async () => {
  const lunch = { id: id(7), name: 'Lunch', state: 'away' };
  const { asked, bodies } = answering({ 'GET /presence-states': () => page([lunch]), 'PUT /me/presence': () => present({ state: 'away', effective: 'away', own: { id: id(7), name: 'Lunch' } }) });
  await renderScreen(<PresencePanel presence={present()} hereHref={null} onClose={vi.fn()} />);
  fireEvent.click(await screen.findByRole('option', { name: /^Lunch/ }));
  await vi.waitFor(() => expect(asked).toContain('PUT /me/presence'));
  expect(bodies.at(asked.indexOf('PUT /me/presence'))).toEqual({ ownId: id(7), reason: '' });

  fireEvent.click(screen.getByRole('switch', { name: 'Chat' }));
  await vi.waitFor(() => expect(bodies).toContainEqual({ state: 'online', reason: '', channels: { phone: false, chat: false } }));
  expect(screen.getByRole('switch', { name: 'Phone' })).toHaveProperty('checked', false);
  expect(screen.getByRole('switch', { name: /^Sound/ })).toHaveProperty('checked', false);
});

test('whoever was taken for idle is told so and comes back with one press; hands on the keyboard do the same and say it', async () => {
  let now = present({ effective: 'away', because: 'idle' });
  const { asked, bodies } = answering({
    'GET /me/presence': () => now, 'PUT /me/presence': () => (now = present()),
    'POST /me/presence/activity': () => { now = present(); return null; },
  });
  const { cache } = await renderScreen(<><PresenceNotice /><ToastRegion /></>);
  await screen.findByText(/You count as “Away”/);
  fireEvent.click(screen.getByRole('button', { name: 'I am here' }));
  await vi.waitFor(() => expect(screen.queryByText(/You count as/)).toBeNull());
  expect(bodies.at(asked.indexOf('PUT /me/presence'))).toEqual({ state: 'online', reason: '', channels: { phone: false } });
  await screen.findByText('While nothing was heard from you, you counted as: Away. Now: Online.');

  now = present({ effective: 'away', because: 'idle' });
  await act(() => cache.invalidateQueries({ queryKey: KEYS.presence }));
  await screen.findByText(/You count as “Away”/);
  fireEvent.keyDown(document.body, { key: 'a' });
  await vi.waitFor(() => expect(screen.queryByText(/You count as/)).toBeNull());
});

const offer = (n: number, seconds: number): OfferView => ({
  id: id(100 + n), ticket: { id: id(200 + n), number: 1000 + n, subject: `Ticket ${n}`, priority: 'urgent', channel: 'chat', language: 'en', flags: [] }, queue: { id: id(50), name: 'Chats' }, state: 'offered',
  offeredAt: new Date(Date.now() - 1_000).toISOString(), expiresAt: new Date(Date.now() + seconds * 1_000).toISOString(), why: [{ code: 'only_one', values: {}, text: 'Nobody else was free.' }],
});

test('an offer says what, why and how long, leaves the focus where it is, and is answered by key', async () => {
  const offers = [offer(1, 29), offer(2, 40)];
  const { asked } = answering({ 'GET /me/offers': () => page(offers), 'POST /offers/': () => offers.shift() });
  const goTo = vi.fn();
  await renderScreen(<><textarea aria-label="Letter" /><OfferCards ticketHref={(ticketId) => `/inbox/${ticketId}`} goToTicket={goTo} /></>);
  screen.getByLabelText('Letter').focus();
  const first = await screen.findByRole('article', { name: 'Offer: ticket #1001' });
  expect(first.textContent).toMatch(/Chats\s*29 sec.*Ticket 1.*Nobody else was free\./);
  expect(document.activeElement).toBe(screen.getByLabelText('Letter'));

  // Whoever writes a Y writes a Y.
  fireEvent.keyDown(screen.getByLabelText('Letter'), { key: 'y', code: 'KeyY' });
  expect(asked.filter((call) => call.startsWith('POST'))).toEqual([]);
  screen.getByLabelText('Letter').blur();
  fireEvent.keyDown(document.body, { key: 'н', code: 'KeyY' });
  await vi.waitFor(() => expect(goTo).toHaveBeenCalledWith(id(201)));
  await vi.waitFor(() => expect(screen.queryByText('Ticket 1')).toBeNull());
  fireEvent.keyDown(document.body, { key: 'Y', code: 'KeyY', shiftKey: true });
  await vi.waitFor(() => expect(asked.filter((call) => call.startsWith('POST'))).toEqual([`POST /offers/${id(101)}/acceptance`, `POST /offers/${id(102)}/refusal`]));
  cleanup();
});
