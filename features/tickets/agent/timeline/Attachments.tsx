import { File, FileText, Image as ImageIcon } from 'lucide-react';
import { useFormat } from '../../../../platform/browser/format.ts';
import type { EntryView } from '../../core/contract.ts';
import { useTicketsText } from '../text.ts';

type Attachment = EntryView['attachments'][number];

/** Pictures that a browser draws without running anything. */
const RASTER = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const PREVIEW_BYTES = 8_000_000;
const isPicture = ({ contentType, size }: Attachment): boolean => RASTER.has(contentType) && size <= PREVIEW_BYTES;

export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  const t = useTicketsText();
  if (attachments.length === 0) return null;
  const pictures = attachments.filter(isPicture);
  return (
    <div className="mt-3 flex flex-col gap-2">
      {pictures.length > 0 && (
        <ul aria-label={t('tickets.entry.pictures')} className="flex flex-wrap gap-2">
          {pictures.map((picture) => (
            <li key={picture.id}>
              <a href={picture.url} target="_blank" rel="noopener noreferrer" download={picture.name} className="block overflow-hidden rounded-control border border-hairline">
                <img src={picture.url} alt={picture.name} loading="lazy" className="h-28 max-w-56 min-w-16 object-cover" />
              </a>
            </li>
          ))}
        </ul>
      )}
      <ul aria-label={t('tickets.entry.attachments')} className="flex flex-wrap gap-2">
        {attachments.map((attachment) => (
          <li key={attachment.id} className="min-w-0 max-w-full">
            <FileLink attachment={attachment} />
          </li>
        ))}
      </ul>
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
