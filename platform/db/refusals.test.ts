import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import pg from 'pg';
import { expect, test } from 'vitest';
import { mayPass } from './refusals.ts';

test('whoever gets no connection is told to try again, whether all are taken or a new one is not answered', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => { sockets.push(socket); }).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const pool = new pg.Pool({ host: '127.0.0.1', port: (silent.address() as AddressInfo).port, user: 'x', max: 1, connectionTimeoutMillis: 50 });
  const refused = await Promise.all([pool.connect(), pool.connect()].map((connecting) => connecting.then(() => null, (error: unknown) => error)));
  expect(new Set(refused.map((error) => (error as Error).message)).size).toBe(2);
  expect(refused.map(mayPass)).toEqual([true, true]);
  expect(mayPass(new Error('something else'))).toBe(false);
  await pool.end();
  for (const socket of sockets) socket.destroy();
  silent.close();
});
