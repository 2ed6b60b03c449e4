import { type ReactNode, useState } from 'react';
import { useUiText } from '../text.ts';
import { Banner } from './Banner.tsx';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

type ConfirmDialogProps = {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, and whether it can be taken back. */
  children: ReactNode;
  /** The same verb that was pressed to come here. */
  verb: string;
  tone?: 'primary' | 'danger';
  /** Resolves when done; the dialog then closes. What it throws is worded by `errorText` and shown. */
  onConfirm: () => Promise<unknown>;
  errorText: (error: unknown) => string;
};

export function ConfirmDialog({ isOpen, onClose, title, children, verb, tone = 'danger', onConfirm, errorText }: ConfirmDialogProps) {
  const t = useUiText();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const close = () => {
    setError(null);
    onClose();
  };
  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm();
      close();
    } catch (reason) {
      setError(reason);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      role="alertdialog"
      isOpen={isOpen}
      onClose={close}
      title={title}
      isDismissable={!isBusy}
      footer={
        <>
          <Button tone={tone} isPending={isBusy} onPress={() => void confirm()}>
            {verb}
          </Button>
          <Button onPress={close} isDisabled={isBusy} autoFocus>
            {t('ui.cancel')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-ink-soft">
        {children}
        {error !== null && <Banner tone="danger">{errorText(error)}</Banner>}
      </div>
    </Dialog>
  );
}
