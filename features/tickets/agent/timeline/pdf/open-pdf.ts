import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy, type RenderTask } from 'pdfjs-dist';
// oxlint-disable-next-line import/default -- the address comes from Vite, see urls.d.ts
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = workerUrl;

/** What a canvas may hold, in points of the screen. */
const MOST_POINTS = 8_000_000;
const LARGEST_PICTURE = 16_000_000;

export type Pdf = {
  readonly pages: number;
  /** Draws a page as wide as that many points and gives what it says. `zoom` 1: as wide as its room. */
  draw(page: number, canvas: HTMLCanvasElement, as: { readonly width: number; readonly zoom: number; readonly signal: AbortSignal }): Promise<string>;
  close(): Promise<void>;
};

/** Reads a PDF in a worker of its own. Its scripts, forms and attachments are not looked at, and nothing but the file itself is fetched. */
export async function openPdf(url: string): Promise<Pdf> {
  const task = getDocument({ url, useWasm: false, useWorkerFetch: false, useSystemFonts: true, enableXfa: false, maxImageSize: LARGEST_PICTURE, disableAutoFetch: true, stopAtErrors: false, verbosity: 0 });
  const pdf = await task.promise;
  return { pages: pdf.numPages, draw: (page, canvas, as) => drawn(pdf, page, canvas, as), close: () => task.destroy() };
}

async function drawn(pdf: PDFDocumentProxy, number: number, canvas: HTMLCanvasElement, { width, zoom, signal }: { width: number; zoom: number; signal: AbortSignal }): Promise<string> {
  const page = await pdf.getPage(number);
  const plain = page.getViewport({ scale: 1 });
  const scale = (width / plain.width) * zoom;
  const dense = Math.min(scale * devicePixelRatio, Math.sqrt(MOST_POINTS / (plain.width * plain.height)));
  const viewport = page.getViewport({ scale: dense });
  signal.throwIfAborted();
  Object.assign(canvas, { width: Math.ceil(viewport.width), height: Math.ceil(viewport.height) });
  Object.assign(canvas.style, { width: `${plain.width * scale}px`, height: `${plain.height * scale}px` });
  await finished(page.render({ canvas, viewport }), signal);
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
}

async function finished(task: RenderTask, signal: AbortSignal): Promise<void> {
  const stop = (): void => task.cancel();
  signal.addEventListener('abort', stop);
  try {
    await task.promise;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
