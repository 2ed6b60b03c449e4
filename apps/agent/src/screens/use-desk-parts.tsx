import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useApprovalLines } from '../../../../features/approvals/agent/lines.ts';
import { TicketApprovals } from '../../../../features/approvals/agent/ticket/TicketApprovals.tsx';
import { useAsideLines } from '../../../../features/asides/agent/lines.ts';
import type { AsideSlots } from '../../../../features/asides/agent/slots.ts';
import { TicketAsides } from '../../../../features/asides/agent/TicketAsides.tsx';
import { TicketAsks } from '../../../../features/asks/agent/TicketAsks.tsx';
import { RuleMark } from '../../../../features/automation/agent/ticket/RuleMark.tsx';
import { TicketRuns } from '../../../../features/automation/agent/ticket/TicketRuns.tsx';
import { ChatBox } from '../../../../features/chat/agent/ticket/ChatBox.tsx';
import { useChecklistLines } from '../../../../features/checklists/agent/lines.ts';
import { TicketChecklists } from '../../../../features/checklists/agent/ticket/TicketChecklists.tsx';
import { makePending } from '../../../../features/commitments/agent/composer/pending.ts';
import { PromisePicker } from '../../../../features/commitments/agent/composer/PromisePicker.tsx';
import { CustomerPromises } from '../../../../features/commitments/agent/panel/CustomerPromises.tsx';
import { TicketPromises } from '../../../../features/commitments/agent/panel/TicketPromises.tsx';
import { useCommitmentLines } from '../../../../features/commitments/agent/lines.ts';
import { useCommitmentsText } from '../../../../features/commitments/agent/text.ts';
import { PersonCompanies } from '../../../../features/companies/agent/PersonCompanies.tsx';
import { CustomerPanel } from '../../../../features/customers/agent/CustomerPanel.tsx';
import { PopUpNotes } from '../../../../features/customers/agent/PopUpNotes.tsx';
import { customerOne } from '../../../../features/customers/agent/queries.ts';
import { CustomerPicker } from '../../../../features/customers/agent/CustomerPicker.tsx';
import { MisdirectedDialog } from '../../../../features/email/agent/incidents/MisdirectedDialog.tsx';
import { retryMail } from '../../../../features/email/agent/outbox/queries.ts';
import { blockSender } from '../../../../features/email/agent/spam/queries.ts';
import { ArticlePicker } from '../../../../features/knowledge/agent/insert/ArticlePicker.tsx';
import { proposeArticle } from '../../../../features/knowledge/agent/propose.ts';
import { useKnowledgeText } from '../../../../features/knowledge/agent/text.ts';
import { meQuery } from '../../../../features/people/agent/queries.ts';
import type { MeView } from '../../../../features/people/core/contract.ts';
import type { Permission } from '../../../../features/people/core/permissions.ts';
import { TicketReminders } from '../../../../features/reminders/agent/TicketReminders.tsx';
import { takeNext } from '../../../../features/routing/agent/take-next.ts';
import { LoadHint } from '../../../../features/routing/agent/ticket/LoadHint.tsx';
import { QueueChoice } from '../../../../features/routing/agent/ticket/QueueChoice.tsx';
import { WhyButton } from '../../../../features/routing/agent/ticket/WhyButton.tsx';
import { PromiseMark } from '../../../../features/sla/agent/PromiseMark.tsx';
import { usePromiseLines } from '../../../../features/sla/agent/lines.ts';
import { PromisesPart } from '../../../../features/sla/agent/PromisesPart.tsx';
import { ticketOne } from '../../../../features/tickets/agent/queries.ts';
import { useTicketsText } from '../../../../features/tickets/agent/text.ts';
import { putIntoReply } from '../../../../features/tickets/agent/composer/use-draft.ts';
import { upload } from '../../../../features/tickets/agent/composer/upload.ts';
import { Delivery } from '../../../../features/tickets/agent/timeline/Delivery.tsx';
import type { Beginning, Desk } from '../../../../features/tickets/agent/desk.tsx';
import { TicketIncidents } from '../../../../features/status/agent/ticket/TicketIncidents.tsx';
import { useTicketChange } from '../../../../features/tickets/agent/changes.ts';
import { EarlierTickets } from '../../../../features/tickets/agent/EarlierTickets.tsx';
import type { CommitmentSlot, CustomerSlot, PromiseSlot, RulesSlot, SavedReplySlot } from '../../../../features/tickets/agent/slots.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { toast } from '../../../../ui/components/Toast.tsx';
import { withSelectedOf } from './bulk-seat.tsx';
import { CHAT_TOOLS } from './chat-seat.tsx';
import { TicketReplies } from './TicketReplies.tsx';
import { CustomerOwnFields, TicketOwnFields, useOwnFieldWords } from './fields-seat.tsx';
import { useAsideShown, withAside } from './with-aside.ts';

const ASIDE_SLOTS: AsideSlots = {
  upload: (file) => upload(file, () => undefined, new AbortController().signal), delivery: (props) => <Delivery {...props} onRetry={null} />,
};

/** Who is signed in; the shell draws nothing below it before that is known. */
export function useMe(): MeView {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error('A desk screen was drawn before anybody signed in');
  return data;
}

/** What the tickets room needs to know about the world around it; the same while nothing of it is another, since all that stands on a desk hears of it. */
export function useDeskOf(me: MeView, ticketHref: (ticketId: string) => string): Desk {
  const router = useRouter();
  const cache = useQueryClient();
  const commitments = useCommitments();
  const propose = useProposing();
  const ownField = useOwnFieldWords();
  const elsewhere = useElsewhere();
  const [begun, setBegun] = useState<{ what: Beginning; ticketId: string } | null>(null);
  const asideId = useAsideShown();
  return useMemo(() => {
    const isBegun = (what: Beginning, ticketId: string) => begun?.what === what && begun.ticketId === ticketId;
    const onBegun = () => setBegun(null);
    const may = (permission: Permission) => me.permissions.includes(permission);
    const mayReply = may('tickets.reply');
    return {
      me,
      ticketHref,
      followTicket: (fromId, toId) => { if (fromId !== toId && router.state.location.pathname.split('/').includes(fromId)) router.history.push(ticketHref(toId)); },
      goToTicket: (ticketId, shownId) => router.history.push(withAside(ticketHref(ticketId), shownId)),
      retryDelivery: may('outbox.retry') ? retryMail : null,
      misdirected: mayReply ? (props) => <MisdirectedDialog {...props} /> : null,
      rules: rulesSlot(me),
      saved: null,
      proposeArticle: may('articles.write') ? propose : null,
      withSelected: withSelectedOf(me),
      begin: may('tickets.note') ? (what, ticketId) => setBegun({ what, ticketId }) : null,
      elsewhere,
      ahead: ({ customer }) => void cache.prefetchQuery(customerOne(customer.id)),
      underFacts: ({ ticket }) => (
        // The talk below keeps more than half of the room.
        <div className="max-h-2/5 shrink-0 overflow-auto">
          <PopUpNotes key={ticket.id} customerId={ticket.customer.id} />
          <TicketApprovals ticketId={ticket.id} meId={me.id} putIntoReply={replyOf(me)} />
          <TicketAsides key={`${ticket.id} ${asideId}`} ticketId={ticket.id} shownId={asideId} mayWrite={mayReply} slots={ASIDE_SLOTS} isStarting={isBegun('aside', ticket.id)} onStarted={onBegun} />
          <TicketAsks ticketId={ticket.id} meId={me.id} isAsking={isBegun('ask', ticket.id)} onAsked={onBegun} />
          <TicketReminders ticketId={ticket.id} meId={me.id} isMaking={isBegun('reminder', ticket.id)} onMade={onBegun} />
          <TicketChecklists ticketId={ticket.id} mayChange={may('tickets.change')} />
        </div>
      ),
      ownField,
      promisedTo: (customerId) => <CustomerPromises customerId={customerId} ticketHref={ticketHref} />,
      chat: may('chat.read') ? (props) => <ChatBox {...props} tools={CHAT_TOOLS} mayWork={may('chat.work')} /> : null,
      promise: !may('sla.list') ? null : may('sla.agree') ? LeadsPromiseMark : PromiseMark,
      commitments: may('tickets.change') ? commitments : null,
      blockSender: may('senders.block') ? blockSender : null,
      routing: may('routing.read') ? { load: LoadHint, why: WhyButton, takeNext: () => takeNext(cache) } : null,
    };
  }, [me, ticketHref, router, cache, commitments, propose, ownField, elsewhere, begun, asideId]);
}

/** Makes a draft of an article from a ticket and goes there. */
function useProposing(): (ticketId: string) => Promise<void> {
  const router = useRouter();
  const t = useKnowledgeText();
  return useCallback(async (ticketId: string) => {
    router.history.push(`/articles/${await proposeArticle(ticketId)}`);
    toast({ text: t('knowledge.proposed') });
  }, [router, t]);
}

/** What other rooms told of a ticket, in their words. */
function useElsewhere(): NonNullable<Desk['elsewhere']> {
  const [promised, deadlines, lists, approved, beside] = [useCommitmentLines(), usePromiseLines(), useChecklistLines(), useApprovalLines(), useAsideLines()];
  return useCallback((told) => promised(told) ?? deadlines(told) ?? lists(told) ?? approved(told) ?? beside(told), [promised, deadlines, lists, approved, beside]);
}

export const customerSlot = (me: MeView): CustomerSlot =>
  ({ onChoose }) => <CustomerPicker onChoose={onChoose} mayCreate={me.permissions.includes('customers.change')} />;

function useCommitments(): CommitmentSlot {
  const t = useCommitmentsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  return useMemo(() => ({
    whileWriting: (props) => <PromisePicker {...props} />,
    sent: (ticketId, entryId) => void makePending(cache, ticketId, entryId).then((failures) => {
      for (const why of failures) toast({ tone: 'failed', text: t('commitments.failed', { why: errorText(why) }) });
    }),
  }), [t, errorText, cache]);
}

/** Words for a customer go where somebody reads them before they leave; null for who may not reply. */
export const replyOf = (me: MeView) =>
  (me.permissions.includes('tickets.reply') ? (ticketId: string, text: string) => putIntoReply(me.id, ticketId, text) : null);

/** What rules did is for everybody who reads tickets; the rules themselves are not. */
function rulesSlot({ permissions }: MeView): RulesSlot {
  const ruleHref = permissions.includes('rules.list') ? (id: string) => `/settings/rules/${id}` : null;
  const dialog: RulesSlot['dialog'] = (props) => <TicketRuns {...props} mayChange={permissions.includes('tickets.change')} ruleHref={ruleHref} />;
  return { dialog, mark: (props) => <RuleMark {...props} runs={(onClose) => dialog({ ticketId: props.ticketId, onClose })} /> };
}

/** Saved replies, and articles for who may read them. */
export const savedReplySlot = (ticketId: string): SavedReplySlot =>
  (props) => (
    <>
      <TicketReplies ticketId={ticketId} {...props} />
      <TicketArticles ticketId={ticketId} onInsert={props.onInsert} />
    </>
  );

function TicketArticles({ ticketId, onInsert }: { ticketId: string; onInsert: (html: string) => void }) {
  const { data: ticket } = useQuery(ticketOne(ticketId));
  return <ArticlePicker ticketId={ticketId} language={ticket?.language ?? null} onInsert={onInsert} />;
}

export const CustomerAside = ({ me, customerId, ticketId, onBack }: { me: MeView; customerId: string; ticketId: string | null; onBack: (() => void) | null }) => (
  <CustomerPanel
    customerId={customerId}
    mayChange={me.permissions.includes('customers.change')}
    mayJudge={me.permissions.includes('customers.judge')}
    hrefOf={(id) => `/customers/${id}`}
    first={(
      <>
        {ticketId && <OfTicket me={me} ticketId={ticketId} />}
        {ticketId ? <CompanyBeside key={`${ticketId} ${customerId} company`} me={me} customerId={customerId} ticketId={ticketId} /> : <PersonCompanies customerId={customerId} mayChange={me.permissions.includes('customers.change')} hrefOf={companyHref} ticket={null} />}
      </>
    )}
    details={<CustomerOwnFields key={customerId} customerId={customerId} mayChange={me.permissions.includes('customers.change')} />}
    earlier={<EarlierTickets customerId={customerId} currentId={ticketId} />}
    onBack={onBack}
  />
);

const companyHref = (id: string): string => `/companies/${id}`;

function CompanyBeside({ me, customerId, ticketId }: { me: MeView; customerId: string; ticketId: string }) {
  const { data: ticket } = useQuery(ticketOne(ticketId));
  const change = useTicketChange(ticketId);
  const mayChange = me.permissions.includes('tickets.change') && ticket?.deletedAt === null && ticket.mergedInto === null;
  return <PersonCompanies customerId={customerId} mayChange={me.permissions.includes('customers.change')} hrefOf={companyHref} ticket={ticket ? { company: ticket.company, isPrivate: ticket.isPrivate, mayChange, change } : null} />;
}

/** What is promised, and where it waits: as the conditions say, or as somebody chooses. */
function SharedOut({ me, ticketId }: { me: MeView; ticketId: string }) {
  const { data: ticket } = useQuery(ticketOne(ticketId));
  const change = useTicketChange(ticketId);
  const group = useTicketsText()('tickets.shortcuts.ticket');
  const mayChange = me.permissions.includes('tickets.change') && ticket?.deletedAt === null && ticket.mergedInto === null && ticket.status !== 'closed';
  const policy = mayChange ? { id: ticket.slaPolicyId, choose: (slaPolicyId: string | null) => change({ slaPolicyId }, { slaPolicyId }) } : null;
  const queue = mayChange ? { choice: ticket.queueChoice, choose: (queueChoice: string | null) => change({ queueChoice }, { queueChoice }) } : null;
  return (
    <>
      {me.permissions.includes('sla.list') && <PromisesPart ticketId={ticketId} mayAgree={me.permissions.includes('sla.agree')} chosen={policy} group={group} />}
      {me.permissions.includes('routing.read') && <QueueChoice ticketId={ticketId} chosen={queue} group={group} />}
    </>
  );
}

const LeadsPromiseMark: PromiseSlot = (props) => <PromiseMark {...props} mayAgree />;

const OfTicket = ({ me, ticketId }: { me: MeView; ticketId: string }) => (
  <>
    <TicketOwnFields key={`${ticketId} fields`} ticketId={ticketId} mayChange={me.permissions.includes('tickets.change')} />
    <SharedOut key={`${ticketId} shared`} me={me} ticketId={ticketId} />
    <TicketIncidents key={`${ticketId} status`} ticketId={ticketId} mayChange={me.permissions.includes('tickets.change')} />
    <TicketPromises key={`${ticketId} given`} ticketId={ticketId} meId={me.permissions.includes('tickets.change') ? me.id : null} putIntoReply={replyOf(me)} />
  </>
);
