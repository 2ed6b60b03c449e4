import { useQuery } from '@tanstack/react-query';
import { BellRing, BookOpen, Building2, CalendarCheck, ChartNoAxesColumn, ContactRound, Hourglass, Inbox, type LucideIcon, MessagesSquare, Search, Send, ShieldAlert, Stamp, UsersRound } from 'lucide-react';
import { approvalCount } from '../../../../features/approvals/agent/queries.ts';
import { askCount } from '../../../../features/asks/agent/queries.ts';
import { myChats, widgetsQuery } from '../../../../features/chat/agent/queries.ts';
import { commitmentCounts } from '../../../../features/commitments/agent/queries.ts';
import { quarantineCount } from '../../../../features/email/agent/quarantine/queries.ts';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { reminderCount } from '../../../../features/reminders/agent/queries.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useAppText } from '../text.ts';

/** How much waits there. */
export type Waiting = { readonly figure: string; readonly inWords: string };
export type Place = { readonly href: string; readonly label: string; readonly icon: LucideIcon; readonly waiting?: Waiting };

type Known = { href: string; id: 'app.inbox' | 'app.chats' | 'app.promises' | 'app.search' | 'app.outbox' | 'app.today' | 'app.commitments' | 'app.approvals' | 'app.for_me' | 'app.quarantine' | 'app.here' | 'app.articles' | 'app.companies' | 'app.customers'; icon: LucideIcon; permission?: string };

const PLACES: readonly Known[] = [
  { href: '/inbox', id: 'app.inbox', icon: Inbox },
  { href: '/chats', id: 'app.chats', icon: MessagesSquare, permission: 'chat.work' },
  { href: '/promises', id: 'app.promises', icon: Hourglass, permission: 'sla.flags' },
  { href: '/search', id: 'app.search', icon: Search },
  { href: '/outbox', id: 'app.outbox', icon: Send, permission: 'outbox.read' },
  { href: '/today', id: 'app.today', icon: ChartNoAxesColumn, permission: 'reports.read' },
  { href: '/commitments', id: 'app.commitments', icon: CalendarCheck },
  { href: '/for-me', id: 'app.for_me', icon: BellRing, permission: 'tickets.note' },
  { href: '/approvals', id: 'app.approvals', icon: Stamp, permission: 'tickets.reply' },
  { href: '/customers', id: 'app.customers', icon: ContactRound, permission: 'customers.read' },
  { href: '/companies', id: 'app.companies', icon: Building2, permission: 'customers.read' },
  { href: '/articles', id: 'app.articles', icon: BookOpen, permission: 'articles.read' },
  { href: '/quarantine', id: 'app.quarantine', icon: ShieldAlert, permission: 'quarantine.read' },
  { href: '/here', id: 'app.here', icon: UsersRound, permission: 'routing.share' },
];

/** Where somebody may go, and how much waits for them there. A desk without a chat on any site has no place for chats, and one where no answer needs approval none for those. */
export function usePlaces(me: MeView): readonly Place[] {
  const t = useAppText();
  const waiting = useWaiting(me);
  const { data: chats } = useQuery({ ...widgetsQuery, enabled: me.permissions.includes('chat.work') });
  const { data: approvals } = useQuery({ ...approvalCount, enabled: me.permissions.includes('tickets.reply') });
  const isMade = ({ href }: Known): boolean => (href !== '/chats' || chats?.length !== 0) && (href !== '/approvals' || approvals?.inUse === true);
  return PLACES.filter((place) => isMade(place) && (!place.permission || me.permissions.includes(place.permission))).map(({ href, id, icon }) => {
    const some = waiting[href];
    return { href, label: t(id), icon, ...(some && { waiting: some }) };
  });
}

function useWaiting(me: MeView): Readonly<Record<string, Waiting | undefined>> {
  const t = useAppText();
  const format = useFormat();
  const { data: due } = useQuery(commitmentCounts);
  const { data: asks } = useQuery(askCount);
  const { data: reminders } = useQuery(reminderCount);
  const { data: held } = useQuery({ ...quarantineCount, enabled: me.permissions.includes('quarantine.read') });
  const { data: approvals } = useQuery({ ...approvalCount, enabled: me.permissions.includes('tickets.reply') });
  const { data: chats = [] } = useQuery({ ...myChats, enabled: me.permissions.includes('chat.work') });
  const waiting = (id: 'chats.waiting' | 'commitments.due' | 'approvals.waiting' | 'for_me.waiting' | 'quarantine.waiting', count = 0, isMore = false): Waiting | undefined =>
    (count > 0 ? { figure: `${format.number(count)}${isMore ? '+' : ''}`, inWords: t(`app.${id}`, { count }) } : undefined);
  return {
    '/chats': waiting('chats.waiting', chats.filter(({ waitingSince }) => waitingSince !== null).length),
    '/commitments': waiting('commitments.due', due?.due),
    // What came back waits for its writer.
    '/approvals': waiting('approvals.waiting', approvals && approvals.count + approvals.returned, approvals?.more),
    // An answer waits to be read.
    '/for-me': waiting('for_me.waiting', (asks ? asks.waiting + asks.answered : 0) + (reminders?.due ?? 0)),
    '/quarantine': waiting('quarantine.waiting', held?.count, held?.isMore),
  };
}
