import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { CopyField } from '../../../../ui/components/CopyField.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { useWebhookText } from '../text.ts';

export type Secret = { readonly kind: 'secret' | 'address'; readonly value: string };

/** A secret is seen here once, and never again. */
export function SecretDialog({ secret, onClose }: { secret: Secret | null; onClose: () => void }) {
  const t = useWebhookText();
  return (
    <Dialog isOpen={secret !== null} onClose={onClose} title={t(`webhooks.${secret?.kind ?? 'secret'}`)} isDismissable={false}>
      {secret && (
        <div className="flex flex-col gap-4">
          <Banner tone="warning">{t(`webhooks.${secret.kind}_once`)}</Banner>
          <CopyField label={t(`webhooks.${secret.kind}`)} value={secret.value} />
          <Button tone="primary" onPress={onClose} className="self-start">{t('webhooks.done')}</Button>
        </div>
      )}
    </Dialog>
  );
}
