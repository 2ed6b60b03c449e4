import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, BellPlus, BookPlus, Link2, Merge, MessageCircleQuestionMark, MessagesSquare, OctagonAlert, Pencil, ShieldCheck, Spline, Trash2, Undo2, UserRoundPen, Workflow } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { keysText, useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { Menu, type MenuEntry, type MenuGroup } from '../../../../ui/components/Menu.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { TicketView } from '../../core/contract.ts';
import { afterMenu } from '../after-menu.ts';
import { deleteTicket, restoreTicket, ticketChanged, useTicketChange } from '../changes.ts';
import { type Desk, useDesk, useMay } from '../desk.tsx';
import { useMenuActions } from '../menu-actions.ts';
import type { CustomerSlot, RulesSlot } from '../slots.ts';
import { useTicketsText } from '../text.ts';
import { MenuKeys, withKeys } from './menu-keys.tsx';
import { MergeDialog } from './MergeDialog.tsx';
import { RelateDialog } from './RelatedTickets.tsx';
import { useCaseFile } from './use-case-file.ts';
import { useSpam } from './use-spam.ts';

type TicketMenuProps = { ticket: TicketView; pickCustomer: CustomerSlot; onSubject: () => void; trigger: ReactElement };
type Asked = 'merge' | 'relate' | 'customer' | 'delete' | 'rules' | null;

/** What is done to a ticket as a whole, and seldom. */
export function TicketMenu({ ticket, pickCustomer, onSubject, trigger }: TicketMenuProps) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const change = useTicketChange(ticket.id);
  const mayChange = useMay('tickets.change');
  const mayDelete = useMay('tickets.delete');
  const mayReply = useMay('tickets.reply');
  const { rules, proposeArticle, begin } = useDesk();
  const propose = useMutation({ mutationFn: async () => proposeArticle?.(ticket.id), onError: (error) => toast({ tone: 'failed', text: errorText(error) }) });
  const [asked, setAsked] = useState<Asked>(null);
  useBeginning(ticket, mayReply);
  const spam = useSpam(ticket);
  const caseFile = useCaseFile(ticket);
  const isDeleted = ticket.deletedAt !== null;
  const isMerged = ticket.mergedInto !== null;
  const restore = useMutation({
    mutationFn: () => restoreTicket(ticket.id),
    onSuccess: () => toast({ text: t('tickets.restored') }),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => ticketChanged(cache, ticket.id),
  });
  const remove = async () => {
    await deleteTicket(ticket.id);
    ticketChanged(cache, ticket.id);
    toast({ text: t('tickets.deleted'), action: { label: t('tickets.undo'), onAction: () => restore.mutate() } });
  };
  const copyLink = async () => {
    await navigator.clipboard.writeText(location.href);
    toast({ text: t('tickets.link_copied') });
  };

  const groups: MenuGroup[] = withKeys([
    {
      entries: mayChange && !isMerged ? [
        { id: 'subject', label: t('tickets.subject.edit'), icon: Pencil, onAction: () => afterMenu(onSubject) },
        { id: 'customer', label: t('tickets.change_customer'), icon: UserRoundPen, onAction: () => setAsked('customer') },
        ...(isDeleted ? [] : [{ id: 'merge', label: t('tickets.merge'), icon: Merge, onAction: () => setAsked('merge') }, { id: 'relate', label: t('tickets.relate'), icon: Spline, onAction: () => setAsked('relate') }]),
      ] : [],
    },
    {
      entries: [
        ...beginEntries(begin, ticket, mayReply, t),
        { id: 'link', label: t('tickets.copy_link'), icon: Link2, onAction: () => void copyLink() },
        ...caseFile,
        ...rulesEntry(rules, t, () => setAsked('rules')),
        ...articleEntry(proposeArticle, t, () => propose.mutate()),
      ],
    },
    { entries: mayChange && !isMerged ? spamEntries(ticket, spam, t) : [] },
    {
      entries: !mayDelete || isMerged || ticket.spam ? [] : isDeleted
        ? [{ id: 'restore', label: t('tickets.restore'), icon: Undo2, onAction: () => restore.mutate() }]
        : [{ id: 'delete', label: t('tickets.delete'), icon: Trash2, tone: 'danger', onAction: () => setAsked('delete') }],
    },
  ]);
  useMenuActions('', groups);

  return (
    <>
      <MenuKeys groups={groups} />
      <Menu
        label={t('tickets.menu')}
        placement="bottom end"
        trigger={trigger}
        groups={groups}
      />
      <ConfirmDialog isOpen={asked === 'delete'} onClose={() => setAsked(null)} title={t('tickets.delete.title')} verb={t('tickets.delete')} onConfirm={remove} errorText={errorText}>
        <p>{t('tickets.delete.what')}</p>
      </ConfirmDialog>
      <Dialog isOpen={asked === 'customer'} onClose={() => setAsked(null)} title={t('tickets.change_customer')}>
        <div className="flex flex-col gap-3">
          <p className="text-13 text-ink-soft">{t('tickets.change_customer.what')}</p>
          {pickCustomer({
            onChoose: (customer) => {
              change({ customerId: customer.id }, { customer });
              setAsked(null);
            },
          })}
        </div>
      </Dialog>
      <WhatRulesDid isAsked={asked === 'rules'} ticketId={ticket.id} onClose={() => setAsked(null)} />
      <Relating isAsked={asked === 'relate'} ticket={ticket} onClose={() => setAsked(null)} />
      {asked === 'merge' && <MergeDialog ticket={ticket} onClose={() => setAsked(null)} />}
    </>
  );
}

const Relating = ({ isAsked, ...props }: { isAsked: boolean; ticket: TicketView; onClose: () => void }) => isAsked && <RelateDialog {...props} />;

const articleEntry = (propose: Desk['proposeArticle'], t: ReturnType<typeof useTicketsText>, onAction: () => void) =>
  (propose ? [{ id: 'article', label: t('tickets.propose_article'), icon: BookPlus, onAction }] : []);

const rulesEntry = (rules: RulesSlot | null, t: ReturnType<typeof useTicketsText>, onAction: () => void) =>
  (rules ? [{ id: 'rules', label: t('tickets.what_rules_did'), icon: Workflow, onAction }] : []);

function WhatRulesDid({ isAsked, ...props }: Parameters<RulesSlot['dialog']>[0] & { isAsked: boolean }) {
  const { rules } = useDesk();
  return isAsked ? rules?.dialog(props) : null;
}

function spamEntries({ spam: isSpam, deletedAt }: TicketView, spam: ReturnType<typeof useSpam>, t: ReturnType<typeof useTicketsText>) {
  if (isSpam) return [{ id: 'not_spam', label: t('tickets.spam.not'), icon: ShieldCheck, onAction: spam.unmark }];
  if (deletedAt !== null) return [];
  const { markAndBlock } = spam;
  return [
    { id: 'spam', label: t('tickets.spam.mark'), icon: OctagonAlert, onAction: spam.mark },
    ...(markAndBlock ? [{ id: 'spam_block', label: t('tickets.spam.mark_and_block'), icon: Ban, onAction: markAndBlock }] : []),
  ];
}

/** What is begun beside the ticket. */
const beginEntries = (begin: Desk['begin'], { id: ticketId, deletedAt, mergedInto }: TicketView, mayReply: boolean, t: ReturnType<typeof useTicketsText>): MenuEntry[] =>
  (!mayBegin(begin, { deletedAt, mergedInto }) ? [] : [
    { id: 'ask', label: t('tickets.ask'), icon: MessageCircleQuestionMark, keys: keysText(BEGIN.ask), onAction: () => afterMenu(() => begin?.('ask', ticketId)) },
    ...(mayReply ? [{ id: 'aside', label: t('tickets.aside'), icon: MessagesSquare, keys: keysText(BEGIN.aside), onAction: () => afterMenu(() => begin?.('aside', ticketId)) }] : []),
    { id: 'remind', label: t('tickets.remind'), icon: BellPlus, keys: keysText(BEGIN.reminder), onAction: () => afterMenu(() => begin?.('reminder', ticketId)) },
  ]);

const BEGIN = { ask: { code: 'KeyQ' }, aside: { code: 'KeyB' }, reminder: { code: 'KeyH' } } as const;

const mayBegin = (begin: Desk['begin'], { deletedAt, mergedInto }: Pick<TicketView, 'deletedAt' | 'mergedInto'>): boolean => begin !== null && deletedAt === null && mergedInto === null;

/** The same by a key each. */
function useBeginning(ticket: TicketView, mayReply: boolean): void {
  const t = useTicketsText();
  const { begin } = useDesk();
  const group = t('tickets.shortcuts.ticket');
  const disabled = !mayBegin(begin, ticket);
  useShortcut({ ...BEGIN.ask, label: t('tickets.ask'), group, disabled }, () => begin?.('ask', ticket.id));
  useShortcut({ ...BEGIN.aside, label: t('tickets.aside'), group, disabled: disabled || !mayReply }, () => begin?.('aside', ticket.id));
  useShortcut({ ...BEGIN.reminder, label: t('tickets.remind'), group, disabled }, () => begin?.('reminder', ticket.id));
}
