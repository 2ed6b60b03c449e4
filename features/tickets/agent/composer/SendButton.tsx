import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useFormat } from '../../../../platform/browser/format.ts';
import { keysText } from '../../../../platform/browser/shortcuts.ts';
import { classes } from '../../../../ui/classes.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { buttonStyle } from '../../../../ui/components/button-style.ts';
import { useTicketsText } from '../text.ts';
import { laterMoments, type SendStatus } from './sending.ts';

const STATUSES: readonly SendStatus[] = ['waiting_customer', 'resolved', 'open', 'waiting_third_party'];

type SendButtonProps = {
  status: SendStatus;
  isPending: boolean;
  isDisabled: boolean;
  onStatus: (status: SendStatus) => void;
  onSend: (choice: { status: SendStatus; sendAt?: string }) => void;
};

/** Sends, and says in the same words what becomes of the ticket; the other ways are one step further. */
export function SendButton({ status, isPending, isDisabled, onStatus, onSend }: SendButtonProps) {
  const t = useTicketsText();
  const format = useFormat();
  const [moments, setMoments] = useState(() => laterMoments(new Date()));
  return (
    <div className="inline-flex">
      <Button tone="primary" className="rounded-e-none" isPending={isPending} isDisabled={isDisabled} keys={keysText({ code: 'Enter', mod: true })} onPress={() => onSend({ status })}>
        {t(`tickets.send.${status}`)}
      </Button>
      <Menu
        label={t('tickets.send.other')}
        placement="top end"
        trigger={
          <AriaButton
            aria-label={t('tickets.send.other')}
            isDisabled={isPending || isDisabled}
            onPressStart={() => setMoments(laterMoments(new Date()))}
            className={classes(buttonStyle('primary', 'normal', true), 'rounded-s-none border-s-on-accent/25')}
          >
            <ChevronDown aria-hidden size={16} />
          </AriaButton>
        }
        groups={[
          {
            entries: STATUSES.map((one) => ({
              id: one,
              label: t(`tickets.send.${one}`),
              chosen: one === status,
              onAction: () => {
                onStatus(one);
                onSend({ status: one });
              },
            })),
          },
          {
            title: t('tickets.send.later'),
            entries: moments.map(({ id, at }) => ({
              id, label: t(`tickets.send.later.${id}`), hint: format.inFull(at), onAction: () => onSend({ status, sendAt: at.toISOString() }),
            })),
          },
        ]}
      />
    </div>
  );
}
