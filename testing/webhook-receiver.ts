import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Received = { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: string };

/** A program of somebody else that listens for webhooks; answers 200 unless told otherwise. */
export async function webhookReceiver() {
  const received: Received[] = [];
  let answer: (response: ServerResponse, request: Received) => void = (response) => { response.writeHead(200).end(); };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(one);
      answer(response, one);
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin, received,
    answers(next: typeof answer | number): void { answer = typeof next === 'number' ? (response) => { response.writeHead(next).end(); } : next; },
    /** What came since this was asked last. */
    taken: () => received.splice(0),
  };
}
