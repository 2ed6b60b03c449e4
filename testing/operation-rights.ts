import type { Permission } from '../features/people/core/permissions.ts';
import type { Method } from './test-app.ts';

export type Operation = { method: Method; path: string };

/** Every operation of the published API. */
export function operations(document: { paths?: Record<string, Record<string, unknown>> }): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase() as Method, path })));
}

/** Open to everybody by design: signing in, links with a secret of their own, signed files. */
const PUBLIC = new Set([
  'POST /api/v1/session', 'DELETE /api/v1/session', 'GET /api/v1/setup', 'POST /api/v1/setup', 'POST /api/v1/setup/check', 'POST /api/v1/invitations', 'POST /api/v1/invitations/check',
  'POST /api/v1/session/second-step', 'POST /api/v1/session/second-step/passkey-options', 'POST /api/v1/session/passkey', 'POST /api/v1/session/passkey-options',
  'POST /api/v1/session/enrolment/totp', 'POST /api/v1/session/enrolment/totp/confirmation', 'POST /api/v1/session/enrolment/passkey', 'POST /api/v1/session/enrolment/passkey-options',
  'POST /api/v1/password-resets', 'POST /api/v1/password-resets/use', 'GET /api/v1/files/{token}', 'GET /api/v1/files/{token}/player', 'GET /api/v1/files/{token}/preview', 'GET /api/v1/content/{token}',
  // Comes back from a provider: a state that is not of this very session is answered like no sign-in at all.
  'GET /api/v1/email/oauth/callback', 'GET /api/v1/unsubscriptions/{token}', 'POST /api/v1/unsubscriptions/{token}',
  // The address is the secret.
  'POST /api/v1/incoming/{token}',
  // Customers write without signing in.
  'POST /api/v1/requests', 'GET /api/v1/requests/challenge',
]);
/** Visitors show a secret of their own. */
export const isPublic = ({ method, path }: Operation): boolean => PUBLIC.has(`${method} ${path}`) || path.startsWith('/api/v1/visitor/');

/** What an operation asks of whoever calls it: a right, a session of one's own (no token), or only that one is signed in. */
export type Needed = Permission | 'session' | 'anybody';

/**
 * Every operation of the API that is not open to the world, by what it needs. A new operation is refused by
 * `apps/server/strangers.test.ts` until it stands here.
 */
export const OPERATIONS: Readonly<Partial<Record<Needed, readonly string[]>>> = {
  'approvals.list': [
    'GET /approval-policies',
  ],
  'approvals.manage': [
    'POST /approval-policies', 'PUT /approval-policies/order', 'PATCH /approval-policies/{id}', 'DELETE /approval-policies/{id}',
  ],
  'articles.publish': [
    'POST /article-categories', 'PATCH /article-categories/{id}', 'DELETE /article-categories/{id}', 'POST /article-synonyms', 'DELETE /article-synonyms/{id}', 'POST /articles/{id}/reviews',
    'DELETE /articles/{id}/texts/{language}', 'POST /knowledge/gaps/closures', 'PUT /knowledge/settings',
  ],
  'articles.read': [
    'GET /article-categories', 'GET /article-synonyms', 'GET /articles', 'GET /articles/{id}', 'GET /articles/{id}/figures', 'POST /articles/{id}/uses', 'GET /articles/{id}/versions/{language}',
    'GET /articles/{id}/versions/{language}/{version}', 'GET /articles/{id}/votes', 'GET /knowledge/figures', 'GET /knowledge/gaps', 'GET /knowledge/settings',
  ],
  'articles.write': [
    'POST /articles', 'POST /articles/pictures', 'POST /articles/proposals', 'PATCH /articles/{id}', 'DELETE /articles/{id}', 'POST /articles/{id}/restorations', 'PUT /articles/{id}/texts/{language}',
  ],
  'audit.read': [
    'GET /audit', 'GET /audit.csv',
  ],
  'calendars.list': [
    'GET /calendar-countries', 'GET /calendar-places', 'GET /calendar-places/holding', 'GET /calendars', 'GET /calendars/{id}', 'GET /calendars/{id}/days', 'POST /calendars/{id}/due',
    'POST /calendars/{id}/measurements', 'GET /calendars/{id}/opening',
  ],
  'calendars.manage': [
    'POST /calendar-places', 'PUT /calendar-places/{id}', 'DELETE /calendar-places/{id}', 'POST /calendars', 'PATCH /calendars/{id}', 'DELETE /calendars/{id}', 'POST /calendars/{id}/days',
    'PATCH /calendars/{id}/days/{dayId}', 'DELETE /calendars/{id}/days/{dayId}',
  ],
  'chat.manage': [
    'GET /chat/bans', 'POST /chat/widgets', 'PATCH /chat/widgets/{id}', 'DELETE /chat/widgets/{id}', 'POST /chat/widgets/{id}/secrets', 'DELETE /chat/widgets/{id}/secrets',
  ],
  'chat.read': [
    'GET /chat/mine', 'GET /chat/widgets', 'GET /chat/widgets/{id}', 'GET /tickets/{id}/chat',
  ],
  'chat.work': [
    'GET /chat/attending', 'DELETE /chat/bans/{id}', 'POST /tickets/{id}/chat/ban', 'POST /tickets/{id}/chat/ending', 'POST /tickets/{id}/chat/messages', 'PUT /tickets/{id}/chat/read',
    'POST /tickets/{id}/chat/transfer', 'PUT /tickets/{id}/chat/typing',
  ],
  'checklists.list': [
    'GET /checklist-templates',
  ],
  'checklists.manage': [
    'POST /checklist-templates', 'PATCH /checklist-templates/{id}', 'DELETE /checklist-templates/{id}',
  ],
  'companies.share': [
    'DELETE /companies/{id}',
  ],
  'customers.change': [
    'PUT /customers/{id}/likenesses/{to}/separation', 'DELETE /customers/{id}/likenesses/{to}/separation',
    'POST /companies', 'PATCH /companies/{id}', 'PUT /companies/{id}/people/{customerId}', 'DELETE /companies/{id}/people/{customerId}', 'POST /customers', 'PATCH /customers/{id}',
    'PUT /customers/{id}/flags/{flag}', 'DELETE /customers/{id}/flags/{flag}', 'POST /customers/{id}/identities', 'DELETE /customers/{id}/identities/{identityId}', 'POST /customers/{id}/merges',
  ],
  'customers.judge': [
    'GET /customers/flag-reviews',
  ],
  'customers.read': [
    'GET /customers/likenesses',
    'GET /companies', 'GET /companies/{id}', 'GET /companies/{id}/people', 'GET /customers', 'GET /customers/beside', 'GET /customers/{id}', 'GET /customers/{id}/companies', 'GET /customers/{id}/flags',
    'GET /customers/{id}/merges', 'GET /customers/{id}/notes', 'GET /customers/{id}/timeline', 'GET /email/suppressions',
  ],
  'fields.list': [
    'GET /fields', 'GET /intakes', 'GET /intakes/{kind}',
  ],
  'fields.manage': [
    'POST /fields', 'PUT /fields/order', 'PATCH /fields/{id}', 'DELETE /fields/{id}', 'DELETE /intakes/{kind}', 'PUT /intakes/{kind}',
  ],
  'imports.manage': [
    'GET /imports', 'POST /imports', 'GET /imports/{id}', 'PATCH /imports/{id}', 'GET /imports/{id}/faults.csv', 'GET /imports/{id}/preview', 'POST /imports/{id}/run', 'DELETE /imports/{id}/run',
    'POST /imports/{id}/undo',
  ],
  'incidents.read': [
    'GET /email/incidents',
  ],
  'ledger.read': [
    'GET /email/ledger', 'GET /email/ledger/{id}',
  ],
  'macros.list': [
    'GET /saved-replies', 'POST /saved-replies/{id}/applications', 'POST /saved-replies/{id}/renderings',
  ],
  'macros.manage': [
    'POST /saved-replies', 'PATCH /saved-replies/{id}', 'DELETE /saved-replies/{id}',
  ],
  'mail.deliver': [
    'POST /email/inbound',
  ],
  'mailboxes.list': [
    'GET /mailboxes',
  ],
  'mailboxes.manage': [
    'GET /email/intake', 'GET /email/oauth/clients', 'PUT /email/oauth/clients/{provider}', 'DELETE /email/oauth/clients/{provider}', 'PUT /email/quarantine/settings', 'POST /mailboxes',
    'PATCH /mailboxes/{id}', 'DELETE /mailboxes/{id}', 'GET /mailboxes/{id}/sign-in', 'GET /mailboxes/{id}/source', 'PUT /mailboxes/{id}/source', 'DELETE /mailboxes/{id}/source',
    'POST /mailboxes/{id}/source/tests', 'POST /relay/tests', 'GET /relays', 'POST /relays', 'POST /relays/tests', 'PUT /relays/{id}', 'DELETE /relays/{id}', 'GET /sending-domains',
    'POST /sending-domains/{domain}/checks', 'POST /sending-domains/{domain}/keys',
  ],
  'outbox.read': [
    'GET /outbox', 'GET /outbox/{id}',
  ],
  'outbox.retry': [
    'POST /outbox/{id}/retries',
  ],
  'people.list': [
    'GET /faces',
    'GET /people', 'GET /teams',
  ],
  'people.manage': [
    'DELETE /people/{id}/face',
    'POST /people', 'PATCH /people/{id}', 'PUT /people/{id}/deactivation', 'DELETE /people/{id}/deactivation', 'POST /people/{id}/invitations', 'DELETE /people/{id}/two-step',
  ],
  'quarantine.decide': [
    'POST /email/quarantine/decisions', 'DELETE /email/quarantine/decisions/{id}',
  ],
  'quarantine.read': [
    'GET /email/quarantine', 'GET /email/quarantine/count', 'GET /email/quarantine/settings', 'GET /email/quarantine/{id}',
  ],
  'reports.read': [
    'GET /queues/{id}/staffing',
    'GET /commitment-figures', 'GET /reports/today', 'GET /sla/figures', 'GET /sla/results',
  ],
  'routing.manage': [
    'POST /presence-states', 'PATCH /presence-states/{id}', 'DELETE /presence-states/{id}', 'POST /queues', 'PATCH /queues/{id}', 'DELETE /queues/{id}', 'PATCH /routing-settings', 'POST /skills',
    'PATCH /skills/{id}', 'DELETE /skills/{id}',
  ],
  'routing.read': [
    'GET /skills/{id}',
    'GET /me/offers', 'GET /people/{id}/routing', 'GET /presence', 'GET /presence-states', 'GET /queues', 'GET /queues/{id}', 'GET /queues/{id}/expected-wait', 'GET /queues/{id}/tickets',
    'GET /routing-settings', 'GET /skills',
  ],
  'routing.share': [
    'GET /people/{id}/absence-outlook', 'PUT /people/{id}/presence', 'PUT /people/{id}/routing',
  ],
  'routing.work': [
    'GET /absences', 'POST /absences', 'DELETE /absences/{id}', 'GET /me/absences', 'GET /me/absences/{id}', 'GET /me/absences/{id}/tickets', 'PUT /me/absences/{id}/seen', 'GET /me/presence', 'PUT /me/presence', 'POST /me/presence/activity', 'POST /offers/{id}/acceptance', 'POST /offers/{id}/refusal',
    'POST /queues/next', 'POST /queues/{id}/next',
  ],
  'rules.list': [
    'GET /rules', 'POST /rules/dry-run', 'GET /rules/{id}', 'POST /rules/{id}/dry-run', 'GET /rules/{id}/runs', 'GET /rules/{id}/versions',
  ],
  'rules.manage_own': [
    'POST /rules', 'PUT /rules/order', 'PATCH /rules/{id}', 'DELETE /rules/{id}', 'POST /rules/{id}/restorations',
  ],
  'senders.block': [
    'DELETE /email/allowed-senders/{id}', 'POST /email/blocked-senders', 'DELETE /email/blocked-senders/{id}',
  ],
  'sla.agree': [
    'POST /tickets/{id}/deadlines', 'DELETE /tickets/{id}/deadlines/{metric}',
  ],
  'sla.flags': [
    'GET /sla/flags',
  ],
  'sla.list': [
    'GET /sla-policies', 'POST /sla-policies/matches', 'GET /sla-policies/{id}',
  ],
  'sla.manage': [
    'GET /charter', 'PUT /charter', 'POST /sla-policies', 'PUT /sla-policies/order', 'PATCH /sla-policies/{id}', 'DELETE /sla-policies/{id}',
  ],
  'sla.review': [
    'DELETE /sla/flags/{id}',
  ],
  'spam.manage': [
    'POST /email/allowed-senders', 'PATCH /email/spam-filter', 'DELETE /email/spam-filter/lessons',
  ],
  'spam.read': [
    'GET /email/allowed-senders', 'GET /email/blocked-senders', 'GET /email/spam-filter',
  ],
  'status.manage': [
    'POST /status-components', 'PATCH /status-components/{id}', 'DELETE /status-components/{id}', 'POST /status-incidents', 'POST /status-incidents/matches', 'POST /status-incidents/{id}/attachments',
    'POST /status-incidents/{id}/updates', 'GET /status-notices', 'POST /status-notices', 'POST /status-notices/audiences', 'POST /status-notices/{id}/withdrawal',
  ],
  'teams.manage': [
    'POST /teams', 'PATCH /teams/{id}', 'DELETE /teams/{id}',
  ],
  'tickets.change': [
    'POST /handovers',
    'PUT /tickets/{id}/followers/{person}', 'DELETE /tickets/{id}/followers/{person}',
    'GET /bulk-runs', 'POST /bulk-runs', 'GET /bulk-runs/{id}', 'GET /bulk-runs/{id}/failures', 'PUT /bulk-runs/{id}/stop', 'PUT /bulk-runs/{id}/undo', 'POST /commitments', 'PATCH /commitments/{id}',
    'DELETE /commitments/{id}', 'POST /commitments/{id}/keeping', 'POST /commitments/{id}/renegotiation', 'POST /commitments/{id}/withdrawal', 'DELETE /merges/{id}', 'DELETE /splits/{id}',
    'PUT /status-incidents/{id}/tickets/{ticketId}', 'DELETE /status-incidents/{id}/tickets/{ticketId}', 'POST /tickets/next', 'POST /tickets/spam', 'PATCH /tickets/{id}',
    'POST /tickets/{id}/checklists', 'DELETE /tickets/{id}/checklists/{listId}', 'POST /tickets/{id}/checklists/{listId}/items', 'PATCH /tickets/{id}/checklists/{listId}/items/{itemId}',
    'DELETE /tickets/{id}/checklists/{listId}/items/{itemId}', 'POST /tickets/{id}/contacts', 'PUT /tickets/{id}/links/{to}/separation', 'DELETE /tickets/{id}/links/{to}/separation',
    'POST /tickets/{id}/merges', 'PUT /tickets/{id}/relations/{to}', 'DELETE /tickets/{id}/relations/{to}', 'PUT /tickets/{id}/snooze', 'DELETE /tickets/{id}/snooze', 'PUT /tickets/{id}/spam',
    'DELETE /tickets/{id}/spam', 'POST /tickets/{id}/splits',
  ],
  'tickets.delete': [
    'PUT /tickets/{id}/deletion', 'DELETE /tickets/{id}/deletion',
  ],
  'tickets.export': [
    'GET /tickets.csv',
  ],
  'tickets.note': [
    'POST /tickets/{id}/asks', 'POST /asks/{id}/words', 'PUT /asks/{id}/closure', 'DELETE /asks/{id}/closure', 'POST /tickets/{id}/reminders', 'DELETE /reminders/{id}',
    'POST /customers/{id}/notes', 'PATCH /customers/{id}/notes/{noteId}', 'DELETE /customers/{id}/notes/{noteId}', 'GET /drafts/{kind}', 'PUT /drafts/{kind}', 'DELETE /drafts/{kind}',
    'PUT /me/notices/preferences', 'PUT /me/notices/read', 'POST /tickets/{id}/notes', 'PUT /tickets/{id}/read', 'POST /uploads',
  ],
  'tickets.read': [
    'GET /asks', 'GET /asks/count', 'GET /tickets/{id}/asks', 'GET /asks/{id}/words', 'GET /reminders', 'GET /reminders/count', 'GET /tickets/{id}/reminders',
    'GET /tickets/{id}/asides', 'GET /asides/{id}/messages',
    'GET /tickets/{id}/followers',
    'GET /approvals', 'GET /approvals/count', 'GET /approvals/{id}', 'GET /commitments', 'GET /commitments/counts', 'GET /commitments/{id}', 'POST /commitments/{id}/letters',
    'GET /email/ledger/{id}/raw', 'GET /me/notices', 'GET /me/notices/preferences', 'GET /me/notices/unread', 'GET /search', 'GET /sla/board', 'GET /sla/urgent', 'GET /status-components',
    'GET /status-incidents', 'GET /status-incidents/{id}', 'GET /tags', 'GET /tickets', 'GET /tickets/counts', 'GET /tickets/{id}', 'GET /tickets/{id}/approval-need', 'GET /tickets/{id}/approvals',
    'GET /tickets/{id}/case.pdf', 'GET /tickets/{id}/checklists', 'GET /tickets/{id}/clocks', 'GET /tickets/{id}/entries', 'GET /tickets/{id}/links', 'GET /tickets/{id}/recipients', 'GET /tickets/{id}/relations',
    'GET /tickets/{id}/routing', 'GET /tickets/{id}/rule-runs', 'GET /tickets/{id}/status-incidents', 'GET /views', 'GET /views/counts', 'GET /views/{id}/tickets',
  ],
  'tickets.redact': [
    'POST /tickets/{id}/entries/{entryId}/redactions',
  ],
  'tickets.reply': [
    'GET /tickets/{id}/shared-drafts', 'POST /tickets/{id}/shared-drafts', 'GET /shared-drafts/{id}', 'PUT /shared-drafts/{id}', 'PUT /shared-drafts/{id}/discarding', 'DELETE /shared-drafts/{id}/discarding',
    'POST /tickets/{id}/asides', 'PATCH /asides/{id}', 'POST /asides/{id}/messages', 'DELETE /asides/{id}/messages/{message}',
    'DELETE /approvals/{id}', 'POST /approvals/{id}/approval', 'POST /approvals/{id}/resubmission', 'POST /approvals/{id}/return', 'DELETE /email/suppressions/{id}', 'POST /tickets',
    'DELETE /tickets/{id}/approval-demands/{demandId}', 'GET /tickets/{id}/entries/{entryId}/misdirection', 'POST /tickets/{id}/entries/{entryId}/misdirection', 'POST /tickets/{id}/forwards',
    'POST /tickets/{id}/replies', 'DELETE /tickets/{id}/replies/{entryId}',
  ],
  'views.save': [
    'POST /views', 'PATCH /views/{id}', 'DELETE /views/{id}',
  ],
  'webhooks.manage': [
    'GET /incoming-webhooks', 'POST /incoming-webhooks', 'POST /incoming-webhooks/previews', 'GET /incoming-webhooks/{id}', 'PATCH /incoming-webhooks/{id}', 'DELETE /incoming-webhooks/{id}',
    'POST /incoming-webhooks/{id}/addresses', 'GET /incoming-webhooks/{id}/calls', 'PUT /incoming-webhooks/{id}/signature', 'DELETE /incoming-webhooks/{id}/signature', 'GET /webhooks',
    'POST /webhooks', 'GET /webhooks/{id}', 'PATCH /webhooks/{id}', 'DELETE /webhooks/{id}', 'POST /webhooks/{id}/catch-ups', 'DELETE /webhooks/{id}/catch-ups', 'GET /webhooks/{id}/deliveries',
    'GET /webhooks/{id}/deliveries/{deliveryId}', 'POST /webhooks/{id}/deliveries/{deliveryId}/replays', 'POST /webhooks/{id}/replays', 'POST /webhooks/{id}/secrets', 'POST /webhooks/{id}/tests',
  ],
  'workspace.manage': [
    'PUT /request-settings', 'PATCH /workspace', 'PUT /workspace/two-step',
  ],
  'workspace.read': [
    'GET /request-settings', 'GET /workspace',
  ],
  'customers.export': [
    'GET /customers.csv', 'GET /companies.csv',
  ],
  'privacy.manage': [
    'GET /privacy-requests', 'POST /privacy-requests/{id}/decision', 'GET /privacy-requests/{id}/export.json',
  ],
  session: [
    'POST /me/face', 'DELETE /me/face',
    'GET /me/push', 'POST /me/push/devices', 'PATCH /me/push/devices/{id}', 'DELETE /me/push/devices/{id}',
    'POST /mailboxes/{id}/sign-ins', 'PATCH /me', 'PUT /me/password', 'GET /me/two-step', 'DELETE /me/two-step/devices/{id}', 'POST /me/two-step/passkeys', 'POST /me/two-step/passkeys/options',
    'PATCH /me/two-step/passkeys/{id}', 'DELETE /me/two-step/passkeys/{id}', 'POST /me/two-step/recovery-codes', 'POST /me/two-step/totp', 'PUT /me/two-step/totp', 'DELETE /me/two-step/totp',
    'POST /session/step-up', 'POST /session/step-up/passkey-options', 'GET /sessions', 'DELETE /sessions/{id}', 'GET /tokens', 'POST /tokens', 'DELETE /tokens/{id}',
  ],
  anybody: [
    'GET /answers', 'GET /me', 'GET /session/proof', 'POST /socket-tickets',
  ],
};
