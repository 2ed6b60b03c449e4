import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { EntryView } from '../../core/contract.ts';
import { RedactionView, secretsIn, type Found } from '../../core/redaction.ts';
import { ticketChanged } from '../changes.ts';
import { useTicketsText } from '../text.ts';

/** What in a message looks like a secret. */
export const secretsOf = ({ subject, text, quoted }: EntryView): Found[] => secretsIn([subject, text, quoted].join('\n\n'));

type RedactDialogProps = { ticketId: string; entry: EntryView; selected: string; onClose: () => void };

/** Takes passages and files out of a ticket for good: what was found, what was selected, what is typed. */
export function RedactDialog({ ticketId, entry, selected, onClose }: RedactDialogProps) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const format = useFormat();
  const cache = useQueryClient();
  const [found] = useState(() => secretsOf(entry));
  const [chosen, setChosen] = useState(() => new Set(found.map(({ text }) => text)));
  const [words, setWords] = useState(() => (found.some(({ text }) => text === selected) ? '' : selected));
  const [files, setFiles] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const passages = [...chosen, ...words.split('\n').map((line) => line.trim()).filter((line) => line.length >= 3)];
  const redact = useMutation({
    mutationFn: () => api.post(`/tickets/${ticketId}/entries/${entry.id}/redactions`, { passages, attachmentIds: [...files], reason }, RedactionView),
    onSuccess: ({ entries, unsearched }) => {
      ticketChanged(cache, ticketId);
      toast({ text: t('tickets.redact.done', { entries }) });
      if (unsearched.length > 0) toast({ tone: 'failed', text: t('tickets.redact.unsearched', { names: format.list(unsearched.map(({ name }) => isolated(name))) }) });
      onClose();
    },
  });

  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={t('tickets.redact.title')}
      isDismissable={!redact.isPending}
      footer={
        <>
          <Button tone="danger" isDisabled={passages.length + files.size === 0} isPending={redact.isPending} onPress={() => redact.mutate()}>{t('tickets.redact.do')}</Button>
          <Button onPress={onClose} isDisabled={redact.isPending}>{t('tickets.cancel')}</Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-13 text-ink-soft">{t('tickets.redact.what')}</p>
        {found.length > 0 && (
          <Group label={t('tickets.redact.found')}>
            {found.map(({ kind, text }) => (
              <Checkbox key={text} isSelected={chosen.has(text)} onChange={() => setChosen(toggled(chosen, text))} hint={t(`tickets.redact.${kind}`)}>
                <bdi className="tabular-nums [overflow-wrap:anywhere]">{text}</bdi>
              </Checkbox>
            ))}
          </Group>
        )}
        <TextArea label={t('tickets.redact.passages')} hint={t('tickets.redact.passages.hint')} value={words} onChange={setWords} rows={2} />
        {entry.attachments.length > 0 && (
          <Group label={t('tickets.redact.files')}>
            {entry.attachments.map(({ id, name, size }) => (
              <Checkbox key={id} isSelected={files.has(id)} onChange={() => setFiles(toggled(files, id))} hint={format.bytes(size)}>
                <bdi className="[overflow-wrap:anywhere]">{name}</bdi>
              </Checkbox>
            ))}
          </Group>
        )}
        <TextField label={t('tickets.redact.reason')} hint={t('tickets.redact.reason.hint')} value={reason} onChange={setReason} maxLength={500} />
        {redact.error && <Banner tone="danger">{errorText(redact.error)}</Banner>}
      </div>
    </Dialog>
  );
}

const Group = ({ label, children }: { label: string; children: ReactNode }) => (
  <fieldset className="flex flex-col gap-2">
    <legend className="mb-1.5 text-13 font-medium text-ink">{label}</legend>
    {children}
  </fieldset>
);

function toggled(set: ReadonlySet<string>, one: string): Set<string> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}
