import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { ComboBox } from '../../../ui/components/ComboBox.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { TextArea } from '../../../ui/components/TextArea.tsx';
import { AskView } from '../core/contract.ts';
import { colleagues } from './queries.ts';
import { useAsksText } from './text.ts';

/** Whom, and what. */
export function AskForm({ ticketId, meId, onClose }: { ticketId: string; meId: string; onClose: () => void }) {
  const t = useAsksText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data: people = [] } = useQuery(colleagues);
  const [personId, setPersonId] = useState<string | null>(null);
  const [text, setText] = useState('');
  const ask = useMutation({
    mutationFn: () => api.post(`/tickets/${ticketId}/asks`, { personId, text }, AskView),
    onSuccess: () => { void cache.invalidateQueries({ queryKey: ['asks'] }); onClose(); },
  });
  return (
    <Dialog isOpen onClose={onClose} title={t('asks.ask')} isDismissable={text.trim() === ''} footer={(
      <>
        <Button tone="primary" isDisabled={personId === null || text.trim() === ''} isPending={ask.isPending} onPress={() => ask.mutate()}>{t('asks.send')}</Button>
        <Button onPress={onClose}>{t('asks.cancel')}</Button>
      </>
    )}>
      <div className="flex flex-col gap-3">
        <p className="text-13 text-ink-soft">{t('asks.what')}</p>
        <ComboBox autoFocus label={t('asks.whom')} options={people.filter(({ id }) => id !== meId).map(({ id, name }) => ({ id, label: name }))} value={personId} onChange={(id) => setPersonId(id)} />
        <TextArea label={t('asks.question')} maxLength={20_000} value={text} onChange={setText} />
        {ask.error && <Banner tone="danger">{errorText(ask.error)}</Banner>}
      </div>
    </Dialog>
  );
}
