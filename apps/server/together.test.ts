import { expect, test } from 'vitest';
import { fill, furnished } from '../../testing/furnished.ts';
import { ASKED } from '../../testing/operation-bodies.ts';
import { isPublic, operations } from '../../testing/operation-rights.ts';
import { askedDuring } from '../../testing/round-trips.ts';
import { type Answer, type Member, oneAppForAll, testApp } from '../../testing/test-app.ts';

oneAppForAll();

const MOST = 40;
/** What is signed is signed anew each time it is told. */
const SIGNED = /\/api\/v1\/(?:files|content|faces)\/[^"]+|preview=[^"]+/g;

const together = (paths: readonly string[]): string => `/answers?${paths.map((path) => `of=${encodeURIComponent(path)}`).join('&')}`;
const said = ({ status, body }: Pick<Answer, 'status' | 'body'>): string => {
  const { instance: _, ...rest } = Array.isArray(body) || typeof body !== 'object' || body === null ? { body } as Record<string, unknown> : body;
  return `${status} ${JSON.stringify(rest)}`.replace(SIGNED, '');
};

async function askAll(member: Pick<Member, 'request'>, paths: readonly string[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < paths.length; at += MOST) {
    const { status, body } = await member.request('GET', together(paths.slice(at, at + MOST)));
    expect(status, JSON.stringify(body)).toBe(200);
    answers.push(...body.items);
  }
  return answers;
}

test('what is asked together is answered, to everybody, as it is alone: whatever the API tells, and nothing more', async () => {
  const { app, ids } = await furnished();
  const { body: document } = await app.request('GET', '/api/openapi.json');
  const places = { kind: 'claim', provider: 'google', domain: 'desk.test' };
  const paths = operations(document).filter((operation) => operation.method === 'GET' && !isPublic(operation)).map(({ path }) => path.replace('/api/v1', ''))
    .filter((path) => path !== '/answers' && path !== '/audit').map((path) => `${fill(path, { ...ids, ...places })}${ASKED[`GET ${path}`] ?? ''}`);
  const { body: bare } = await app.owner.request('POST', '/tokens', { name: 'reader', scopes: ['read'] });
  const reader = { request: (...[method, path]: Parameters<Member['request']>) => app.request(method, path, undefined, { authorization: `Bearer ${bare.token}` }) };
  const askers = { owner: app.owner, colleague: await app.person('colleague', { of: app.owner }), stranger: await app.otherWorkspace(), reader };

  for (const [who, asker] of Object.entries(askers)) {
    const alone: string[] = [];
    for (const path of paths) alone.push(said(await asker.request('GET', path)));
    const answers = (await askAll(asker, paths)).map(said);
    let same = 0;
    for (const [at, path] of paths.entries()) {
      if (answers[at]!.includes('request.not_together')) continue;
      same += 1;
      // What moves by itself proves nothing.
      if (answers[at] !== alone[at] && alone[at] === said(await asker.request('GET', path))) expect.soft(answers[at], `${path} by ${who}`).toBe(alone[at]);
    }
    expect(same, who).toBeGreaterThan(paths.length * 0.9);
    expect(answers.filter((answer) => answer.startsWith('200')).length, who).toBeGreaterThan(20);
  }
}, 400_000);

test('one authentication and one transaction are enough for all of them', async () => {
  const { owner } = await testApp();
  const { body: ticket } = await owner.request('POST', '/tickets', { subject: 'Kettle', channel: 'phone', customer: { phone: '+48221234567' }, text: 'x' });
  const paths = ['links', 'relations', 'asides', 'checklists', 'clocks'].map((part) => `/tickets/${ticket.id}/${part}`);
  await owner.request('GET', together(paths));
  const [apart, at] = [await askedDuring(() => Promise.all(paths.map((path) => owner.request('GET', path)))), await askedDuring(() => owner.request('GET', together(paths)))];
  const begun = (statements: readonly string[]) => statements.filter((text) => /(^|; )begin/u.test(text)).length;
  expect([begun(apart.statements), begun(at.statements)]).toEqual([6, 1]);
  expect(apart.statements.length - at.statements.length).toBeGreaterThanOrEqual(4 * 2);
  expect(at.roundTrips * 2).toBeLessThan(apart.roundTrips);
});

test('a part that fails is told as such, and the others stand', async () => {
  const { db, owner } = await testApp();
  await db.owner.schema.alterTable('ticket_links').renameTo('ticket_links_away').execute();
  try {
    const { body: ticket } = await owner.request('POST', '/tickets', { subject: 'Kettle', channel: 'phone', customer: { phone: '+48221234567' }, text: 'x' });
    const { body } = await owner.request('GET', together([`/tickets/${ticket.id}`, `/tickets/${ticket.id}/links`, '/nowhere', '/me', '/tickets?limit=0']));
    expect(body.items.map(({ status, body: { id, code } }: Answer) => [status, code ?? id])).toEqual([[200, ticket.id], [500, 'internal.error'], [404, 'route.not_found'], [200, owner.id], [400, 'request.invalid']]);
  } finally {
    await db.owner.schema.alterTable('ticket_links_away').renameTo('ticket_links').execute();
  }
});

test('nothing outside the API is a part of an answer, nor what takes much away, nor another such question', async () => {
  const { owner, request } = await testApp();
  const codes = async (...paths: string[]) => (await owner.request('GET', together(paths))).body.items?.map(({ status, body }: Answer) => [status, body?.code]);
  for (const path of ['/../../metrics', '/%2e%2e/%2e%2e/metrics', '/..\\..\\metrics', '/../../healthz']) {
    expect(await owner.request('GET', together(['/me', path])), path).toMatchObject({ status: 400 });
  }
  expect(await codes('/audit.csv', together(['/me']), '/setup')).toEqual([[400, 'request.not_together'], [400, 'request.not_together'], [400, 'request.not_together']]);
  for (const wrong of ['/answers', '/answers?of=me', together(Array.from({ length: MOST + 1 }, () => '/me'))]) expect(await owner.request('GET', wrong), wrong).toMatchObject({ status: 400 });
  expect(await request('GET', together(['/me', '/setup']))).toMatchObject({ status: 401 });
});
