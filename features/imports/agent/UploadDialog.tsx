import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import type { Option } from '../../../ui/components/Option.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { IMPORT_KINDS, type ImportKind, type ImportView } from '../core/contract.ts';
import { type Chosen, upload } from './queries.ts';
import { useImportsText } from './text.ts';

type UploadDialogProps = { isOpen: boolean; mailboxes: readonly Option[]; onClose: () => void; onUploaded: (made: ImportView) => void };

/** What the file holds, and the file. */
export function UploadDialog({ isOpen, mailboxes, onClose, onUploaded }: UploadDialogProps) {
  const t = useImportsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [chosen, setChosen] = useState<Chosen>({ kind: 'customers', mailbox: null, file: null, path: '' });
  const change = (part: Partial<Chosen>): void => setChosen((now) => ({ ...now, ...part }));
  const mailbox = chosen.mailbox ?? mailboxes[0]?.id ?? null;
  const send = useMutation({ mutationFn: () => upload({ ...chosen, mailbox }), onSuccess: onUploaded, onSettled: () => cache.invalidateQueries({ queryKey: ['imports'] }) });
  const isMail = chosen.kind === 'mail';
  return (
    <Dialog
      isOpen={isOpen} onClose={onClose} title={t('imports.new')}
      footer={<Button tone="primary" icon={Upload} isPending={send.isPending} isDisabled={chosen.file === null && !(isMail && chosen.path !== '')} onPress={() => send.mutate()}>{t('imports.upload')}</Button>}
    >
      <div className="flex flex-col gap-4">
        {send.isError && <Banner tone="danger">{errorText(send.error)}</Banner>}
        <Select<ImportKind> label={t('imports.what')} value={chosen.kind} onChange={(kind) => change({ kind })} options={IMPORT_KINDS.map((id) => ({ id, label: t(`imports.kind.${id}`) }))} />
        {isMail && <Select label={t('imports.mailbox')} value={mailbox} onChange={(id) => change({ mailbox: id })} options={mailboxes} />}
        <FilePick file={chosen.file} onPick={(file) => change({ file })} />
        {isMail && <TextField label={t('imports.path')} hint={t('imports.path.hint')} optional isLatin value={chosen.path} onChange={(path) => change({ path })} />}
      </div>
    </Dialog>
  );
}

function FilePick({ file, onPick }: { file: File | null; onPick: (file: File | null) => void }) {
  const t = useImportsText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div>
      <div className="flex flex-wrap items-center gap-3">
        <Button onPress={() => input.current?.click()}>{t('imports.file.choose')}</Button>
        {file && <bdi className="min-w-0 truncate text-14">{file.name}</bdi>}
      </div>
      <p className="mt-1 text-13 text-ink-faint">{t('imports.file.hint')}</p>
      <input ref={input} type="file" accept=".csv,.tsv,.txt,.mbox,text/csv,application/mbox" hidden aria-hidden tabIndex={-1} onChange={(event) => onPick(event.target.files?.[0] ?? null)} />
    </div>
  );
}
