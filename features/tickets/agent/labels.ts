import { Building2, Globe, type LucideIcon, Mail, MailOpen, MessageCircle, Phone } from 'lucide-react';
import type { TicketView } from '../core/contract.ts';
import type { TicketsText } from './text.ts';

export const statusText = (status: TicketView['status']): TicketsText => `tickets.status.${status}`;
export const priorityText = (priority: TicketView['priority']): TicketsText => `tickets.priority.${priority}`;
export const kindText = (kind: TicketView['kind']): TicketsText => `tickets.kind.${kind}`;
export const channelText = (channel: TicketView['channel']): TicketsText => `tickets.channel.${channel}`;

export const CHANNEL_ICONS: Record<TicketView['channel'], LucideIcon> = {
  email: Mail, phone: Phone, desk: Building2, chat: MessageCircle, letter: MailOpen, web: Globe,
};

/** Statuses that a person may choose; the others come by themselves. */
export const CHOOSABLE_STATUSES = ['open', 'waiting_customer', 'waiting_third_party', 'scheduled', 'resolved'] as const;

/** A customer without a name is called by the address; one without either still is somebody. */
export const customerName = (customer: { name: string; email: string | null }, nobody: string): string => customer.name || customer.email || nobody;
