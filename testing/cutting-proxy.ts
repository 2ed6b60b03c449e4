import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a mail program and its server, and cuts the connection at every `every`-th answer of the server. */
export async function cuttingProxy(to: { port: number }, { every }: { every: number }) {
  const sockets = new Set<Socket>();
  const counts = { answers: 0, cuts: 0, connections: 0 };
  let cutting = true;

  const server = createServer((client) => {
    counts.connections += 1;
    const behind = connect({ host: '127.0.0.1', port: to.port });
    for (const socket of [client, behind]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => { sockets.delete(socket); client.destroy(); behind.destroy(); });
    }
    client.on('data', (bytes) => { behind.write(bytes); });
    behind.on('data', (bytes: Buffer) => {
      counts.answers += 1;
      if (!cutting || counts.answers % every !== 0) { client.write(bytes); return; }
      counts.cuts += 1;
      // In the middle of what it was saying.
      client.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => { client.destroy(); behind.destroy(); });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    counts,
    heal: (): void => { cutting = false; },
    close: (): Promise<void> => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => { resolve(); });
    }),
  };
}
