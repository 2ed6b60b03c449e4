import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../testing/screen.tsx';
import { answering, AT, aTicket, page } from '../../../testing/ticket-desk.tsx';
import type { AskView } from '../core/contract.ts';
import { AskDialog } from './AskDialog.tsx';
import { AskForm } from './AskForm.tsx';

const [ana, bo] = [{ id: '00000000-0000-7000-8000-000000000051', name: 'Ana' }, { id: '00000000-0000-7000-8000-000000000052', name: 'Bo' }];
const { id, number, subject } = aTicket(1);
const ask: AskView = { id: '00000000-0000-7000-8000-000000000077', ticket: { id, number, subject }, askedBy: ana, asked: bo, state: 'waiting', snippet: 'One of ours?', createdAt: AT, lastAt: AT };

test('whoever opens a question can write the answer at once', async () => {
  answering({ [`GET /asks/${ask.id}/words`]: () => page([{ id: ask.id, author: ana, text: 'One of ours?', at: AT }]) });
  await renderScreen(<AskDialog ask={ask} meId={bo.id} onClose={vi.fn()} />);
  await screen.findByText('One of ours?');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Your answer' })));
});

test('whoever asks says first whom', async () => {
  answering({ 'GET /people': () => page([]) });
  await renderScreen(<AskForm ticketId={id} meId={ana.id} onClose={vi.fn()} />);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Whom' })));
});
