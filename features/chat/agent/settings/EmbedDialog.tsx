import { Button } from '../../../../ui/components/Button.tsx';
import { CopyField } from '../../../../ui/components/CopyField.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import type { WidgetView } from '../../core/contract.ts';
import { useChatText } from '../text.ts';

/** The one line that brings a chat onto a site. */
export function EmbedDialog({ widget, onClose }: { widget: WidgetView; onClose: () => void }) {
  const t = useChatText();
  return (
    <Dialog isOpen onClose={onClose} title={t('chat.embed')}>
      <div className="flex flex-col gap-4 text-14">
        <p>{t('chat.embed.what')}</p>
        <CopyField label={t('chat.embed.tag')} value={`<script src="${location.origin}/widget.js" data-widget="${widget.id}" async></script>`} />
        <CopyField label={t('chat.embed.id')} value={widget.id} />
        <Button tone="primary" onPress={onClose} className="self-start">{t('chat.done')}</Button>
      </div>
    </Dialog>
  );
}
