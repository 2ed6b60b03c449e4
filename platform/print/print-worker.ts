import { parentPort, workerData } from 'node:worker_threads';
import { drawPaper } from './draw.ts';
import type { Paper } from './paper.ts';

const port = parentPort;
if (!port) throw new Error('print-worker runs in a worker thread only');
const bytes = new Uint8Array(await drawPaper(workerData as Paper));
port.postMessage(bytes, [bytes.buffer]);
