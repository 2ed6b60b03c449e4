import { ChevronDown, X } from 'lucide-react';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { classes } from '../../../../ui/classes.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { RadioGroup } from '../../../../ui/components/RadioGroup.tsx';
import type { EntryView } from '../../core/contract.ts';
import { afterMenu } from '../after-menu.ts';
import { useDesk, useMay } from '../desk.tsx';
import { useTicketsText } from '../text.ts';
import { AddressField } from './AddressField.tsx';
import { PickedUp } from './PickedUp.tsx';
import type { Times } from './picked-up.ts';
import { CONTACTS, isMail, type Mode } from './sending.ts';
import type { Recipients } from './use-recipients.ts';

type ComposerHeadProps = {
  mode: Mode;
  onMode: (mode: Mode) => void;
  onClose: () => void;
  recipients: Recipients;
  onRecipients: (change: { to?: string[]; cc?: string[] }) => void;
  direction: 'in' | 'out';
  onDirection: (direction: 'in' | 'out') => void;
  times: Times;
  onTimes: (times: Times) => void;
  forwarding: EntryView | null;
};

/** What is being written, and plainly to whom it will go. */
export function ComposerHead({ mode, onMode, onClose, recipients, onRecipients, direction, onDirection, times, onTimes, forwarding }: ComposerHeadProps) {
  const t = useTicketsText();
  return (
    <div className={classes('border-b', mode === 'note' ? 'border-note-edge/50' : 'border-hairline')}>
      <div className="flex flex-wrap items-center gap-1 px-2 pt-1.5 pb-1">
        <Kinds mode={mode} onMode={onMode} />
        <span className="flex-1" />
        <IconButton label={t('tickets.composer.close')} icon={X} onPress={onClose} />
      </div>
      {mode === 'note' && <p className="px-3 pb-1.5 text-12 text-note-ink">{t('tickets.write.note.who')}</p>}
      {isMail(mode) && <MailHead mode={mode} recipients={recipients} onRecipients={onRecipients} forwarding={forwarding} />}
      {!isMail(mode) && mode !== 'note' && (
        <div className="px-3 pb-2">
          <RadioGroup
            label={t('tickets.direction')}
            labelHidden
            layout="line"
            value={direction}
            onChange={onDirection}
            options={[{ id: 'in', label: t(`tickets.direction.${mode}_in` as 'tickets.direction.call_in') }, { id: 'out', label: t(`tickets.direction.${mode}_out` as 'tickets.direction.call_out') }]}
          />
          {(mode === 'call' || mode === 'visit') && direction === 'in' && <PickedUp mode={mode} times={times} onTimes={onTimes} />}
        </div>
      )}
    </div>
  );
}

function Kinds({ mode, onMode }: { mode: Mode; onMode: (mode: Mode) => void }) {
  const t = useTicketsText();
  const mayReply = useMay('tickets.reply');
  const rest = mode === 'reply' || mode === 'note' ? null : mode;
  return (
    <>
      {mayReply && <Kind isOn={mode === 'reply'} keys="R" onPress={() => onMode('reply')}>{t('tickets.reply')}</Kind>}
      <Kind isOn={mode === 'note'} keys="N" onPress={() => onMode('note')}>{t('tickets.note')}</Kind>
      {rest && <Kind isOn onPress={() => undefined}>{t(`tickets.mode.${rest}`)}</Kind>}
      {mayReply && (
        <Menu
          label={t('tickets.mode.more')}
          placement="top start"
          trigger={<Button tone="quiet" size="small" trailing={<ChevronDown aria-hidden size={14} />}>{t('tickets.mode.more')}</Button>}
          groups={[{ entries: CONTACTS.map((contact) => ({ id: contact, label: t(`tickets.mode.${contact}`), onAction: () => afterMenu(() => onMode(contact)) })) }]}
        />
      )}
    </>
  );
}

const Kind = ({ isOn, keys, onPress, children }: { isOn: boolean; keys?: string; onPress: () => void; children: string }) => (
  <Button
    tone={isOn ? 'plain' : 'quiet'}
    size="small"
    aria-pressed={isOn}
    onPress={onPress}
    {...(keys && !isOn && { keys })}
  >
    {children}
  </Button>
);

type MailHeadProps = Pick<ComposerHeadProps, 'mode' | 'recipients' | 'onRecipients' | 'forwarding'>;

function MailHead({ mode, recipients, onRecipients, forwarding }: MailHeadProps) {
  const t = useTicketsText();
  const { me } = useDesk();
  const { everybody } = recipients;
  const others = everybody.cc.filter((address) => !recipients.cc.includes(address) && !recipients.to.includes(address));
  return (
    <div className="pb-1">
      {mode === 'forward' && forwarding && <p className="px-3 pb-1 text-12 text-ink-faint">{t('tickets.forwarding', { name: isolated(forwarding.author.name) })}</p>}
      {!me.mailLeaves && <p className="px-3 pb-1 text-12 text-note-ink">{t('tickets.mail_waits')}</p>}
      <AddressField label={t('tickets.to')} addresses={recipients.to} nameOf={recipients.nameOf} autoFocus={mode === 'forward'} onChange={(to) => onRecipients({ to })} />
      <AddressField label={t('tickets.cc')} addresses={recipients.cc} nameOf={recipients.nameOf} onChange={(cc) => onRecipients({ cc })} />
      <div className="flex flex-wrap items-center gap-x-3 px-3 text-12 text-ink-faint">
        {recipients.from && <span className="[overflow-wrap:anywhere]">{t('tickets.from', { mailbox: recipients.from })}</span>}
        {mode === 'reply' && others.length > 0 && (
          <button type="button" className="h-6 font-medium text-accent-ink hover:underline pointer-coarse:h-11" onClick={() => onRecipients({ cc: [...recipients.cc, ...others] })}>
            {t('tickets.reply_all', { count: others.length })}
          </button>
        )}
      </div>
    </div>
  );
}
