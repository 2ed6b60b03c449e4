import { newId } from '../platform/db/ids.ts';
import { newBrowser, PORTRAIT } from './operation-bodies.ts';
import { testApp, type Method } from './test-app.ts';

/** Parts of addresses that are no ids. */
export const WORDS = { language: 'en', version: '1', flag: 'vip', metric: 'first_reply' };

/** Something of everything in a workspace, and its ids by the paths that take them. */
export async function furnished() {
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
  const sharedDraft = await ok('POST', `/tickets/${ticket.id}/shared-drafts`, { html: 'secret draft' });
  const person = await app.person('agent', { of: owner, name: 'Secret Ivan' });
  await person.request('POST', '/me/face', PORTRAIT, { 'content-type': 'application/octet-stream' });
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
  // They are back before its end.
  const absence = await ok('POST', '/absences', { from: '2026-02-01T00:00:00Z', to: '2026-04-02T00:00:00Z', reason: 'Secret trip' });
  await ok('PUT', '/me/presence', { state: 'away' });
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
  const asked = await ok('POST', '/tickets', { ...phone(''), customer: { email: 'secret.boris@example.org', name: 'Secret Boris' } });
  await app.db.owner.insertInto('privacy_requests').values({
    workspace_id: owner.workspaceId, id: privacyRequest, kind: 'copy', ticket_id: asked.id, customer_id: asked.customer.id, address: 'secret.boris@example.org', proof: 'mail', asked_at: app.now(), due_at: new Date('2026-12-24T00:00:00Z'),
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
    'shared-drafts': sharedDraft.id, tickets: ticket.id, other: other.id, merges: merged.id, splits: split, customers: ticket.customer.id, customerId: ticket.customer.id, companies: company.id, people: person.id, teams: team.id, calendars: calendar.id, 'saved-replies': saved.id, views: view.id, rules: rule.id, tokens: token.id,
    sessions: sessions.items[0].id, mailboxes: mailboxes.items[0].id, outbox: outbox.items[0].id, ledger: accepted.ledgerId, quarantine: accepted.ledgerId, decisions: decision,
    identityId: customer.identities[0].id, noteId: customerNote.id, entryId: reply.id,
  };
  return { app, ids };
}

export type Furnished = Awaited<ReturnType<typeof furnished>>;

/** An address with ids in the places of names. */
export const fill = (path: string, ids: Record<string, string>) => path.replace('/push/devices/{id}', '/push/devices/{pushDevice}').replace(/\/([\w-]+)\/\{id\}/g, (_whole, room: string) => `/${room}/${ids[room] ?? `no-id-for-${room}`}`)
  .replace(/\{(\w+)\}/g, (_whole, name: string) => ids[name] ?? `no-id-for-${name}`);
