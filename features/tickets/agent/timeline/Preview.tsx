import { Download } from 'lucide-react';
import { type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { Skeleton } from '../../../../ui/components/Skeleton.tsx';
import type { EntryView } from '../../core/contract.ts';
import { isHeic } from '../../core/heic.ts';
import { isPlayable } from '../../core/playable.ts';
import { useTicketsText } from '../text.ts';

/** Its reader is as large as the rest of the app, and fetched for whoever opens a PDF. */
const PdfPages = lazy(async () => ({ default: (await import('./pdf/PdfPages.tsx')).PdfPages }));

export type Attachment = EntryView['attachments'][number];

/** Pictures that a browser draws without running anything. */
const RASTER = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const MOST_BYTES = 8_000_000;
const LARGEST_HEIC = 30_000_000;
const LARGEST_PDF = 25_000_000;

export const isPicture = (one: Attachment): boolean => (isHeic(one) ? one.size <= LARGEST_HEIC : RASTER.has(one.contentType) && one.size <= MOST_BYTES);
/** Where it lies such that every browser draws it. */
export const pictureUrl = (one: Attachment): string => (isHeic(one) ? `${one.url}/preview` : one.url);
export const isPdf = ({ contentType, size }: Attachment): boolean => contentType === 'application/pdf' && size <= LARGEST_PDF;
export const isShown = (attachment: Attachment): boolean => isPicture(attachment) || isPdf(attachment) || isPlayable(attachment.contentType);

type PreviewProps = { shown: readonly Attachment[]; at: number | null; onAt: (at: number | null) => void };

/** Pictures, PDF, films and recordings of a message one after the other, by arrow keys too. */
export function Preview({ shown, at, onAt }: PreviewProps) {
  const t = useTicketsText();
  const one = at === null ? undefined : shown[at];
  // Round and round: a button that went dead at the end would take the focus with it.
  const step = (by: number) => onAt(((at ?? 0) + by + shown.length) % shown.length);
  const onKeyDown = (event: KeyboardEvent) => {
    const isMirrored = document.documentElement.dir === 'rtl';
    if (event.key === 'ArrowRight') step(isMirrored ? -1 : 1);
    else if (event.key === 'ArrowLeft') step(isMirrored ? 1 : -1);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog
      isOpen={one !== undefined} onClose={() => onAt(null)} size="wide" title={one?.name ?? ''}
      footer={one && (
        <>
          <a href={one.url} download={one.name} target="_blank" rel="noopener noreferrer" className="inline-flex h-control items-center gap-2 rounded-control px-3 text-accent-ink hover:bg-hover">
            <Download aria-hidden size={16} strokeWidth={1.75} />
            {t('tickets.preview.download')}
          </a>
          {shown.length > 1 && (
            <>
              <Button onPress={() => step(1)} onKeyDown={onKeyDown} autoFocus>{t('tickets.preview.next')}</Button>
              <Button onPress={() => step(-1)} onKeyDown={onKeyDown}>{t('tickets.preview.previous')}</Button>
              <span role="status" className="me-auto self-center text-13 text-ink-faint tabular-nums">{t('tickets.preview.of', { at: (at ?? 0) + 1, count: shown.length })}</span>
            </>
          )}
        </>
      )}
    >
      {one && <Shown one={one} onEscape={() => onAt(null)} />}
    </Dialog>
  );
}

function Shown({ one, onEscape }: { one: Attachment; onEscape: () => void }) {
  if (isPicture(one)) return <Picture key={one.id} one={one} />;
  if (isPdf(one)) return <Suspense fallback={<Skeleton className="h-[50vh] w-full" />}><PdfPages key={one.id} url={one.url} name={one.name} /></Suspense>;
  return <Player key={one.id} one={one} onEscape={onEscape} />;
}

/** A page of no origin plays it: keys that are pressed in there are not heard here, but for Escape, of which it tells. */
function Player({ one, onEscape }: { one: Attachment; onEscape: () => void }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const hear = ({ source, data }: MessageEvent): void => { if (source === frame.current?.contentWindow && data === 'escape') onEscape(); };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  });
  return <iframe ref={frame} sandbox="allow-scripts" allow="fullscreen" referrerPolicy="no-referrer" title={one.name} src={`${one.url}/player`} className="h-[50vh] w-full rounded-control bg-black" />;
}

function Picture({ one }: { one: Attachment }) {
  const t = useTicketsText();
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return <p role="status" className="py-8 text-center text-ink-soft">{t('tickets.preview.failed')}</p>;
  return <img src={pictureUrl(one)} alt={one.name} onError={() => setBroken(true)} className="mx-auto max-h-[60vh] max-w-full object-contain" />;
}
