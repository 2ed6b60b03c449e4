import { Eye, File, FileText, Image as ImageIcon, Play } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useFormat } from '../../../../platform/browser/format.ts';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { isPlayable } from '../../core/playable.ts';
import { useTicketsText } from '../text.ts';
import { type Attachment, isPdf, isPicture, isShown, pictureUrl, Preview } from './Preview.tsx';

export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  const t = useTicketsText();
  const [at, setAt] = useState<number | null>(null);
  /** What could not be drawn stands among the files alone. */
  const [broken, setBroken] = useState<readonly string[]>([]);
  if (attachments.length === 0) return null;
  const shown = attachments.filter(isShown);
  const pictures = shown.filter((one) => isPicture(one) && !broken.includes(one.id));
  return (
    <div className="mt-3 flex flex-col gap-2">
      {pictures.length > 0 && (
        <ul aria-label={t('tickets.entry.pictures')} className="flex flex-wrap gap-2">
          {pictures.map((picture) => (
            <li key={picture.id}>
              <AriaButton aria-label={t('tickets.preview.show', { name: picture.name })} onPress={() => setAt(shown.indexOf(picture))} className="block cursor-zoom-in overflow-hidden rounded-control border border-hairline">
                <img src={pictureUrl(picture)} alt={picture.name} loading="lazy" onError={() => setBroken((before) => [...before, picture.id])} className="h-28 max-w-56 min-w-16 object-cover" />
              </AriaButton>
            </li>
          ))}
        </ul>
      )}
      <ul aria-label={t('tickets.entry.attachments')} className="flex flex-wrap gap-2">
        {attachments.map((attachment) => (
          <li key={attachment.id} className="flex min-w-0 max-w-full items-center gap-1">
            <FileLink attachment={attachment} />
            {isPdf(attachment) && <IconButton label={t('tickets.preview.show', { name: attachment.name })} icon={Eye} onPress={() => setAt(shown.indexOf(attachment))} />}
            {isPlayable(attachment.contentType) && <IconButton label={t('tickets.preview.play', { name: attachment.name })} icon={Play} onPress={() => setAt(shown.indexOf(attachment))} />}
          </li>
        ))}
      </ul>
      <Preview shown={shown} at={at} onAt={setAt} />
    </div>
  );
}

const FileLink = ({ attachment: { name, size, url, contentType } }: { attachment: Attachment }) => {
  const format = useFormat();
  return (
    <a
      href={url}
      download={name}
      target="_blank"
      rel="noopener noreferrer"
      className="inline-flex h-8 max-w-full items-center gap-2 rounded-control border border-hairline bg-surface px-2.5 text-13 text-ink hover:bg-hover pointer-coarse:h-11"
    >
      <FileMark contentType={contentType} />
      <span className="truncate" dir="auto">{name}</span>
      <span className="shrink-0 text-12 text-ink-faint tabular-nums">{format.bytes(size)}</span>
    </a>
  );
};

const MARK = { 'aria-hidden': true, size: 15, strokeWidth: 1.75, className: 'shrink-0 text-ink-faint' } as const;

const FileMark = ({ contentType }: { contentType: string }) => {
  if (contentType.startsWith('image/')) return <ImageIcon {...MARK} />;
  return contentType.startsWith('text/') || contentType === 'application/pdf' ? <FileText {...MARK} /> : <File {...MARK} />;
};
