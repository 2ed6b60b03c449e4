import type { TicketView } from './contract.ts';
import { AWAKE, type TicketState } from './ticket.ts';

const when = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** A ticket as screens have it, as conditions see it. What the view does not tell is as at its last change. */
export const stateOf = (ticket: TicketView): TicketState => ({
  id: ticket.id, number: ticket.number, subject: ticket.subject, status: ticket.status, statusSince: new Date(ticket.updatedAt), priority: ticket.priority, kind: ticket.kind,
  channel: ticket.channel, customerId: ticket.customer.id, homeId: null, customerFlags: ticket.customer.flags, companyId: ticket.company?.id ?? null, isKeyAccount: ticket.company?.isKeyAccount ?? null, isPrivate: ticket.isPrivate, assigneeId: ticket.assignee?.id ?? null, followerIds: ticket.followerIds, teamId: ticket.team?.id ?? null, mailboxId: ticket.mailboxId, ...placeOf(ticket),
  language: ticket.language, languageFixed: false, tags: ticket.tags, fields: ticket.fields, snippet: ticket.snippet, waitingSince: when(ticket.waitingSince),
  lastMessageAt: new Date(ticket.lastMessageAt), version: ticket.version, createdAt: new Date(ticket.createdAt), updatedAt: new Date(ticket.updatedAt),
  resolvedAt: ticket.status === 'resolved' || ticket.status === 'closed' ? new Date(ticket.updatedAt) : null, closedAt: null, deletedAt: when(ticket.deletedAt), deletedBy: null, spamAt: null, mergedInto: null, ...sleepOf(ticket), wokenAt: when(ticket.wokenAt),
});

const placeOf = ({ brand, office, slaPolicyId, queueChoice }: TicketView) => ({ brandId: brand?.id ?? null, officeId: office?.id ?? null, slaPolicyId, queueChoice });

const sleepOf = ({ snooze }: TicketView) =>
  (snooze ? { snoozedAt: new Date(snooze.at), snoozedUntil: when(snooze.until), snoozedBy: null, wakesOn: snooze.ticket?.id ?? null } : AWAKE);
