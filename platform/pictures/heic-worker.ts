import { parentPort, workerData } from 'node:worker_threads';
import { drawHeic, openHeif } from './heic.ts';

const port = parentPort;
if (!port) throw new Error('heic-worker runs in a worker thread only');

/** What the decoder may take lies outside of the heap, whose bound does not know it: refused here, it gives up. */
const MOST_MEMORY = 640 * 1024 * 1024;
const PAGE = 65_536;
const { grow } = WebAssembly.Memory.prototype;
WebAssembly.Memory.prototype.grow = function within(this: WebAssembly.Memory, pages: number) {
  if (this.buffer.byteLength + pages * PAGE > MOST_MEMORY) throw new RangeError('the picture wants too much memory');
  return grow.call(this, pages);
};

const jpeg = drawHeic(await openHeif(), (workerData as { bytes: Uint8Array }).bytes);
port.postMessage(jpeg, jpeg ? [jpeg.buffer as ArrayBuffer] : []);
