import { cleanup, fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { giveLayout, renderScreen } from '../../../testing/screen.tsx';
import { answering } from '../../../testing/ticket-desk.tsx';
import { CustomerPanel } from './CustomerPanel.tsx';
import { CustomersScreen } from './CustomersScreen.tsx';

giveLayout();
const AT = '2026-03-02T09:00:00.000Z';
const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const person = (n: number, name: string) => ({ id: id(n), name, email: null, language: null, flags: [], fields: {}, agent: null, mergedInto: null, createdAt: AT, updatedAt: AT, identities: [] });
const [maria, mary] = [person(1, 'Maria'), person(2, 'Mary')];
const merge = { id: id(9), customer: { id: id(3), name: 'M. Petrova', email: null }, by: { id: id(8), name: 'Ana' }, mergedAt: AT };
const press = (code: string) => fireEvent.keyDown(document.body, { code, key: 'ф', shiftKey: true });

const serve = () => {
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
  return answering({
    'GET /customers?': () => ({ items: [maria, mary], nextCursor: null }), 'GET /customers/likenesses': () => ({ items: [{ customers: [maria, mary], reasons: ['name'], foundAt: AT }], nextCursor: null }),
    [`GET /customers/${id(1)}`]: () => maria, [`GET /customers/${id(1)}/merges`]: () => ({ items: [merge], nextCursor: null }),
    [`PUT /customers/${id(1)}/likenesses/${id(2)}/separation`]: () => null, [`DELETE /merges/${id(9)}`]: () => null,
  });
};

async function show(customerId: string | null, mayChange = true) {
  const server = serve();
  const onOpen = vi.fn();
  await renderScreen(<CustomersScreen customerId={customerId} mayChange={mayChange} mayJudge={false} mayExport={false} hrefOf={(one) => `/customers/${one}`} onOpen={onOpen} first={() => null} details={() => null} matters={() => null} />);
  return { ...server, onOpen };
}

test('those who may be one person are gone to, said to be one or two, by keys alone', async () => {
  const { onOpen } = await show(null);
  await screen.findByText('Some records may be of one person.');
  press('KeyL');
  expect(onOpen).toHaveBeenCalledWith('alike');
  cleanup();

  const { asked } = await show('alike');
  await screen.findByRole('button', { name: 'Same person…' });
  press('KeyN');
  await vi.waitFor(() => expect(asked).toContain(`PUT /customers/${id(1)}/likenesses/${id(2)}/separation`));
  press('KeyU');
  expect(await screen.findByRole('radio', { name: /Mary/ })).toBeTruthy();
});

test('a record is merged, and the last merge undone, by keys alone', async () => {
  const { asked } = await show(id(1));
  await screen.findByText('M. Petrova');
  press('KeyZ');
  await vi.waitFor(() => expect(asked).toContain(`DELETE /merges/${id(9)}`));
  press('KeyM');
  expect(await screen.findByRole('dialog', { name: 'Two records of one person' })).toBeTruthy();
});

test('whoever may not change them, or stands at a ticket, where the keys are the ticket’s, does none of that', async () => {
  const { asked } = await show(id(1), false);
  await screen.findByText('May be the same person');
  for (const code of ['KeyM', 'KeyZ', 'KeyU', 'KeyN']) press(code);
  cleanup();
  const beside = serve();
  await renderScreen(<CustomerPanel customerId={id(1)} mayChange mayJudge={false} hrefOf={(one) => one} earlier={null} onBack={null} />);
  await screen.findByText('M. Petrova');
  for (const code of ['KeyM', 'KeyZ', 'KeyU', 'KeyN']) press(code);
  expect(screen.queryByRole('dialog')).toBeNull();
  expect([...asked, ...beside.asked].filter((request) => !request.startsWith('GET'))).toEqual([]);
});
