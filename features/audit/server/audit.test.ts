import { expect, test } from 'vitest';
import type { AuditLineView, AuditPage } from '../core/contract.ts';
import { oneAppForAll, testApp, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

const audit = async (member: Member, query = ''): Promise<AuditPage> => (await member.request('GET', `/audit${query}`)).body;
const brief = ({ actor, action, kind, changes }: AuditLineView) => [actor.name, action, kind, Object.fromEntries(changes.map(({ field, from, to }) => [field, [from, to]]))];

test('a change tells who, what, from what to what, from where and by which call', async () => {
  const app = await testApp();
  const person = await app.person('agent', { of: app.owner, name: 'Ivan' });
  const { body: team } = await app.owner.request('POST', '/teams', { name: 'Returns' });
  await app.owner.request('PATCH', `/people/${person.id}`, { role: 'lead', teamIds: [team.id] });

  const { items, names } = await audit(app.owner, `?thing=${person.id}&kind=person`);

  expect(items[0]).toMatchObject({ actor: { kind: 'person', id: app.owner.id, name: 'Main Owner' }, address: '127.0.0.1', operation: 'PATCH /people/:id', action: 'changed', thing: person.id });
  expect(items[0]!.changes).toEqual([{ field: 'role', kept: true, from: 'agent', to: 'lead' }]);
  expect(names).toMatchObject({ [person.id]: 'Ivan' });
  const member = await audit(app.owner, '?kind=team_member');
  expect(brief(member.items[0]!)).toEqual(['Main Owner', 'created', 'team_member', { person_id: [null, person.id] }]);
  expect(member.names).toMatchObject({ [team.id]: 'Returns', [person.id]: 'Ivan' });
});

test('what is saved as it was is no change, and who stays in a team has not left it', async () => {
  const app = await testApp();
  const person = await app.person('agent', { of: app.owner });
  const { body: team } = await app.owner.request('POST', '/teams', { name: 'Returns', memberIds: [person.id] });
  const before = (await audit(app.owner)).items[0]!.id;

  await app.owner.request('PATCH', `/teams/${team.id}`, { name: 'Returns', memberIds: [person.id] });

  expect((await audit(app.owner)).items[0]!.id).toBe(before);
});

test('what was rolled back leaves no line', async () => {
  const app = await testApp();
  const { body: team } = await app.owner.request('POST', '/teams', { name: 'Returns' });
  const before = (await audit(app.owner)).items.length;
  expect((await app.owner.request('PATCH', `/teams/${team.id}`, { name: 'Sales', memberIds: ['01900000-0000-7000-8000-000000000000'] })).status).toBe(404);
  expect((await audit(app.owner)).items.length).toBe(before);
});

test('signing in, failing to, and proving oneself once more are told, with the address', async () => {
  const app = await testApp();
  const person = await app.person('admin', { of: app.owner, name: 'Ana', password: true });
  const signIn = (password: string) => app.request('POST', '/session', { email: person.email, password });
  expect((await signIn('wrong password')).status).toBe(401);
  expect((await signIn(app.password)).status).toBe(201);
  expect((await person.request('POST', '/session/step-up', { method: 'password', password: 'wrong' })).status).toBe(400);
  expect((await person.request('POST', '/session/step-up', { method: 'password', password: app.password })).status).toBe(200);
  await app.people.settled();

  const { items } = await audit(app.owner, `?kind=session&thing=${person.id}`);

  expect(items.map(({ actor, action, address, operation, changes }) => [actor.kind, action, address, operation, changes[0]?.field, changes[0]?.to])).toEqual([
    ['person', 'changed', '127.0.0.1', 'POST /session/step-up', 'proved_at', expect.any(String)],
    ['person', 'refused', '127.0.0.1', 'POST /session/step-up', 'step', 'step_up'],
    ['person', 'created', '127.0.0.1', 'POST /session', 'proved_at', expect.any(String)],
    ['guest', 'refused', '127.0.0.1', 'POST /session', 'step', 'password'],
    ['person', 'created', '', '', 'proved_at', expect.any(String)],
  ]);
});

test('a program is told once a day, what it changes each time, and an export before it leaves', async () => {
  const app = await testApp();
  const { body: token } = await app.owner.request('POST', '/tokens', { name: 'Shop', scopes: ['read', 'admin'] });
  const program = { authorization: `Bearer ${token.token}` };
  await app.request('GET', '/tickets', undefined, program);
  await app.request('POST', '/teams', { name: 'Returns' }, program);
  const csv = await app.request('GET', '/audit.csv?kind=team', undefined, program);

  const used = await audit(app.owner, `?thing=${token.id}`);
  expect(used.items.map(({ action, operation }) => [action, operation])).toEqual([['used', 'GET /tickets'], ['created', 'POST /tokens']]);
  expect((await audit(app.owner, '?kind=team')).items[0]).toMatchObject({ tokenId: token.id, label: 'Returns', actor: { id: app.owner.id } });
  expect((await audit(app.owner, '?kind=export')).items[0]).toMatchObject({ action: 'exported', thing: '/audit.csv', tokenId: token.id });
  expect(csv.headers['content-type']).toMatch(/^text\/csv/);
  expect(csv.body.split('\r\n')[1]).toMatch(/,Main Owner,.*,created,team,.*,Returns,name,,Returns,POST \/teams$/);
});

test('merges, deletions and redactions of tickets are told without what customers wrote', async () => {
  const app = await testApp();
  const phone = (number: string) => ({ subject: 'Secret kettle', channel: 'phone', customer: { phone: number }, text: 'secret words' });
  const [one, two] = [(await app.owner.request('POST', '/tickets', phone('+359881234567'))).body, (await app.owner.request('POST', '/tickets', phone('+359881234568'))).body];
  await app.owner.request('POST', `/tickets/${two.id}/merges`, { into: one.id });
  const { body: entries } = await app.owner.request('GET', `/tickets/${one.id}/entries`);
  const entry = entries.items.find((item: { text?: string }) => item.text === 'secret words');
  expect((await app.owner.request('POST', `/tickets/${one.id}/entries/${entry.id}/redactions`, { passages: ['secret'], reason: 'asked to' })).status).toBeLessThan(300);
  await app.owner.request('PUT', `/tickets/${one.id}/deletion`);

  const { items } = await audit(app.owner, `?thing=${one.id}`);

  expect(items.map(({ action, kind }) => `${kind} ${action}`)).toEqual(['ticket changed', 'redaction removed', 'ticket_merge created']);
  expect(JSON.stringify(items)).not.toMatch(/kettle|secret/);
});

test('it is for administrators of the workspace, page after page, by person and time', async () => {
  const app = await testApp();
  const other = await app.otherWorkspace();
  const lead = await app.person('lead', { of: app.owner });
  for (const name of ['A', 'B', 'C']) await app.owner.request('POST', '/teams', { name });
  expect((await lead.request('GET', '/audit')).status).toBe(403);
  expect((await lead.request('GET', '/audit.csv')).status).toBe(403);
  expect((await audit(other, '?kind=team')).items).toEqual([]);

  const first = await audit(app.owner, `?kind=team&actor=${app.owner.id}&limit=2`);
  const second = await audit(app.owner, `?kind=team&actor=${app.owner.id}&limit=2&cursor=${first.nextCursor}`);

  expect([...first.items, ...second.items].map(({ label }) => label)).toEqual(['C', 'B', 'A']);
  expect((await audit(app.owner, `?kind=team&from=${first.items[0]!.at}`)).items.map(({ label }) => label)).toContain('C');
  expect((await audit(app.owner, `?kind=team&to=${second.items[0]!.at}`)).items).toEqual([]);
  expect((await app.owner.request('GET', '/audit?kind=nonsense')).status).toBe(400);
});
