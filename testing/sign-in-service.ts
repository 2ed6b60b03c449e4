import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export const REGISTRATION = { clientId: 'rapport-at-the-provider', clientSecret: 'a client secret, nobody else\'s', scope: 'offline_access mail.full' } as const;
const CODE_LIFE_MS = 60_000;
const TOKEN_LIFE_S = 3600;

type Code = { challenge: string; redirectUri: string; until: number; user: string };
type Family = { user: string; refresh: string; over: boolean };
type Given = Record<string, string>;

/**
 * A provider's sign-in service, as strict as theirs: one registered client with one redirect address, codes for one use and a
 * minute with PKCE, access tokens for an hour, refresh tokens that change at each use, a used one ending all of its sign-in.
 * Dovecot asks it whose a token is.
 */
export async function signInService({ redirectUri, now }: { redirectUri: string; now: () => Date }) {
  const codes = new Map<string, Code>();
  const access = new Map<string, { family: Family; until: number }>();
  const refreshes = new Map<string, Family>();
  const secrets: string[] = [REGISTRATION.clientSecret];
  const asked: string[] = [];
  let trouble: 'down' | 'no_refresh' | null = null;
  const fresh = (kind: string): string => {
    const secret = `${kind}.${randomBytes(24).toString('base64url')}`;
    secrets.push(secret);
    return secret;
  };

  function authorize(query: Given): { to: string } | string {
    if (query.client_id !== REGISTRATION.clientId) return 'unknown client';
    if (query.redirect_uri !== redirectUri) return 'redirect_uri_mismatch';
    if (query.response_type !== 'code' || query.scope !== REGISTRATION.scope || !query.state) return 'invalid_request';
    if (query.code_challenge_method !== 'S256' || !/^[\w-]{43}$/.test(query.code_challenge ?? '')) return 'PKCE is needed';
    const code = fresh('code');
    codes.set(code, { challenge: query.code_challenge!, redirectUri, until: now().getTime() + CODE_LIFE_MS, user: query.login_hint ?? '' });
    const to = new URL(redirectUri);
    to.search = new URLSearchParams({ code, state: query.state }).toString();
    return { to: to.href };
  }

  function give(family: Family): object {
    const token = fresh('access');
    access.set(token, { family, until: now().getTime() + TOKEN_LIFE_S * 1000 });
    family.refresh = fresh('refresh');
    refreshes.set(family.refresh, family);
    return { access_token: token, token_type: 'Bearer', expires_in: TOKEN_LIFE_S, scope: REGISTRATION.scope, ...trouble !== 'no_refresh' && { refresh_token: family.refresh } };
  }

  function byCode({ code = '', redirect_uri: redirect, code_verifier: verifier = '' }: Given): object | string {
    const found = codes.get(code);
    codes.delete(code);
    const proved = createHash('sha256').update(verifier).digest('base64url') === found?.challenge;
    if (!found || found.until <= now().getTime() || found.redirectUri !== redirect || !proved || verifier.length < 43) return 'invalid_grant';
    return give({ user: found.user, refresh: '', over: false });
  }

  function byRefresh({ refresh_token: token = '' }: Given): object | string {
    const family = refreshes.get(token);
    if (!family || family.over) return 'invalid_grant';
    if (family.refresh === token) return give(family);
    family.over = true;
    return 'invalid_grant';
  }

  function token(request: IncomingMessage, given: Given): object | string {
    if (request.method !== 'POST' || request.headers['content-type'] !== 'application/x-www-form-urlencoded') return 'invalid_request';
    if (given.client_id !== REGISTRATION.clientId || given.client_secret !== REGISTRATION.clientSecret) return 'invalid_client';
    asked.push(given.grant_type ?? '');
    if (given.grant_type === 'authorization_code') return byCode(given);
    return given.grant_type === 'refresh_token' ? byRefresh(given) : 'unsupported_grant_type';
  }

  const introspect = (given: Given): object => {
    const found = access.get(given.token ?? '');
    const active = found !== undefined && !found.family.over && found.until > now().getTime();
    return active ? { active: true, username: found.family.user, scope: REGISTRATION.scope } : { active: false };
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://provider.test');
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const given: Given = Object.fromEntries(new URLSearchParams(body));
    if (url.pathname === '/introspect') return json(response, 200, introspect(given));
    if (trouble === 'down') return json(response, 503, {});
    if (url.pathname === '/authorize') {
      const result = authorize(Object.fromEntries(url.searchParams));
      if (typeof result === 'string') return json(response, 400, { error: result });
      response.writeHead(302, { location: result.to }).end();
      return;
    }
    const result = url.pathname === '/token' ? token(request, given) : 'not_found';
    // Some services repeat what they were sent.
    return typeof result === 'string' ? json(response, 400, { error: result, error_description: `${result}: ${body} ${Object.values(given).join(' ')}` }) : json(response, 200, result);
  }

  const server = createServer((request, response) => { answer(request, response).catch(() => { response.destroy(); }); });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => { server.closeAllConnections(); server.close(); });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin, places: { authorizeUrl: `${origin}/authorize`, tokenUrl: `${origin}/token` }, introspectUrl: `${origin}/introspect`,
    /** Everything that nobody else may ever see. */
    secrets,
    /** The grant types that were asked for, in order. */
    asked,
    /** What a person does who agrees: the address that the browser is sent back to. */
    async agree(address: string): Promise<URL> {
      const response = await fetch(address, { redirect: 'manual' });
      if (response.status !== 302) throw new Error(await response.text());
      return new URL(response.headers.get('location')!);
    },
    /** Tokens that were given stop working before their time; new ones can be had. */
    forgetAccess: (): void => { access.clear(); },
    /** The person withdraws what they agreed to. */
    endAll: (): void => { for (const family of refreshes.values()) family.over = true; },
    be: (what: typeof trouble): void => { trouble = what; },
  };
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}
