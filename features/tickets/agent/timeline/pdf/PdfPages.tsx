import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { IconButton } from '../../../../../ui/components/IconButton.tsx';
import { Skeleton } from '../../../../../ui/components/Skeleton.tsx';
import { useTicketsText } from '../../text.ts';
import { openPdf, type Pdf } from './open-pdf.ts';

type PdfPagesProps = { url: string; name: string };
const ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3] as const;
const USUAL = 2;

/** A PDF page by page, as a picture and as words for those who listen. What it would like to run does not run. */
export function PdfPages({ url, name }: PdfPagesProps) {
  const t = useTicketsText();
  const { pdf, hasFailed } = usePdf(url);
  const [page, setPage] = useState(1);
  const [zoom, setZoom] = useState(USUAL);
  if (hasFailed) return <p role="alert" className="p-6 text-center text-14">{t('tickets.preview.pdf_failed')}</p>;
  if (!pdf) return <Skeleton className="h-[50vh] w-full" />;
  // At the ends nothing happens: a button that went dead would take the focus with it.
  const turn = (by: number) => setPage(Math.min(Math.max(1, page + by), pdf.pages));
  const size = (by: number) => setZoom(Math.min(Math.max(0, zoom + by), ZOOMS.length - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    const act = { PageDown: () => turn(1), PageUp: () => turn(-1), '+': () => size(1), '-': () => size(-1) }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of a reader hold for all of it; each has a button too
    <section aria-label={name} className="flex flex-col gap-2" onKeyDown={onKeyDown}>
      <div className="flex items-center gap-1">
        <IconButton label={t('tickets.preview.previous_page')} icon={ChevronLeft} mirrored onPress={() => turn(-1)} />
        <span role="status" className="text-13 text-ink-faint tabular-nums">{t('tickets.preview.page_of', { page, count: pdf.pages })}</span>
        <IconButton label={t('tickets.preview.next_page')} icon={ChevronRight} mirrored onPress={() => turn(1)} />
        <span className="flex-1" />
        <IconButton label={t('tickets.preview.smaller')} icon={ZoomOut} onPress={() => size(-1)} />
        <IconButton label={t('tickets.preview.larger')} icon={ZoomIn} onPress={() => size(1)} />
      </div>
      <PdfPage key={page} pdf={pdf} page={page} zoom={ZOOMS[zoom]!} />
    </section>
  );
}

function PdfPage({ pdf, page, zoom }: { pdf: Pdf; page: number; zoom: number }) {
  const t = useTicketsText();
  const room = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [words, setWords] = useState('');
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    const leaving = new AbortController();
    void pdf.draw(page, canvas.current!, { width: room.current!.clientWidth, zoom, signal: leaving.signal })
      .then(setWords, () => { if (!leaving.signal.aborted) setFailed(true); });
    return () => leaving.abort();
  }, [pdf, page, zoom]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what is larger than its room is scrolled by keys
    <div ref={room} role="region" tabIndex={0} aria-label={t('tickets.preview.page_of', { page, count: pdf.pages })} className="max-h-[55vh] overflow-auto rounded-control border border-hairline bg-canvas">
      {hasFailed && <p role="alert" className="p-4 text-14">{t('tickets.preview.pdf_failed')}</p>}
      {/* What is drawn has its own places; a canvas of a page from right to left would draw each letter to the left of its. */}
      <canvas ref={canvas} dir="ltr" aria-hidden className="mx-auto block bg-white" />
      <p dir="auto" className="sr-only whitespace-pre-line">{words}</p>
    </div>
  );
}

function usePdf(url: string): { pdf: Pdf | null; hasFailed: boolean } {
  const [state, setState] = useState<{ pdf: Pdf | null; hasFailed: boolean }>({ pdf: null, hasFailed: false });
  useEffect(() => {
    let isGone = false;
    const opening = openPdf(url);
    void opening.then((pdf) => { if (!isGone) setState({ pdf, hasFailed: false }); }, () => { if (!isGone) setState({ pdf: null, hasFailed: true }); });
    return () => {
      isGone = true;
      void opening.then((pdf) => pdf.close(), () => undefined);
    };
  }, [url]);
  return state;
}
