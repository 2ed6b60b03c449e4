import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { classes } from '../classes.ts';
import { useUiText } from '../text.ts';
import { IconButton } from './IconButton.tsx';
import { rising } from './foot.ts';

export type DialogProps = {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** `wide` for what holds a list or an editor. */
  size?: 'normal' | 'wide';
  role?: 'dialog' | 'alertdialog';
  /** False while something is at stake that a stray click must not throw away. */
  isDismissable?: boolean;
  /** The buttons; the first in reading order is the one to do. */
  footer?: ReactNode;
  children?: ReactNode;
};

/** Asks for attention, holds the focus, and gives it back where it came from. On narrow screens it rises from below. */
export function Dialog({ isOpen, onClose, title, size = 'normal', role = 'dialog', isDismissable = true, footer, children }: DialogProps) {
  const t = useUiText();
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={isDismissable}
      className="fixed inset-0 z-40 flex items-start justify-center bg-scrim p-4 pt-[9vh] transition-opacity duration-(--motion) entering:opacity-0 exiting:transition-none max-wide:items-end max-wide:p-0"
    >
      <Modal
        ref={rising}
        className={classes(
          'flex max-h-[82vh] w-full flex-col overflow-hidden rounded-dialog border border-hairline bg-raised shadow-float max-wide:max-h-[92vh] max-wide:rounded-b-none',
          size === 'wide' ? 'max-w-page' : 'max-w-dialog',
        )}
      >
        <AriaDialog role={role} className="flex min-h-0 flex-col outline-none">
          <header className="flex items-center gap-2 ps-5 pe-3 pt-4 pb-2.5">
            <Heading slot="title" className="min-w-0 flex-1 text-16 leading-heading font-semibold">
              {title}
            </Heading>
            {isDismissable && <IconButton label={t('ui.close')} icon={X} onPress={onClose} />}
          </header>
          {/* The buttons of a form float above its end: what gets the focus comes to lie above them. */}
          <div className="min-h-0 overflow-auto px-5 pt-1 pb-5 has-[form]:scroll-pb-18">{children}</div>
          {footer && <footer className="flex flex-row-reverse flex-wrap justify-start gap-2 border-t border-hairline px-5 py-3">{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
