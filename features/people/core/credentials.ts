/** What a request came with. Only the shape is known: whether it is good, the database says. */
export type Credential = { readonly kind: 'session' | 'token'; readonly secret: string };
export type CredentialHeaders = { readonly authorization?: unknown; readonly cookie?: unknown };

export const TOKEN_PREFIX = 'rpt_';
/** 256 random bits as base64url. */
const SESSION = /^[A-Za-z0-9_-]{43}$/;
const TOKEN = /^rpt_[A-Za-z0-9_-]{43}$/;
const MAX_HEADER = 16_384;

export type CookieNames = { readonly session: string; readonly device: string };

/** Over https the prefix makes the browser refuse cookies that another host or a plain connection tries to plant. */
export const cookieNames = (publicUrl: string): CookieNames => {
  const prefix = publicUrl.startsWith('https:') ? '__Host-' : '';
  return { session: `${prefix}rapport`, device: `${prefix}rapport-device` };
};

/**
 * The one reading of credentials for every door, the socket included. An `Authorization` header decides alone, even
 * when it is wrong; anything that is not exactly one well-formed secret is nothing.
 */
export function readCredential({ authorization, cookie }: CredentialHeaders, names: CookieNames): Credential | null {
  if (authorization !== undefined) return typeof authorization === 'string' ? readBearer(authorization) : null;
  const secret = readCookie(cookie, names.session);
  return secret !== null && SESSION.test(secret) ? { kind: 'session', secret } : null;
}

function readBearer(authorization: string): Credential | null {
  const secret = /^bearer ([A-Za-z0-9_-]{1,100})$/i.exec(authorization)?.[1];
  if (secret === undefined) return null;
  if (TOKEN.test(secret)) return { kind: 'token', secret };
  return SESSION.test(secret) ? { kind: 'session', secret } : null;
}

/** Null when it is absent, empty, or there twice with different values. */
export function readCookie(header: unknown, name: string): string | null {
  if (typeof header !== 'string' || header.length > MAX_HEADER) return null;
  const values = header.split(';').map((pair) => pair.trim()).filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [first] = values;
  return first !== undefined && first !== '' && values.every((value) => value === first) ? first : null;
}

/** A `Set-Cookie` value that scripts cannot read and other sites cannot send along with a write. `seconds` 0 removes it. */
export function cookie(name: string, value: string, seconds: number): string {
  const secure = name.startsWith('__Host-') ? '; Secure' : '';
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}
