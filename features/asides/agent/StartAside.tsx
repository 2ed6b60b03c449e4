import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { MailAddress } from '../../../kernel/contract.ts';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Checkbox } from '../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { AsideView } from '../core/contract.ts';
import type { AsideSlots } from './slots.ts';
import { useAsidesText } from './text.ts';
import { NOTHING, Writing, type Written } from './Writing.tsx';

const addressesIn = (text: string): string[] => text.split(/[\s,;]+/).filter((one) => one !== '');

/** A new one: to whom, about what, and whether the ticket waits for the answer. */
export function StartAside({ ticketId, slots, onClose, onDone }: { ticketId: string; slots: AsideSlots; onClose: () => void; onDone: (id: string) => void }) {
  const t = useAsidesText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [to, setTo] = useState('');
  const [subject, setSubject] = useState('');
  const [waits, setWaits] = useState(true);
  const [written, setWritten] = useState<Written>(NOTHING);
  const addresses = addressesIn(to);
  const wrong = addresses.find((one) => !MailAddress.safeParse(one).success);
  const isReady = addresses.length > 0 && wrong === undefined && subject.trim() !== '' && written.text.trim() !== '';
  const send = useMutation({
    mutationFn: () => api.post(`/tickets/${ticketId}/asides`, { to: addresses, subject, waits, text: written.text, attachmentIds: written.files.map(({ id }) => id) }, AsideView),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['asides'] });
      onDone(id);
    },
  });
  return (
    <Dialog isOpen onClose={onClose} size="wide" title={t('asides.start')} isDismissable={false} footer={(
      <>
        <Button tone="primary" isDisabled={!isReady} isPending={send.isPending} onPress={() => send.mutate()}>{t('asides.send')}</Button>
        <Button onPress={onClose}>{t('asides.cancel')}</Button>
      </>
    )}>
      <div className="flex flex-col gap-3">
        <p className="text-13 text-ink-soft">{t('asides.what')}</p>
        <TextField autoFocus label={t('asides.to')} hint={t('asides.to.hint')} isLatin inputMode="email" autoComplete="off" value={to} onChange={setTo} {...(wrong !== undefined && /[\s,;]$/.test(to) && { error: t('asides.to.wrong') })} />
        <TextField label={t('asides.subject')} maxLength={300} value={subject} onChange={setSubject} />
        <Writing label={t('asides.text')} value={written} onChange={setWritten} upload={slots.upload} />
        <Checkbox isSelected={waits} onChange={setWaits} hint={t('asides.wait.hint')}>{t('asides.wait')}</Checkbox>
        {send.error && <Banner tone="danger">{errorText(send.error)}</Banner>}
      </div>
    </Dialog>
  );
}
