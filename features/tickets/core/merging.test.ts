import { expect, test, vi } from 'vitest';
import { followMerges } from './merging.ts';

const told = (ticketId: string | null, subjectId: string | null = 'm') => ({ workspaceId: 'w', ticketId, subjectId, data: { sourceId: 'a', targetId: 'b', source: 1, target: 2 } });

test('what lies on a ticket goes along with a merge once, and back', async () => {
  const [along, back] = [vi.fn(), vi.fn()];
  const { 'ticket.merged': merged, 'ticket.unmerged': unmerged } = followMerges<'tx'>({ along, back });
  for (const ticketId of ['a', 'b', null]) await merged('tx', told(ticketId));
  await merged('tx', told('a', null));
  expect(along.mock.calls).toEqual([['tx', 'w', { from: 'a', to: 'b', mergeId: 'm' }]]);
  expect(back).not.toHaveBeenCalled();
  for (const ticketId of ['a', 'b']) await unmerged('tx', told(ticketId));
  expect(back.mock.calls).toEqual([['tx', 'w', { from: 'b', to: 'a', mergeId: 'm' }]]);
});
