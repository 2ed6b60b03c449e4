import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderScreen } from '../../../testing/screen.tsx';
import { answering, AT, aTicket, page } from '../../../testing/ticket-desk.tsx';
import type { AsideMessageView, AsideView } from '../core/contract.ts';
import { TicketAsides } from './TicketAsides.tsx';

const ID = '00000000-0000-7000-8000-000000000077';
const ticket = aTicket(1);
const aside: AsideView = {
  id: ID, ticketId: ticket.id, subject: 'Parcel 4711', startedBy: { id: ID, name: 'Ivan' }, people: [{ name: 'Speedy', address: 'parcels@courier.test' }], waits: false, last: 'in', messages: 2, createdAt: AT, lastAt: AT,
};
const message: AsideMessageView = {
  id: ID, direction: 'in', author: { id: null, name: 'Speedy', address: 'parcels@courier.test' }, to: [], text: 'It is in Plovdiv.', quoted: '', attachments: [], delivery: null, verdict: 'none', automatic: false, createdAt: AT,
};

const show = async ({ isStarting = false, shownId = null, asides = [aside], mayWrite = true, language = 'en' }: { isStarting?: boolean; shownId?: string | null; asides?: AsideView[]; mayWrite?: boolean; language?: 'en' | 'ar' } = {}) => {
  const server = answering({
    [`GET /tickets/${ticket.id}/asides`]: () => page(asides), [`GET /asides/${ID}/messages`]: () => page([message]),
    [`POST /tickets/${ticket.id}/asides`]: () => aside, [`POST /asides/${ID}/messages`]: () => ({ ...message, direction: 'out' }),
  });
  await renderScreen(<TicketAsides ticketId={ticket.id} shownId={shownId} mayWrite={mayWrite} isStarting={isStarting} onStarted={() => undefined} slots={{ upload: () => Promise.reject(new Error('none')), delivery: () => null }} />, { language });
  return server;
};

test('a conversation stands under the facts, says that it was answered, and goes on where it is read', async () => {
  const { bodies } = await show();
  const open = await screen.findByRole('button', { name: /Parcel 4711 Speedy/ });
  expect(open.textContent).toContain('Answered');
  fireEvent.click(open);
  const dialog = await screen.findByRole('dialog', { name: 'Parcel 4711' });
  expect((await within(dialog).findByText('It is in Plovdiv.')).getAttribute('dir')).toBe('auto');
  expect(within(dialog).getByText('Sender not proven')).toBeTruthy();
  expect(within(dialog).getByText(/The customer does not see this/)).toBeTruthy();
  const send = within(dialog).getByRole('button', { name: 'Send' });
  expect(send.hasAttribute('disabled')).toBe(true);
  fireEvent.change(within(dialog).getByRole('textbox', { name: 'Write on' }), { target: { value: 'Thank you.' } });
  fireEvent.click(send);
  await waitFor(() => expect(bodies).toContainEqual({ text: 'Thank you.', attachmentIds: [] }));
});

test('whoever comes from what a search found in it reads it at once', async () => {
  await show({ shownId: ID });
  expect(await within(await screen.findByRole('dialog', { name: 'Parcel 4711' })).findByText('It is in Plovdiv.')).toBeTruthy();
});

test('a new one is sent when it is said to whom, about what and what', async () => {
  const { bodies } = await show({ isStarting: true, asides: [] });
  const dialog = await screen.findByRole('dialog', { name: 'Write to a third party' });
  const fill = (name: string, value: string) => fireEvent.change(within(dialog).getByRole('textbox', { name }), { target: { value } });
  const send = within(dialog).getByRole('button', { name: 'Send' });
  fill('To', 'parcels@courier.test, nobody');
  fill('Subject', 'Parcel 4711');
  fill('Message', 'Where is it?');
  expect(send.hasAttribute('disabled')).toBe(true);
  fill('To', 'parcels@courier.test, depot@courier.test');
  fireEvent.click(send);
  await waitFor(() => expect(bodies).toContainEqual({ to: ['parcels@courier.test', 'depot@courier.test'], subject: 'Parcel 4711', waits: true, text: 'Where is it?', attachmentIds: [] }));
});

test('who may only read writes nothing, and nothing stands there while there is nothing', async () => {
  await show({ mayWrite: false, language: 'ar' });
  fireEvent.click(await screen.findByRole('button', { name: /Parcel 4711/ }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).queryByRole('textbox')).toBeNull();
  expect(within(dialog).queryByRole('switch')).toBeNull();
});

test('whoever begins one says first to whom', async () => {
  await show({ isStarting: true, asides: [] });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'To' })));
});
