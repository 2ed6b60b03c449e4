import { parentPort } from 'node:worker_threads';
import { parseMessage } from './parse-message.ts';

const port = parentPort;
if (!port) throw new Error('parse-worker runs in a worker thread only');

port.on('message', (said: { raw: Uint8Array; briefly: boolean } | 'leave') => {
  if (said === 'leave') {
    port.close();
    return;
  }
  const { raw, briefly } = said;
  // From here on the time counts: a slow machine may take its while to start a thread.
  port.postMessage('begun');
  void parseMessage(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), { briefly }).then((result) => {
    const buffers = 'mail' in result ? result.mail.attachments.map(({ bytes }) => bytes.buffer as ArrayBuffer) : [];
    port.postMessage({ result }, [...new Set(buffers)]);
  });
});
