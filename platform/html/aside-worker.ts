import { parentPort, workerData } from 'node:worker_threads';
import { pictureOf, type Pictures } from './aside.ts';
import { sanitiseMail } from './sanitise.ts';

const { html, pictures } = workerData as { html: string; pictures: Pictures };
parentPort?.postMessage(sanitiseMail(html, { image: pictureOf(pictures) }).html);
