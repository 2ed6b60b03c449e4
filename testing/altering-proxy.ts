import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a mail program and its IMAP server, and passes on what `alter` makes of each answer; `heard` is what the program said. */
export async function alteringProxy(to: { port: number }, alter: (answer: Buffer) => Buffer) {
  const sockets = new Set<Socket>();
  const heard: string[] = [];
  const server = createServer((client) => {
    const behind = connect({ host: '127.0.0.1', port: to.port });
    for (const socket of [client, behind]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => { sockets.delete(socket); client.destroy(); behind.destroy(); });
    }
    client.on('data', (bytes: Buffer) => {
      heard.push(bytes.toString('latin1'));
      behind.write(bytes);
    });
    let rest: Buffer = Buffer.alloc(0);
    behind.on('data', (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes]);
      for (let end = endOfAnswer(rest); end > 0; end = endOfAnswer(rest)) {
        client.write(alter(rest.subarray(0, end)));
        rest = rest.subarray(end);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port, heard,
    close: (): Promise<void> => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => { resolve(); });
    }),
  };
}

/** Behind the line that ends an answer: one that announces a literal (`{12}`) goes on after it. 0: there is more to come. */
function endOfAnswer(bytes: Buffer): number {
  for (let from = 0; ;) {
    const end = bytes.indexOf('\r\n', from);
    if (end === -1) return 0;
    const literal = /\{(\d+)\}$/.exec(bytes.toString('latin1', from, end))?.[1];
    if (literal === undefined) return end + 2;
    from = end + 2 + Number(literal);
  }
}
