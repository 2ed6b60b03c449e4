import { type ReactNode, useState } from 'react';
import { Button } from '../../../../ui/components/Button.tsx';
import { useTicketsText } from '../text.ts';

const LINE_PX = 22;
const SIGNS_PER_LINE = 80;
const SHORTEST_PX = 320;
const TALLEST_PX = 720;
/** What is dressed up needs more room than its words. */
const DRESS = 1.5;

type FormattedFrameProps = { url: string; title: string; text: string; remoteImages: number; /** The way back, in the line below. */ children: ReactNode };

/**
 * The mail as its sender dressed it: a page of its own, without script, origin or our cookies. It can't tell its
 * height, so that is guessed from its words; the reader may ask for more.
 */
export function FormattedFrame({ url, title, text, remoteImages, children }: FormattedFrameProps) {
  const t = useTicketsText();
  const [withImages, setWithImages] = useState(false);
  const [isTall, setTall] = useState(false);
  return (
    <div className="flex flex-col items-start gap-2">
      {remoteImages > 0 && !withImages && (
        <div className="flex flex-wrap items-center gap-2 text-13 text-ink-faint">
          {t('tickets.entry.images_blocked', { count: remoteImages })}
          <Button size="small" onPress={() => setWithImages(true)}>{t('tickets.entry.show_images')}</Button>
        </div>
      )}
      <iframe
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        loading="lazy"
        title={title}
        src={withImages ? `${url}${url.includes('?') ? '&' : '?'}images=1` : url}
        className="w-full resize-y rounded-control border border-hairline bg-white"
        style={{ height: isTall ? '80vh' : guessedHeight(text) }}
      />
      <div className="-ms-2.5 flex flex-wrap gap-1">
        {children}
        {!isTall && <Button tone="quiet" size="small" onPress={() => setTall(true)}>{t('tickets.entry.taller')}</Button>}
      </div>
    </div>
  );
}

const guessedHeight = (text: string): number => {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / SIGNS_PER_LINE)), 3);
  return Math.min(TALLEST_PX, Math.max(SHORTEST_PX, lines * LINE_PX * DRESS));
};
