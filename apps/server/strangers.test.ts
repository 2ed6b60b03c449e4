import { expect, test } from 'vitest';
import { can } from '../../features/people/core/permissions.ts';
import type { Role } from '../../kernel/actor.ts';
import { fill, furnished, WORDS, type Furnished } from '../../testing/furnished.ts';
import { ASKED, bodyOf, FRESH, newBrowser, PORTRAIT } from '../../testing/operation-bodies.ts';
import { isPublic, OPERATIONS, operations, type Needed } from '../../testing/operation-rights.ts';
import { plainBrowser, signInByMail } from '../../testing/plain-browser.ts';
import { testApp, type Member } from '../../testing/test-app.ts';

/** Ids of another workspace look as if they did not exist, on every operation. */
async function foreignIdsLookMissing({ app, ids }: Furnished): Promise<void> {
  const stranger = await app.otherWorkspace();
  const withIds = operations((await app.request('GET', '/api/openapi.json')).body).filter(({ method, path }) => path.includes('{') && !isPublic({ method, path }) && !/\{(?:kind|provider|domain)\}/.test(path));
  expect(withIds.length).toBeGreaterThan(25);

  for (const { method, path } of withIds) {
    const name = `${method} ${path}`;
    const body = bodyOf(name, ids);
    const url = `${fill(path, ids)}${ASKED[`${method} ${path.replace('/api/v1', '')}`] ?? ''}`;
    expect.soft(url, name).not.toContain('no-id-for');
    const payload = method === 'GET' || (Object.keys(body as object).length === 0 && method !== 'POST') ? undefined : body;
    const answer = await stranger.request(method, url, payload);
    expect.soft(answer.status, `${name}: ${JSON.stringify(answer.body)}`).toBe(404);
    const missing = await stranger.request(method, `${fill(path, { ...Object.fromEntries(Object.keys(ids).map((key) => [key, '01900000-0000-7000-8000-000000000000'])), ...WORDS })}${ASKED[`${method} ${path.replace('/api/v1', '')}`] ?? ''}`, payload);
    const { instance: _one, ...seen } = answer.body;
    const { instance: _two, ...expected } = missing.body;
    expect.soft(seen, name).toEqual(expected);
  }
}

/** Lists, search and counts of a stranger hold nothing of another workspace. */
async function listsHoldNothingForeign({ app, ids }: Furnished): Promise<void> {
  const stranger = await app.otherWorkspace();
  const lists = operations((await app.request('GET', '/api/openapi.json')).body).filter(({ method, path }) => method === 'GET' && !path.includes('{'));
  expect(lists.length).toBeGreaterThan(10);
  const words: readonly string[] = Object.values(WORDS);
  const foreign = Object.values(ids).filter((value) => value.length > 8 && !words.includes(value));

  for (const { path } of lists) {
    for (const query of ['', '?q=secret', '?status=all', `?customer=${ids.customers}`, '?status=deleted']) {
      const answer = await stranger.request('GET', `${path}${query}`);
      const text = JSON.stringify(answer.body);
      expect(text.replaceAll('secret"', '"'), `${path}${query}`).not.toMatch(/[Ss]ecret [a-zA-Z]/);
      for (const id of foreign) expect(text.includes(id), `${path}${query} shows ${id}`).toBe(false);
    }
  }
  // A foreign id inside a body is not there either.
  expect((await stranger.request('POST', '/tickets', { subject: 'x', channel: 'phone', customerId: ids.customers, text: 'x' })).status).toBe(400);
  const own = await stranger.request('POST', '/tickets', { subject: 'x', channel: 'phone', customer: { phone: '+48221234567' }, text: 'x' });
  for (const patch of [{ assigneeId: ids.people }, { teamId: ids.teams }, { customerId: ids.customers }]) {
    expect((await stranger.request('PATCH', `/tickets/${own.body.id}`, patch)).status, JSON.stringify(patch)).toBe(400);
  }
  expect((await stranger.request('POST', `/tickets/${own.body.id}/merges`, { into: ids.other })).status).toBe(404);
}

const asBytes = (body: unknown): Record<string, string> => (Buffer.isBuffer(body) ? { 'content-type': 'application/octet-stream' } : {});
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const may = (role: Role, scopes: readonly string[] | null) => (right: Needed): boolean => right === 'anybody' || (right === 'session' ? scopes === null : can({ role, scopes }, right));
type Caller = { readonly who: string; readonly status: 401 | 403; readonly headers: Record<string, string>; readonly may: (right: Needed) => boolean };

/** Everybody who might call, and is refused with that status what they may not. */
async function callers({ app, ids }: Furnished, [agent, colleague]: readonly [Member, Member]): Promise<Caller[]> {
  const { owner } = app;
  const made = await owner.request('POST', '/tokens', { name: 'nothing', scopes: ['mail'] });
  await app.db.owner.updateTable('api_tokens').set({ scopes: [] }).where('id', '=', made.body.id).execute();
  const reader = await owner.request('POST', '/tokens', { name: 'reader', scopes: ['read'] });
  const visitor = (await app.request('POST', '/visitor/session', { widget: ids.widgets })).body.secret as string;
  const browser = plainBrowser(app);
  await signInByMail(browser, app, owner.workspaceId, 'guest@example.org');
  const guest = browser.cookies.get('rapport-customer')!;
  const nobodys = { status: 401, may: () => false } as const;
  return [
    { who: 'an agent', status: 403, headers: bearer(agent.token), may: may('agent', null) }, { who: 'a colleague', status: 403, headers: bearer(colleague.token), may: may('colleague', null) },
    { who: 'a token without scope', status: 403, headers: bearer(made.body.token), may: may('owner', []) }, { who: 'a token that reads', status: 403, headers: bearer(reader.body.token), may: may('owner', ['read']) },
    { who: 'a customer in a chat', ...nobodys, headers: bearer(visitor) }, { who: 'a customer with requests', ...nobodys, headers: { cookie: `rapport-customer=${guest}; rapport=${guest}` } }, { who: 'nobody', ...nobodys, headers: {} },
  ];
}

/** What is not theirs is refused, and alike whether it is there or not. */
async function everyOperationByEverybody(house: Furnished): Promise<void> {
  const { app, ids } = house;
  const { body: document } = await app.request('GET', '/api/openapi.json');
  expect(document.openapi).toBe('3.1.0');
  const published = operations(document).filter((operation) => !isPublic(operation))
    .map(({ method, path }) => ({ method, path, name: `${method} ${path.replace('/api/v1', '')}` }));
  const needed = new Map(Object.entries(OPERATIONS).flatMap(([right, names]) => names.map((name) => [name, right as Needed] as const)));
  expect(published.map(({ name }) => name).filter((name) => !needed.has(name)), 'say in testing/operation-rights.ts what it needs').toEqual([]);
  expect([...needed.keys()].filter((name) => !published.some((one) => one.name === name)), 'no operations any more').toEqual([]);

  const staff = [await app.person('agent', { of: app.owner }), await app.person('colleague', { of: app.owner })] as const;
  const actors = await callers(house, staff);
  const unknown = { ...Object.fromEntries(Object.keys(ids).map((key) => [key, '01900000-0000-7000-8000-000000000000'])), ...WORDS };
  const askedAs = ({ method, path, name }: (typeof published)[number]) => {
    const places = { kind: path.includes('/drafts/') ? 'reply' : 'claim', provider: 'google', domain: 'desk.test' };
    const body = FRESH[name] ?? GOOD[name.replace(/\{(\w+)\}/g, ':$1')] ?? ((given: Record<string, string>) => bodyOf(`${method} ${path}`, given));
    const payload = method === 'GET' || method === 'DELETE' ? undefined : body(ids);
    return async (given: Record<string, string>, headers: Record<string, string>) => {
      const { status, body: { instance: _, ...said } } = await app.request(method, `${fill(path, { ...given, ...places })}${ASKED[name] ?? ''}`, payload, { ...headers, ...asBytes(payload) });
      return { status, said };
    };
  };
  for (const operation of published) {
    const { method, path, name } = operation;
    const [call, right] = [askedAs(operation), needed.get(name)!];
    for (const { who, status, headers } of actors.filter((actor) => !actor.may(right))) {
      const refused = await call(ids, headers);
      expect.soft(refused.status, `${name} by ${who}: ${JSON.stringify(refused.said)}`).toBe(status);
      if (path.includes('{') && status === 403) expect.soft((await call(unknown, headers)).said, `${name} by ${who}`).toEqual(refused.said);
    }
    // What only reads is there for all who may.
    for (const { actor, token } of method === 'GET' ? [app.owner, ...staff].filter((person) => may(person.actor.role, null)(right)) : []) {
      const { status, said } = await call(ids, bearer(token));
      expect.soft([401, 403, 500], `${name} by ${actor.role}: ${JSON.stringify(said)}`).not.toContain(status);
    }
  }
  for (const headers of [{ authorization: '' }, { authorization: 'Bearer ' }, { authorization: 'Bearer null' }, { cookie: 'rapport=' }, bearer(`${app.owner.token}x`)]) {
    for (const path of ['/tickets', '/me', `/tickets/${ids.tickets}`]) expect((await app.request('GET', path, undefined, headers as Record<string, string>)).status, `${path} ${JSON.stringify(headers)}`).toBe(401);
  }
}

test('every operation by everybody who might call it: owner, agent, colleague, other workspace, customers, tokens, nobody', async () => {
  const house = await furnished();
  await everyOperationByEverybody(house);
  await foreignIdsLookMissing(house);
  await listsHoldNothingForeign(house);
}, 400_000);

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
  /^\w+ \/(?:tickets|handovers|asides|asks|reminders|bulk-runs|splits|drafts|shared-drafts|commitments|attachments|notices|offers|approvals|uploads|outbox|socket-tickets|session|email\/inbound|me\/(?:notices|presence))\b/, /\/(?:presence|next|seen)$/,
  /\/(?:tests|matches|audiences|previews|dry-run|renderings|applications|uses|due|measurements|\w*-?options|options|catch-ups|replays|checks)$/, /^POST \/customers/, /^\w+ \/customers\/:id\/likenesses/, /^PATCH \/customers\/:id\/notes/, /^\w+ \/status-incidents\/.*(?:tickets|attachments)/,
  /^(?:POST|PUT) \/(?:articles\/(?:proposals|pictures|.*\/(?:restorations|reviews|texts\/.*))|knowledge\/gaps)/,
];
/** Not with what there is here: a mail provider, an authenticator, a letter that is held, several of a kind. That their tables are watched, `db/schema.test.ts` sees. */
const NOT_HERE = [
  'POST /me/two-step/passkeys', 'PUT /me/two-step/totp', 'DELETE /me/two-step/totp', 'POST /mailboxes/:id/sign-ins', 'POST /people/:id/invitations', 'DELETE /people/:id/deactivation', 'DELETE /people/:id/two-step',
  'POST /email/quarantine/decisions', 'DELETE /email/quarantine/decisions/:id', 'POST /sending-domains/:domain/keys', 'DELETE /email/spam-filter/lessons', 'DELETE /incoming-webhooks/:id/signature', 'PUT /me/password',
  'PUT /fields/order', 'PUT /rules/order', 'PUT /approval-policies/order', 'PUT /sla-policies/order', 'PUT /charter', 'PUT /intakes/:kind', 'DELETE /intakes/:kind', 'PUT /email/oauth/clients/:provider', 'DELETE /email/oauth/clients/:provider',
  'DELETE /imports/:id/run', 'POST /imports/:id/undo', 'PATCH /imports/:id', 'DELETE /calendars/:id', 'DELETE /articles/:id/texts/:language', 'DELETE /me/two-step/devices/:id',
];
const GOOD: Record<string, (ids: Record<string, string>) => unknown> = {
  'POST /me/push/devices': newBrowser, 'POST /me/face': () => PORTRAIT, 'PATCH /workspace': () => ({ name: 'Renamed' }), 'PATCH /me': () => ({ name: 'Renamed' }), 'PUT /workspace/two-step': () => ({ roles: ['admin'] }), 'POST /people': () => ({ email: 'new@desk.test', name: 'New', role: 'agent', language: 'en' }),
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
    const answer = await app.owner.request(method, fill(path, ids), method === 'DELETE' ? undefined : body, asBytes(body));
    answers.set(operation, `${answer.status} ${JSON.stringify(answer.body)}`.slice(0, 300));
  }
  const told = new Set((await app.db.owner.selectFrom('audit_lines').select('operation').where('actor_id', '=', app.owner.id).execute()).map(({ operation }) => operation));
  expect(writes.length).toBeGreaterThan(80);
  expect([...answers].filter(([operation]) => !told.has(operation))).toEqual([]);
});
