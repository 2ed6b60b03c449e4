import { AppError } from '../../kernel/errors.ts';
import { oneLine } from './header.ts';

/** Why a mail server cannot be used, in the kinds of which each has its own remedy. */
export const TROUBLES = [
  'host_unknown', 'refused', 'unreachable', 'private_host', 'port_refused', 'unencrypted', 'certificate', 'tls_mode', 'password', 'app_password',
  'oauth_needed', 'oauth_expired', 'oauth_refused', 'oauth_client', 'oauth_unreachable', 'no_folder', 'too_busy', 'dropped', 'secret_unreadable', 'failed',
] as const;
export type Trouble = { readonly code: (typeof TROUBLES)[number]; /** What the other side or the network said; never a secret. */ readonly words: string };
type Code = Trouble['code'];

type Failure = {
  message?: string; code?: string; response?: unknown; responseText?: string; serverResponseCode?: string; authenticationFailed?: boolean;
  tlsFailed?: boolean; mailboxMissing?: boolean; withToken?: boolean; cause?: unknown; _err?: unknown;
};

const BY_CODE: Readonly<Record<string, Code>> = {
  ENOTFOUND: 'host_unknown', EAI_AGAIN: 'host_unknown', EAI_NODATA: 'host_unknown', EDNS: 'host_unknown', 'egress.unknown_host': 'host_unknown',
  ECONNREFUSED: 'refused', EHOSTUNREACH: 'unreachable', ENETUNREACH: 'unreachable', ETIMEDOUT: 'unreachable', CONNECT_TIMEOUT: 'unreachable',
  'egress.private_address': 'private_host', 'mail.port_refused': 'port_refused', 'mail.unencrypted': 'unencrypted', 'vault.unreadable': 'secret_unreadable',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls_mode', EPROTO: 'tls_mode', GREETING_TIMEOUT: 'tls_mode', UPGRADE_TIMEOUT: 'tls_mode', ETLS: 'tls_mode',
  ClosedAfterConnectTLS: 'tls_mode', ClosedAfterConnectText: 'tls_mode',
  'oauth.expired': 'oauth_expired', 'oauth.client_refused': 'oauth_client', 'oauth.unreachable': 'oauth_unreachable',
  EAUTH: 'password', ETHROTTLE: 'too_busy', ECONNRESET: 'dropped', EPIPE: 'dropped', NoConnection: 'dropped', EConnectionClosed: 'dropped', ETIMEOUT: 'dropped', ECONNECTION: 'dropped',
};

/** Words are looked at before codes: some libraries give one code to everything that happens on a socket. */
const BY_WORDS: readonly (readonly [RegExp, Code])[] = [
  [/application[- ]specific password|app(?:lication)? password|app-specific/i, 'app_password'],
  [/basic ?auth(?:entication)? is (?:disabled|blocked)|web login required|use oauth|xoauth2 required/i, 'oauth_needed'],
  [/too many (?:simultaneous |concurrent )?(?:connections|logins?|login attempts)|rate limit|\[?(?:LIMIT|INUSE|UNAVAILABLE)\]/i, 'too_busy'],
  [/certificate|self[- ]signed|unable to verify the first|altnames/i, 'certificate'],
  [/wrong version number|packet length too long|http request|must issue a starttls|starttls (?:is )?required|plaintext authentication disallowed|upgrade to starttls/i, 'tls_mode'],
];
/** They take no plain password, and say so in words that mean something else. */
const APP_PASSWORD_HOSTS = /(?:^|\.)(?:gmail\.com|googlemail\.com|yahoo\.com|yahoo\.[a-z.]+|aol\.com|icloud\.com|me\.com|mail\.ru|yandex\.[a-z]+|fastmail\.com|zoho\.[a-z]+)$/i;
const OAUTH_HOSTS = /(?:^|\.)(?:office365\.com|outlook\.com|office\.com)$/i;

/** What went wrong, from whatever was thrown. `host` is where it went wrong: some providers have their own ways. */
export function troubleOf(error: unknown, host: string): Trouble {
  const chain = causesOf(error);
  const words = wordsOf(chain);
  const code = codeOf(chain, words);
  if (code !== 'password') return { code, words };
  if (chain.some(({ withToken }) => withToken)) return { code: 'oauth_refused', words };
  if (OAUTH_HOSTS.test(host)) return { code: 'oauth_needed', words };
  return { code: APP_PASSWORD_HOSTS.test(host) ? 'app_password' : 'password', words };
}

function causesOf(error: unknown): Failure[] {
  const chain: Failure[] = [];
  for (let at = error; typeof at === 'object' && at !== null && chain.length < 5; at = (at as Failure).cause ?? (at as Failure)._err) chain.push(at as Failure);
  return chain;
}

const saidBy = ({ message, response, responseText }: Failure): string =>
  [responseText, typeof response === 'string' ? response : '', message].filter((one) => typeof one === 'string' && one !== '').join(' ');

/** The server's own sentence when there is one. */
function wordsOf(chain: readonly Failure[]): string {
  const own = chain.find(({ responseText }) => responseText) ?? chain.find(({ response }) => typeof response === 'string' && response !== '');
  const first = chain[0];
  const detail = first instanceof AppError ? first.detail : first?.message;
  return oneLine(own?.responseText ?? (typeof own?.response === 'string' ? own.response : '') ?? '', 500) || oneLine(detail ?? 'Unknown trouble', 500);
}

function codeOf(chain: readonly Failure[], words: string): Code {
  const own = chain[0] instanceof AppError && chain[0].code.startsWith('oauth.') ? BY_CODE[chain[0].code] : undefined;
  if (own) return own;
  const everything = `${words} ${chain.map(saidBy).join(' ')}`;
  const told = BY_WORDS.find(([pattern]) => pattern.test(everything))?.[1];
  if (told) return told;
  if (chain.some((one) => one.authenticationFailed)) return 'password';
  if (chain.some((one) => one.mailboxMissing || one.serverResponseCode === 'NONEXISTENT')) return 'no_folder';
  if (chain.some((one) => one.tlsFailed)) return 'tls_mode';
  const codes = [...chain.map(({ code }) => code ?? ''), ...Object.keys(BY_CODE).filter((code) => code.startsWith('E') && everything.includes(code))];
  for (const code of codes.toReversed()) if (BY_CODE[code]) return BY_CODE[code];
  return 'failed';
}
