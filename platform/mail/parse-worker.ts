import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { parseMessage } from './parse-message.ts';

const port = parentPort;
if (!port) throw new Error('parse-worker runs in a worker thread only');

standBack();

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

/** Where threads have a priority of their own (Linux), people's requests go before mail that is being read. */
function standBack(): void {
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), constants.priority.PRIORITY_BELOW_NORMAL);
  } catch { /* then it is as urgent as everything else */ }
}
