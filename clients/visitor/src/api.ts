import type { ArticleOpened, CallCreate, CallTime, IntakeAsk, IntakeStep, MessagePage, MessageView, ProfilePatch, SessionCreate, SessionView, VisitorState } from './types.ts';

/** The server has said no; `code` says why, and never changes. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    [this.status, this.code] = [status, code];
  }
}
const PATIENCE_MS = 20_000;
const UPLOAD_PATIENCE_MS = 180_000;

type Asking = { readonly method: string; readonly path: string; readonly secret?: string | null; readonly body?: object | Blob };

/** The visitors' API over HTTP, one function for each question. `desk` is the address of the server, without a slash at its end. */
export function createApi(desk: string) {
  async function ask<T>({ method, path, secret, body }: Asking): Promise<T> {
    const isFile = body instanceof Blob;
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(), isFile ? UPLOAD_PATIENCE_MS : PATIENCE_MS);
    try {
      const answer = await fetch(`${desk}/api/v1/visitor${path}`, {
        method, signal: stop.signal, credentials: 'omit',
        headers: { ...(secret && { authorization: `Bearer ${secret}` }), ...(body && { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }) },
        ...(body && { body: isFile ? body : JSON.stringify(body) }),
      });
      if (answer.status === 204) return undefined as T;
      const said = await answer.json().catch(() => ({})) as T & { code?: string };
      if (!answer.ok) throw new Refused(answer.status, said.code ?? '');
      return said;
    } finally {
      clearTimeout(patience);
    }
  }

  return {
    session: (body: SessionCreate) => ask<SessionView>({ method: 'POST', path: '/session', body }),
    signOut: (secret: string) => ask<void>({ method: 'DELETE', path: '/session', secret }),
    messages: (secret: string, query: string) => ask<MessagePage>({ method: 'GET', path: `/messages?${query}`, secret }),
    profile: (secret: string, body: ProfilePatch) => ask<VisitorState>({ method: 'PATCH', path: '/profile', secret, body }),
    upload: (secret: string, file: Blob, name: string) => ask<{ id: string; name: string }>({ method: 'POST', path: `/files?name=${encodeURIComponent(name.slice(-200) || 'file')}`, secret, body: file.slice() }),
    end: (secret: string) => ask<VisitorState>({ method: 'POST', path: '/ending', secret, body: {} }),
    rate: (secret: string, score: number, comment: string) => ask<VisitorState>({ method: 'PUT', path: '/rating', secret, body: { score, comment } }),
    transcript: (secret: string) => ask<{ to: string }>({ method: 'POST', path: '/transcripts', secret, body: {} }),
    intake: (secret: string, kind: string, body: IntakeAsk) => ask<IntakeStep>({ method: 'POST', path: `/intake/${kind}`, secret, body }),
    opened: (secret: string, body: ArticleOpened) => ask<void>({ method: 'PUT', path: '/articles', secret, body }),
    callTimes: async (secret: string) => (await ask<{ items: CallTime[] }>({ method: 'GET', path: '/call-times', secret })).items,
    call: (secret: string, body: CallCreate) => ask<MessageView>({ method: 'POST', path: '/calls', secret, body }),
  };
}
