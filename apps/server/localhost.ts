import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

export type Localhost = {
  /** Hands on what comes, from now on. */
  serve(server: Server): void;
  stop(): Promise<void>;
};

/**
 * `localhost` may mean ::1 as well as 127.0.0.1, and a browser asks there first. Holds that port too, so that nobody else's
 * program is found under our address. Null: somebody else has it. Without IPv6 there is nothing to hold.
 */
export async function holdLocalhost(port: number): Promise<Localhost | null> {
  const server = createServer();
  server.listen({ host: '::1', port });
  try {
    await once(server, 'listening');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? null : NOTHING;
  }
  return {
    serve(main) {
      server.on('request', (request: IncomingMessage, response: ServerResponse) => { main.emit('request', request, response); });
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => { main.emit('upgrade', request, socket, head); });
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const NOTHING: Localhost = { serve: () => undefined, stop: () => Promise.resolve() };
