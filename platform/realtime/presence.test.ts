import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ServerFrame } from './frames.ts';
import type { Peer } from './peer.ts';
import { createPresence } from './presence.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const HERE = 'shop';
const [KETTLE, LAMP] = ['kettle', 'lamp'];

/** A tab: what it is told, and how often somebody wrote to it. */
function tab(id: string, workspaceId = HERE) {
  const told: ServerFrame[] = [];
  const peer = {
    isOpen: true, seat: { person: { actor: { id, workspaceId }, name: id } },
    send: (frame: ServerFrame) => told.push(frame), sendText: (text: string) => told.push(JSON.parse(text) as ServerFrame),
  } as unknown as Peer;
  return { peer, faces: () => told.filter((frame) => frame.type === 'faces').map(({ whole, tickets }) => ({ whole, tickets })) };
}
const face = (id: string, more: object = {}) => ({ id, name: id, writing: false, idle: false, ...more });

test('lists are told who has what open: everything first, then what changed, and nothing of elsewhere', () => {
  const presence = createPresence();
  const [ana, again, reader, stranger] = [tab('Ana'), tab('Ana'), tab('Ben'), tab('Eve', 'other')];
  presence.watch(ana.peer, KETTLE, { idle: true });
  presence.read(reader.peer, true);
  presence.read(stranger.peer, true);
  expect(reader.faces()).toEqual([{ whole: true, tickets: [{ ticketId: KETTLE, people: [face('Ana', { idle: true })] }] }]);

  presence.watch(again.peer, KETTLE, { writing: true });
  vi.runAllTimers();
  expect(reader.faces().at(-1)).toEqual({ whole: false, tickets: [{ ticketId: KETTLE, people: [face('Ana', { writing: true })] }] });
  presence.gone(ana.peer);
  presence.gone(again.peer);
  vi.runAllTimers();
  expect(reader.faces().at(-1)).toEqual({ whole: false, tickets: [{ ticketId: KETTLE, people: [] }] });
  expect(stranger.faces()).toEqual([{ whole: true, tickets: [] }]);
});

test('what changes meanwhile is one frame, however often and by however many', () => {
  const presence = createPresence();
  const readers = [tab('Ben'), tab('Cem')];
  for (const { peer } of readers) presence.read(peer, true);
  for (let n = 0; n < 40; n += 1) presence.watch(tab(`agent ${n}`).peer, n % 2 ? KETTLE : LAMP, {});
  vi.runAllTimers();
  for (const reader of readers) {
    expect(reader.faces()).toHaveLength(2);
    expect(new Map(reader.faces()[1]!.tickets.map(({ ticketId, people }) => [ticketId, people.length]))).toEqual(new Map([[KETTLE, 8], [LAMP, 8]]));
  }
});

test('who looks at no list any more is told nothing', () => {
  const presence = createPresence();
  const [left, closed, stays] = [tab('Ben'), tab('Cem'), tab('Dan')];
  for (const { peer } of [left, closed, stays]) presence.read(peer, true);
  presence.read(left.peer, false);
  presence.gone(closed.peer);
  presence.watch(tab('Ana').peer, KETTLE);
  vi.runAllTimers();
  expect([left, closed, stays].map((it) => it.faces().length)).toEqual([1, 1, 2]);
});
