import { WebSocket } from 'ws';

/** A browser's tab of somebody, which hears what is pushed from now on; `heard` gets each frame as it was written. */
export async function openScreen(port: number, token: string, { origin, heard }: { origin: string; heard: (text: string) => void }): Promise<WebSocket> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/socket-tickets`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  const { ticket } = await response.json() as { ticket: string };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/socket`, { origin });
  const ready = Promise.withResolvers<void>();
  socket.on('open', () => { socket.send(JSON.stringify({ type: 'hello', ticket, since: null })); });
  socket.on('error', ready.reject);
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    if (text.startsWith('{"type":"ready"')) ready.resolve();
    if (text.startsWith('{"type":"ping"')) socket.send('{"type":"pong"}');
    heard(text);
  });
  await ready.promise;
  return socket;
}
