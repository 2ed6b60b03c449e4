import type { Member, testApp } from './test-app.ts';

type App = Awaited<ReturnType<typeof testApp>>;
type Given = Record<string, unknown> & { title: string };

/** A help centre as its readers and its writers see it. */
export function helpDesk(app: Pick<App, 'http' | 'owner'>, member: Member = app.owner) {
  async function good<T = any>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> { // oxlint-disable-line typescript/no-explicit-any -- tests look into answers of any shape
    const answer = await member.request(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }
  return {
    good,
    write: (given: Given) => good('POST', '/articles', { language: 'en', html: `<p>${given.title}</p>`, state: 'public', ...given }),
    /** As a browser without a session asks. */
    async read(path: string, { method = 'GET', form, headers = {}, address = '192.0.2.1' }: { method?: 'GET' | 'POST'; form?: Record<string, string>; headers?: Record<string, string>; address?: string } = {}) {
      const response = await app.http.inject({
        method, url: path, remoteAddress: address, headers: { host: 'desk.test', ...(form && { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://desk.test' }), ...headers },
        ...(form && { payload: new URLSearchParams(form).toString() }),
      });
      return { status: response.statusCode, body: response.body, headers: response.headers };
    },
    async finds(q: string, lang = 'en'): Promise<string[]> {
      const { body } = await this.read(`/help/search?${new URLSearchParams({ q, lang })}`);
      return [...body.matchAll(/<ul class="links">([^]*?)<\/ul>/g)].flatMap(([, list]) => [...list!.matchAll(/<a [^>]*>([^<]*)</g)].map(([, title]) => title!));
    },
  };
}
