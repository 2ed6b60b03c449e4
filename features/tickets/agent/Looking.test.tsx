import { act, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { listening } from '../../../testing/listening.tsx';
import { renderScreen } from '../../../testing/screen.tsx';
import { AtDesk, ME } from '../../../testing/ticket-desk.tsx';
import { createFaces, type Face } from '../../../platform/browser/faces.ts';
import type { Live } from '../../../platform/browser/live.ts';
import { LiveProvider } from '../../../platform/browser/use-live.tsx';
import { LiveRegion } from '../../../ui/components/LiveRegion.tsx';
import { RowLooking, TicketLooking } from './Looking.tsx';

const face = (name: string, more: Partial<Face> = {}): Face => ({ id: name, name, writing: false, idle: false, ...more });

async function show() {
  const faces = createFaces();
  const live = { faces, subscribe: () => () => undefined, state: () => 'live' } as unknown as Live;
  await renderScreen(
    <LiveProvider live={live}>
      <AtDesk><div data-testid="row"><RowLooking ticketId="t" /></div><div data-testid="head"><TicketLooking ticketId="t" /></div></AtDesk>
      <LiveRegion />
    </LiveProvider>,
  );
  const hear = (...people: Face[]) => act(() => { faces.hear([{ ticketId: 't', people }], false); });
  const words = (id: string) => (screen.getByTestId(id).textContent ?? '').replaceAll(/[\u2068\u2069]/g, '');
  return { hear, words, heard: listening() };
}

test('colleagues who have it open are named, who writes first, and oneself not at all', async () => {
  const { hear, words } = await show();
  expect(words('row')).toBe('');
  hear(face('Ana', { idle: true }), { ...ME, writing: true, idle: false }, face('Ben', { writing: true }), face('Cem'), face('Dan'));
  expect(words('row')).toBe('Ben is writing here. Cem, Dan, and Ana have this open too.+2');
  expect(words('head')).toContain('Ben is writing here.');
  hear();
  expect(words('row')).toBe('');
});

test('who comes, and who begins to write, is said once each, several at the same moment too', async () => {
  const { hear, heard } = await show();
  hear(face('Ana'), face('Ben'));
  hear(face('Ana', { writing: true }), face('Ben'));
  hear(face('Ana'), face('Ben'));
  hear(face('Ana', { idle: true }), face('Ben', { idle: true }));
  await waitFor(() => expect(heard).toEqual(['Ana has this open too.', 'Ben has this open too.', 'Ana is writing here.']));
});
