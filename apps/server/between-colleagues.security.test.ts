import { expect, test } from 'vitest';
import { KINDS } from '../../features/notifications/core/kinds.ts';
import { newId } from '../../platform/db/ids.ts';
import { testApp, type Member, type Method } from '../../testing/test-app.ts';
import { isTheirs, neededFor } from './who-hears.ts';

const UNKNOWN = '01900000-0000-7000-8000-000000000000';
const ok = async (who: Member, method: Method, path: string, body?: unknown) => {
  const answer = await who.request(method, path, body);
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body;
};

/** What is one agent's or one team's alone, by the paths under which others might ask for it. */
async function desk() {
  const app = await testApp();
  const { owner } = app;
  const [returns, sales] = [(await ok(owner, 'POST', '/teams', { name: 'Returns' })).id as string, (await ok(owner, 'POST', '/teams', { name: 'Sales' })).id as string];
  const ana = await app.person('agent', { of: owner, name: 'Ana', teamIds: [returns] });
  const boris = await app.person('agent', { of: owner, name: 'Boris', teamIds: [sales] });
  const colleague = await app.person('colleague', { of: owner, name: 'Cora', teamIds: [sales] });
  const ticket = (await ok(ana, 'POST', '/tickets', { subject: 'Kettle', channel: 'phone', customer: { phone: '+359881234567' }, text: 'x' })).id as string;
  return { app, owner, returns, sales, ana, boris, colleague, ticket };
}

test('what is one agent’s or one team’s looks to an agent of another team as if it did not exist', async () => {
  const { app, owner, returns, ana, boris, colleague, ticket } = await desk();
  const own = (await ok(ana, 'POST', '/views', { name: 'Private list', conditions: { all: [] } })).id;
  const teams = (await ok(owner, 'POST', '/views', { name: 'Private list of Returns', sharedWith: 'team', teamId: returns, conditions: { all: [] } })).id;
  const reply = (await ok(owner, 'POST', '/saved-replies', { name: 'Private words', teamId: returns, variants: { en: 'private' }, actions: [{ type: 'add_tags', tags: ['private'] }] })).id;
  const steps = (await ok(owner, 'POST', '/checklist-templates', { name: 'Private steps', teamId: returns, items: ['private'] })).id;
  const run = (await ok(ana, 'POST', '/bulk-runs', { ticketIds: [ticket], actions: [{ type: 'add_tags', tags: ['loud'] }] })).id;
  const token = (await ok(ana, 'POST', '/tokens', { name: 'private', scopes: ['read'] })).id;
  const session = (await ok(ana, 'GET', '/sessions')).items[0].id;
  const absence = (await ok(ana, 'POST', '/absences', { from: '2026-04-01T00:00:00Z', to: '2026-04-02T00:00:00Z', reason: 'Private trip' })).id;
  const sharedDraft = (await ok(ana, 'POST', `/tickets/${ticket}/shared-drafts`, { html: 'private draft', teamId: returns })).id;
  await ok(ana, 'PUT', `/drafts/reply?ticket=${ticket}`, { html: 'private draft' });
  const notice = newId();
  await app.db.owner.insertInto('notices').values({ workspace_id: owner.workspaceId, id: notice, person_id: ana.id, kind: KINDS[0], ticket_id: ticket, seq: 1, actor_kind: 'system', data: '{}', created_at: app.now() }).execute();

  const asked: [Method, (id: string) => string, string, unknown?][] = [
    ['GET', (id) => `/views/${id}/tickets`, own], ['PATCH', (id) => `/views/${id}`, own, { name: 'Mine now' }], ['DELETE', (id) => `/views/${id}`, own], ['GET', (id) => `/views/${id}/tickets`, teams],
    ['GET', (id) => `/tickets?view=${id}`, own],
    ['POST', (id) => `/saved-replies/${id}/renderings`, reply, { ticketId: ticket }], ['POST', (id) => `/saved-replies/${id}/applications`, reply, { ticketId: ticket }],
    ['POST', () => '/bulk-runs', reply, { ticketIds: [ticket], actions: [{ type: 'macro', macroId: reply }] }],
    ['POST', () => `/tickets/${ticket}/checklists`, steps, { templateId: steps }],
    ['GET', (id) => `/bulk-runs/${id}`, run], ['GET', (id) => `/bulk-runs/${id}/failures`, run], ['PUT', (id) => `/bulk-runs/${id}/stop`, run], ['PUT', (id) => `/bulk-runs/${id}/undo`, run],
    ['GET', (id) => `/shared-drafts/${id}`, sharedDraft], ['PUT', (id) => `/shared-drafts/${id}`, sharedDraft, { html: 'mine now', version: 1 }], ['PUT', (id) => `/shared-drafts/${id}/discarding`, sharedDraft], ['DELETE', (id) => `/shared-drafts/${id}/discarding`, sharedDraft],
    ['POST', () => `/tickets/${ticket}/replies`, sharedDraft, { text: 'x', to: ['a@b.example'], sharedDraft: { id: sharedDraft, version: 1 } }],
    ['DELETE', (id) => `/tokens/${id}`, token], ['DELETE', (id) => `/sessions/${id}`, session], ['DELETE', (id) => `/absences/${id}`, absence],
  ];
  for (const [method, path, id, body] of asked) {
    for (const who of [boris, colleague]) {
      const { status, body: { instance: _, ...seen } } = await who.request(method, path(id), body);
      const { status: missing, body: { instance: __, ...expected } } = await who.request(method, path(UNKNOWN), JSON.parse(JSON.stringify(body ?? null)?.replaceAll(id, UNKNOWN)) ?? undefined);
      expect.soft([status, seen], `${method} ${path(id)} by ${who.actor.role}`).toEqual([missing, expected]);
      expect.soft([400, 403, 404], `${method} ${path(id)} by ${who.actor.role}: ${JSON.stringify(seen)}`).toContain(status);
    }
  }
  for (const who of [boris, colleague]) {
    for (const path of ['/views', '/views/counts', '/saved-replies', '/checklist-templates', '/bulk-runs', '/tokens', '/sessions', '/me/notices', '/me/notices/unread', '/absences', `/drafts/reply?ticket=${ticket}`, `/tickets/${ticket}/shared-drafts`, '/search?q=private', '/tickets?q=private', `/tickets/${ticket}/entries`]) {
      const said = JSON.stringify((await who.request('GET', path)).body ?? null);
      expect.soft(said, path).not.toMatch(/private/i);
      for (const id of [own, teams, sharedDraft, reply, steps, run, token, session, absence, notice]) expect.soft(said.includes(id), `${path} shows ${id}`).toBe(false);
    }
    await who.request('PUT', '/me/notices/read', { ids: [notice] });
    await who.request('DELETE', `/drafts/reply?ticket=${ticket}`);
    expect.soft((await who.request('GET', '/tickets.csv')).status, 'exports are for leads').toBe(403);
  }
  const heard = (await app.db.owner.selectFrom('events').select(['type', 'subject_id as subjectId', 'data']).where('workspace_id', '=', owner.workspaceId).where('subject_id', '=', sharedDraft).execute()) as { type: 'draft.shared'; subjectId: string; data: Record<string, string> }[];
  expect(heard.map((event) => [event.type, isTheirs(boris.id, { ...event, actor: { kind: 'person', id: ana.id } }, []), isTheirs(ana.id, { ...event, actor: { kind: 'person', id: ana.id } }, [])])).toEqual([['draft.shared', false, true]]);
  // All of it is still there for whose it is.
  expect((await ok(ana, 'GET', '/me/notices?unread=1')).items.map(({ id }: { id: string }) => id)).toEqual([notice]);
  expect(JSON.stringify(await ok(ana, 'GET', `/drafts/reply?ticket=${ticket}`))).toContain('private draft');
  expect((await ok(ana, 'GET', `/tickets/${ticket}/shared-drafts`)).items.map(({ id }: { id: string }) => id)).toEqual([sharedDraft]);
  for (const path of [`/views/${own}/tickets`, `/views/${teams}/tickets`]) await ok(ana, 'GET', path);
  await ok(ana, 'POST', `/saved-replies/${reply}/renderings`, { ticketId: ticket });
});

test('sockets tell of what is one’s own, of tickets, and of settings to those who may open them', () => {
  const event = (type: `${string}.${string}`, { subjectId = 'x', ticketId = null as string | null, data = {} } = {}) => ({ type, subjectId, ticketId, data, actor: { kind: 'person' as const, id: 'ana' } });
  expect([isTheirs('ana', event('notice.added', { subjectId: 'ana' })), isTheirs('boris', event('notice.added', { subjectId: 'ana' })), isTheirs('boris', event('notice.read', { subjectId: 'ana' }))]).toEqual([true, false, false]);
  expect([isTheirs('ana', event('absence.added', { data: { personId: 'ana' } })), isTheirs('boris', event('absence.added', { data: { personId: 'ana' } })), neededFor('absence.added', null)]).toEqual([true, null, 'routing.share']);
  expect(['quarantine.held', 'sla.flagged', 'webhook.disabled', 'incoming_webhook.called', 'outbox.changed', 'ticket.changed'].map((type) => neededFor(type, null)))
    .toEqual(['quarantine.read', 'sla.flags', 'webhooks.manage', 'webhooks.manage', 'outbox.read', 'tickets.read']);
  expect(['field.changed', 'workspace.changed', 'company.removed', 'import.changed', 'article.changed', 'sender.blocked', 'suppression.added', 'automation.stopped', 'view.changed', 'status.changed'].map((type) => neededFor(type, null)))
    .toEqual(['fields.list', 'workspace.read', 'customers.read', 'imports.manage', 'articles.read', 'spam.read', 'outbox.read', 'rules.list', 'tickets.read', 'tickets.read']);
  expect(neededFor('mail.misdirected', 'a ticket')).toBe('tickets.read');
  const saved = event('view.changed', { data: { personId: 'ana' } });
  expect([isTheirs('ana', saved), isTheirs('boris', saved), isTheirs('boris', event('view.changed'))]).toEqual([true, false, null]);
  expect(neededFor('outbox.changed', 'a ticket')).toBe('tickets.read');
  // A question is heard by the two whom it is between, and by who may read all of them.
  const asked = event('ask.asked', { data: { personId: 'boris' }, ticketId: 'a ticket' });
  expect([isTheirs('ana', asked), isTheirs('boris', asked), isTheirs('cora', asked), neededFor('ask.asked', 'a ticket')]).toEqual([true, true, null, 'asks.read_all']);
  expect(neededFor('draft.shared', 'a ticket')).toBe('tickets.reply');
  const drafted = event('draft.shared', { data: { authorId: 'ana', teamId: 'returns' }, ticketId: 'a ticket' });
  expect([isTheirs('ana', drafted, []), isTheirs('boris', drafted, ['sales']), isTheirs('cora', drafted, ['returns']), isTheirs('boris', event('draft.shared', { data: { authorId: 'ana' } }), ['sales'])]).toEqual([true, false, null, null]);
});
