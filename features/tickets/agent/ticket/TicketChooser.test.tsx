import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../../testing/screen.tsx';
import { answering, aTicket, AtDesk, page } from '../../../../testing/ticket-desk.tsx';
import { TicketChooser } from './TicketChooser.tsx';

test('arrows lead from the box through the tickets, and back to the box', async () => {
  const [here, first, second] = [aTicket(1), aTicket(2), aTicket(3)];
  answering({ 'GET /tickets': () => page([here, first, second]) });
  await renderScreen(<AtDesk><TicketChooser ticket={here} chosen={null} onChoose={vi.fn()} /></AtDesk>);
  const box = screen.getByRole('searchbox');
  const [upper, lower] = [await screen.findByRole('button', { name: /Ticket 2/ }), screen.getByRole('button', { name: /Ticket 3/ })];
  expect(document.activeElement).toBe(box);
  const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
  press('ArrowDown');
  expect(document.activeElement).toBe(upper);
  press('ArrowDown');
  expect(document.activeElement).toBe(lower);
  press('ArrowUp');
  press('ArrowUp');
  expect(document.activeElement).toBe(box);
});
