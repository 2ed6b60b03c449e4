import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a mail program and its server. `join` carries what they say; when one of the two hangs up, so does the other. */
export async function proxy(to: { port: number }, join: (client: Socket, behind: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect({ host: '127.0.0.1', port: to.port });
    for (const socket of [client, behind]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => { sockets.delete(socket); client.destroy(); behind.destroy(); });
    }
    join(client, behind);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: (): Promise<void> => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => { resolve(); });
    }),
  };
}
