import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { isolated } from '../../../platform/browser/isolated.ts';
import { classes } from '../../../ui/classes.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { Switch } from '../../../ui/components/Switch.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { AsideMessageView, AsideView } from '../core/contract.ts';
import { asideMessages } from './queries.ts';
import type { AsideSlots } from './slots.ts';
import { useAsidesText } from './text.ts';
import { NOTHING, Writing, type Written } from './Writing.tsx';

type Props = { aside: AsideView; mayWrite: boolean; slots: AsideSlots; onClose: () => void };

function useChange() {
  const cache = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['asides'] }),
  });
}

/** One conversation from its beginning, and where it goes on. */
export function AsideDialog({ aside, mayWrite, slots, onClose }: Props) {
  const t = useAsidesText();
  const format = useFormat();
  const query = useInfiniteQuery(asideMessages(aside.id));
  const [written, setWritten] = useState<Written>(NOTHING);
  const change = useChange();
  const who = format.list(aside.people.map(({ name, address }) => isolated(name || address)));
  const send = () => change.mutate(() => api.post(`/asides/${aside.id}/messages`, { text: written.text, attachmentIds: written.files.map(({ id }) => id) }, AsideMessageView)
    .then(() => setWritten(NOTHING)));
  return (
    <Dialog isOpen onClose={onClose} size="wide" title={aside.subject} isDismissable={written.text.trim() === ''}
      footer={mayWrite && (
        <>
          <Button tone="primary" isDisabled={written.text.trim() === ''} isPending={change.isPending} onPress={send}>{t('asides.send')}</Button>
          <Button onPress={onClose}>{t('asides.close')}</Button>
        </>
      )}>
      <div className="flex flex-col gap-3">
        <p className="text-13 text-ink-soft">{t('asides.with', { who })}</p>
        {mayWrite && <Switch isSelected={aside.waits} onChange={(waits) => change.mutate(() => api.patch(`/asides/${aside.id}`, { waits }, AsideView))}>{t('asides.wait')}</Switch>}
        <PagedRows query={query} errorText={useErrorText()} empty={null}>
          {(rows) => (
            <ol aria-label={t('asides.messages')} className="flex flex-col gap-2">
              {rows.map((message) => <OneMessage key={message.id} message={message} slots={slots} onUndo={() => change.mutate(() => api.delete(`/asides/${aside.id}/messages/${message.id}`))} />)}
            </ol>
          )}
        </PagedRows>
        {mayWrite && <Writing label={t('asides.reply')} value={written} onChange={setWritten} upload={slots.upload} />}
      </div>
    </Dialog>
  );
}

function OneMessage({ message, slots: { delivery: Delivery }, onUndo }: { message: AsideMessageView; slots: AsideSlots; onUndo: () => void }) {
  const t = useAsidesText();
  const format = useFormat();
  const { direction, author, text, quoted, attachments, delivery, verdict, automatic, createdAt } = message;
  return (
    <li className={classes('rounded-control border border-hairline px-3.5 py-2.5', direction === 'in' ? 'bg-surface' : 'bg-hover')}>
      <p className="flex flex-wrap items-baseline gap-x-2 text-13">
        <bdi className="font-medium">{author.name || author.address}</bdi>
        {author.address && author.name && <bdi dir="ltr" className="text-ink-faint">{author.address}</bdi>}
        <time dateTime={createdAt} className="text-12 text-ink-faint">{format.dateTime(createdAt)}</time>
        {automatic && <Badge>{t('asides.automatic')}</Badge>}
        {direction === 'in' && verdict !== 'pass' && <Badge tone="warning">{t('asides.unproven')}</Badge>}
      </p>
      <p dir="auto" className="mt-1 text-14 text-start break-words whitespace-pre-line">{text}</p>
      {quoted !== '' && <Quoted text={quoted} />}
      {attachments.length > 0 && (
        <ul aria-label={t('asides.files')} className="mt-2 flex flex-wrap gap-2">
          {attachments.map(({ id, name, url, size }) => (
            <li key={id}><a href={url} download={name} target="_blank" rel="noopener noreferrer" className="inline-flex h-8 items-center gap-2 rounded-control border border-hairline bg-surface px-2.5 text-13 hover:bg-hover pointer-coarse:h-11"><bdi>{name}</bdi> <span className="text-12 text-ink-faint">{format.bytes(size)}</span></a></li>
          ))}
        </ul>
      )}
      {delivery && <Delivery delivery={delivery} onUndo={onUndo} />}
    </li>
  );
}

function Quoted({ text }: { text: string }) {
  const t = useAsidesText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" tone="quiet" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)} className="mt-1">{t('asides.quote')}</Button>
      {isOpen && <p dir="auto" className="border-s-2 border-hairline ps-2.5 text-13 text-start break-words whitespace-pre-line text-ink-soft">{text}</p>}
    </>
  );
}
