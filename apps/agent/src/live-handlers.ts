import { rulesLive } from '../../../features/automation/agent/live.ts';
import { calendarsLive } from '../../../features/calendars/agent/settings/live.ts';
import { charterLive } from '../../../features/charter/agent/live.ts';
import { approvalsLive } from '../../../features/approvals/agent/live.ts';
import { asidesLive } from '../../../features/asides/agent/live.ts';
import { asksLive } from '../../../features/asks/agent/live.ts';
import { checklistsLive } from '../../../features/checklists/agent/live.ts';
import { chatLive } from '../../../features/chat/agent/live.ts';
import { commitmentsLive } from '../../../features/commitments/agent/live.ts';
import { companiesLive } from '../../../features/companies/agent/live.ts';
import { customersLive } from '../../../features/customers/agent/live.ts';
import { outboxLive } from '../../../features/email/agent/outbox/live.ts';
import { quarantineLive } from '../../../features/email/agent/quarantine/live.ts';
import { sendingLive } from '../../../features/email/agent/sending/live.ts';
import { mailboxesLive } from '../../../features/email/agent/settings/live.ts';
import { suppressionsLive } from '../../../features/email/agent/suppressions/live.ts';
import { spamLive } from '../../../features/email/agent/spam/live.ts';
import { knowledgeLive } from '../../../features/knowledge/agent/live.ts';
import { savedRepliesLive } from '../../../features/macros/agent/settings/live.ts';
import { noticesLive } from '../../../features/notifications/agent/live.ts';
import { peopleLive } from '../../../features/people/agent/live.ts';
import { fieldsLive } from '../../../features/fields/agent/live.ts';
import { intakeLive } from '../../../features/intake/agent/live.ts';
import { requestsLive } from '../../../features/requests/agent/live.ts';
import { remindersLive } from '../../../features/reminders/agent/live.ts';
import { routingLive } from '../../../features/routing/agent/live.ts';
import { slaLive } from '../../../features/sla/agent/live.ts';
import { ticketMoved, ticketsLive } from '../../../features/tickets/agent/live.ts';
import { statusLive } from '../../../features/status/agent/live.ts';
import { viewsLive } from '../../../features/views/agent/live.ts';
import { importsLive } from '../../../features/imports/agent/live.ts';
import { webhooksLive } from '../../../features/webhooks/agent/live.ts';
import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

/** Promises, checklists and approvals stand in the timeline of their ticket, and the dates of promises in the lists. */
const promisesOnTickets: AnyLiveHandlers = { 'commitment.*': ticketMoved, 'checklist.*': ticketMoved, 'approval.*': ticketMoved, 'aside.*': ticketMoved };

/** What each room does when the server says that something happened. */
export const liveHandlers: readonly AnyLiveHandlers[] = [approvalsLive, asidesLive, asksLive, remindersLive, checklistsLive, peopleLive, calendarsLive, chatLive, commitmentsLive, customersLive, companiesLive, fieldsLive, importsLive, intakeLive, ticketsLive, viewsLive, promisesOnTickets, outboxLive, mailboxesLive, sendingLive, quarantineLive, spamLive, suppressionsLive, savedRepliesLive, knowledgeLive, routingLive, rulesLive, slaLive, noticesLive, webhooksLive, requestsLive, statusLive, charterLive];
