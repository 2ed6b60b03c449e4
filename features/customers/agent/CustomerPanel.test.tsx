import { act, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../testing/screen.tsx';
import { answering } from '../../../testing/ticket-desk.tsx';
import { CustomerPanel } from './CustomerPanel.tsx';

const id = (n: number): string => `00000000-0000-7000-8000-00000000000${n}`;
const AT = '2026-03-02T09:00:00.000Z';
const aCustomer = (n: number, name: string) => ({
  id: id(n), name, email: `${name}@example.org`, language: null, flags: [], fields: {}, agent: { id: id(7), name: 'Ivan' }, mergedInto: null, createdAt: AT, updatedAt: AT, identities: [],
});
const [maria, boris] = [aCustomer(1, 'maria'), aCustomer(2, 'boris')];

/** The place beside a ticket whose customer somebody puts right. */
function Beside() {
  const [customerId, setCustomerId] = useState(maria.id);
  return (
    <>
      <button type="button" onClick={() => setCustomerId(boris.id)}>was boris</button>
      <CustomerPanel customerId={customerId} mayChange mayJudge={false} hrefOf={(one) => one} earlier={null} onBack={null} />
    </>
  );
}

async function show() {
  const waiting: (() => void)[] = [];
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
  answering({
    [`GET /customers/${maria.id}`]: () => maria, [`GET /customers/${boris.id}`]: () => boris, 'GET /people': () => ({ items: [], nextCursor: null }),
  });
  const others = fetch;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => (init.method !== 'PATCH' ? others(url, init)
    : new Promise<Response>((resolve) => { waiting.push(() => resolve(Response.json({ ...maria, agent: null }))); })));
  const { cache } = await renderScreen(<Beside />);
  await screen.findByRole('heading', { name: 'maria' });
  // Known already, so that nothing else is shown in between.
  cache.setQueryData(['customers', 'one', boris.id], boris);
  const next = async () => {
    fireEvent.click(screen.getByText('was boris'));
    await screen.findByRole('heading', { name: 'boris' });
  };
  return { cache, waiting, next };
}

test('what is changed of one person stays theirs when the ticket becomes somebody else’s meanwhile', async () => {
  const { cache, waiting, next } = await show();
  fireEvent.click(screen.getByRole('button', { name: /Ivan/ }));
  fireEvent.click(await screen.findByRole('option', { name: 'Nobody in particular' }));
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  await next();
  await act(async () => {
    waiting[0]!();
    await vi.waitFor(() => expect(cache.isMutating()).toBe(0));
  });
  expect(cache.getQueryData<{ name: string }>(['customers', 'one', boris.id])?.name).toBe('boris');
});

test('an address that was being typed for one person is not offered to the next', async () => {
  const { next } = await show();
  fireEvent.click(screen.getByRole('button', { name: 'Add address or number' }));
  fireEvent.change(screen.getByRole('textbox', { name: /address or/i }), { target: { value: 'private@maria.example' } });
  await next();
  expect(screen.queryByDisplayValue('private@maria.example')).toBeNull();
});
