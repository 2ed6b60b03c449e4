import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { giveLayout, renderScreen } from '../../../../testing/screen.tsx';
import { answering, aTicket, AtDesk, page } from '../../../../testing/ticket-desk.tsx';
import type { TicketView } from '../../core/contract.ts';
import { KEYS } from '../queries.ts';
import { TicketList } from './TicketList.tsx';

giveLayout({ row: 60, box: 900 });
beforeEach(() => vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: vi.fn(), removeEventListener: vi.fn() })));

const subjects = () => screen.getAllByRole('option').map((row) => /Ticket \d+/.exec(row.textContent ?? '')?.[0]);

async function show(first: readonly TicketView[], chosenId: string | null, onChoose = vi.fn()) {
  const server = { tickets: first };
  answering({ 'GET /tickets': () => page(server.tickets) });
  const { cache } = await renderScreen(
    <AtDesk>
      <TicketList label="Mine" filter={{ assignee: 'me' }} chosenId={chosenId} onChoose={onChoose} empty={{ text: 'Nothing here.' }} />
    </AtDesk>,
  );
  const happens = async (now: readonly TicketView[]) => {
    server.tickets = now;
    await act(() => cache.invalidateQueries({ queryKey: KEYS.lists }));
  };
  return { happens, onChoose, cache };
}

test('while a ticket is read, new ones are announced and let in on request; the chosen row stays', async () => {
  const chosen = aTicket(2);
  const { happens } = await show([aTicket(1), chosen, aTicket(3)], chosen.id);
  await screen.findAllByRole('option');

  await happens([aTicket(9), aTicket(1), aTicket(8), chosen, aTicket(3)]);
  const announcement = await screen.findByRole('button', { name: '2 new' });
  expect(subjects()).toEqual(['Ticket 1', 'Ticket 2', 'Ticket 3']);
  expect(screen.getByRole('option', { selected: true }).textContent).toContain('Ticket 2');

  fireEvent.click(announcement);
  expect(subjects()).toEqual(['Ticket 9', 'Ticket 1', 'Ticket 8', 'Ticket 2', 'Ticket 3']);
  expect(screen.getByRole('option', { selected: true }).textContent).toContain('Ticket 2');
  expect(screen.queryByRole('button', { name: /new/ })).toBeNull();
});

test('the ticket being read stays in the list when it no longer belongs there; others leave', async () => {
  const chosen = aTicket(2);
  const { happens } = await show([aTicket(1), chosen, aTicket(3)], chosen.id);
  await screen.findAllByRole('option');
  await happens([aTicket(3)]);
  await waitFor(() => expect(subjects()).toEqual(['Ticket 2', 'Ticket 3']));
});

test('the ticket being read shows what is true of it now, in a list that it has left too', async () => {
  const chosen = aTicket(2);
  const { happens, cache } = await show([aTicket(1), chosen], chosen.id);
  await screen.findAllByRole('option');
  act(() => void cache.setQueryData(KEYS.one(chosen.id), { ...chosen, subject: 'Ticket 22' }));
  await happens([aTicket(1)]);
  await waitFor(() => expect(subjects()).toEqual(['Ticket 1', 'Ticket 22']));
});

test('when nobody reads, the list is simply up to date', async () => {
  const { happens } = await show([aTicket(1)], null);
  await screen.findAllByRole('option');
  await happens([aTicket(5), aTicket(1)]);
  await waitFor(() => expect(subjects()).toEqual(['Ticket 5', 'Ticket 1']));
});

test('a list that begins with empty pages is looked through; where that fails it says so once, and goes on when asked', async () => {
  const server = { isBroken: true };
  const { asked } = answering({
    'GET /tickets': (_, path) => (path.includes('cursor=far') ? server.isBroken ? undefined : page([aTicket(7)]) : { items: [], nextCursor: 'far' }),
  });
  await renderScreen(<AtDesk><TicketList label="Rare" filter={{}} chosenId={null} onChoose={vi.fn()} empty={{ text: 'Nothing here.' }} /></AtDesk>);
  const again = await screen.findByRole('button', { name: 'Try again' });
  expect(asked).toHaveLength(2);
  server.isBroken = false;
  fireEvent.click(again);
  await screen.findAllByRole('option');
  expect(subjects()).toEqual(['Ticket 7']);
});

test('j and k walk from the chosen row, whatever the keyboard layout', async () => {
  const { onChoose } = await show([aTicket(1), aTicket(2), aTicket(3)], aTicket(2).id);
  await screen.findAllByRole('option');
  fireEvent.keyDown(document.body, { key: 'о', code: 'KeyJ' });
  expect(onChoose).toHaveBeenLastCalledWith(aTicket(3).id);
});

test('an empty list says so, a failing one can be asked again', async () => {
  await show([], null);
  expect(await screen.findByText('Nothing here.')).toBeTruthy();
  cleanup();

  answering({});
  await renderScreen(<AtDesk><TicketList label="Mine" filter={{}} chosenId={null} onChoose={vi.fn()} empty={{ text: '' }} /></AtDesk>);
  answering({ 'GET /tickets': () => page([aTicket(4)]) });
  fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(subjects()).toEqual(['Ticket 4']));
});

test('while one ticket is read the talk of the next two is made ready, and the next itself is what its row knows', async () => {
  const { asked } = answering({ 'GET /tickets': () => page([1, 2, 3, 4].map((n) => aTicket(n))), 'GET /tickets/': () => page([]) });
  const onChoose = vi.fn();
  const { cache } = await renderScreen(<AtDesk><TicketList label="Mine" filter={{}} chosenId={aTicket(1).id} onChoose={onChoose} empty={{ text: '' }} /></AtDesk>);
  await screen.findAllByRole('option');
  await waitFor(() => expect(asked.filter((request) => request.includes('/entries')).map((request) => request.split('/')[2])).toEqual([aTicket(2).id, aTicket(3).id]));
  fireEvent.keyDown(document.body, { key: 'j', code: 'KeyJ' });
  expect(onChoose).toHaveBeenLastCalledWith(aTicket(2).id);
  expect(cache.getQueryData(KEYS.one(aTicket(2).id))).toEqual(aTicket(2));
});

test('a list in columns says what its view wants to be seen, and j walks without opening', async () => {
  const onChoose = vi.fn();
  answering({ 'GET /tickets': () => page([aTicket(1, { tags: ['vat', 'late'], status: 'waiting_customer', fields: { order: 'A-7' } }), aTicket(2)]) });
  await renderScreen(
    <AtDesk>
      <TicketList label="Table" filter={{}} chosenId={null} onChoose={onChoose} empty={{ text: '' }}
        columns={['number', 'status', 'tags', { id: 'fields.text.order', label: 'Order', text: ({ fields }) => String(fields.order ?? '') }]} />
    </AtDesk>,
  );
  const [first, second] = await screen.findAllByRole('option');
  expect(first?.textContent).toMatch(/Maria Petrova.*Ticket 1.*Number: #1001.*Status: Waiting for the customer.*Tags: vat, late.*Order: A-7/);
  expect(second?.textContent).not.toContain('Order');
  fireEvent.keyDown(document.body, { key: 'j', code: 'KeyJ' });
  expect(onChoose).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { key: 'Enter', code: 'Enter' });
  expect(onChoose).toHaveBeenCalledWith(aTicket(1).id);
});
