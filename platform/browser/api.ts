import { type ZodType, z } from 'zod';
import { heardPlace } from './known-since.ts';
import { onceDrawn } from './once-drawn.ts';
import { ApiError, problemOf, refusal } from './problems.ts';
import { heardDate } from './server-clock.ts';
import { gathered, type Told } from './together.ts';

const BASE = '/api/v1';
const PATIENCE_MS = 30_000;

type Options = {
  signal?: AbortSignal;
  /** One key per intent: the same key sent again, after a lost answer, is done once. Made anew when absent. */
  idempotencyKey?: string;
  /** For requests that a signed-out person makes: a 401 is an answer about them, not the end of a session. */
  anonymous?: boolean;
  /** Whose intent it is: refused once somebody else is signed in. */
  as?: string;
  /** What the person is about to do, in case the server wants to know once more who sits there. */
  toward?: Toward;
};

/** `export`: takes what is known about customers out of the house. */
export type Toward = 'export';

/** Talks to our server; a reply that breaks the contract fails here, where the cause is still visible. */
export const api = {
  get: <T>(path: string, reply: ZodType<T>, options: Options = {}) => call('GET', path, undefined, reply, options),

  /** The same, in one request with what else is asked for so in the same moment: for what stands beside that for which somebody waits. */
  async beside<T>(path: string, reply: ZodType<T>, { signal }: Pick<Options, 'signal'> = {}): Promise<T> {
    const told = await askBeside(path, signal);
    if (told.status >= 300) throw refusal(told);
    return checked(path, told, reply);
  },

  post: write('POST'),
  put: write('PUT'),
  patch: write('PATCH'),
  delete: write('DELETE'),

  /** What the server made, as it is. */
  file: async (path: string, options: Options = {}): Promise<Blob> => (await send('GET', path, undefined, options)).blob(),

  /** The bytes are the body; what they are is said by the content type, their name by the path or its query. */
  async upload<T>(path: string, file: Blob, reply: ZodType<T>, options: Options = {}): Promise<T> {
    const response = await send('POST', path, { body: file, contentType: file.type || 'application/octet-stream' }, options);
    return parse(path, response, reply);
  },
};

/** Calls `listener` whenever an answer shows that the session has ended. Returns the way to stop. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.addEventListener('signed-out', listener);
  return () => signedOut.removeEventListener('signed-out', listener);
}

/**
 * Calls `ask` when the server wants to know once more who sits there. It resolves to whether that was proved; what was
 * refused is then sent again, so no screen need know of it. Returns the way to stop.
 */
export function onStepUp(ask: (toward: Toward | null) => Promise<boolean>): () => void {
  proveAgain = ask;
  return () => {
    if (proveAgain === ask) proveAgain = null;
  };
}

/** From now on everything that this page asks for says who sits in front of it: when somebody else has signed in meanwhile at the same browser, nothing is done or shown in their name. */
export function speakFor(personId: string | null): void {
  speaker = personId;
}

/** The same, for what does not go through here. */
export const speakerHeaders = (): Record<string, string> => (speaker === null ? {} : { 'rapport-person': speaker });

let speaker: string | null = null;
let proveAgain: ((toward: Toward | null) => Promise<boolean>) | null = null;
const signedOut = new EventTarget();

type Write = {
  (path: string, body?: unknown): Promise<void>;
  <T>(path: string, body: unknown, reply: ZodType<T>, options?: Options): Promise<T>;
  (path: string, body: unknown, reply: null, options?: Options): Promise<void>;
};

function write(method: string): Write {
  return (async (path: string, body?: unknown, reply: ZodType | null = null, options: Options = {}) =>
    call(method, path, body, reply, options)) as Write;
}

async function call<T>(method: string, path: string, body: unknown, reply: ZodType<T> | null, options: Options): Promise<T> {
  const json = body === undefined ? undefined : { body: JSON.stringify(body), contentType: 'application/json' };
  return parse(path, await send(method, path, json, options), reply);
}

const Answers = z.object({ items: z.array(z.object({ status: z.int(), body: z.unknown() })) });

const askBeside = gathered(async (paths, signal): Promise<readonly Told[]> => {
  const [first, ...others] = paths;
  if (others.length > 0) return (await api.get(`/answers?${paths.map((path) => `of=${encodeURIComponent(path)}`).join('&')}`, Answers, { signal })).items;
  return first === undefined ? [] : [{ status: 200, body: await (await send('GET', first, undefined, { signal })).json() as unknown }];
});

type Content = { body: BodyInit; contentType: string };

async function send(method: string, path: string, content: Content | undefined, options: Options, isAgain = false): Promise<Response> {
  const response = await reach(path, { method, headers: headersOf(method, content, options), ...(content && { body: content.body }) }, options.signal);
  if (response.ok) return response;
  if (response.status === 401 && !options.anonymous) signedOut.dispatchEvent(new Event('signed-out'));
  const problem = await problemOf(response);
  if (problem.code === 'session.step_up_needed' && !isAgain && (await proveAgain?.(options.toward ?? null))) return send(method, path, content, options, true);
  throw problem;
}

async function reach(path: string, request: RequestInit, signal?: AbortSignal): Promise<Response> {
  const drawing = request.method === 'GET' ? onceDrawn() : null;
  if (drawing) await drawing;
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(`${BASE}${path}`, { ...request, credentials: 'same-origin', signal: signal ? AbortSignal.any([signal, patience]) : patience });
    heardDate(response.headers.get('date'));
    heardPlace(response.headers.get('rapport-position'));
    return response;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError({ status: 0, code: patience.aborted ? 'network.timeout' : 'network.unreachable' });
  }
}

const headersOf = (method: string, content: Content | undefined, { idempotencyKey = crypto.randomUUID(), anonymous = false, as }: Options): Record<string, string> => ({
  accept: 'application/json',
  ...(content && { 'content-type': content.contentType }),
  ...(method !== 'GET' && { 'idempotency-key': idempotencyKey }),
  ...(!anonymous && speakerHeaders()),
  ...(as !== undefined && { 'rapport-person': as }),
});

async function parse<T>(path: string, response: Response, reply: ZodType<T> | null): Promise<T> {
  if (!reply) return undefined as T;
  return checked(path, { status: response.status, body: await response.json() }, reply);
}

function checked<T>(path: string, { status, body }: Told, reply: ZodType<T>): T {
  const result = reply.safeParse(body);
  if (result.success) return result.data;
  throw new ApiError({ status, code: 'reply.unexpected', detail: `${path}: ${result.error.message}` });
}
