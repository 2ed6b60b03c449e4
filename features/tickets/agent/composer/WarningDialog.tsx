import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import type { Warning } from '../../core/reply-checks.ts';
import { useTicketsText } from '../text.ts';

type WarningDialogProps = { warnings: readonly Warning[]; isNote: boolean; onBack: () => void; onAnyway: () => void };

/** One calm question for everything that looks odd; the way on is always open. */
export function WarningDialog({ warnings, isNote, onBack, onAnyway }: WarningDialogProps) {
  const t = useTicketsText();
  const format = useFormat();
  const words = (warning: Warning): string => {
    switch (warning.code) {
      case 'attachment_missing':
        return t('tickets.warning.attachment_missing', { word: isolated(warning.word) });
      case 'new_recipient':
        return t('tickets.warning.new_recipient', { addresses: format.list(warning.addresses.map((one) => isolated(one))), count: warning.addresses.length });
      default:
        return t(`tickets.warning.${warning.code}`);
    }
  };
  return (
    <Dialog
      isOpen={warnings.length > 0}
      onClose={onBack}
      title={t('tickets.warning.title')}
      footer={
        <>
          <Button tone="primary" onPress={onBack} autoFocus>{t('tickets.warning.back')}</Button>
          <Button onPress={onAnyway}>{t(isNote ? 'tickets.warning.save_anyway' : 'tickets.warning.send_anyway')}</Button>
        </>
      }
    >
      <ul className="flex flex-col gap-2 text-ink-soft">
        {warnings.map((warning) => <li key={warning.code} className="[overflow-wrap:anywhere]">{words(warning)}</li>)}
      </ul>
    </Dialog>
  );
}
