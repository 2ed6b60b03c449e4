import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLive, type Live } from './live.ts';
import { forgetTime, heardDate, serverMachineNow, serverNow } from './server-clock.ts';

/** The other end of the line: what was said to it, and a mouth. */
class FakeSocket extends EventTarget {
  readonly heard: { type: string; [key: string]: unknown }[] = [];
  readyState = 1;
  send(frame: string) {
    this.heard.push(JSON.parse(frame));
  }
  close() {
    this.readyState = 3;
  }
  says(frame: object) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
  }
}

let sockets: FakeSocket[];
let live: Live | null;
const last = () => sockets.at(-1) ?? expect.unreachable('no socket was opened');

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
});
afterEach(() => {
  live?.stop();
  forgetTime();
  vi.useRealTimers();
});

async function connect(parts: Partial<Parameters<typeof createLive>[0]> = {}) {
  const cache = new QueryClient();
  live = createLive({
    cache,
    handlers: () => [],
    requestTicket: async () => `ticket ${sockets.length}`,
    openSocket: () => {
      sockets.push(new FakeSocket());
      return last() as unknown as WebSocket;
    },
    ...parts,
  });
  live.start();
  await vi.advanceTimersByTimeAsync(0);
  return { cache, live };
}

async function opened() {
  last().dispatchEvent(new Event('open'));
  await vi.advanceTimersByTimeAsync(0);
}

async function cut() {
  last().dispatchEvent(new Event('close'));
  await vi.advanceTimersByTimeAsync(1_000);
}

test('says hello with a fresh ticket, and is live once the server is ready', async () => {
  const { live: connection } = await connect();
  await opened();
  expect(last().heard).toEqual([{ type: 'hello', ticket: 'ticket 0', since: null }]);
  expect(connection.state()).toBe('connecting');
  last().says({ type: 'ready', position: 7 });
  expect(connection.state()).toBe('live');
});

test('it asks what time it is there, and goes by that', async () => {
  await connect();
  last().says({ type: 'ready', position: 7 });
  expect(last().heard).toEqual([{ type: 'ping' }]);
  await vi.advanceTimersByTimeAsync(400);
  const [machine, business] = [Date.now() + 60_000, Date.now() + 3_600_000];
  last().says({ type: 'pong', machine, business });
  expect([serverMachineNow().getTime(), serverNow().getTime()]).toEqual([machine + 200, business + 200]);
  // An answer's date is only good for as long as nothing better is known.
  heardDate(new Date(0).toUTCString());
  expect(serverNow().getTime()).toBe(business + 200);
  forgetTime();
  heardDate(new Date(Date.now() + 900).toUTCString());
  expect(serverNow().getTime()).toBe(Date.now());
  heardDate(new Date(Date.now() - 60_000).toUTCString());
  expect(Math.abs(Date.now() - serverNow().getTime() - 60_000)).toBeLessThan(1_001);
});

test('what the page has fetched is not asked for again: the server is told since when to say what happened', async () => {
  const heard = vi.fn();
  const { cache } = await connect({ knownSince: () => 4, handlers: () => [{ 'ticket.changed': heard }] });
  const asked = vi.spyOn(cache, 'invalidateQueries');
  await opened();
  expect(last().heard[0]).toMatchObject({ type: 'hello', since: 4 });
  last().says({ type: 'ready', position: 4 });
  last().says({ type: 'event', seq: 5, event: { type: 'ticket.changed' } });
  expect(asked).not.toHaveBeenCalled();
  expect(heard).toHaveBeenCalledOnce();
});

test('after a cut it says how far it had come', async () => {
  const { live: connection } = await connect();
  await opened();
  last().says({ type: 'ready', position: 7 });
  last().says({ type: 'event', seq: 9, event: { type: 'ticket.changed' } });
  await cut();
  expect(sockets).toHaveLength(2);
  expect(connection.state()).toBe('waiting');
  await opened();
  expect(last().heard[0]).toMatchObject({ type: 'hello', ticket: 'ticket 1', since: 9 });
});

test('each room hears what it asked for, by name or by family', async () => {
  const byName = vi.fn();
  const byFamily = vi.fn();
  await connect({ handlers: () => [{ 'ticket.changed': byName }, { 'ticket.*': byFamily }] });
  last().says({ type: 'event', seq: 1, event: { type: 'ticket.changed', ticketId: 't1' } });
  last().says({ type: 'event', seq: 2, event: { type: 'ticket.merged', ticketId: 't1' } });
  last().says({ type: 'event', seq: 3, event: { type: 'person.changed' } });
  expect(byName).toHaveBeenCalledExactlyOnceWith(expect.any(QueryClient), { type: 'ticket.changed', ticketId: 't1' });
  expect(byFamily.mock.calls.map(([, event]) => event.type)).toEqual(['ticket.changed', 'ticket.merged']);
});

test('too far behind: everything on screen is asked for anew', async () => {
  const { cache } = await connect();
  cache.setQueryData(['tickets'], 'old');
  last().says({ type: 'ready', position: 1 });
  cache.setQueryData(['tickets'], 'fresh');
  expect(cache.getQueryState(['tickets'])?.isInvalidated).toBe(false);
  last().says({ type: 'reset', position: 900 });
  expect(cache.getQueryState(['tickets'])?.isInvalidated).toBe(true);
});

test('what was fetched before the line stood may be old, what comes after a cut is told by the server', async () => {
  const { cache } = await connect();
  cache.setQueryData(['tickets'], 'fetched early');
  last().says({ type: 'ready', position: 1 });
  expect(cache.getQueryState(['tickets'])?.isInvalidated).toBe(true);
  cache.setQueryData(['tickets'], 'fetched again');
  await cut();
  last().says({ type: 'ready', position: 4 });
  expect(cache.getQueryState(['tickets'])?.isInvalidated).toBe(false);
});

test('a line that has gone silent is taken for dead', async () => {
  const { live: connection } = await connect();
  last().says({ type: 'ready', position: 1 });
  await vi.advanceTimersByTimeAsync(40_000);
  expect(connection.state()).toBe('live');
  expect(last().heard.filter(({ type }) => type === 'ping')).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(sockets.length).toBeGreaterThan(1);
});

test('which ticket is looked at is told again after a cut', async () => {
  const { live: connection } = await connect();
  last().says({ type: 'ready', position: 1 });
  connection.watch('t1');
  await cut();
  last().says({ type: 'ready', position: 1 });
  expect(last().heard).toContainEqual({ type: 'watch', ticketId: 't1', writing: false, idle: false });
});

test('a server that gives no ticket is asked again, and rubbish from the line changes nothing', async () => {
  const requestTicket = vi.fn().mockRejectedValueOnce(new Error('503')).mockResolvedValue('second');
  const { live: connection } = await connect({ requestTicket });
  expect(connection.state()).toBe('waiting');
  await vi.advanceTimersByTimeAsync(1_000);
  last().dispatchEvent(new MessageEvent('message', { data: 'not json' }));
  last().says({ type: 'ready', position: 1 });
  expect(connection.state()).toBe('live');
});

test('who has what open is known while the line holds, and asked for again after a cut', async () => {
  const { live } = await connect();
  await opened();
  live.showFaces(true);
  last().says({ type: 'ready', position: 1 });
  const ana = { id: 'a', name: 'Ana', writing: true, idle: false };
  last().says({ type: 'faces', whole: true, tickets: [{ ticketId: 't1', people: [ana] }, { ticketId: 't2', people: [ana] }] });
  last().says({ type: 'faces', whole: false, tickets: [{ ticketId: 't2', people: [] }] });
  expect([live.faces.of('t1'), live.faces.of('t2')]).toEqual([[ana], []]);
  await cut();
  expect(live.faces.of('t1')).toEqual([]);
  last().says({ type: 'ready', position: 1 });
  expect(last().heard).toContainEqual({ type: 'faces', on: true });
});

test('who types is said once, and that they stopped a while after the last key', async () => {
  const { live } = await connect();
  await opened();
  live.watch('t1');
  for (let n = 0; n < 5; n += 1) live.write();
  await vi.advanceTimersByTimeAsync(7_000);
  expect(last().heard.filter(({ type }) => type === 'watch').map(({ writing }) => writing)).toEqual([false, true, false]);
});

test('whoever goes on from ticket to ticket by keys has it said once, when the next is drawn', async () => {
  const { live } = await connect();
  await opened();
  live.watch('t1');
  window.dispatchEvent(new KeyboardEvent('keydown'));
  live.watch(null);
  live.watch('t2');
  const watched = () => last().heard.filter(({ type }) => type === 'watch').map(({ ticketId }) => ticketId);
  expect(watched()).toEqual(['t1']);
  await vi.advanceTimersByTimeAsync(100);
  expect(watched()).toEqual(['t1', 't2']);
});
