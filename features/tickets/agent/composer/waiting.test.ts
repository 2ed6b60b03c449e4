import { expect, test, vi } from 'vitest';
import { inMemory } from '../../../../platform/browser/kept-list.ts';
import { ApiError } from '../../../../platform/browser/problems.ts';
import { EMPTY_DRAFT } from './drafts.ts';
import { createWaiting, isUnreached, type Waiting } from './waiting.ts';

const cut = () => new ApiError({ status: 0, code: 'network.unreachable' });
const came = { id: '00000000-0000-7000-8000-000000000009', direction: 'in', channel: 'email', author: 'Maria', text: 'I found it', createdAt: '2026-03-02T09:00:00.000Z' } as const;

function letters(kept = inMemory<Waiting>(), personId = 'ana') {
  const send = vi.fn<(one: Waiting) => Promise<unknown>>(() => Promise.reject(cut()));
  const onSent = vi.fn<(one: Waiting) => void>();
  const waiting = createWaiting({ personId, kept, send, onSent });
  const write = (id: string, ticketId = 'kettle') => waiting.add({ id, ticketId, mode: 'reply', draft: { ...EMPTY_DRAFT, html: id }, manner: { to: ['maria@example.org'], cc: [] }, at: `2026-03-02T09:00:0${id}.000Z` });
  return { kept, send, onSent, waiting, write, ids: () => waiting.now().map(({ id }) => id), asked: () => send.mock.calls.map(([{ id }]) => id) };
}

test('what could not be sent outlives the page, and goes in the order of writing, each under its own key, when the server is back', async () => {
  const { waiting, write, send, onSent, ids, asked, kept } = letters();
  await write('1');
  await write('2', 'lamp');
  await waiting.flush();
  expect([asked(), ids()], 'one try says enough').toEqual([['1'], ['1', '2']]);

  const later = letters(kept);
  const others = letters(kept, 'boris');
  later.send.mockResolvedValue({});
  await Promise.all([later.waiting.flush(), later.waiting.flush(), others.waiting.flush()]);
  expect([later.asked(), later.ids(), others.asked()], 'once, and nobody else’s').toEqual([['1', '2'], [], []]);
  expect(later.onSent).toHaveBeenCalledTimes(2);
  expect([send.mock.calls.length, onSent.mock.calls.length]).toEqual([1, 0]);
});

test('a refused one waits for its writer, and what follows it on the ticket with it', async () => {
  const { waiting, write, send, ids, asked } = letters();
  for (const [id, ticketId] of [['1', 'kettle'], ['2', 'kettle'], ['3', 'lamp']] as const) await write(id, ticketId);
  send.mockImplementation(({ id }) => (id === '1' ? Promise.reject(new ApiError({ status: 409, code: 'reply.unseen', more: { entries: [came] } })) : Promise.resolve({})));
  await waiting.flush();
  expect([asked(), ids()]).toEqual([['1', '3'], ['1', '2']]);
  expect(waiting.now()[0]).toMatchObject({ refusal: { code: 'reply.unseen', unseen: [came] } });
  await waiting.flush();
  expect(asked(), 'not asked again').toEqual(['1', '3']);

  send.mockResolvedValue({});
  await waiting.sendAnyway(waiting.now()[0]!);
  expect(send.mock.calls.at(2)?.[0]).toMatchObject({ manner: { seenEntryId: came.id, to: ['maria@example.org'] }, refusal: null, draft: { html: '1' } });
  expect(send.mock.calls.at(2)?.[0].id, 'another letter than the refused one').not.toBe('1');
  expect([asked().at(3), ids()]).toEqual(['2', []]);
});

test('taken back, it is not sent; a session that has ended or a server in trouble is no refusal', async () => {
  const { waiting, write, send, ids } = letters();
  await write('1');
  for (const status of [401, 503]) {
    send.mockRejectedValueOnce(new ApiError({ status, code: 'x.y' }));
    await waiting.flush();
    expect(waiting.now()).toMatchObject([{ refusal: null }]);
  }
  await waiting.cancel('1');
  send.mockClear();
  await waiting.flush();
  expect([send.mock.calls.length, ids()]).toEqual([0, []]);
  expect([cut(), new ApiError({ status: 0, code: 'network.timeout' }), new ApiError({ status: 0, code: 'reply.unexpected' }), new ApiError({ status: 409, code: 'x.y' }), new Error('bug')].map(isUnreached)).toEqual([true, true, false, false, false]);
});
