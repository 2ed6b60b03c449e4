import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../testing/screen.tsx';
import { answering } from '../../../testing/ticket-desk.tsx';
import type { CustomerView } from '../core/contract.ts';
import { CustomerPanel } from './CustomerPanel.tsx';

const ID = '00000000-0000-7000-8000-000000000001';
const maria = (flags: CustomerView['flags']) => ({
  id: ID, name: 'Maria', email: 'maria@example.org', language: null, flags, fields: {}, agent: null, mergedInto: null, createdAt: '2026-03-02T09:00:00.000Z', updatedAt: '2026-03-02T09:00:00.000Z',
  identities: [{ id: ID, kind: 'phone', value: '+359881234567', proven: null }, { id: `${ID.slice(0, -1)}2`, kind: 'email', value: 'maria@example.org', proven: null }],
});

async function show(flags: CustomerView['flags']) {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  answering({ [`GET /customers/${ID}`]: () => maria(flags) });
  await renderScreen(<CustomerPanel customerId={ID} mayChange={false} mayJudge={false} hrefOf={(id) => id} earlier={null} onBack={null} />);
  await screen.findByText('+359881234567');
}

test('a press on a number calls it up', async () => {
  await show([]);
  const link = screen.getByRole('link', { name: /^Call .*\+359881234567/ });
  expect(link.getAttribute('href')).toBe('tel:+359881234567');
});

test('whoever must not be called is not called by a slip of the finger', async () => {
  await show(['do_not_call']);
  expect(screen.queryByRole('link', { name: /Call/ })).toBeNull();
});
