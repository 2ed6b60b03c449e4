import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../kernel/errors.ts';
import type { Egress, EgressResponse } from '../egress/egress.ts';
import { oneLine } from './header.ts';

/** Where tokens for a mail account come from, and who we are there. */
export type SignInService = {
  readonly authorizeUrl: string; readonly tokenUrl: string; readonly scope: string; readonly clientId: string; readonly clientSecret: string;
  /** What this service alone wants to be asked. */
  readonly extra: Readonly<Record<string, string>>;
};
export type Tokens = { readonly accessToken: string; /** Null: the one from before stays good. */ readonly refreshToken: string | null; readonly lastsMs: number };

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;
const USUAL_LIFE_S = 3600;

const Token = z.string().min(1).max(20_000).regex(/^[\x20-\x7e]+$/);
const Granted = z.object({
  access_token: Token, token_type: z.string().refine((kind) => kind.toLowerCase() === 'bearer'),
  refresh_token: Token.optional(), expires_in: z.coerce.number().positive().max(31_536_000).default(USUAL_LIFE_S),
});
const Refused = z.object({ error: z.string().max(200), error_description: z.string().optional() });

/** Nothing but a new sign-in by a person helps. */
const OVER = new Set(['invalid_grant', 'interaction_required', 'consent_required', 'login_required', 'access_denied']);
/** We are not who we should be there: the registration, or its secret, is wrong or has run out. */
const NOT_US = new Set(['invalid_client', 'unauthorized_client', 'invalid_scope', 'unsupported_grant_type', 'redirect_uri_mismatch']);

/** The address that a person is sent to. `state` and the verifier behind the challenge come back, or are asked for, once. */
export function authorizeAt({ authorizeUrl, scope, clientId, extra }: SignInService, { redirectUri, state, verifier, user }: {
  redirectUri: string; state: string; verifier: string; user: string;
}): string {
  const url = new URL(authorizeUrl);
  const asked = {
    response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope, state, login_hint: user,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256', ...extra,
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return url.href;
}

/** A code that came back, for tokens. */
export const redeem = (egress: Egress, service: SignInService, { code, verifier, redirectUri }: { code: string; verifier: string; redirectUri: string }): Promise<Tokens> =>
  ask(egress, service, { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri });

/** New tokens for a sign-in of before. `oauth.expired` when the service says that it is over. */
export const renew = (egress: Egress, service: SignInService, refreshToken: string): Promise<Tokens> =>
  ask(egress, service, { grant_type: 'refresh_token', refresh_token: refreshToken });

async function ask(egress: Egress, { tokenUrl, clientId, clientSecret }: SignInService, given: Record<string, string>): Promise<Tokens> {
  const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...given }).toString();
  const response = await egress.request(tokenUrl, {
    method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES, redirects: 0,
  }).catch((error: unknown) => { throw unreachable(error instanceof AppError ? error.detail : ''); });
  if (response.status !== 200) throw refusal(response, [clientSecret, ...Object.values(given)]);
  const { data } = Granted.safeParse(jsonOf(response));
  if (!data) throw unreachable('The sign-in service gave an answer that is not understood.');
  return { accessToken: data.access_token, refreshToken: data.refresh_token ?? null, lastsMs: data.expires_in * 1000 };
}

function refusal(response: EgressResponse, secrets: readonly string[]): AppError {
  const { data } = Refused.safeParse(jsonOf(response));
  if (!data || response.status >= 500) return unreachable(`The sign-in service answered with status ${response.status}.`);
  // What a service repeats of what it was given goes no further.
  const words = secrets.filter((secret) => secret.length > 3).flatMap(formsOf).reduce((text, form) => text.replaceAll(form, '…'), oneLine(data.error_description ?? data.error, 2_000)).slice(0, 500);
  if (OVER.has(data.error)) return new AppError('unavailable', 'oauth.expired', words);
  return NOT_US.has(data.error) ? new AppError('unavailable', 'oauth.client_refused', words) : unreachable(words);
}

/** As it is, and as it stood in the request. */
const formsOf = (secret: string): string[] => [secret, encodeURIComponent(secret), new URLSearchParams({ '': secret }).toString().slice(1)];

const unreachable = (words: string): AppError => new AppError('unavailable', 'oauth.unreachable', words);

function jsonOf({ body }: EgressResponse): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
