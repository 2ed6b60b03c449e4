import { Paperclip, RotateCw, X } from 'lucide-react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { useTicketsText } from '../text.ts';
import type { Attached } from './drafts.ts';
import type { Upload } from './use-uploads.ts';

type AttachmentTrayProps = {
  attachments: readonly Attached[];
  uploads: readonly Upload[];
  onRemove: (id: string) => void;
  onDrop: (uploadId: string) => void;
};

/** What goes along, and what is still on its way up. */
export function AttachmentTray({ attachments, uploads, onRemove, onDrop }: AttachmentTrayProps) {
  const t = useTicketsText();
  const format = useFormat();
  if (attachments.length + uploads.length === 0) return null;
  return (
    <ul aria-label={t('tickets.entry.attachments')} className="flex flex-wrap gap-1.5 px-3 pb-2">
      {attachments.map(({ id, name, size }) => (
        <li key={id} className="inline-flex h-8 max-w-full items-center gap-1.5 rounded-control border border-hairline bg-surface ps-2 text-13">
          <Paperclip aria-hidden size={14} className="shrink-0 text-ink-faint" />
          <span className="truncate" dir="auto">{name}</span>
          <span className="shrink-0 text-12 text-ink-faint tabular-nums">{format.bytes(size)}</span>
          <IconButton label={t('tickets.upload.remove', { name })} icon={X} onPress={() => onRemove(id)} />
        </li>
      ))}
      {uploads.map((upload) => (
        <li key={upload.id} className="relative inline-flex min-h-8 max-w-full flex-wrap items-center gap-x-1.5 overflow-hidden rounded-control border border-hairline bg-surface ps-2 text-13">
          {upload.error ? <RotateCw aria-hidden size={14} className="shrink-0 text-danger-ink" /> : <Paperclip aria-hidden size={14} className="shrink-0 text-ink-faint" />}
          <span className="truncate" dir="auto">{upload.name}</span>
          {upload.error ? (
            <span role="alert" className="text-12 text-danger-ink">{upload.error}</span>
          ) : (
            <>
              <span className="shrink-0 text-12 text-ink-faint tabular-nums">{format.percent(Math.round(upload.share * 100) / 100)}</span>
              <span
                role="progressbar"
                aria-label={t('tickets.upload.going_up', { name: upload.name })}
                aria-valuenow={Math.round(upload.share * 100)}
                className="absolute inset-x-0 bottom-0 h-0.5 origin-left bg-accent rtl:origin-right"
                style={{ transform: `scaleX(${upload.share})` }}
              />
            </>
          )}
          <IconButton label={t('tickets.upload.remove', { name: upload.name })} icon={X} onPress={() => onDrop(upload.id)} />
        </li>
      ))}
    </ul>
  );
}
