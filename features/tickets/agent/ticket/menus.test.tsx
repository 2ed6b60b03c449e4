import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { useActionList } from '../../../../platform/browser/shortcuts.ts';
import { renderScreen } from '../../../../testing/screen.tsx';
import { answering, AT, aTicket, AtDesk, page } from '../../../../testing/ticket-desk.tsx';
import { TicketFacts } from './TicketFacts.tsx';
import { TicketHead } from './TicketHead.tsx';

const person = (n: number, name: string) => ({ id: `00000000-0000-7000-8000-00000000005${n}`, name, email: `p${n}@desk.test`, role: 'agent', state: 'active', language: 'en', teamIds: [], createdAt: AT });
const TEAM = { id: '00000000-0000-7000-8000-000000000071', name: 'Returns', memberIds: [], reopenDays: 7 };

const Known = ({ tell }: { tell: (labels: string[]) => void }) => {
  tell(useActionList().map(({ label }) => label));
  return null;
};

/** What is drawn meanwhile may put another in the place of the menu that was found: whoever is there hears the key. */
const closed = (): Promise<void> => waitFor(() => {
  const open = screen.queryByRole('menu');
  if (open) fireEvent.keyDown(open, { key: 'Escape' });
  expect(screen.queryByRole('menu')).toBeNull();
}, { timeout: 10_000 });

test('whatever a menu of the ticket offers is found by its name where everything is', async () => {
  answering({ 'GET /people': () => page([person(1, 'Ana'), person(2, 'Bo')]), 'GET /teams': () => page([TEAM]), 'GET /calendar-places': () => ({ items: [] }), 'GET /tags': () => page([]) });
  let known: string[] = [];
  const ticket = aTicket(1);
  await renderScreen(
    <AtDesk me={{ permissions: ['tickets.read', 'tickets.note', 'tickets.change', 'tickets.reply', 'tickets.delete', 'people.list'] }} begin={vi.fn()}>
      <TicketHead ticket={ticket} onBack={vi.fn()} onCustomer={vi.fn()} pickCustomer={() => null} />
      <TicketFacts ticket={ticket} />
      <Known tell={(labels) => { known = labels; }} />
    </AtDesk>,
  );
  await waitFor(() => expect(known).toContain('Team: Returns'));
  const offered: string[] = [];
  for (const button of document.querySelectorAll('[aria-haspopup=true], [aria-haspopup=menu]')) {
    fireEvent.click(button);
    const menu = await screen.findByRole('menu');
    for (const entry of menu.querySelectorAll('[role^=menuitem]:not([aria-checked=true])')) offered.push(entry.querySelector('bdi')?.textContent ?? '');
    await closed();
  }
  expect(offered.length).toBeGreaterThan(35);
  const missing = offered.filter((label) => !known.some((one) => one === label || one.endsWith(`: ${label}`)));
  expect(missing).toEqual([]);
});

test.each([['KeyQ', 'ask'], ['KeyB', 'aside'], ['KeyH', 'reminder']])('%s begins what stands beside the ticket: %s', async (code, what) => {
  answering({ 'GET /people': () => page([]), 'GET /teams': () => page([]) });
  const begin = vi.fn();
  await renderScreen(<AtDesk begin={begin}><TicketHead ticket={aTicket(1)} onBack={vi.fn()} onCustomer={vi.fn()} pickCustomer={() => null} /></AtDesk>);
  fireEvent.keyDown(document.body, { key: 'ш', code });
  expect(begin).toHaveBeenCalledWith(what, aTicket(1).id);
});

test('whatever is done to the ticket as a whole has a key, which the menu names', async () => {
  answering({ 'GET /people': () => page([]), 'GET /teams': () => page([]) });
  const rules = { dialog: () => <p>What they did</p>, mark: () => null };
  await renderScreen(
    <AtDesk me={{ permissions: ['tickets.read', 'tickets.note', 'tickets.change', 'tickets.reply', 'tickets.delete'] }} begin={vi.fn()} rules={rules} proposeArticle={vi.fn()}>
      <TicketHead ticket={aTicket(1)} onBack={vi.fn()} onCustomer={vi.fn()} pickCustomer={() => null} />
    </AtDesk>,
  );
  const menu = await waitFor(() => {
    fireEvent.click(screen.getByRole('button', { name: 'More for this ticket' }));
    return screen.getByRole('menu');
  });
  const entries = [...menu.querySelectorAll('[role^=menuitem]')];
  expect(entries.length).toBeGreaterThan(9);
  expect(entries.filter((entry) => !entry.querySelector('kbd')).map((entry) => entry.textContent)).toEqual([]);
  await closed();
  fireEvent.keyDown(document.body, { key: 'ь', code: 'KeyM', shiftKey: true });
  expect(await screen.findByRole('dialog', { name: /^Merge #\d+/ })).toBeTruthy();
});
