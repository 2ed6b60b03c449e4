import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { IncidentView, MisdirectionView } from '../../core/incidents.ts';
import { useEmailText } from '../text.ts';
import { INCIDENTS } from './queries.ts';

type MisdirectedDialogProps = { ticketId: string; entryId: string; onClose: () => void };
type Misdirection = z.infer<typeof MisdirectionView>;

/** A mail went to the wrong person: holds what has not left, asks those who have it to delete it, and writes it down. */
export function MisdirectedDialog({ ticketId, entryId, onClose }: MisdirectedDialogProps) {
  const t = useEmailText();
  const errorText = useErrorText();
  const path = `/tickets/${ticketId}/entries/${entryId}/misdirection`;
  const look = useQuery({ queryKey: ['email', 'misdirection', entryId], queryFn: ({ signal }) => api.get(path, MisdirectionView, { signal }), gcTime: 0 });
  if (look.data) return <Filled path={path} facts={look.data} ticketId={ticketId} onClose={onClose} />;
  return (
    <Dialog isOpen onClose={onClose} size="wide" title={t('email.misdirected.title')}>
      {look.error ? <Banner tone="danger">{errorText(look.error)}</Banner> : <SkeletonRows count={3} />}
    </Dialog>
  );
}

function Filled({ path, facts: { reached, withheld, correction }, ticketId, onClose }: { path: string; facts: Misdirection; ticketId: string; onClose: () => void }) {
  const t = useEmailText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [isCorrecting, setCorrecting] = useState(reached.length > 0);
  const [subject, setSubject] = useState(correction.subject);
  const [text, setText] = useState(correction.text);
  const [note, setNote] = useState('');
  const report = useMutation({
    mutationFn: () => api.post(path, { note, correction: isCorrecting ? { subject, text } : null }, IncidentView),
    onSuccess: ({ hasCorrection }) => {
      toast({ text: t(hasCorrection ? 'email.misdirected.done_asked' : 'email.misdirected.done') });
      void cache.invalidateQueries({ queryKey: INCIDENTS });
      void cache.invalidateQueries({ queryKey: ['tickets', 'entries', ticketId] });
      onClose();
    },
  });
  const isIncomplete = isCorrecting && (subject.trim() === '' || text.trim() === '');
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={t('email.misdirected.title')}
      isDismissable={!report.isPending}
      footer={
        <>
          <Button tone="danger" isDisabled={isIncomplete} isPending={report.isPending} onPress={() => report.mutate()}>{t(isCorrecting ? 'email.misdirected.do_ask' : 'email.misdirected.do')}</Button>
          <Button onPress={onClose} isDisabled={report.isPending}>{t('email.misdirected.cancel')}</Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-13 text-ink-soft">{t('email.misdirected.what')}</p>
        <Addresses label={t('email.misdirected.reached')} addresses={reached} />
        <Addresses label={t('email.misdirected.withheld')} addresses={withheld} />
        {reached.length > 0 && <Checkbox isSelected={isCorrecting} onChange={setCorrecting} hint={t('email.misdirected.ask.hint')}>{t('email.misdirected.ask')}</Checkbox>}
        {isCorrecting && (
          <>
            <TextField label={t('email.misdirected.subject')} value={subject} onChange={setSubject} maxLength={900} />
            <TextArea label={t('email.misdirected.text')} value={text} onChange={setText} rows={6} />
          </>
        )}
        <TextArea label={t('email.misdirected.note')} hint={t('email.misdirected.note.hint')} value={note} onChange={setNote} rows={2} maxLength={2000} />
        {report.error && <Banner tone="danger">{errorText(report.error)}</Banner>}
      </div>
    </Dialog>
  );
}

const Addresses = ({ label, addresses }: { label: string; addresses: readonly string[] }) => {
  const format = useFormat();
  if (addresses.length === 0) return null;
  return (
    <p className="text-13 [overflow-wrap:anywhere]">
      <span className="font-medium">{label}</span> {format.list(addresses.map((address) => `\u2066${address}\u2069`))}
    </p>
  );
};
