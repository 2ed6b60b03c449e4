import { sql } from 'kysely';
import type { App } from '../apps/server/compose.ts';

export type Shown = { readonly status: number; readonly path: string; readonly html: string; readonly headers: Record<string, unknown> };
type Fields = Readonly<Record<string, string>>;
type SentFile = { readonly name: string; readonly bytes: Uint8Array };

export type PlainBrowser = ReturnType<typeof plainBrowser>;

/** A browser without script, as a stranger's: keeps cookies, follows redirects, sends the forms of the page that it shows. */
export function plainBrowser(app: Pick<App, 'http'>, { language = 'en', address = '192.0.2.1', host = 'desk.test', userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' } = {}) {
  const cookies = new Map<string, string>();
  let page: Shown = { status: 0, path: '/', html: '', headers: {} };

  let again = (): Promise<Shown> => { throw new Error('nothing was loaded yet'); };

  async function load(method: 'GET' | 'POST', url: string, payload?: string | Buffer, headers: Fields = {}): Promise<Shown> {
    again = () => load(method, url, payload, headers);
    const response = await app.http.inject({
      method, url, ...(payload !== undefined && { payload }), remoteAddress: address,
      headers: { host, 'user-agent': userAgent, accept: 'text/html', 'accept-language': language, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '), ...(method === 'POST' && { origin: `http://${host}` }), ...headers },
    });
    for (const line of [response.headers['set-cookie'] ?? []].flat()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '') cookies.delete(name!); else cookies.set(name!, value!);
    }
    if (response.statusCode === 303) return load('GET', String(response.headers.location));
    page = { status: response.statusCode, path: url, html: response.body, headers: response.headers };
    return page;
  }

  /** The hidden fields of the form that leads there, and what is sent with it. */
  function sealed(action: string, fields: Fields): Fields {
    const form = page.html.split('<form').find((one) => one.includes(`action="${action}"`))?.split('</form>')[0];
    if (form === undefined) throw new Error(`no form leads to ${action}:\n${page.html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 500)}`);
    const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [name!, unescaped(value!)]);
    return { ...Object.fromEntries(hidden), ...fields };
  }

  return {
    cookies,
    page: () => page,
    /** The same once more: a form that did not lead to another page is sent again. */
    reload: () => again(),
    open: (url: string) => load('GET', url),
    send: (action: string, fields: Fields = {}, headers: Fields = {}) =>
      load('POST', action, new URLSearchParams(sealed(action, fields)).toString(), { 'content-type': 'application/x-www-form-urlencoded', ...headers }),
    async sendFiles(action: string, fields: Fields, files: readonly SentFile[] = []): Promise<Shown> {
      const form = new FormData();
      for (const [name, value] of Object.entries(sealed(action, fields))) form.set(name, value);
      for (const { name, bytes } of files) form.append('files', new Blob([new Uint8Array(bytes)]), name);
      const body = new Response(form);
      return load('POST', action, Buffer.from(await body.arrayBuffer()), { 'content-type': body.headers.get('content-type')! });
    },
    /** What a reader sees, without the markup. */
    words: () => unescaped(page.html.replace(/<(?:style|script|title)[^]*?<\/(?:style|script|title)>/g, '').replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' '),
  };
}

const unescaped = (text: string): string => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&');

export type SentMail = { readonly to: string; readonly purpose: string; readonly subject: string; readonly text: string };

/** Every mail of a workspace so far, the oldest first. */
export async function mailsOf({ db }: Pick<App, 'db'>, workspaceId: string): Promise<SentMail[]> {
  const { rows } = await sql<SentMail>`select content -> 'to' -> 0 ->> 'address' as to, purpose, content ->> 'subject' as subject, content ->> 'text' as text
    from outbox where workspace_id = ${workspaceId} order by created_at, id`.execute(db.owner);
  return rows;
}

/** Signs in at "my requests" by the link that goes to the mailbox. */
export async function signInByMail(browser: PlainBrowser, app: Pick<App, 'db'>, workspaceId: string, email: string): Promise<void> {
  await browser.open('/requests/sign-in');
  await browser.send('/requests/sign-in', { email });
  const path = linkIn((await mailsOf(app, workspaceId)).findLast(({ to }) => to === email)!);
  await browser.open(path);
  await browser.send(path);
}

/** The path of the link in a mail. */
export const linkIn = ({ text }: SentMail): string => new URL(/http:\/\/desk\.test\/\S+/.exec(text)![0]).pathname;
