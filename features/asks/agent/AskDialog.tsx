import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { isolated } from '../../../platform/browser/isolated.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { TextArea } from '../../../ui/components/TextArea.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { type AskView, AskWordView } from '../core/contract.ts';
import { askWords } from './queries.ts';
import { useAsksText } from './text.ts';

/** What the two have said, and room for more. */
export function AskDialog({ ask, meId, onClose }: { ask: AskView; meId: string; onClose: () => void }) {
  const t = useAsksText();
  const format = useFormat();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const query = useInfiniteQuery(askWords(ask.id));
  const [text, setText] = useState('');
  const isIn = meId === ask.askedBy.id || meId === ask.asked.id;
  const change = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['asks'] }),
  });
  const say = () => change.mutate(() => api.post(`/asks/${ask.id}/words`, { text }, AskWordView).then(() => setText('')));
  const settle = () => change.mutate(() => (ask.state === 'closed' ? api.delete(`/asks/${ask.id}/closure`) : api.put(`/asks/${ask.id}/closure`).then(onClose)));
  return (
    <Dialog isOpen onClose={onClose} title={t('asks.between', { by: isolated(ask.askedBy.name), asked: isolated(ask.asked.name) })} isDismissable={text.trim() === ''} footer={isIn && (
      <>
        <Button tone="primary" isDisabled={text.trim() === ''} isPending={change.isPending} onPress={say}>{t(meId === ask.asked.id ? 'asks.answer' : 'asks.ask_on')}</Button>
        <Button onPress={settle}>{t(ask.state === 'closed' ? 'asks.reopen' : 'asks.settle')}</Button>
        <Button tone="quiet" onPress={onClose}>{t('asks.close')}</Button>
      </>
    )}>
      <div className="flex flex-col gap-3">
        <p className="text-13 text-ink-soft">{t('asks.private')}</p>
        <PagedRows query={query} errorText={errorText} empty={null}>
          {(words) => (
            <ol aria-label={t('asks.words')} className="flex flex-col gap-2">
              {words.map(({ id, author, text: said, at }) => (
                <li key={id} className="rounded-control border border-note-edge/50 bg-note px-3.5 py-2.5 text-on-note">
                  <p className="flex flex-wrap items-baseline gap-x-2 text-13"><bdi className="font-medium">{author.name}</bdi> <time dateTime={at} className="text-12">{format.dateTime(at)}</time></p>
                  <p dir="auto" className="mt-1 text-14 text-start break-words whitespace-pre-line">{said}</p>
                </li>
              ))}
            </ol>
          )}
        </PagedRows>
        {isIn && <TextArea autoFocus label={t(meId === ask.asked.id ? 'asks.your_answer' : 'asks.further')} maxLength={20_000} value={text} onChange={setText} />}
      </div>
    </Dialog>
  );
}
