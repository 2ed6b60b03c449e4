import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { createLines, type Line } from './line.ts';

test('whoever goes while it is looked up who they are leaves no place taken', async () => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const admitted: boolean[] = [];
  const gone: string[] = [];
  const lines = createLines({
    path: '/', ownOrigin: 'http://desk.test', clientAddress: () => '192.0.2.1', isForBrowsers: false, maxFrameBytes: 100, bufferBytes: 100, limits: { lines: 1, strangers: 1, strangersOfOne: 1 },
    close: { goingAway: 1012, tryLater: 1013, badFrame: 1008 }, frames: z.strictObject({ type: z.literal('hello') }),
    async onHello(line: Line<string, object>) {
      asked.resolve();
      await answer.promise;
      admitted.push(lines.admit(line, 'Ana'));
    },
    onFrame: () => undefined,
    onError: (_line, error) => { throw error; },
    onGone: (_line, seat) => { gone.push(seat); },
  });
  const http = createServer();
  http.on('upgrade', (request, socket, head) => {
    const refused = lines.refusal(request);
    if (refused === null) lines.accept(request, socket, head);
    else socket.end(`HTTP/1.1 ${refused}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  await once(http.listen(0, '127.0.0.1'), 'listening');
  const come = () => new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/`);
  onTestFinished(async () => {
    await lines.stop();
    http.close();
  });

  const hasty = come();
  await once(hasty, 'open');
  hasty.send('{"type":"hello"}');
  await asked.promise;
  hasty.terminate();
  await expect.poll(() => lines.stats()).toEqual({ sockets: 0, strangers: 0 });
  answer.resolve();
  await expect.poll(() => admitted).toEqual([false]);
  expect([lines.stats(), gone]).toEqual([{ sockets: 0, strangers: 0 }, []]);

  const next = come();
  await once(next, 'open');
  const [error] = await once(come(), 'error') as [Error];
  expect(error.message).toContain('503');
  next.terminate();
});
