import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { keysText } from '../../../../platform/browser/shortcuts.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { RadioGroup } from '../../../../ui/components/RadioGroup.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { Skeleton } from '../../../../ui/components/Skeleton.tsx';
import { TagList } from '../../../../ui/components/TagList.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { KINDS, PRIORITIES, type TicketView } from '../../core/contract.ts';
import { ticketChanged } from '../changes.ts';
import { AddressField } from '../composer/AddressField.tsx';
import { AttachmentTray } from '../composer/AttachmentTray.tsx';
import { AttachButton, DraftWord } from '../composer/ComposerFoot.tsx';
import { plainText } from '../composer/sending.ts';
import { useDraft } from '../composer/use-draft.ts';
import { useUploads } from '../composer/use-uploads.ts';
import { useDesk } from '../desk.tsx';
import { kindText, priorityText } from '../labels.ts';
import type { CustomerSlot } from '../ticket/TicketPane.tsx';
import { useTicketsText } from '../text.ts';
import { createTicket, type Way, WAYS } from './create.ts';

const Editor = lazy(() => import('../composer/Editor.tsx').then((file) => ({ default: file.Editor })));

type NewTicketProps = {
  /** Mailboxes that a letter may come from, the usual one first. */
  mailboxes: readonly { readonly id: string; readonly address: string; readonly name: string }[];
  pickCustomer: CustomerSlot;
  customer: TicketView['customer'] | null;
};

/** Writes to a customer first, or notes down a call or a talk. */
export function NewTicket({ mailboxes, pickCustomer, customer: given }: NewTicketProps) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { goToTicket, me } = useDesk();
  const draft = useDraft({ kind: 'new', ticketId: null });
  const uploads = useUploads((attached) => draft.change({ attachments: [...draft.draft.attachments, attached] }));
  const [way, setWay] = useState<Way>('email');
  const [customer, setCustomer] = useState(given);
  const [kind, setKind] = useState<TicketView['kind']>('question');
  const [priority, setPriority] = useState<TicketView['priority']>('normal');
  const intent = useRef(crypto.randomUUID());

  const { html, subject = '', cc = [], attachments } = draft.draft;
  const mailboxId = draft.draft.mailboxId ?? mailboxes[0]?.id;
  const hasNoAddress = way === 'email' && customer !== null && customer.email === null;
  const canSend = customer !== null && !hasNoAddress && subject.trim() !== '' && plainText(html) !== '' && !uploads.isBusy;

  const creating = useMutation({
    mutationFn: (chosen: TicketView['customer']) =>
      createTicket({ way, customer: chosen, subject: subject.trim(), html, cc, attachments, kind, priority, assigneeId: me.id, mailboxId }, intent.current),
    onSuccess: async (ticket) => {
      await draft.discard();
      ticketChanged(cache, ticket.id);
      toast({ text: t(way === 'email' ? 'tickets.sent' : 'tickets.noted') });
      goToTicket(ticket.id);
    },
  });
  const submit = () => {
    if (canSend && customer && !creating.isPending) creating.mutate(customer);
  };

  return (
    <form
      className="mx-auto flex w-full max-w-page flex-col gap-5 px-8 py-7 max-wide:px-4 max-wide:py-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <RadioGroup label={t('tickets.new.way')} layout="line" value={way} onChange={setWay} options={WAYS.map((id) => ({ id, label: t(`tickets.new.way.${id}`) }))} />
      {customer ? (
        <div className="flex flex-col gap-1.5">
          <span className="text-13 font-medium">{t('tickets.customer')}</span>
          <TagList label={t('tickets.customer')} tags={[{ id: customer.id, name: [customer.name, customer.email].filter(Boolean).join(' · ') || t('tickets.nobody') }]} onRemove={() => setCustomer(null)} />
          {hasNoAddress && <p role="alert" className="text-13 text-danger-ink">{t('tickets.new.no_address')}</p>}
        </div>
      ) : (
        pickCustomer({ onChoose: setCustomer })
      )}
      {way === 'email' && mailboxes.length > 1 && (
        <Select label={t('tickets.new.from')} options={mailboxes.map(({ id, address, name }) => ({ id, label: name ? `${name} <${address}>` : address }))}
          value={mailboxId ?? null} onChange={(id) => draft.change({ mailboxId: id })} className="max-w-form" />
      )}
      <TextField label={t('tickets.subject')} value={subject} onChange={(text) => draft.change({ subject: text })} maxLength={1000} isRequired />
      <div className="overflow-hidden rounded-control border border-border/80 bg-surface">
        {way === 'email' && <div className="border-b border-hairline py-1"><AddressField label={t('tickets.cc')} addresses={cc} nameOf={(address) => address} onChange={(next) => draft.change({ cc: next })} /></div>}
        <Suspense fallback={<div className="h-36 p-3"><Skeleton className="w-3/5" /></div>}>
          {draft.status !== 'loading' && (
            <Editor
              key={`${draft.revision} ${way === 'email'}`}
              label={t(way === 'email' ? 'tickets.write.reply' : 'tickets.write.call')}
              placeholder={t(way === 'email' ? 'tickets.new.words' : 'tickets.write.call.hint')}
              initialHtml={html}
              autoFocus={false}
              onChange={(next) => draft.change({ html: next })}
              onSubmit={submit}
              onFiles={uploads.add}
            />
          )}
        </Suspense>
        <AttachmentTray attachments={attachments} uploads={uploads.uploads} onRemove={(id) => draft.change({ attachments: attachments.filter((one) => one.id !== id) })} onDrop={uploads.drop} />
      </div>
      <div className="grid max-w-form grid-cols-2 gap-3">
        <Select label={t('tickets.kind')} options={KINDS.map((id) => ({ id, label: t(kindText(id)) }))} value={kind} onChange={setKind} />
        <Select label={t('tickets.priority')} options={PRIORITIES.map((id) => ({ id, label: t(priorityText(id)) }))} value={priority} onChange={setPriority} />
      </div>
      {creating.error && <Banner tone="danger">{errorText(creating.error)}</Banner>}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" tone="primary" isDisabled={!canSend} isPending={creating.isPending} keys={keysText({ code: 'Enter', mod: true })}>
          {t(way === 'email' ? 'tickets.new.send' : 'tickets.new.log')}
        </Button>
        <AttachButton onFiles={uploads.add} />
        <DraftWord status={draft.isBlank ? 'empty' : draft.status} mode={null} />
      </div>
    </form>
  );
}
