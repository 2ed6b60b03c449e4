import { lazy, type ReactNode, Suspense } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { keysText } from '../../../../platform/browser/shortcuts.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { RadioGroup } from '../../../../ui/components/RadioGroup.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { Loading, Skeleton } from '../../../../ui/components/Skeleton.tsx';
import { TagList } from '../../../../ui/components/TagList.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { KINDS, PRIORITIES, type TicketView } from '../../core/contract.ts';
import { AddressField } from '../composer/AddressField.tsx';
import { AttachmentTray } from '../composer/AttachmentTray.tsx';
import { AttachButton, DraftWord } from '../composer/ComposerFoot.tsx';
import { useDesk } from '../desk.tsx';
import { kindText, priorityText } from '../labels.ts';
import type { CustomerSlot } from '../slots.ts';
import { useTicketsText } from '../text.ts';
import { type Landed, WAYS } from './create.ts';
import { useNewTicket } from './use-new-ticket.ts';

const Editor = lazy(() => import('../composer/Editor.tsx').then((file) => ({ default: file.Editor })));

type Mailbox = { readonly id: string; readonly address: string; readonly name: string };
type NewTicketProps = {
  /** Mailboxes that a letter may come from, the usual one first. */
  mailboxes: readonly Mailbox[];
  pickCustomer: CustomerSlot;
  customer: TicketView['customer'] | null;
  /** What to ask first for a kind of ticket, of another room; only of who speaks with us: a mail of ours asks by itself. */
  first?: (props: { kind: TicketView['kind']; onChange: (landed: Landed) => void }) => ReactNode;
};
type Beginning = ReturnType<typeof useNewTicket>;

/** Writes to a customer first, or notes down a call or a talk. */
export function NewTicket({ mailboxes, pickCustomer, customer, first }: NewTicketProps) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const ticket = useNewTicket(customer, mailboxes[0]?.id);
  const isMail = ticket.way === 'email';
  return (
    <form
      className="mx-auto flex w-full max-w-page flex-col gap-5 px-8 py-7 max-wide:px-4 max-wide:py-4"
      onSubmit={(event) => {
        event.preventDefault();
        ticket.submit();
      }}
    >
      <RadioGroup label={t('tickets.new.way')} layout="line" value={ticket.way} onChange={ticket.setWay} options={WAYS.map((id) => ({ id, label: t(`tickets.new.way.${id}`) }))} />
      {ticket.customer ? <ChosenCustomer ticket={ticket} customer={ticket.customer} /> : pickCustomer({ onChoose: ticket.setCustomer })}
      {isMail && mailboxes.length > 1 && <From ticket={ticket} mailboxes={mailboxes} />}
      {!isMail && (
        <>
          <KindAndPriority ticket={ticket} />
          <First ticket={ticket} first={first} />
        </>
      )}
      <TextField label={t('tickets.subject')} value={ticket.subject} onChange={(subject) => ticket.draft.change({ subject })} maxLength={1000} isRequired />
      <Words ticket={ticket} isMail={isMail} />
      {isMail && <KindAndPriority ticket={ticket} />}
      {ticket.error && <Banner tone="danger">{errorText(ticket.error)}</Banner>}
      {isMail && <MailWaits />}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" tone="primary" isDisabled={!ticket.canSend} isPending={ticket.isPending} keys={keysText({ code: 'Enter', mod: true })}>
          {t(isMail ? 'tickets.new.send' : 'tickets.new.log')}
        </Button>
        <AttachButton onFiles={ticket.uploads.add} />
        <DraftWord status={ticket.draft.isBlank ? 'empty' : ticket.draft.status} mode={null} />
      </div>
    </form>
  );
}

const MailWaits = () => {
  const t = useTicketsText();
  return useDesk().me.mailLeaves ? null : <p className="text-13 text-note-ink">{t('tickets.mail_waits')}</p>;
};

function KindAndPriority({ ticket }: { ticket: Beginning }) {
  const t = useTicketsText();
  return (
    <div className="grid max-w-form grid-cols-2 gap-3">
      <Select label={t('tickets.kind')} options={KINDS.map((id) => ({ id, label: t(kindText(id)) }))} value={ticket.kind} onChange={ticket.setKind} />
      <Select label={t('tickets.priority')} options={PRIORITIES.map((id) => ({ id, label: t(priorityText(id)) }))} value={ticket.priority} onChange={ticket.setPriority} />
    </div>
  );
}

const First = ({ ticket, first }: { ticket: Beginning; first: NewTicketProps['first'] }) => first?.({ kind: ticket.kind, onChange: ticket.setLanded });

const ChosenCustomer = ({ ticket, customer }: { ticket: Beginning; customer: TicketView['customer'] }) => {
  const t = useTicketsText();
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-13 font-medium">{t('tickets.customer')}</span>
      <TagList label={t('tickets.customer')} tags={[{ id: customer.id, name: [customer.name, customer.email].filter(Boolean).join(' · ') || t('tickets.nobody') }]} onRemove={() => ticket.setCustomer(null)} />
      {ticket.hasNoAddress && <p role="alert" className="text-13 text-danger-ink">{t('tickets.new.no_address')}</p>}
    </div>
  );
};

const From = ({ ticket, mailboxes }: { ticket: Beginning; mailboxes: readonly Mailbox[] }) => {
  const t = useTicketsText();
  const options = mailboxes.map(({ id, address, name }) => ({ id, label: name ? `${name} <${address}>` : address }));
  return <Select label={t('tickets.new.from')} options={options} value={ticket.mailboxId} onChange={(mailboxId) => ticket.draft.change({ mailboxId })} className="max-w-form" />;
};

const EDITOR_COMES = <div className="h-36 p-3"><Loading><Skeleton className="w-3/5" /></Loading></div>;

function Words({ ticket, isMail }: { ticket: Beginning; isMail: boolean }) {
  const t = useTicketsText();
  const { draft, uploads, attachments } = ticket;
  return (
    <div className="overflow-hidden rounded-control border border-border/80 bg-surface">
      {isMail && <div className="border-b border-hairline py-1"><AddressField label={t('tickets.cc')} addresses={ticket.cc} nameOf={(address) => address} onChange={(cc) => draft.change({ cc })} /></div>}
      <Suspense fallback={EDITOR_COMES}>
        {draft.status === 'loading' ? EDITOR_COMES : (
          <Editor
            key={`${draft.revision} ${isMail}`}
            label={t(isMail ? 'tickets.write.reply' : 'tickets.write.call')}
            placeholder={t(isMail ? 'tickets.new.words' : 'tickets.write.call.hint')}
            initialHtml={ticket.html}
            autoFocus={false}
            onChange={(html) => draft.change({ html })}
            onSubmit={ticket.submit}
            onFiles={uploads.add}
          />
        )}
      </Suspense>
      <AttachmentTray attachments={attachments} uploads={uploads.uploads} onRemove={(id) => draft.change({ attachments: attachments.filter((one) => one.id !== id) })} onDrop={uploads.drop} />
    </div>
  );
}
