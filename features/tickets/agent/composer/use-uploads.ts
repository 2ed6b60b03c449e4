import { useRef, useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useTicketsText } from '../text.ts';
import type { Attached } from './drafts.ts';
import { LARGEST_FILE_BYTES, upload } from './upload.ts';

export type Upload = { readonly id: string; readonly name: string; readonly size: number; readonly share: number; readonly error: string | null };

/** Files on their way up; each that arrives is handed to `onArrived`. */
export function useUploads(onArrived: (attached: Attached) => void) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const cancels = useRef(new Map<string, AbortController>());

  const update = (id: string, change: Partial<Upload>) => setUploads((now) => now.map((one) => (one.id === id ? { ...one, ...change } : one)));
  const drop = (id: string) => {
    cancels.current.get(id)?.abort();
    cancels.current.delete(id);
    setUploads((now) => now.filter((one) => one.id !== id));
  };
  const start = async (file: File) => {
    const id = crypto.randomUUID();
    const cancel = new AbortController();
    cancels.current.set(id, cancel);
    const tooLarge = file.size > LARGEST_FILE_BYTES ? t('tickets.upload.too_large') : null;
    setUploads((now) => [...now, { id, name: file.name, size: file.size, share: 0, error: tooLarge }]);
    if (tooLarge) return;
    try {
      const attached = await upload(file, (share) => update(id, { share }), cancel.signal);
      drop(id);
      onArrived(attached);
    } catch (error) {
      if (!cancel.signal.aborted) update(id, { error: errorText(error) });
    }
  };

  return {
    uploads,
    isBusy: uploads.some(({ error }) => error === null),
    add: (files: Iterable<File>) => [...files].forEach((file) => void start(file)),
    drop,
  };
}
