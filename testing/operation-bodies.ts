import { createECDH, randomBytes } from 'node:crypto';
import { newId } from '../platform/db/ids.ts';

const NOBODY = '01900000-0000-7000-8000-000000000000';
const EVERYTHING = { version: 1, all: [] };
const LATER = '2026-05-02T00:00:00Z';

/** A good body for each write that names nothing in its address, so that a refusal is about the right and nothing else. `ids`: by the names of paths. */
export const FRESH: Record<string, (ids: Record<string, string>) => unknown> = {
  'PUT /me/password': () => ({ current: 'correct horse battery staple', next: 'another horse battery staple' }), 'POST /tokens': () => ({ name: 'more', scopes: ['admin'] }),
  'POST /session/step-up': () => ({ method: 'password', password: 'correct horse battery staple' }), 'PUT /me/two-step/totp': () => ({ code: '123456' }),
  'POST /me/two-step/passkeys': () => ({ name: 'Key', made: { id: 'eA', rawId: 'eA', type: 'public-key', response: { clientDataJSON: 'eA', attestationObject: 'eA' }, clientExtensionResults: {} } }),
  'POST /teams': () => ({ name: 'More' }), 'POST /calendars': () => ({ name: 'More', timeZone: 'UTC', week: {} }), 'POST /calendar-places': (ids) => ({ kind: 'channel', channel: 'desk', calendarId: ids['calendars'] }),
  'POST /fields': () => ({ subject: 'ticket', key: 'more', type: 'text', names: { en: 'More' } }), 'PUT /fields/order': (ids) => ({ subject: 'ticket', ids: [ids['fields']] }),
  'PUT /intakes/{kind}': () => ({ questions: [{ key: 'more', names: { en: 'More?' } }] }), 'POST /customers': () => ({ name: 'More' }), 'POST /companies': () => ({ name: 'More' }),
  'POST /tickets': () => ({ subject: 'More', channel: 'phone', customer: { phone: '+48221234560' }, text: 'x' }), 'POST /tickets/spam': (ids) => ({ ids: [ids['tickets']], spam: true }),
  'POST /sla-policies': () => ({ name: 'More', targets: [{ metric: 'first_reply', seconds: 3600, time: 'calendar' }] }), 'PUT /sla-policies/order': (ids) => ({ ids: [ids['sla-policies']] }), 'POST /sla-policies/matches': () => ({ conditions: EVERYTHING }),
  'POST /email/quarantine/decisions': (ids) => ({ ids: [ids['quarantine']], verb: 'release' }), 'PUT /email/oauth/clients/{provider}': () => ({ clientId: 'x', clientSecret: 'x' }),
  'POST /email/blocked-senders': () => ({ sender: 'more@example.net' }), 'POST /email/allowed-senders': () => ({ sender: 'friend@example.net' }), 'POST /relays': () => ({ name: 'More', host: 'smtp2.example.org' }), 'POST /relays/tests': () => ({ name: 'More', host: 'smtp2.example.org' }),
  'POST /commitments': (ids) => ({ ticketId: ids['tickets'], what: 'More', dueAt: LATER }), 'POST /status-components': () => ({ names: { en: 'More' } }), 'POST /status-incidents': () => ({ titles: { en: 'More' }, texts: { en: 'words' } }),
  'POST /status-incidents/matches': () => ({ condition: EVERYTHING }), 'POST /status-notices': () => ({ titles: { en: 'More' }, texts: { en: 'words' }, condition: EVERYTHING, most: 100 }), 'POST /status-notices/audiences': () => ({ condition: EVERYTHING }),
  'PUT /charter': () => ({ published: false, figures: false, intro: {}, limits: {}, lines: [] }), 'POST /queues': () => ({ name: 'More' }), 'POST /skills': () => ({ name: 'More' }), 'PUT /me/presence': () => ({ state: 'online' }),
  'POST /presence-states': () => ({ name: 'More', state: 'away' }), 'POST /absences': () => ({ from: '2026-05-01T00:00:00Z', to: LATER }), 'POST /chat/widgets': () => ({ name: 'More' }),
  'POST /articles': () => ({ language: 'en', title: 'More', html: 'words' }), 'POST /articles/proposals': (ids) => ({ ticketId: ids['tickets'] }), 'POST /article-categories': () => ({ texts: { en: { name: 'More' } } }),
  'POST /article-synonyms': () => ({ language: 'en', words: ['more', 'many'] }), 'POST /knowledge/gaps/closures': () => ({ language: 'en', words: 'more' }), 'POST /checklist-templates': () => ({ name: 'More', items: ['step'] }),
  'POST /approval-policies': () => ({ name: 'More', conditions: { all: [{ field: 'priority', operator: 'is', value: 'low' }] } }), 'PUT /approval-policies/order': (ids) => ({ ids: [ids['approval-policies']] }),
  'POST /saved-replies': () => ({ name: 'More', variants: { en: 'more' } }), 'POST /bulk-runs': (ids) => ({ ticketIds: [ids['tickets']], actions: [{ type: 'note', text: 'more' }] }), 'POST /views': () => ({ name: 'More', conditions: { all: [] } }),
  'POST /handovers': (ids) => ({ items: [{ ticketId: ids['tickets'], to: { queue: true } }] }), 'POST /rules': () => RULE, 'PUT /rules/order': (ids) => ({ ids: [ids['rules']] }), 'POST /rules/dry-run': () => ({ rule: RULE }), 'POST /webhooks': () => ({ name: 'More', url: 'https://example.org/more', events: [] }),
  'POST /incoming-webhooks': () => ({ name: 'More', mapping: { text: 'text' } }), 'POST /incoming-webhooks/previews': () => ({ makes: 'ticket', mapping: { text: 'text' }, sample: {} }), 'POST /me/push/devices': () => ({ endpoint: 'https://push.example.org/more', keys: { p256dh: 'x', auth: 'x' } }), 'PUT /me/notices/read': () => ({ ids: [NOBODY] }),
};
const RULE = { name: 'More', trigger: { on: 'event', events: ['ticket.created'] }, actions: [{ type: 'add_tags', tags: ['x'] }] };

/** What must be asked for beside the address. */
export const ASKED: Record<string, string> = {
  'GET /calendars/{id}/days': '?year=2026', 'GET /sla/urgent': `?tickets=${NOBODY}`, 'GET /search': '?q=secret', 'GET /customers/beside': `?ids=${NOBODY}`, 'POST /uploads': '?name=a.txt', 'POST /imports': '?kind=customers&name=More',
  'GET /commitment-figures': '?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z', 'GET /answers': '?of=/me', 'GET /drafts/{kind}': `?ticket=${NOBODY}`, 'PUT /drafts/{kind}': `?ticket=${NOBODY}`, 'DELETE /drafts/{kind}': `?ticket=${NOBODY}`,
};

/** A good body for each write that takes one, so that a refusal is about the id and nothing else. */
const BODIES: Record<string, unknown> = {
  'PATCH /api/v1/tickets/{id}': { priority: 'high' },
  'PUT /api/v1/tickets/{id}/relations/{to}': { kind: 'related' }, 'POST /api/v1/tickets/{id}/splits': { entryIds: ['01900000-0000-7000-8000-000000000001'] },
  'POST /api/v1/tickets/{id}/deadlines': { metric: 'first_reply', dueAt: '2027-01-01T09:00:00Z', reason: 'hello' },
  'PUT /api/v1/tickets/{id}/snooze': { until: '2026-04-01T00:00:00Z' },
  'POST /api/v1/tickets/{id}/replies': { text: 'hello', to: ['maria@example.org'] },
  'POST /api/v1/tickets/{id}/notes': { text: 'hello' },
  'POST /api/v1/tickets/{id}/contacts': { type: 'call', direction: 'in', text: 'hello' },
  'POST /api/v1/tickets/{id}/asides': { subject: 'Mallory', to: ['mallory@example.org'], text: 'hello' },
  'PATCH /api/v1/asides/{id}': { waits: true },
  'POST /api/v1/asides/{id}/messages': { text: 'hello' },
  'POST /api/v1/tickets/{id}/shared-drafts': { html: '<p>hello</p>' }, 'PUT /api/v1/shared-drafts/{id}': { html: '<p>hello</p>', version: 1 },
  'POST /api/v1/tickets/{id}/asks': { personId: '018f0000-0000-7000-8000-000000000001', text: 'hello' },
  'POST /api/v1/asks/{id}/words': { text: 'hello' },
  'POST /api/v1/tickets/{id}/reminders': { dueAt: '2027-01-01T09:00:00Z' },
  'POST /api/v1/privacy-requests/{id}/decision': { outcome: 'done', text: 'hello' },
  'PATCH /api/v1/me/push/devices/{id}': { subjects: true },
  'PATCH /api/v1/customers/{id}': { name: 'Mallory' },
  'POST /api/v1/customers/{id}/identities': { email: 'mallory@example.org' },
  'POST /api/v1/customers/{id}/notes': { text: 'hello' },
  'PATCH /api/v1/customers/{id}/notes/{noteId}': { popsUp: true },
  'PUT /api/v1/customers/{id}/flags/{flag}': { reason: 'x' },
  'PATCH /api/v1/companies/{id}': { name: 'Mallory' },
  'PUT /api/v1/companies/{id}/people/{customerId}': { isContact: true },
  'PATCH /api/v1/people/{id}': { name: 'Mallory' },
  'PATCH /api/v1/teams/{id}': { name: 'Mallory' },
  'PATCH /api/v1/calendars/{id}': { name: 'Mallory' },
  'POST /api/v1/calendars/{id}/due': { from: '2026-03-02T09:00:00Z', seconds: 60 },
  'POST /api/v1/calendars/{id}/measurements': { from: '2026-03-02T09:00:00Z', to: '2026-03-03T09:00:00Z' },
  'POST /api/v1/calendars/{id}/days': { date: '2026-05-04', name: 'Mallory' },
  'PATCH /api/v1/calendars/{id}/days/{dayId}': { name: 'Mallory' },
  'PUT /api/v1/calendar-places/{id}': { kind: 'channel', channel: 'phone', calendarId: '01900000-0000-7000-8000-000000000000' },
  'PATCH /api/v1/mailboxes/{id}': { name: 'Mallory' },
  'PATCH /api/v1/me/two-step/passkeys/{id}': { name: 'Mallory' },
  'PUT /api/v1/mailboxes/{id}/source': { host: 'imap.example.org', port: 993, security: 'tls', user: 'mallory', password: 'secret' },
  'POST /api/v1/mailboxes/{id}/source/tests': { host: 'imap.example.org', port: 993, security: 'tls', user: 'mallory', password: 'secret' },
  'PUT /api/v1/relays/{id}': { name: 'Mallory', host: 'smtp.example.org' },
  'POST /api/v1/tickets/{id}/entries/{entryId}/redactions': { passages: ['secret'], reason: 'curious' },
  'PATCH /api/v1/views/{id}': { name: 'Mallory' },
  'PATCH /api/v1/saved-replies/{id}': { name: 'Mallory' },
  'PATCH /api/v1/approval-policies/{id}': { name: 'Mallory' },
  'POST /api/v1/approvals/{id}/approval': { version: 1 },
  'POST /api/v1/approvals/{id}/return': { version: 1, remark: 'Mallory' },
  'POST /api/v1/approvals/{id}/resubmission': { version: 1, text: 'Mallory' },
  'PATCH /api/v1/checklist-templates/{id}': { name: 'Mallory' },
  'POST /api/v1/tickets/{id}/checklists': { name: 'Mallory', items: ['hello'] },
  'POST /api/v1/tickets/{id}/checklists/{listId}/items': { text: 'Mallory' },
  'PATCH /api/v1/tickets/{id}/checklists/{listId}/items/{itemId}': { done: true },
  'PATCH /api/v1/articles/{id}': { state: 'internal' },
  'PUT /api/v1/articles/{id}/texts/{language}': { title: 'Mallory', html: 'Mallory' },
  'POST /api/v1/articles/{id}/restorations': { language: 'en', version: 1 },
  'PATCH /api/v1/article-categories/{id}': { place: 3 },
  'PATCH /api/v1/commitments/{id}': { what: 'Mallory' },
  'POST /api/v1/commitments/{id}/renegotiation': { dueAt: '2026-03-06T09:00:00Z' },
  'POST /api/v1/commitments/{id}/letters': { dueAt: '2026-03-06T09:00:00Z' },
  'PATCH /api/v1/imports/{id}': { overwrite: true },
  'PATCH /api/v1/fields/{id}': { active: false },
  'PATCH /api/v1/webhooks/{id}': { name: 'Mallory' },
  'POST /api/v1/webhooks/{id}/replays': { since: '2026-01-01T00:00:00Z' },
  'PATCH /api/v1/incoming-webhooks/{id}': { name: 'Mallory' },
  'PATCH /api/v1/rules/{id}': { name: 'Mallory' },
  'POST /api/v1/rules/{id}/restorations': { version: 1 },
  'PATCH /api/v1/sla-policies/{id}': { name: 'Mallory' },
  'PATCH /api/v1/queues/{id}': { name: 'Mallory' },
  'PATCH /api/v1/skills/{id}': { name: 'Mallory' },
  'PATCH /api/v1/presence-states/{id}': { name: 'Mallory' },
  'PUT /api/v1/people/{id}/presence': { state: 'away' },
  'PUT /api/v1/people/{id}/routing': { skills: [] },
  'PATCH /api/v1/status-components/{id}': { place: 1 },
  'POST /api/v1/status-incidents/{id}/attachments': { condition: { version: 1, all: [] } },
  'POST /api/v1/status-incidents/{id}/updates': { state: 'monitoring', texts: { en: 'Mallory' } },
  'PATCH /api/v1/chat/widgets/{id}': { name: 'Mallory' },
  'PUT /api/v1/tickets/{id}/chat/typing': { isTyping: true },
  'POST /api/v1/tickets/{id}/chat/transfer': { teamId: '01900000-0000-7000-8000-000000000000' },
  'POST /api/v1/tickets/{id}/chat/messages': { text: 'Mallory was here' },
};

export const bodyOf = (name: string, ids: Record<string, string>): unknown => BODIES[name] ?? { ...(name.endsWith('/merges') && { into: ids.other }), ...(name.endsWith('/forwards') && { text: 'x', to: ['a@example.org'], entryId: ids.entryId }), ...(/\/(?:renderings|applications)$/.test(name) && { ticketId: ids.tickets }), ...(name.endsWith('/uses') && { ticketId: ids.tickets, as: 'link' }) };

/** What a browser says of itself that wants to be told of news. */
export function newBrowser() {
  const pair = createECDH('prime256v1');
  return { endpoint: `https://push.example/${newId()}`, keys: { p256dh: pair.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') } };
}

/** A PNG of somebody, 32 points square. */
export const PORTRAIT = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAKElEQVR42u3NMQEAAAgDoC251Q3hIQQg1QQEBAQEBAQEBAQEBATWgQdPXgABx2l5wwAAAABJRU5ErkJggg==', 'base64');
