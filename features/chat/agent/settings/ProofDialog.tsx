import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { CopyField } from '../../../../ui/components/CopyField.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { SecretCreated, type WidgetView } from '../../core/contract.ts';
import { KEYS } from '../queries.ts';
import { useChatText } from '../text.ts';

/** By what the company's server proves who its customers are. A secret is seen here once, and never again. */
export function ProofDialog({ widget, onClose }: { widget: WidgetView; onClose: () => void }) {
  const t = useChatText();
  const errorText = useErrorText();
  const format = useFormat();
  const cache = useQueryClient();
  const [publicKey, setPublicKey] = useState('');
  const fresh = () => cache.invalidateQueries({ queryKey: KEYS.widgets });
  const make = useMutation({ mutationFn: () => api.post(`/chat/widgets/${widget.id}/secrets`, publicKey.trim() === '' ? {} : { publicKey: publicKey.trim() }, SecretCreated), onSettled: fresh });
  const remove = useMutation({ mutationFn: () => api.delete(`/chat/widgets/${widget.id}/secrets`), onSuccess: onClose, onSettled: fresh });
  const error = make.error ?? remove.error;
  return (
    <Dialog isOpen onClose={onClose} title={t('chat.proof')} isDismissable={!make.data?.secret}>
      <div className="flex flex-col gap-4 text-14">
        {error && <Banner tone="danger">{errorText(error)}</Banner>}
        {make.data?.secret ? (
          <>
            <Banner tone="warning">{t('chat.proof.once')}</Banner>
            <CopyField label={t('chat.proof.secret')} value={make.data.secret} />
            <Button tone="primary" onPress={onClose} className="self-start">{t('chat.done')}</Button>
          </>
        ) : (
          <>
            <p className="text-ink-soft">{t('chat.proof.what')}</p>
            {widget.secrets.length > 0 && (
              <RowList label={t('chat.proof')}>
                {widget.secrets.map(({ id, algorithm, createdAt, endsAt }) => (
                  <ListRow key={id} title={algorithm} detail={endsAt === null ? t('chat.proof.since', { at: format.dateTime(createdAt) }) : t('chat.proof.until', { at: format.dateTime(endsAt) })} />
                ))}
              </RowList>
            )}
            <TextArea label={t('chat.proof.key')} hint={t('chat.proof.key_what')} value={publicKey} onChange={setPublicKey} rows={2} />
            <div className="flex flex-wrap gap-2">
              <Button tone="primary" isPending={make.isPending} onPress={() => make.mutate()}>{t(publicKey.trim() === '' ? 'chat.proof.make' : 'chat.proof.save_key')}</Button>
              {widget.secrets.length > 0 && <Button isPending={remove.isPending} onPress={() => remove.mutate()}>{t('chat.proof.remove')}</Button>}
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}
