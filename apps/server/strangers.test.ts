import { createECDH, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { newId } from '../../platform/db/ids.ts';
import { testApp, type Method } from '../../testing/test-app.ts';

type Operation = { method: Method; path: string };

/** Every operation of the published API. */
function operations(document: { paths?: Record<string, Record<string, unknown>> }): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase() as Method, path })));
}

/** Open to everybody by design: signing in, links with a secret of their own, signed files. */
const PUBLIC = new Set([
  'POST /api/v1/session', 'DELETE /api/v1/session', 'GET /api/v1/setup', 'POST /api/v1/setup', 'POST /api/v1/setup/check', 'POST /api/v1/invitations', 'POST /api/v1/invitations/check',
  'POST /api/v1/session/second-step', 'POST /api/v1/session/second-step/passkey-options', 'POST /api/v1/session/passkey', 'POST /api/v1/session/passkey-options',
  'POST /api/v1/session/enrolment/totp', 'POST /api/v1/session/enrolment/totp/confirmation', 'POST /api/v1/session/enrolment/passkey', 'POST /api/v1/session/enrolment/passkey-options',
  'POST /api/v1/password-resets', 'POST /api/v1/password-resets/use', 'GET /api/v1/files/{token}', 'GET /api/v1/content/{token}',
  // Comes back from a provider: a state that is not of this very session is answered like no sign-in at all.
  'GET /api/v1/email/oauth/callback', 'GET /api/v1/unsubscriptions/{token}', 'POST /api/v1/unsubscriptions/{token}',
  // The address is the secret.
  'POST /api/v1/incoming/{token}',
  // Customers write without signing in.
  'POST /api/v1/requests', 'GET /api/v1/requests/challenge',
]);
/** Visitors show a secret of their own. */
const isPublic = ({ method, path }: Operation): boolean => PUBLIC.has(`${method} ${path}`) || path.startsWith('/api/v1/visitor/');

/** Parts of addresses that are no ids. */
const WORDS = { language: 'en', version: '1', flag: 'vip' };

/** A good body for each write that takes one, so that a refusal is about the id and nothing else. */
const BODIES: Record<string, unknown> = {
  'PATCH /api/v1/tickets/{id}': { priority: 'high' },
  'PUT /api/v1/tickets/{id}/relations/{to}': { kind: 'related' }, 'POST /api/v1/tickets/{id}/splits': { entryIds: ['01900000-0000-7000-8000-000000000001'] },
  'PUT /api/v1/tickets/{id}/snooze': { until: '2026-04-01T00:00:00Z' },
  'POST /api/v1/tickets/{id}/replies': { text: 'hello', to: ['maria@example.org'] },
  'POST /api/v1/tickets/{id}/notes': { text: 'hello' },
  'POST /api/v1/tickets/{id}/contacts': { type: 'call', direction: 'in', text: 'hello' },
  'POST /api/v1/tickets/{id}/asides': { subject: 'Mallory', to: ['mallory@example.org'], text: 'hello' },
  'PATCH /api/v1/asides/{id}': { waits: true },
  'POST /api/v1/asides/{id}/messages': { text: 'hello' },
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

/** What must be asked for beside the id. */
const QUERIES: Record<string, string> = { 'GET /api/v1/calendars/{id}/days': '?year=2026' };

/** Something of everything in a workspace, and its ids by the paths that take them. */
/** What a browser says of itself that wants to be told of news. */
function newBrowser() {
  const pair = createECDH('prime256v1');
  return { endpoint: `https://push.example/${newId()}`, keys: { p256dh: pair.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') } };
}

async function furnished() {
  const app = await testApp();
  const { owner } = app;
  const ok = async (method: Method, path: string, body?: unknown, headers?: Record<string, string>) => {
    const answer = await owner.request(method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const phone = (number: string) => ({ subject: 'Secret kettle', channel: 'phone', customer: { phone: number, name: 'Secret Maria' }, text: 'secret words', tags: ['secret'] });
  const ticket = await ok('POST', '/tickets', phone('+359881234567'));
  const other = await ok('POST', '/tickets', phone('+359881234568'));
  const merged = await ok('POST', `/tickets/${other.id}/merges`, { into: ticket.id });
  const customer = await ok('POST', `/customers/${ticket.customer.id}/identities`, { email: 'secret.maria@example.org' });
  const customerNote = await ok('POST', `/customers/${ticket.customer.id}/notes`, { text: 'secret note' });
  const company = await ok('POST', '/companies', { name: 'Secret company', domains: ['secret.example'] });
  await ok('PUT', `/companies/${company.id}/people/${ticket.customer.id}`, {});
  const reply = await ok('POST', `/tickets/${ticket.id}/replies`, { text: 'secret reply' });
  await ok('PUT', `/drafts/reply?ticket=${ticket.id}`, { html: 'secret draft' });
  const person = await app.person('agent', { of: owner, name: 'Secret Ivan' });
  const team = await ok('POST', '/teams', { name: 'Secret team' });
  const calendar = await ok('POST', '/calendars', { name: 'Secret hours', timeZone: 'UTC', week: {}, holidays: [{ date: '2026-12-24', name: 'Secret day' }] });
  const day = await ok('POST', `/calendars/${calendar.id}/days`, { date: '2026-12-23', name: 'Secret eve' });
  const place = await ok('POST', '/calendar-places', { kind: 'channel', channel: 'phone', calendarId: calendar.id });
  const component = await ok('POST', '/status-components', { names: { en: 'Secret part' } });
  const incident = await ok('POST', '/status-incidents', { titles: { en: 'Secret trouble' }, texts: { en: 'secret words' }, ticketIds: [ticket.id] });
  const notice = await ok('POST', '/status-notices', { titles: { en: 'Secret change' }, texts: { en: 'secret words' }, condition: { version: 1, all: [] }, most: 100 });
  const widget = await ok('POST', '/chat/widgets', { name: 'Secret chat' });
  const visitor = (await app.request('POST', '/visitor/session', { widget: widget.id })).body;
  await app.request('POST', '/visitor/messages', { clientId: 'secret-1', text: 'secret words' }, { authorization: `Bearer ${visitor.secret}` });
  const chat = await app.db.owner.selectFrom('chat_conversations').select('ticket_id').executeTakeFirstOrThrow();
  const pushDevice = await ok('POST', '/me/push/devices', newBrowser());
  const ban = await ok('POST', `/tickets/${chat.ticket_id}/chat/ban`, { reason: 'secret reason' });
  const field = await ok('POST', '/fields', { subject: 'ticket', key: 'secret', type: 'text', names: { en: 'Secret number' } });
  const split = newId();
  await app.db.owner.insertInto('ticket_splits').values({ workspace_id: owner.workspaceId, id: split, source_id: ticket.id, target_id: other.id, entry_ids: [], split_by: owner.id, split_at: app.now() }).execute();
  const run = await ok('POST', '/bulk-runs', { ticketIds: [ticket.id], actions: [{ type: 'note', text: 'secret note' }] });
  const view = await ok('POST', '/views', { name: 'Secret view', sharedWith: 'everybody', conditions: { all: [] } });
  const saved = await ok('POST', '/saved-replies', { name: 'Secret reply', variants: { en: 'secret' } });
  const template = await ok('POST', '/checklist-templates', { name: 'Secret steps', items: ['secret step'] });
  const checklist = await ok('POST', `/tickets/${ticket.id}/checklists`, { templateId: template.id });
  const approvalPolicy = await ok('POST', '/approval-policies', { name: 'Secret eyes', conditions: { all: [{ field: 'priority', operator: 'is', value: 'low' }] } });
  const [approval, demand] = [newId(), newId()];
  const kept = { workspace_id: owner.workspaceId, ticket_id: ticket.id, reviewers: JSON.stringify({ by: 'leads' }) };
  await app.db.owner.insertInto('approvals').values({ ...kept, id: approval, kind: 'reply', state: 'waiting', writer_id: person.id, writer_name: 'Secret Ivan', reason: 'Secret eyes', details: '{}', asked_at: app.now(), version: 1 }).execute();
  await app.db.owner.insertInto('approval_steps').values({ workspace_id: owner.workspaceId, approval_id: approval, number: 1, what: 'asked', person_id: person.id, person_name: 'Secret Ivan', text: 'secret words', at: app.now() }).execute();
  await app.db.owner.insertInto('approval_demands').values({ ...kept, id: demand, name: 'Secret rule', set_at: app.now() }).execute();
  const article = await ok('POST', '/articles', { language: 'en', title: 'Secret kettles', html: 'secret words' });
  const category = await ok('POST', '/article-categories', { texts: { en: { name: 'Secret shelf' } } });
  const synonyms = await ok('POST', '/article-synonyms', { language: 'en', words: ['secret kettle', 'secret pot'] });
  const commitment = await ok('POST', '/commitments', { ticketId: ticket.id, what: 'secret promise', dueAt: '2026-03-05T09:00:00Z' });
  const webhook = await ok('POST', '/webhooks', { name: 'Secret program', url: 'https://example.org/secret', events: [] });
  const delivery = await ok('POST', `/webhooks/${webhook.id}/tests`);
  const incoming = await ok('POST', '/incoming-webhooks', { name: 'Secret shop', mapping: { text: 'secret text' } });
  const rule = await ok('POST', '/rules', { name: 'Secret rule', trigger: { on: 'event', events: ['ticket.created'] }, actions: [{ type: 'add_tags', tags: ['secret'] }] });
  const policy = await ok('POST', '/sla-policies', { name: 'Secret promise', targets: [{ metric: 'first_reply', seconds: 3600, time: 'calendar' }] });
  const flag = newId();
  await app.db.owner.insertInto('sla_flags').values({ workspace_id: owner.workspaceId, id: flag, ticket_id: ticket.id, kind: 'repeated_snoozes', count: 3, at: app.now() }).execute();
  const queue = await ok('POST', '/queues', { name: 'Secret queue' });
  const skill = await ok('POST', '/skills', { name: 'Secret skill' });
  const ownState = await ok('POST', '/presence-states', { name: 'Secret lunch', state: 'away' });
  const absence = await ok('POST', '/absences', { from: '2026-04-01T00:00:00Z', to: '2026-04-02T00:00:00Z', reason: 'Secret trip' });
  const offer = newId();
  await app.db.owner.insertInto('offers').values({
    workspace_id: owner.workspaceId, id: offer, ticket_id: ticket.id, queue_id: queue.id, person_id: owner.id, state: 'offered', offered_at: app.now(), expires_at: new Date('2026-12-24T00:00:00Z'), why: '[]',
  }).execute();
  const moved = await ok('POST', '/imports?kind=customers&name=Secret', Buffer.from('name,email\nSecret Maria,secret@example.org\n'), { 'content-type': 'application/octet-stream' });
  const token = await ok('POST', '/tokens', { name: 'secret', scopes: ['read'] });
  const sessions = await ok('GET', '/sessions');
  const mailboxes = await ok('GET', '/mailboxes');
  const outbox = await ok('GET', '/outbox');
  const accepted = await ok('POST', `/email/inbound?mailbox=${mailboxes.items[0].address}`, Buffer.from(
    `From: secret.maria@example.org\r\nTo: ${mailboxes.items[0].address}\r\nSubject: secret mail\r\n\r\nsecret\r\n`), { 'content-type': 'message/rfc822' });
  const [passkey, device] = [newId(), newId()];
  await app.db.owner.insertInto('passkeys').values({
    workspace_id: owner.workspaceId, id: passkey, person_id: owner.id, credential_id: 'secret credential', public_key: Buffer.from('key'), counter: 0, name: 'Secret key', created_at: new Date(),
  }).execute();
  await app.db.owner.insertInto('remembered_devices').values({
    workspace_id: owner.workspaceId, id: device, person_id: owner.id, device_hash: Buffer.from('device'), user_agent: 'Secret browser', address: '127.0.0.1', created_at: new Date(), expires_at: new Date(Date.now() + 86_400_000),
  }).execute();
  const decision = newId();
  await app.db.owner.insertInto('quarantine').values({
    workspace_id: owner.workspaceId, id: accepted.ledgerId, mailbox_id: mailboxes.items[0].id, reason: 'spam', subject: 'secret mail', held_at: new Date(), state: 'discarded',
    decision_id: decision, vector: '',
  }).execute();
  const suppression = newId();
  await app.db.owner.insertInto('mail_suppressions').values({
    workspace_id: owner.workspaceId, id: suppression, address: 'secret.maria@example.org', address_key: 'secret.maria@example.org', reason: 'disabled', words: 'secret words', since: new Date(),
  }).execute();
  await app.db.owner.insertInto('ticket_links').values({
    workspace_id: owner.workspaceId, ticket_id: ticket.id, to_id: other.id, reason: 'stranger', address: 'secret.maria@example.org', created_at: new Date(),
  }).execute();
  const [aside, asideMessage, privacyRequest] = [newId(), newId(), newId()];
  const beside = { workspace_id: owner.workspaceId, created_at: app.now() };
  await app.db.owner.insertInto('asides').values({ ...beside, id: aside, ticket_id: ticket.id, subject: 'Secret parcel', started_by: owner.id, waits: false, last_at: app.now() }).execute();
  await app.db.owner.insertInto('aside_messages').values({ ...beside, id: asideMessage, aside_id: aside, direction: 'out', author_id: owner.id, author_name: 'Secret Owner', text: 'secret words', quoted: '' }).execute();
  const [ask, reminder] = [newId(), newId()];
  await app.db.owner.insertInto('asks').values({ ...beside, id: ask, ticket_id: ticket.id, asked_by: owner.id, asked_id: person.id, last_at: app.now() }).execute();
  await app.db.owner.insertInto('ask_words').values({ workspace_id: owner.workspaceId, id: newId(), ask_id: ask, author_id: owner.id, text: 'secret question', at: app.now() }).execute();
  await app.db.owner.insertInto('reminders').values({ workspace_id: owner.workspaceId, id: reminder, ticket_id: ticket.id, person_id: owner.id, made_by: owner.id, note: 'secret note', due_at: new Date('2027-01-01T00:00:00Z'), made_at: app.now() }).execute();
  await app.db.owner.insertInto('privacy_requests').values({
    workspace_id: owner.workspaceId, id: privacyRequest, kind: 'copy', ticket_id: ticket.id, customer_id: ticket.customer.id, address: 'secret.maria@example.org', proof: 'mail', asked_at: app.now(), due_at: new Date('2026-12-24T00:00:00Z'),
  }).execute();
  const blocked = await ok('POST', '/email/blocked-senders', { sender: 'secret.spammer@example.net' });
  const relay = await ok('POST', '/relays', { name: 'Secret relay', host: 'smtp.example.org' });
  const allowed = await ok('POST', '/email/allowed-senders', { sender: 'secret.friend@example.net' });
  const ids: Record<string, string> = {
    'approval-policies': approvalPolicy.id, approvals: approval, demandId: demand, 'checklist-templates': template.id, listId: checklist.id, itemId: checklist.items[0].id,
    articles: article.id, 'article-categories': category.id, 'article-synonyms': synonyms.id, ...WORDS, commitments: commitment.id, webhooks: webhook.id, deliveryId: delivery.id, 'incoming-webhooks': incoming.id,
    suppressions: suppression, to: other.id, dayId: day.id, 'calendar-places': place.id, 'status-components': component.id, 'status-incidents': incident.id, 'status-notices': notice.id, ticketId: ticket.id,
    'bulk-runs': run.id, imports: moved.id, fields: field.id, widgets: widget.id, bans: ban.id,
    'sla-policies': policy.id, flags: flag, queues: queue.id, skills: skill.id, 'presence-states': ownState.id, absences: absence.id, offers: offer,
    relays: relay.id, 'blocked-senders': blocked.id, 'allowed-senders': allowed.id,
    passkeys: passkey, devices: device, pushDevice: pushDevice.id, asides: aside, message: asideMessage, asks: ask, reminders: reminder, 'privacy-requests': privacyRequest, person: person.id,
    tickets: ticket.id, other: other.id, merges: merged.id, splits: split, customers: ticket.customer.id, customerId: ticket.customer.id, companies: company.id, people: person.id, teams: team.id, calendars: calendar.id, 'saved-replies': saved.id, views: view.id, rules: rule.id, tokens: token.id,
    sessions: sessions.items[0].id, mailboxes: mailboxes.items[0].id, outbox: outbox.items[0].id, ledger: accepted.ledgerId, quarantine: accepted.ledgerId, decisions: decision,
    identityId: customer.identities[0].id, noteId: customerNote.id, entryId: reply.id,
  };
  return { app, ids };
}

const fill = (path: string, ids: Record<string, string>) => path.replace('/push/devices/{id}', '/push/devices/{pushDevice}').replace(/\/([\w-]+)\/\{id\}/g, (_whole, room: string) => `/${room}/${ids[room] ?? `no-id-for-${room}`}`)
  .replace(/\{(\w+)\}/g, (_whole, name: string) => ids[name] ?? `no-id-for-${name}`);

const bodyOf = (name: string, ids: Record<string, string>): unknown => BODIES[name] ?? { ...(name.endsWith('/merges') && { into: ids.other }), ...(name.endsWith('/forwards') && { text: 'x', to: ['a@example.org'], entryId: ids.entryId }), ...(/\/(?:renderings|applications)$/.test(name) && { ticketId: ids.tickets }), ...(name.endsWith('/uses') && { ticketId: ids.tickets, as: 'link' }) };

test('ids of another workspace look as if they did not exist, on every operation', async () => {
  const { app, ids } = await furnished();
  const stranger = await app.otherWorkspace();
  const withIds = operations((await app.request('GET', '/api/openapi.json')).body).filter(({ method, path }) => path.includes('{') && !isPublic({ method, path }) && !/\{(?:kind|provider|domain)\}/.test(path));
  expect(withIds.length).toBeGreaterThan(25);

  for (const { method, path } of withIds) {
    const name = `${method} ${path}`;
    const body = bodyOf(name, ids);
    const url = `${fill(path, ids)}${QUERIES[name] ?? ''}`;
    expect.soft(url, name).not.toContain('no-id-for');
    const payload = method === 'GET' || (Object.keys(body as object).length === 0 && method !== 'POST') ? undefined : body;
    const answer = await stranger.request(method, url, payload);
    expect.soft(answer.status, `${name}: ${JSON.stringify(answer.body)}`).toBe(404);
    const missing = await stranger.request(method, `${fill(path, { ...Object.fromEntries(Object.keys(ids).map((key) => [key, '01900000-0000-7000-8000-000000000000'])), ...WORDS })}${QUERIES[name] ?? ''}`, payload);
    const { instance: _one, ...seen } = answer.body;
    const { instance: _two, ...expected } = missing.body;
    expect.soft(seen, name).toEqual(expected);
  }
});

test('lists, search and counts of a stranger hold nothing of another workspace', async () => {
  const { app, ids } = await furnished();
  const stranger = await app.otherWorkspace();
  const lists = operations((await app.request('GET', '/api/openapi.json')).body).filter(({ method, path }) => method === 'GET' && !path.includes('{'));
  expect(lists.length).toBeGreaterThan(10);

  for (const { path } of lists) {
    for (const query of ['', '?q=secret', '?status=all', `?customer=${ids.customers}`, '?status=deleted']) {
      const answer = await stranger.request('GET', `${path}${query}`);
      const text = JSON.stringify(answer.body);
      expect(text.replaceAll('secret"', '"'), `${path}${query}`).not.toMatch(/[Ss]ecret [a-zA-Z]/);
      for (const id of Object.values(ids).filter((value) => value.length > 8)) expect(text.includes(id), `${path}${query} shows ${id}`).toBe(false);
    }
  }
  // A foreign id inside a body is not there either.
  expect((await stranger.request('POST', '/tickets', { subject: 'x', channel: 'phone', customerId: ids.customers, text: 'x' })).status).toBe(400);
  const own = await stranger.request('POST', '/tickets', { subject: 'x', channel: 'phone', customer: { phone: '+48221234567' }, text: 'x' });
  for (const patch of [{ assigneeId: ids.people }, { teamId: ids.teams }, { customerId: ids.customers }]) {
    expect((await stranger.request('PATCH', `/tickets/${own.body.id}`, patch)).status, JSON.stringify(patch)).toBe(400);
  }
  expect((await stranger.request('POST', `/tickets/${own.body.id}/merges`, { into: ids.other })).status).toBe(404);
});

test('without a good credential every operation but the public ones is refused, in the same words', async () => {
  const { app, ids } = await furnished();
  const { body: document } = await app.request('GET', '/api/openapi.json');
  expect(document.openapi).toBe('3.1.0');
  const all = operations(document).filter((operation) => !isPublic(operation));
  expect(all.length).toBeGreaterThan(50);

  for (const { method, path } of all) {
    const url = fill(path, { ...ids, kind: 'reply' });
    for (const headers of [{}, { authorization: '' }, { authorization: 'Bearer ' }, { authorization: 'Bearer null' }, { cookie: 'rapport=' }, { authorization: `Bearer ${app.owner.token}x` }]) {
      const answer = await app.request(method, url, undefined, headers as Record<string, string>);
      expect(answer.status, `${method} ${path} ${JSON.stringify(headers)}`).toBe(401);
    }
  }
});

test('writes that another site causes are refused before anybody is looked up', async () => {
  const app = await testApp();
  const cookie = `rapport=${app.owner.token}`;
  const note = { name: 'Mallory' };

  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site', origin: 'http://desk.test' }]) {
    expect(await app.request('POST', '/teams', note, { cookie, ...headers } as Record<string, string>)).toMatchObject({ status: 403, body: { code: 'request.cross_site' } });
  }
  expect((await app.request('POST', '/teams', 'name=Mallory', { cookie, 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
  expect((await app.request('POST', '/teams', '{"name":"Mallory"}', { cookie, 'content-type': 'text/plain' })).status).toBe(415);
  expect((await app.request('POST', '/teams', note, { cookie, origin: 'http://desk.test' })).status).toBe(201);
});

/** Changes no setting: the record of a ticket, article or customer tells of it, it is a try, or one's own business alone. */
const NO_SETTING = [
  /^\w+ \/(?:tickets|asides|asks|reminders|bulk-runs|splits|drafts|commitments|attachments|notices|offers|approvals|uploads|outbox|socket-tickets|session|email\/inbound|me\/(?:notices|presence))\b/, /\/(?:presence|next|seen)$/,
  /\/(?:tests|matches|audiences|previews|dry-run|renderings|applications|uses|due|measurements|\w*-?options|options|catch-ups|replays|checks)$/, /^POST \/customers/, /^\w+ \/customers\/:id\/likenesses/, /^PATCH \/customers\/:id\/notes/, /^\w+ \/status-incidents\/.*(?:tickets|attachments)/,
  /^(?:POST|PUT) \/(?:articles\/(?:proposals|pictures|.*\/(?:restorations|reviews|texts\/.*))|knowledge\/gaps)/,
];
/** Not with what there is here: a mail provider, an authenticator, a letter that is held, several of a kind. That their tables are watched, `db/schema.test.ts` sees. */
const NOT_HERE = [
  'POST /me/two-step/passkeys', 'PUT /me/two-step/totp', 'DELETE /me/two-step/totp', 'POST /mailboxes/:id/sign-ins', 'POST /people/:id/invitations', 'DELETE /people/:id/deactivation', 'DELETE /people/:id/two-step',
  'POST /email/quarantine/decisions', 'DELETE /email/quarantine/decisions/:id', 'POST /sending-domains/:domain/keys', 'DELETE /email/spam-filter/lessons', 'DELETE /incoming-webhooks/:id/signature', 'PUT /me/password',
  'PUT /fields/order', 'PUT /rules/order', 'PUT /approval-policies/order', 'PUT /sla-policies/order', 'PUT /charter', 'PUT /intakes/:kind', 'DELETE /intakes/:kind', 'PUT /email/oauth/clients/:provider', 'DELETE /email/oauth/clients/:provider',
  'DELETE /imports/:id/run', 'POST /imports/:id/undo', 'PATCH /imports/:id', 'DELETE /calendars/:id', 'DELETE /articles/:id/texts/:language', 'DELETE /me/two-step/devices/:id', 'POST /privacy-requests/:id/decision', 'POST /me/face', 'DELETE /me/face', 'PATCH /me/push/devices/:id', 'DELETE /people/:id/face',
];
const GOOD: Record<string, (ids: Record<string, string>) => unknown> = {
  'POST /me/push/devices': newBrowser, 'PATCH /workspace': () => ({ name: 'Renamed' }), 'PATCH /me': () => ({ name: 'Renamed' }), 'PUT /workspace/two-step': () => ({ roles: ['admin'] }), 'POST /people': () => ({ email: 'new@desk.test', name: 'New', role: 'agent', language: 'en' }),
  'PUT /calendar-places/:id': (ids) => ({ kind: 'channel', channel: 'chat', calendarId: ids.calendars }),
  'POST /mailboxes': () => ({ address: 'more@desk.test' }), 'PUT /email/quarantine/settings': (ids) => ({ keepDays: 30, digestHour: 8, owner: { personId: null, teamId: ids.teams }, mailboxes: [] }),
  'PATCH /email/spam-filter': () => ({ perHour: 900 }), 'PUT /request-settings': () => ({ staffNames: 'first', strangers: false }), 'PUT /knowledge/settings': () => ({ hideOverdueDays: 30 }),
  'PATCH /status-components/:id': () => ({ place: 2 }), 'PUT /people/:id/routing': (ids) => ({ skills: [{ id: ids.skills, level: 2 }] }),
};

test('whatever changes a setting leaves a line of who did it', async () => {
  const { app, ids } = await furnished();
  const writes = operations((await app.request('GET', '/api/openapi.json')).body).filter((one) => one.method !== 'GET' && !isPublic(one))
    .map((one) => ({ ...one, operation: `${one.method} ${one.path.replace('/api/v1', '').replace(/\{(\w+)\}/g, ':$1')}` }))
    .filter(({ operation }) => !NO_SETTING.some((some) => some.test(operation)) && !NOT_HERE.includes(operation) && !/\/session/.test(operation));
  const answers = new Map<string, string>();
  // What takes away comes last.
  const turn = ({ operation }: { operation: string }): number => (operation.endsWith('/deactivation') ? 1_000 : operation.startsWith('DELETE') ? 500 - operation.length : 0);
  for (const { method, path, operation } of writes.toSorted((a, b) => turn(a) - turn(b))) {
    const body = GOOD[operation]?.(ids) ?? bodyOf(`${method} ${path}`, ids);
    const answer = await app.owner.request(method, fill(path, ids), method === 'DELETE' ? undefined : body);
    answers.set(operation, `${answer.status} ${JSON.stringify(answer.body)}`.slice(0, 300));
  }
  const told = new Set((await app.db.owner.selectFrom('audit_lines').select('operation').where('actor_id', '=', app.owner.id).execute()).map(({ operation }) => operation));
  expect(writes.length).toBeGreaterThan(80);
  expect([...answers].filter(([operation]) => !told.has(operation))).toEqual([]);
});
