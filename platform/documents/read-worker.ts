import { parentPort } from 'node:worker_threads';
import { documentText } from './read.ts';

const port = parentPort;
if (!port) throw new Error('read-worker runs in a worker thread only');

port.on('message', (raw: Uint8Array) => {
  // From here on the time counts: a slow machine may take its while to start a thread.
  port.postMessage('begun');
  port.postMessage({ text: documentText(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)) });
});
