import { Worker } from 'node:worker_threads';
import { AppError } from '../../kernel/errors.ts';
import { bareText } from './bare-text.ts';
import { escapeHtml } from './escape.ts';
import { sanitiseMail, type MailImage } from './sanitise.ts';

/** Where the pictures of a mail may be had: those inside it by Content-ID, those of the web by https when asked for. */
export type Pictures = { readonly inline: ReadonlyMap<string, string>; readonly remote: boolean };

/** Up to here cleaning takes less time than handing over. */
const MAX_HERE = 50_000;
const AT_ONCE = 2;
const MAX_WAITING = 50;
const KILL_AFTER_MS = 10_000;
const MAX_BARE = 200_000;

const waiting: (() => void)[] = [];
let running = 0;

export const pictureOf = ({ inline, remote }: Pictures) => (image: MailImage): string | null => {
  if ('cid' in image) return inline.get(image.cid) ?? null;
  return remote && image.url.startsWith('https://') ? image.url : null;
};

/**
 * The HTML of a mail made harmless for showing. What is long is cleaned in a thread of its own, so that a hostile mail
 * costs whoever opens it a moment and nobody else; when even that does not end, its bare words are shown.
 */
export async function sanitiseAside(html: string, pictures: Pictures): Promise<string> {
  if (html.length <= MAX_HERE) return sanitiseMail(html, { image: pictureOf(pictures) }).html;
  if (waiting.length >= MAX_WAITING) throw new AppError('unavailable', 'html.busy', 'Many long messages are opened at this moment; try again shortly.', { retryAfter: 2 });
  if (running >= AT_ONCE) await new Promise<void>((resolve) => { waiting.push(resolve); });
  else running += 1;
  try {
    return await inThread(html, pictures) ?? `<pre style="white-space:pre-wrap">${escapeHtml(bareText(html.slice(0, MAX_BARE)))}</pre>`;
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** Null when the thread died or had to be killed. */
function inThread(html: string, pictures: Pictures): Promise<string | null> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./aside-worker.ts', import.meta.url), {
      workerData: { html, pictures }, resourceLimits: { maxOldGenerationSizeMb: 256, stackSizeMb: 4 },
    });
    const timer = setTimeout(() => { void worker.terminate(); }, KILL_AFTER_MS);
    worker.on('message', (clean: string) => resolve(clean));
    worker.on('error', () => resolve(null));
    worker.on('exit', () => {
      clearTimeout(timer);
      resolve(null);
    });
  });
}
