import { act, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { listening } from '../../../testing/listening.tsx';
import { renderScreen } from '../../../testing/screen.tsx';
import { answering, page } from '../../../testing/ticket-desk.tsx';
import type { BulkRunView } from '../core/contract.ts';
import { BulkProgress } from './BulkProgress.tsx';
import { bulkRun } from './queries.ts';

const ID = '00000000-0000-7000-8000-000000000001';
const run = (change: Partial<BulkRunView>): BulkRunView => ({
  id: ID, state: 'running', actions: [], total: 40, waiting: 40, done: 0, unchanged: 0, failed: 0, stopped: 0, undone: 0, kept: 0, begunAt: '2026-11-12T10:00:00.000Z', mayUndo: false, ...change,
});

test('how far it is can be seen all the way, and what came of it is heard once', async () => {
  answering({ [`GET /bulk-runs/${ID}`]: () => run({}), [`GET /bulk-runs/${ID}/failures`]: () => page([]) });
  const { cache } = await renderScreen(<BulkProgress runId={ID} onClose={vi.fn()} />);
  const heard = listening();
  const comesTo = async (change: Partial<BulkRunView>, words: string) => {
    act(() => void cache.setQueryData(bulkRun(ID).queryKey, run(change)));
    await screen.findByText(words);
  };
  for (const done of [0, 7, 19, 31]) await comesTo({ waiting: 40 - done, done }, `${done} of 40`);
  await comesTo({ state: 'done', waiting: 0, done: 38, failed: 2, mayUndo: true }, '38 changed · 2 refused');
  expect(heard).toEqual(['38 changed · 2 refused']);

  await comesTo({ state: 'undoing', waiting: 38, failed: 2 }, '2 of 40');
  await comesTo({ state: 'undone', waiting: 0, undone: 38, failed: 2 }, '2 refused · 38 put back');
  expect(heard.slice(1)).toEqual(['2 refused · 38 put back']);
});
