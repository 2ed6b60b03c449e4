import { act, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import { listening } from '../../../../testing/listening.tsx';
import { giveLayout, renderScreen } from '../../../../testing/screen.tsx';
import { answering, aTicket, AtDesk, ME, page } from '../../../../testing/ticket-desk.tsx';
import { createFaces, type Face } from '../../../../platform/browser/faces.ts';
import type { Live } from '../../../../platform/browser/live.ts';
import { LiveProvider } from '../../../../platform/browser/use-live.tsx';
import { LiveRegion } from '../../../../ui/components/LiveRegion.tsx';
import { KEYS } from '../queries.ts';
import { Search } from '../search/Search.tsx';
import { TicketList } from './TicketList.tsx';

giveLayout({ row: 60, box: 900 });
beforeEach(() => vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: vi.fn(), removeEventListener: vi.fn() })));

const TURN_MS = 30_000;

test('what comes while one reads is heard at once, then no more than once in half a minute, and not when it goes', async () => {
  const chosen = aTicket(1);
  const server = { rows: [chosen] };
  answering({ 'GET /tickets': () => page(server.rows) });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  const { cache } = await renderScreen(
    <AtDesk><TicketList label="Mine" filter={{}} chosenId={chosen.id} onChoose={vi.fn()} empty={{ text: '' }} /><LiveRegion /></AtDesk>,
  );
  await screen.findAllByRole('option');
  const heard = listening();
  const known = new Set<number>();
  const waiting = async (...numbers: number[]) => {
    server.rows = [...numbers.map((n) => aTicket(n)), chosen];
    await act(() => cache.invalidateQueries({ queryKey: KEYS.lists }));
    await screen.findByRole('button', { name: `${numbers.filter((n) => !known.has(n)).length} new` });
  };
  const turn = () => act(async () => { vi.advanceTimersByTime(TURN_MS); });
  await waiting(2);
  expect(heard).toEqual(['1 new']);
  await waiting(2, 3);
  await waiting(2, 3, 4);
  expect(heard).toEqual(['1 new']);
  await turn();
  expect(heard).toEqual(['1 new', '3 new']);
  await turn();
  await waiting(2, 3);
  await turn();
  expect(heard).toEqual(['1 new', '3 new']);

  fireEvent.click(screen.getByRole('button', { name: '2 new' }));
  known.add(2).add(3);
  await waiting(2, 3, 5);
  expect(heard).toEqual(['1 new', '3 new', '1 new']);
});

const NoHints = () => null;

test('how many were found is heard once, for what was asked last', async () => {
  const found: Record<string, readonly number[]> = { kettle: [1, 2, 3], cup: [4], lid: [] };
  answering({ 'GET /tickets': (_, path) => page((found[new URLSearchParams(path.split('?')[1]).get('q') ?? ''] ?? []).map((n) => aTicket(n))) });
  function Asking() {
    const [query, setQuery] = useState('kettle');
    return (
      <>
        {['cup', 'lid'].map((words) => <button key={words} type="button" onClick={() => setQuery(words)}>{words}</button>)}
        <Search query={query} onQuery={vi.fn()} customer={null} onCustomer={vi.fn()} Hints={NoHints} Start={NoHints} besides={null} marked="" chosenId={null} />
      </>
    );
  }
  const ask = (words: string) => fireEvent.click(screen.getByRole('button', { name: words }));
  const { cache } = await renderScreen(<AtDesk><Asking /><LiveRegion /></AtDesk>);
  const all = listening();
  // That something is on its way is said as well, where it takes its time.
  const heard = () => all.filter((words) => words !== 'Loading…');
  await screen.findByText('Ticket 3');
  ask('cup');
  await vi.waitFor(() => expect(heard()).toEqual(['1 ticket found']));
  found['cup'] = [4, 5];
  await act(() => cache.invalidateQueries({ queryKey: KEYS.lists }));
  await screen.findByText('Ticket 5');
  ask('lid');
  await vi.waitFor(() => expect(heard()).toEqual(['1 ticket found', 'Nothing found. Try fewer or other words.']));
});

const face = (name: string, more: Partial<Face> = {}): Face => ({ id: name, name, writing: false, idle: false, ...more });

test('a row shows who has its ticket open, who writes there, and who has not moved for long; nobody hears of it', async () => {
  const faces = createFaces();
  const shown: boolean[] = [];
  const live = { faces, subscribe: () => () => undefined, state: () => 'live', showFaces: (on: boolean) => shown.push(on) } as unknown as Live;
  const [first, second] = [aTicket(1), aTicket(2)];
  answering({ 'GET /tickets': () => page([first, second]) });
  const { unmount } = await renderScreen(
    <LiveProvider live={live}><AtDesk><TicketList label="All" filter={{}} chosenId={null} onChoose={vi.fn()} empty={{ text: '' }} /><LiveRegion /></AtDesk></LiveProvider>,
  );
  await screen.findAllByRole('option');
  const heard = listening();
  const rows = () => screen.getAllByRole('option').map((row) => (row.textContent ?? '').replaceAll(/[\u2068\u2069]/gu, ''));
  const strength = (words: RegExp) => [...screen.getByTitle(words).querySelectorAll('[class*=first\\:ms-0]')].map(({ className }) => className.includes('opacity-45'));
  act(() => { faces.hear([{ ticketId: first.id, people: [{ ...ME, writing: true, idle: false }, face('Ana', { idle: true }), face('Ben', { writing: true })] }], true); });
  expect(rows()[0]).toContain('Ben is writing here. Ana has this open too.');
  expect(rows()[1]).not.toContain('open too');
  expect(strength(/Ana/)).toEqual([false, true]);

  act(() => { faces.hear([{ ticketId: first.id, people: [face('Ana')] }, { ticketId: second.id, people: [face('Ben')] }], false); });
  expect(strength(/Ana/)).toEqual([false]);
  expect(rows()[1]).toContain('Ben has this open too.');
  act(() => { faces.hear([{ ticketId: first.id, people: [] }], false); });
  expect(rows()[0]).not.toContain('open too');
  expect(heard).toEqual([]);
  unmount();
  expect(shown).toEqual([true, false]);
});
