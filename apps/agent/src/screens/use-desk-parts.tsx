import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { RuleMark } from '../../../../features/automation/agent/ticket/RuleMark.tsx';
import { TicketRuns } from '../../../../features/automation/agent/ticket/TicketRuns.tsx';
import { CustomerPanel } from '../../../../features/customers/agent/CustomerPanel.tsx';
import { CustomerPicker } from '../../../../features/customers/agent/CustomerPicker.tsx';
import { MisdirectedDialog } from '../../../../features/email/agent/incidents/MisdirectedDialog.tsx';
import { retryMail } from '../../../../features/email/agent/outbox/queries.ts';
import { blockSender } from '../../../../features/email/agent/spam/queries.ts';
import { SavedReplyPicker } from '../../../../features/macros/agent/insert/SavedReplyPicker.tsx';
import { meQuery } from '../../../../features/people/agent/queries.ts';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { takeNext } from '../../../../features/routing/agent/take-next.ts';
import { LoadHint } from '../../../../features/routing/agent/ticket/LoadHint.tsx';
import { WhyButton } from '../../../../features/routing/agent/ticket/WhyButton.tsx';
import { PromiseMark } from '../../../../features/sla/agent/PromiseMark.tsx';
import { PromisesPart } from '../../../../features/sla/agent/PromisesPart.tsx';
import type { Desk } from '../../../../features/tickets/agent/desk.tsx';
import { EarlierTickets } from '../../../../features/tickets/agent/EarlierTickets.tsx';
import type { CustomerSlot, RulesSlot, SavedReplySlot } from '../../../../features/tickets/agent/slots.ts';

/** Who is signed in; the shell draws nothing below it before that is known. */
export function useMe(): MeView {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error('A desk screen was drawn before anybody signed in');
  return data;
}

/** What the tickets room needs to know about the world around it. */
export function useDeskOf(me: MeView, ticketHref: (ticketId: string) => string): Desk {
  const router = useRouter();
  const cache = useQueryClient();
  return {
    me,
    ticketHref,
    goToTicket: (ticketId) => router.history.push(ticketHref(ticketId)),
    retryDelivery: me.permissions.includes('outbox.retry') ? retryMail : null,
    misdirected: me.permissions.includes('tickets.reply') ? (props) => <MisdirectedDialog {...props} /> : null,
    rules: rulesSlot(me),
    promise: me.permissions.includes('sla.list') ? PromiseMark : null,
    blockSender: me.permissions.includes('senders.block') ? blockSender : null,
    routing: me.permissions.includes('routing.read') ? { load: LoadHint, why: WhyButton, takeNext: () => takeNext(cache) } : null,
  };
}

export const customerSlot = (me: MeView): CustomerSlot =>
  ({ onChoose }) => <CustomerPicker onChoose={onChoose} mayCreate={me.permissions.includes('customers.change')} />;

/** What rules did is for everybody who reads tickets; the rules themselves are not. */
function rulesSlot({ permissions }: MeView): RulesSlot {
  const ruleHref = permissions.includes('rules.list') ? (id: string) => `/settings/rules/${id}` : null;
  const dialog: RulesSlot['dialog'] = (props) => <TicketRuns {...props} mayChange={permissions.includes('tickets.change')} ruleHref={ruleHref} />;
  return { dialog, mark: (props) => <RuleMark {...props} runs={(onClose) => dialog({ ticketId: props.ticketId, onClose })} /> };
}

export const savedReplySlot = (ticketId: string): SavedReplySlot =>
  (props) => <SavedReplyPicker ticketId={ticketId} {...props} />;

export const CustomerAside = ({ me, customerId, ticketId, onBack }: { me: MeView; customerId: string; ticketId: string | null; onBack: (() => void) | null }) => (
  <CustomerPanel
    customerId={customerId}
    mayChange={me.permissions.includes('customers.change')}
    first={ticketId && me.permissions.includes('sla.list') && <PromisesPart key={ticketId} ticketId={ticketId} />}
    earlier={<EarlierTickets customerId={customerId} currentId={ticketId} />}
    onBack={onBack}
  />
);
