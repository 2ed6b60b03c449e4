import { ChevronLeft, Ellipsis, Pencil, UserRound } from 'lucide-react';
import { useState } from 'react';
import { classes } from '../../../../ui/classes.ts';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import type { TicketView } from '../../core/contract.ts';
import { useTicketChange } from '../changes.ts';
import { useMay } from '../desk.tsx';
import type { CustomerSlot } from '../slots.ts';
import { TicketLooking } from '../Looking.tsx';
import { useTicketsText } from '../text.ts';
import { FollowersFact } from './FollowersFact.tsx';
import { SnoozeFact } from './SnoozeFact.tsx';
import { TicketMenu } from './TicketMenu.tsx';

type TicketHeadProps = { ticket: TicketView; onBack: () => void; onCustomer: () => void; pickCustomer: CustomerSlot };

/** Where it is narrow what a ticket is about has a line of its own below the buttons, or two while nobody writes. */
const BELOW = 'max-wide:order-last max-wide:mx-1 max-wide:line-clamp-2 max-wide:basis-full max-wide:pb-1 max-wide:[overflow-wrap:anywhere] max-wide:whitespace-normal max-wide:group-has-[[contenteditable]]/ticket:line-clamp-1';

/** Number and subject; the subject can be put right in its place. */
export function TicketHead({ ticket, onBack, onCustomer, pickCustomer }: TicketHeadProps) {
  const t = useTicketsText();
  const mayChange = useMay('tickets.change');
  const [isEditing, setEditing] = useState(false);
  return (
    <header className="flex min-h-13 shrink-0 items-center gap-1.5 border-b border-hairline ps-6 pe-3 max-wide:flex-wrap max-wide:py-1 max-wide:ps-3">
      <span className="-ms-1 wide:hidden"><IconButton label={t('tickets.back')} icon={ChevronLeft} mirrored onPress={onBack} /></span>
      <span dir="ltr" className="shrink-0 text-13 tabular-nums text-ink-faint">#{ticket.number}</span>
      {isEditing ? (
        <SubjectField ticket={ticket} onDone={() => setEditing(false)} />
      ) : (
        <>
          <h1 dir="auto" className={classes('min-w-0 truncate text-16 leading-heading font-semibold', BELOW, !ticket.subject && 'text-ink-faint')} title={ticket.subject}>
            {ticket.subject || t('tickets.no_subject')}
          </h1>
          {mayChange && <IconButton label={t('tickets.subject.edit')} icon={Pencil} onPress={() => setEditing(true)} className="max-wide:hidden" />}
        </>
      )}
      <span className="flex-1" />
      <TicketLooking ticketId={ticket.id} />
      <FollowersFact ticket={ticket} isFixed={ticket.deletedAt !== null || ticket.mergedInto !== null} />
      <SnoozeFact ticket={ticket} isFixed={!mayChange || ticket.deletedAt !== null || ticket.mergedInto !== null} />
      <span className="roomy:hidden"><IconButton label={t('tickets.customer')} icon={UserRound} onPress={onCustomer} /></span>
      <TicketMenu ticket={ticket} pickCustomer={pickCustomer} onSubject={() => setEditing(true)}
        trigger={<IconButton label={t('tickets.menu')} icon={Ellipsis} />} />
    </header>
  );
}

function SubjectField({ ticket, onDone }: { ticket: TicketView; onDone: () => void }) {
  const t = useTicketsText();
  const change = useTicketChange(ticket.id);
  const [text, setText] = useState(ticket.subject);
  const save = () => {
    const subject = text.trim();
    if (subject !== '' && subject !== ticket.subject) change({ subject });
    onDone();
  };
  return (
    <input
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked to write here
      autoFocus
      dir="auto"
      aria-label={t('tickets.subject')}
      value={text}
      maxLength={1000}
      onChange={(event) => setText(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
        if (event.key === 'Escape') onDone();
      }}
      className="h-8 min-w-0 flex-1 rounded-control border max-wide:order-last max-wide:basis-full border-border bg-surface px-2 text-16 font-semibold focus:border-focus focus:outline-2 focus:-outline-offset-1 focus:outline-focus"
    />
  );
}
