import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../../testing/screen.tsx';
import { answering, aTicket, ME, page } from '../../../../testing/ticket-desk.tsx';
import { HandoverDialog } from './HandoverDialog.tsx';

const tickets = Array.from({ length: 53 }, (_, n) => aTicket(n + 1));
type Sent = { items: { ticketId: string; to: object; note: string }[] };

test('whoever has more than fifty is told so, sees the rest, and hands all of them on, fifty at a time', async () => {
  const onClose = vi.fn();
  const { bodies } = answering({
    'GET /tickets?': (_, path) => (path.includes('cursor=second') ? page(tickets.slice(50)) : { items: tickets.slice(0, 50), nextCursor: 'second' }),
    'GET /people': () => page([]), 'GET /teams': () => page([]), 'POST /handovers': (body) => ({ count: (body as Sent).items.length }),
  });
  await renderScreen(<HandoverDialog isOpen myId={ME.id} onClose={onClose} />);
  await screen.findByRole('button', { name: 'Hand over 50 tickets' });
  screen.getByText('You have more tickets than these. Only those that are shown here go on.');

  fireEvent.click(screen.getByRole('button', { name: 'Show more of them' }));
  const verb = await screen.findByRole('button', { name: 'Hand over 53 tickets' });
  expect(screen.queryByText(/more tickets than these/)).toBeNull();
  fireEvent.change(screen.getByLabelText(/Note on #1053/), { target: { value: 'Call her' } });
  fireEvent.click(verb);
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  const sent = bodies.filter((body): body is Sent => typeof body === 'object' && body !== null && 'items' in body).map(({ items }) => items);
  expect(sent.map(({ length }) => length)).toEqual([50, 3]);
  expect(sent.flat().map(({ ticketId }) => ticketId)).toEqual(tickets.map(({ id }) => id));
  expect(sent[1]!.at(-1)).toEqual({ ticketId: tickets.at(-1)!.id, to: { queue: true }, note: 'Call her' });
});
