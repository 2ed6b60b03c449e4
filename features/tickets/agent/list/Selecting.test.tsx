import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { giveLayout, renderScreen } from '../../../../testing/screen.tsx';
import { answering, aTicket, AtDesk } from '../../../../testing/ticket-desk.tsx';
import { Inbox } from './Inbox.tsx';

giveLayout({ row: 60, box: 900 });
beforeEach(() => vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: vi.fn(), removeEventListener: vi.fn() })));

const WAVE = Array.from({ length: 130 }, (_, n) => aTicket(n));

/** The list comes in pages of fifty; what was marked before is not among what changes. */
async function show(view: string, { permissions, brokenFrom = Infinity }: { permissions?: string[]; brokenFrom?: number } = {}) {
  const server = answering({
    'GET /tickets?': (_, path) => {
      const from = Number(/cursor=(\d+)/.exec(path)?.[1] ?? 0);
      return from >= brokenFrom ? undefined : { items: WAVE.slice(from, from + 50), nextCursor: from + 50 < WAVE.length ? String(from + 50) : null };
    },
    'POST /tickets/spam': (body) => ({ ids: (body as { ids: string[] }).ids.filter((id) => id !== WAVE[0]!.id) }),
    'GET /teams': () => ({ items: [], nextCursor: null }),
  });
  await renderScreen(<AtDesk {...(permissions && { me: { permissions: permissions as never } })}><Inbox view={view} hrefOf={(name) => `/inbox/${name}`} chosenId={null} onView={vi.fn()} onNew={vi.fn()} /></AtDesk>);
  await screen.findAllByRole('option');
  const marks = () => server.bodies.filter((body): body is { ids: string[]; spam: boolean } => body !== undefined);
  return { ...server, marks };
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

test('a wave of spam is marked in one go, beyond what was fetched so far, and taken back', async () => {
  const { marks } = await show('active');
  press('Select several');
  press('Select all');
  await screen.findByText('130 selected');
  press('Mark as spam');
  await screen.findByText('129 tickets are marked as spam.');
  expect(marks().map(({ ids, spam }) => [ids.length, spam])).toEqual([[100, true], [30, true]]);
  await waitFor(() => expect(screen.queryByRole('group', { name: 'Select several' })).toBeNull());

  press('Undo');
  await screen.findByText('129 tickets are back: they are no spam.');
  const back = marks().slice(2);
  expect(back.flatMap(({ ids }) => ids)).toEqual(WAVE.slice(1).map(({ id }) => id));
  expect(back.every(({ spam }) => !spam)).toBe(true);
});

test('a list that cannot be had whole is not taken for the whole', async () => {
  await show('active', { brokenFrom: 100 });
  press('Select several');
  press('Select all');
  await screen.findByText('This does not exist, or you may not see it.');
  expect(screen.getByText('0 selected')).toBeTruthy();
});

test('rows are selected one by one, by key and by click, and what is no spam comes back', async () => {
  const { marks } = await show('spam');
  const [first, second] = screen.getAllByRole('option');
  fireEvent.click(first!, { ctrlKey: true });
  fireEvent.click(second!);
  fireEvent.keyDown(document.body, { key: 'ч', code: 'KeyX' });
  await screen.findByText('1 selected');
  expect(screen.getAllByRole('option', { selected: true })).toHaveLength(1);
  press('Not spam');
  await waitFor(() => expect(marks()).toEqual([{ ids: [WAVE[0]!.id], spam: false }]));
});

test('whoever may not change tickets selects none', async () => {
  await show('active', { permissions: ['tickets.read'] });
  expect(screen.queryByRole('button', { name: 'Select several' })).toBeNull();
  fireEvent.click(screen.getAllByRole('option')[0]!, { ctrlKey: true });
  fireEvent.keyDown(document.body, { key: 'A', code: 'KeyA', shiftKey: true });
  expect(screen.queryByText(/ selected$/)).toBeNull();
});

test('all of a list is selected, marked and let go by keys alone, on any layout', async () => {
  const { marks } = await show('active');
  const press = (code: string, key: string, shiftKey = true) => fireEvent.keyDown(document.body, { code, key, shiftKey });
  press('KeyA', 'Ф');
  await screen.findByText('130 selected');
  press('Escape', 'Escape', false);
  await waitFor(() => expect(screen.queryByRole('group', { name: 'Select several' })).toBeNull());
  press('KeyJ', 'О');
  expect(marks(), 'nothing is selected').toEqual([]);
  press('KeyA', 'A');
  await screen.findByText('130 selected');
  press('KeyJ', 'J');
  await screen.findByText('129 tickets are marked as spam.');
});
