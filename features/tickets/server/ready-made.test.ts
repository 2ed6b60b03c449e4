import { expect, test } from 'vitest';
import { oneAppForAll, testApp } from '../../../testing/test-app.ts';
import { filterOf } from '../core/views.ts';

oneAppForAll();

const DAY = 24 * 60;

async function desk() {
  const app = await testApp();
  const ticket = async (subject: string): Promise<string> => (await app.owner.request('POST', '/tickets', { subject, channel: 'phone', direction: 'in', customer: { email: 'maria@example.org' }, text: 'words' })).body.id;
  return {
    ...app, ticket,
    change: (id: string, patch: object) => app.owner.request('PATCH', `/tickets/${id}`, patch),
    /** What a ready-made view shows. */
    shown: async (view: string, more: Record<string, string> = {}) => {
      const { status, body } = await app.owner.request('GET', `/tickets?${new URLSearchParams({ ...filterOf(view) as Record<string, string>, ...more })}`);
      return status === 200 ? (body.items as { subject: string }[]).map(({ subject }) => subject) : body.code as string;
    },
  };
}

test('recently resolved ends after thirty days, whatever is done to the ticket since; what was opened again is not there', async () => {
  const { owner, pass, ticket, change, shown } = await desk();
  const [old, later, again] = [await ticket('Old'), await ticket('Later'), await ticket('Again')];
  await change(old, { status: 'resolved' });
  pass(10 * DAY);
  await change(later, { status: 'resolved' });
  await change(again, { status: 'resolved' });
  expect(await shown('done')).toEqual(['Again', 'Later', 'Old']);
  await change(again, { status: 'open' });
  pass(20 * DAY);
  expect(await shown('done')).toEqual(['Later', 'Old']);
  pass(1);
  await change(old, { tags: ['kept'] });
  expect([await shown('done'), await shown('done', { tag: 'kept' }), await shown('done', { sort: 'created' })]).toEqual([['Later'], [], ['Later']]);
  expect((await owner.request('GET', '/tickets.csv?resolved=lately')).body.split('\r\n').filter((line: string) => line !== '')).toHaveLength(2);
  expect(await shown('done', { q: 'words' })).toBe('ticket.search_or_view');

  const conditions = { all: [{ field: 'tags', operator: 'has_any', value: ['kept'] }] };
  const saved = await owner.request('POST', '/views', { name: 'Kept', conditions, shelf: 'all' });
  expect([await shown('all', { view: saved.body.id }), await shown('done', { view: saved.body.id })]).toEqual([['Old'], []]);
});

test('all holds every ticket that is neither thrown away nor spam, what was changed last first', async () => {
  const { owner, pass, ticket, change, shown, otherWorkspace } = await desk();
  const ids = [];
  for (const subject of ['Open', 'Solved', 'Aside', 'Spam', 'Gone']) {
    ids.push(await ticket(subject));
    pass(1);
  }
  const [open, solved, aside, spam, gone] = ids as [string, string, string, string, string];
  await change(solved, { status: 'resolved' });
  await owner.request('PUT', `/tickets/${aside}/snooze`, {});
  await owner.request('PUT', `/tickets/${spam}/spam`);
  await owner.request('PUT', `/tickets/${gone}/deletion`);
  pass(1);
  await change(open, { priority: 'high' });
  expect((await shown('all'))[0]).toBe('Open');
  expect(new Set(await shown('all'))).toEqual(new Set(['Aside', 'Open', 'Solved']));
  expect((await owner.request('GET', '/tickets/counts')).body.all).toEqual({ count: 3, more: false });
  expect((await (await otherWorkspace()).request('GET', '/tickets/counts')).body.all).toEqual({ count: 0, more: false });
});
