import { cleanup, fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../testing/screen.tsx';
import { answering } from '../../../testing/ticket-desk.tsx';
import { BulkSelected } from './BulkSelected.tsx';

const ID = '00000000-0000-7000-8000-000000000001';
const run = { id: ID, state: 'done', actions: [{ type: 'set_status', status: 'resolved' }], total: 3, waiting: 0, done: 3, unchanged: 0, failed: 0, stopped: 0, undone: 0, kept: 0, begunAt: '2026-03-02T09:00:00.000Z', mayUndo: true };
const press = (code: string) => fireEvent.keyDown(document.body, { code, key: '?', shiftKey: true });

async function show(ids: readonly string[], last: object | null) {
  const server = answering({ 'GET /bulk-runs?': () => ({ items: last ? [last] : [], nextCursor: null }), [`GET /bulk-runs/${ID}`]: () => run, [`PUT /bulk-runs/${ID}/undo`]: () => ({ ...run, state: 'undone', done: 0, undone: 3, mayUndo: false }) });
  await renderScreen(<BulkSelected ids={ids} onDone={vi.fn()} choices={{ people: [], teams: [], macros: [], mayReply: false }} />);
  await vi.waitFor(() => expect(server.asked).toContain('GET /bulk-runs?limit=1'));
  return server;
}

test('what is to be done with all that is selected is asked by a key, once something is', async () => {
  await show([], null);
  press('KeyE');
  expect(screen.queryByRole('dialog')).toBeNull();
  press('KeyZ');
  expect(screen.queryByRole('dialog'), 'nothing was done yet').toBeNull();
  cleanup();

  await show([ID], null);
  press('KeyE');
  expect(await screen.findByRole('dialog', { name: 'Change 1 ticket' })).toBeTruthy();
});

test('what was done last is looked at by a key, and taken back there', async () => {
  const { asked } = await show([ID], run);
  await screen.findByRole('button', { name: 'What I did last' });
  press('KeyZ');
  fireEvent.click(await screen.findByRole('button', { name: 'Take it all back' }));
  await vi.waitFor(() => expect(asked).toContain(`PUT /bulk-runs/${ID}/undo`));
});
