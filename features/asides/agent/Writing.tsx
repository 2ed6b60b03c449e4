import { Paperclip } from 'lucide-react';
import { useRef, useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { TagList } from '../../../ui/components/TagList.tsx';
import { TextArea } from '../../../ui/components/TextArea.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import type { AttachmentView } from '../../tickets/core/contract.ts';
import type { AsideSlots } from './slots.ts';
import { useAsidesText } from './text.ts';

export type Written = { readonly text: string; readonly files: readonly AttachmentView[] };
export const NOTHING: Written = { text: '', files: [] };

/** Words and files for somebody outside. */
export function Writing({ label, value, onChange, upload }: { label: string; value: Written; onChange: (change: (before: Written) => Written) => void; upload: AsideSlots['upload'] }) {
  const t = useAsidesText();
  const errorText = useErrorText();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(0);
  const attach = async (file: File) => {
    setBusy((n) => n + 1);
    try {
      const attached = await upload(file);
      onChange((before) => ({ ...before, files: [...before.files, attached] }));
    } catch (error) {
      toast({ tone: 'failed', text: errorText(error) });
    } finally {
      setBusy((n) => n - 1);
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <TextArea label={label} rows={5} maxLength={200_000} value={value.text} onChange={(text) => onChange((before) => ({ ...before, text }))} />
      <div className="flex flex-wrap items-center gap-2">
        <input ref={input} type="file" multiple hidden aria-label={t('asides.attach')} onChange={({ target }) => { for (const file of target.files ?? []) void attach(file); target.value = ''; }} />
        <Button size="small" tone="quiet" icon={Paperclip} isPending={busy > 0} onPress={() => input.current?.click()}>{t('asides.attach')}</Button>
        {value.files.length > 0 && (
          <TagList label={t('asides.files')} tags={value.files.map(({ id, name }) => ({ id, name }))}
            onRemove={(gone) => onChange((before) => ({ ...before, files: before.files.filter(({ id }) => id !== gone) }))} />
        )}
      </div>
    </div>
  );
}
