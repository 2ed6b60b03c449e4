import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { api, onSignedOut, onStepUp, speakFor } from './api.ts';
import { ApiError } from './problems.ts';

const Ticket = z.object({ number: z.int() });

function serverSays(body: unknown, status = 200, headers: Record<string, string> = {}) {
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => new Response(body === null ? null : JSON.stringify(body), { status, headers }));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

const refusal = async (call: Promise<unknown>) => {
  const error = await call.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof ApiError)) throw new Error(`refused with ${String(error)}`);
  return error;
};

test('hands out what the contract promises', async () => {
  const fetch = serverSays({ number: 1042, secret: 'left out' });
  expect(await api.get('/tickets/1', Ticket)).toEqual({ number: 1042 });
  expect(fetch.mock.calls[0]?.[0]).toBe('/api/v1/tickets/1');
});

test('what is asked for after a press leaves once the press is drawn, and everything else at once', async () => {
  const frames: FrameRequestCallback[] = [];
  vi.stubGlobal('requestAnimationFrame', (act: FrameRequestCallback) => frames.push(act));
  const fetch = serverSays({ number: 1042 });
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
  const [asked, written] = [api.get('/tickets/1', Ticket), api.post('/tickets/1/read', {}, null)];
  expect(fetch.mock.calls.map(([path]) => path)).toEqual(['/api/v1/tickets/1/read']);
  for (const frame of frames) frame(0);
  await Promise.all([asked, written]);
  expect(fetch).toHaveBeenCalledTimes(2);

  const again = api.get('/tickets/1', Ticket);
  expect(fetch).toHaveBeenCalledTimes(3);
  await again;
});

test('what is one person’s says so, and nothing else does', async () => {
  const fetch = serverSays({ number: 1042 });
  await api.post('/tickets/1/notes', {}, Ticket, { as: 'ana' });
  await api.get('/tickets/1', Ticket);
  expect(fetch.mock.calls.map(([, { headers }]) => (headers as Record<string, string>)['rapport-person'])).toEqual(['ana', undefined]);
});

test('once it is known who sits there, everything says so but what asks who it is', async () => {
  const fetch = serverSays({ number: 1042 });
  speakFor('ana');
  await api.get('/tickets/1', Ticket);
  await api.get('/me', Ticket, { anonymous: true });
  await api.post('/tickets/1/notes', {}, Ticket, { as: 'boris' });
  expect(fetch.mock.calls.map(([, { headers }]) => (headers as Record<string, string>)['rapport-person'])).toEqual(['ana', undefined, 'boris']);
});

test('a reply that breaks the contract is an error here, not somewhere on the screen', async () => {
  serverSays({ number: 'many' });
  expect(await refusal(api.get('/tickets/1', Ticket))).toMatchObject({ code: 'reply.unexpected' });
});

test('a refusal keeps its code, its fields and how long to wait', async () => {
  serverSays({ code: 'person.email_taken', detail: 'Somebody has it.', errors: [{ pointer: '#/email', detail: 'is taken' }] }, 409, { 'retry-after': '30' });
  const error = await refusal(api.post('/people', { email: 'a@b.c' }, null));
  expect(error).toMatchObject({ status: 409, code: 'person.email_taken', detail: 'Somebody has it.', retryAfter: 30 });
  expect(error.fields).toEqual([{ field: 'email', code: 'invalid', detail: 'is taken' }]);
});

test('a refusal without a body is still a refusal', async () => {
  serverSays(null, 502);
  expect(await refusal(api.get('/me', Ticket))).toMatchObject({ status: 502, code: 'http.502' });
});

test('no answer at all is told apart from a refusal', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')));
  expect(await refusal(api.get('/me', Ticket))).toMatchObject({ status: 0, code: 'network.unreachable' });
});

test('whoever gives up waiting is not told of a broken network', async () => {
  vi.stubGlobal('fetch', async (_url: string, { signal }: RequestInit) => Promise.reject(signal?.reason));
  const gone = AbortSignal.abort();
  await expect(api.get('/me', Ticket, { signal: gone })).rejects.toBe(gone.reason);
});

test('every write carries a key of its own, and a repeated one the same key', async () => {
  const fetch = serverSays(null, 204);
  await api.post('/a', {});
  await api.post('/a', {});
  await api.post('/a', {}, null, { idempotencyKey: 'once' });
  const keys = fetch.mock.calls.map(([, init]) => new Headers(init.headers).get('idempotency-key'));
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[1]).not.toBe(keys[0]);
  expect(keys[2]).toBe('once');
});

test('the end of a session is told to the app, a wrong password only to the form', async () => {
  const told = vi.fn();
  const stop = onSignedOut(told);
  serverSays({ code: 'session.missing' }, 401);
  await refusal(api.post('/session', {}, null, { anonymous: true }));
  expect(told).not.toHaveBeenCalled();
  await refusal(api.get('/tickets', Ticket));
  expect(told).toHaveBeenCalledOnce();
  stop();
});

test('what needs a fresh proof is sent again when it was given, once, and refused when it was not', async () => {
  const refused = () => Response.json({ code: 'session.step_up_needed' }, { status: 403 });
  const answers = [refused(), Response.json({ number: 7 }), refused(), refused(), refused()];
  vi.stubGlobal('fetch', async () => answers.shift());
  const proofs = [true, true, false];
  const ask = vi.fn(async () => proofs.shift() ?? false);
  const stop = onStepUp(ask);
  expect(await api.post('/tokens', {}, Ticket)).toEqual({ number: 7 });
  expect(await refusal(api.post('/tokens', {}, Ticket))).toMatchObject({ status: 403, code: 'session.step_up_needed' });
  expect(ask).toHaveBeenCalledTimes(2);
  expect(await refusal(api.post('/tokens', {}, Ticket))).toMatchObject({ status: 403 });
  stop();
  expect(answers).toHaveLength(0);
});

/** As the server answers what was asked together: by path. */
function serverKnows(answers: Readonly<Record<string, { status: number; body: unknown }>>) {
  const fetch = vi.fn(async (url: string, _init: RequestInit) => {
    const { pathname, searchParams } = new URL(url, 'http://desk.test');
    if (pathname !== '/api/v1/answers') return new Response(JSON.stringify(answers[pathname]?.body), { status: answers[pathname]?.status ?? 404 });
    return new Response(JSON.stringify({ items: searchParams.getAll('of').map((path) => answers[`/api/v1${path}`] ?? { status: 404, body: { code: 'route.not_found' } }) }));
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

test('what stands beside something is asked for in one request: each has its answer, and what is refused leaves the others', async () => {
  const fetch = serverKnows({ '/api/v1/tickets/1': { status: 200, body: { number: 1 } }, '/api/v1/tickets/2?x=a&y=b': { status: 200, body: { number: 2 } }, '/api/v1/tickets/3': { status: 403, body: { code: 'access.denied' } }, '/api/v1/tickets/4': { status: 200, body: {} } });
  const [first, second, refused, broken] = await Promise.all([api.beside('/tickets/1', Ticket), api.beside('/tickets/2?x=a&y=b', Ticket), refusal(api.beside('/tickets/3', Ticket)), refusal(api.beside('/tickets/4', Ticket))]);
  expect([first, second]).toEqual([{ number: 1 }, { number: 2 }]);
  expect([refused.status, refused.code, broken.code]).toEqual([403, 'access.denied', 'reply.unexpected']);
  expect(fetch).toHaveBeenCalledTimes(1);
});

test('what nobody wants any more is not asked for, and what is asked for alone goes as it is', async () => {
  const fetch = serverKnows({ '/api/v1/tickets/1': { status: 200, body: { number: 1 } } });
  const [gone, leaving] = [new AbortController(), new AbortController()];
  const [alone, unwanted] = [api.beside('/tickets/1', Ticket), api.beside('/tickets/2', Ticket, { signal: gone.signal }).catch((reason: unknown) => (reason as Error).name)];
  gone.abort();
  expect([await alone, await unwanted]).toEqual([{ number: 1 }, 'AbortError']);
  expect(fetch.mock.calls.map(([url]) => url)).toEqual(['/api/v1/tickets/1']);

  const left = Promise.withResolvers<void>();
  vi.stubGlobal('fetch', async (_url: string, { signal }: RequestInit) => new Promise((_resolve, reject) => {
    signal!.addEventListener('abort', () => reject(signal!.reason as Error));
    left.resolve();
  }));
  const both = [1, 2].map((id) => api.beside(`/tickets/${id}`, Ticket, { signal: leaving.signal }).catch((reason: unknown) => (reason as Error).name));
  await left.promise;
  leaving.abort();
  expect(await Promise.all(both)).toEqual(['AbortError', 'AbortError']);
});

test('an answer that does not come is none to everything that was asked with it', async () => {
  vi.stubGlobal('fetch', async () => { throw new TypeError('no network'); });
  const all = await Promise.all([1, 2].map((id) => refusal(api.beside(`/tickets/${id}`, Ticket))));
  expect(all.map(({ code }) => code)).toEqual(['network.unreachable', 'network.unreachable']);
});
