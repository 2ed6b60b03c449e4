import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AlarmClock, AlarmClockOff, CalendarClock, MessageCircleReply, Ticket } from 'lucide-react';
import { useRef, useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { keysText, useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { Menu, type MenuGroup } from '../../../../ui/components/Menu.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { TicketView } from '../../core/contract.ts';
import type { SnoozeSet } from '../../core/snooze.ts';
import { openMenu } from '../after-menu.ts';
import { snoozeTicket, ticketChanged, wakeTicket } from '../changes.ts';
import { laterMoments } from '../composer/sending.ts';
import { useMenuActions } from '../menu-actions.ts';
import { useTicketsText } from '../text.ts';
import { TicketChooser } from './TicketChooser.tsx';

type Asked = 'time' | 'ticket' | null;

/** Sets the ticket aside until something happens; when it is, says until when. */
export function SnoozeFact({ ticket, isFixed }: { ticket: TicketView; isFixed: boolean }) {
  const t = useTicketsText();
  const format = useFormat();
  const trigger = useRef<HTMLButtonElement>(null);
  const [asked, setAsked] = useState<Asked>(null);
  const now = useNow(60_000);
  const { snooze, wake } = useSnoozing(ticket);
  const until = useUntilWords()(ticket);
  const isOff = isFixed || ticket.status === 'resolved' || ticket.status === 'closed';
  useShortcut({ code: 'KeyS', label: t('tickets.snooze'), group: t('tickets.shortcuts.ticket'), disabled: isOff }, () => openMenu(trigger.current));
  const groups: MenuGroup[] = [
    { entries: ticket.snooze ? [{ id: 'wake', label: t('tickets.snooze.wake'), icon: AlarmClockOff, onAction: wake }] : [] },
    {
      title: `${t('tickets.snooze')} · ${keysText({ code: 'KeyS' })}`,
      entries: [
        ...laterMoments(now).map(({ id, at }) => ({ id, label: t(`tickets.send.later.${id}`), hint: format.inFull(at), icon: AlarmClock, onAction: () => snooze({ until: at.toISOString() }) })),
        { id: 'time', label: t('tickets.snooze.time'), icon: CalendarClock, onAction: () => setAsked('time') },
      ],
    },
    {
      entries: [
        { id: 'customer', label: t('tickets.snooze.customer'), icon: MessageCircleReply, onAction: () => snooze({}) },
        { id: 'ticket', label: t('tickets.snooze.ticket'), icon: Ticket, onAction: () => setAsked('ticket') },
      ],
    },
  ];
  useMenuActions(t('tickets.snooze'), groups, isOff);
  if (isOff) return null;
  return (
    <>
      <Menu
        label={t('tickets.snooze')}
        trigger={(
          <Button ref={trigger as never} tone="quiet" size="small" icon={AlarmClock} aria-label={until ?? t('tickets.snooze')} className="max-w-60 gap-1 px-1.5! font-normal">
            {until && <span className="truncate max-wide:hidden">{until}</span>}
          </Button>
        )}
        groups={groups}
      />
      {asked === 'time' && <TimeDialog onClose={() => setAsked(null)} onChosen={(at) => snooze({ until: at.toISOString() })} />}
      {asked === 'ticket' && <OtherDialog ticket={ticket} onClose={() => setAsked(null)} onChosen={({ id }) => snooze({ ticketId: id })} />}
    </>
  );
}

/** Until when or what it sleeps; null when it does not. */
function useUntilWords(): (ticket: TicketView) => string | null {
  const t = useTicketsText();
  const format = useFormat();
  return ({ snooze }) => {
    if (!snooze) return null;
    if (snooze.ticket) return t('tickets.snoozed.ticket', { number: String(snooze.ticket.number) });
    return snooze.until === null ? t('tickets.snoozed.customer') : t('tickets.snoozed.until', { moment: format.dateTime(snooze.until) });
  };
}

function useSnoozing(ticket: TicketView) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const settled = {
    onError: (error: Error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => ticketChanged(cache, ticket.id),
  };
  const wake = useMutation({ mutationFn: () => wakeTicket(ticket.id), ...settled });
  const snooze = useMutation({
    mutationFn: (given: SnoozeSet) => snoozeTicket(ticket.id, given),
    onSuccess: () => toast({ text: t('tickets.snooze.done'), action: { label: t('tickets.undo'), onAction: () => wake.mutate() } }),
    ...settled,
  });
  return { snooze: snooze.mutate, wake: () => wake.mutate() };
}

function TimeDialog({ onClose, onChosen }: { onClose: () => void; onChosen: (at: Date) => void }) {
  const t = useTicketsText();
  const [text, setText] = useState('');
  const at = new Date(text);
  const now = useNow(30_000);
  const isChosen = !Number.isNaN(at.getTime()) && at > now;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('tickets.snooze.time')}
      footer={
        <>
          <Button tone="primary" isDisabled={!isChosen} onPress={() => { onChosen(at); onClose(); }}>{t('tickets.snooze')}</Button>
          <Button onPress={onClose}>{t('tickets.cancel')}</Button>
        </>
      }
    >
      <TextField label={t('tickets.snooze.until')} type="datetime-local" value={text} onChange={setText} error={text !== '' && !isChosen ? t('tickets.snooze.past') : undefined} isLatin isRequired autoFocus />
    </Dialog>
  );
}

function OtherDialog({ ticket, onClose, onChosen }: { ticket: TicketView; onClose: () => void; onChosen: (other: TicketView) => void }) {
  const t = useTicketsText();
  const [chosen, setChosen] = useState<TicketView | null>(null);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={t('tickets.snooze.ticket')}
      footer={
        <>
          <Button tone="primary" isDisabled={chosen === null} onPress={() => { if (chosen) onChosen(chosen); onClose(); }}>{t('tickets.snooze')}</Button>
          <Button onPress={onClose}>{t('tickets.cancel')}</Button>
        </>
      }
    >
      <div className="flex flex-col gap-3"><TicketChooser ticket={ticket} chosen={chosen} onChoose={setChosen} /></div>
    </Dialog>
  );
}
