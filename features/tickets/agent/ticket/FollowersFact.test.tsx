import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderScreen } from '../../../../testing/screen.tsx';
import { answering, AT, aTicket, AtDesk, page } from '../../../../testing/ticket-desk.tsx';
import { FollowersFact } from './FollowersFact.tsx';

const ANA = '00000000-0000-7000-8000-000000000055';
const person = { id: ANA, name: 'Ana', email: 'ana@desk.test', role: 'colleague', state: 'active', language: 'en', teamIds: [], createdAt: AT };

test('the eye says who follows, follows for oneself, and for others where one may', async () => {
  const ticket = aTicket(1, { followerIds: [ANA] });
  const { asked } = answering({ 'GET /people': () => page([person]), [`PUT /tickets/${ticket.id}/followers/me`]: () => null, [`DELETE /tickets/${ticket.id}/followers/${ANA}`]: () => null });
  await renderScreen(<AtDesk><FollowersFact ticket={ticket} isFixed={false} /></AtDesk>);
  const eye = await screen.findByRole('button', { name: 'Followers: Ana' });
  expect(eye.textContent).toBe('1');
  fireEvent.click(eye);
  fireEvent.click(await screen.findByRole('menuitem', { name: /^Follow/ }));
  await waitFor(() => expect(asked).toContain(`PUT /tickets/${ticket.id}/followers/me`));
  fireEvent.click(eye);
  const other = await screen.findByRole('menuitemradio', { name: 'Ana' });
  expect(other.getAttribute('aria-checked')).toBe('true');
  fireEvent.click(other);
  await waitFor(() => expect(asked).toContain(`DELETE /tickets/${ticket.id}/followers/${ANA}`));
});
