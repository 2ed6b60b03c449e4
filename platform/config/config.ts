import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../kernel/errors.ts';

export const PROCESS_ROLES = ['web', 'worker', 'mail'] as const;
export type ProcessRole = (typeof PROCESS_ROLES)[number];

/** Everything that the environment may say. An empty string counts as absent. */
export type Config = {
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly dataDir: string;
  /** The application's login; null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Migrates, listens and runs the worker; falls back to `databaseUrl`. */
  readonly databaseOwnerUrl: string | null;
  /** Without a slash at the end; every link in a mail begins with it. */
  readonly publicUrl: string;
  /** Nobody has named the public address: it is where this machine finds the server. */
  readonly isLocal: boolean;
  readonly smtp: {
    readonly host: string; readonly port: number;
    /** Files in PEM; null: no STARTTLS. */
    readonly certificate: { readonly cert: string; readonly key: string } | null;
    /** Addresses or networks of mail servers of ours, for which the limits of a client do not hold. */
    readonly trusted: readonly string[];
  };
  /** Relay for outgoing mail; null: mail waits in the Outbox. */
  readonly relayUrl: string | null;
  /** The first owner, made unattended; null: a set-up link is printed. */
  readonly owner: { readonly email: string; readonly password: string } | null;
  readonly mailbox: string;
  readonly demo: boolean;
  /** Null: made once and kept in the data directory (`secretFor`). */
  readonly secret: string | null;
  /** Secrets of before, the latest first: mail signed with them and what they sealed is still understood. */
  readonly earlierSecrets: readonly string[];
  readonly roles: readonly ProcessRole[];
  /** Addresses of the reverse proxies in front, whose word on the client's address is taken; none by default. */
  readonly trustedProxies: readonly string[];
  /** In which header these say from which country somebody comes; null: nobody says. */
  readonly countryHeader: string | null;
  /** Mail servers that people may name in the settings although they are inside the private network. */
  readonly privateHosts: readonly string[];
  /** Origins of programs that webhooks may tell although they are private, or asked without encryption. */
  readonly privateWebhooks: readonly string[];
  /** Push services inside the own network. */
  readonly pushServices: readonly string[];
  /** Names of mail servers in front of ours whose `Authentication-Results` are believed. */
  readonly believedServers: readonly string[];
  /** Domains that pass mail on for others and whose seals (ARC) are trusted. */
  readonly trustedSealers: readonly string[];
  /** For tests and demonstrations: the clock of business rules can be set over the API. */
  readonly testClock: boolean;
  /** How many days what rules did is kept, and how many runs of each workspace. */
  readonly ruleLog: { readonly days: number; readonly most: number };
  /** Where files lie that are too large to upload; null: nowhere. */
  readonly importDir: string | null;
};

const port = z.string().regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535').transform(Number)
  .refine((value) => value <= 65_535, 'must be a port number from 0 to 65535');

const whole = (least: number, most: number) => z.string().regex(/^\d{1,9}$/, `must be a number from ${least} to ${most}`).transform(Number)
  .refine((value) => value >= least && value <= most, `must be a number from ${least} to ${most}`);

const url = (protocols: readonly string[], example: string) =>
  z.string().refine((value) => hasProtocol(value, protocols), `must be an address like ${example}`);

/** Addresses or networks, separated by commas. */
const addresses = z.string().transform((text) => text.split(',').map((one) => one.trim()).filter((one) => one !== ''))
  .refine((list) => list.every(isNetwork), 'must be addresses or networks separated by commas, like 127.0.0.1,10.0.0.0/8');

/** Names or addresses of machines, separated by commas. */
const hosts = z.string().transform((text) => text.split(',').map((one) => one.trim().toLowerCase()).filter((one) => one !== ''))
  .refine((list) => list.every((one) => /^[a-z0-9.:_-]+$/.test(one)), 'must be names or addresses of machines separated by commas, like mail.intranet,10.0.0.5');

/** Where programs listen, separated by commas. */
const origins = z.string().transform((text) => text.split(',').map((one) => one.trim().replace(/\/+$/, '')).filter((one) => one !== ''))
  .refine((list) => list.every((one) => hasProtocol(one, ['http:', 'https:']) && new URL(one).origin === one), 'must be addresses without a path separated by commas, like http://erp.intranet:8000');

const flag = z.enum(['0', '1', 'true', 'false'], 'must be 1 or 0').transform((value) => value === '1' || value === 'true');

/** Loose on purpose: `support@localhost` is an address too. */
const mailAddress = z.string().trim().regex(/^[^\s@<>"]+@[^\s@<>"]+$/, 'must be a mail address like support@example.org');

const roles = z.string()
  .transform((value) => [...new Set(value.split(',').map((role) => role.trim()).filter((role) => role !== ''))])
  .pipe(z.array(z.enum(PROCESS_ROLES, `may name only ${PROCESS_ROLES.join(', ')}, separated by commas`)).min(1, 'names no role'));

const environment = z.object({
  PORT: port.default(8080),
  RAPPORT_HOST: z.string().default('127.0.0.1'),
  RAPPORT_DATA: z.string().default('./data'),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/rapport').optional(),
  RAPPORT_DATABASE_OWNER_URL: url(['postgres:', 'postgresql:'], 'postgres://owner:password@host:5432/rapport').optional(),
  RAPPORT_PUBLIC_URL: url(['http:', 'https:'], 'https://desk.example.org').optional(),
  RAPPORT_SMTP_PORT: port.default(2525),
  RAPPORT_SMTP_HOST: z.string().default('127.0.0.1'),
  RAPPORT_SMTP_CERTIFICATE: z.string().optional(),
  RAPPORT_SMTP_KEY: z.string().optional(),
  RAPPORT_SMTP_TRUSTED: addresses.default([]),
  RAPPORT_SMTP_URL: url(['smtp:', 'smtps:'], 'smtp://user:password@relay.example.org:587').optional(),
  RAPPORT_OWNER_EMAIL: mailAddress.optional(),
  RAPPORT_OWNER_PASSWORD: z.string().min(8, 'must have at least 8 characters').max(256, 'must have at most 256 characters').optional(),
  RAPPORT_MAILBOX: mailAddress.default('support@localhost'),
  RAPPORT_DEMO: flag.default(false),
  RAPPORT_SECRET: z.string().min(16, 'must have at least 16 characters; `openssl rand -hex 32` makes a good one').optional(),
  RAPPORT_SECRET_PREVIOUS: z.string().transform((text) => text.split(',').map((one) => one.trim()).filter((one) => one !== ''))
    .refine((list) => list.every((one) => one.length >= 16), 'must be earlier values of RAPPORT_SECRET separated by commas, the latest first').default([]),
  RAPPORT_TRUSTED_PROXIES: addresses.default([]),
  RAPPORT_COUNTRY_HEADER: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, 'must be the name of a header, such as CF-IPCountry').optional(),
  RAPPORT_PRIVATE_HOSTS: hosts.default([]),
  RAPPORT_PRIVATE_WEBHOOKS: origins.default([]),
  RAPPORT_PUSH_SERVICES: origins.default([]),
  RAPPORT_BELIEVED_SERVERS: hosts.default([]),
  RAPPORT_TRUSTED_SEALERS: hosts.default([]),
  RAPPORT_RULE_LOG_DAYS: whole(1, 3_650).default(180),
  RAPPORT_RULE_LOG_MOST: whole(1_000, 100_000_000).default(1_000_000),
  RAPPORT_IMPORT_DIR: z.string().min(1).optional(),
  RAPPORT_ROLES: roles.default([...PROCESS_ROLES]),
  RAPPORT_TEST_CLOCK: z.literal('1', 'must be 1, on a server for tests, or absent').optional(),
});

/** Refuses with one sentence for each variable that is wrong; the values themselves are never repeated. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw refused(parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`));
  const settings = parsed.data;

  return {
    port: settings.PORT,
    host: settings.RAPPORT_HOST,
    dataDir: resolve(settings.RAPPORT_DATA),
    databaseUrl: settings.DATABASE_URL ?? null,
    databaseOwnerUrl: settings.RAPPORT_DATABASE_OWNER_URL ?? settings.DATABASE_URL ?? null,
    publicUrl: (settings.RAPPORT_PUBLIC_URL ?? localAddress(settings.RAPPORT_HOST, settings.PORT)).replace(/\/+$/, ''),
    isLocal: settings.RAPPORT_PUBLIC_URL === undefined,
    smtp: {
      host: settings.RAPPORT_SMTP_HOST, port: settings.RAPPORT_SMTP_PORT, trusted: settings.RAPPORT_SMTP_TRUSTED,
      certificate: certificateOf(settings.RAPPORT_SMTP_CERTIFICATE, settings.RAPPORT_SMTP_KEY),
    },
    relayUrl: settings.RAPPORT_SMTP_URL ?? null,
    owner: ownerOf(settings.RAPPORT_OWNER_EMAIL, settings.RAPPORT_OWNER_PASSWORD),
    mailbox: settings.RAPPORT_MAILBOX.toLowerCase(),
    demo: settings.RAPPORT_DEMO,
    secret: settings.RAPPORT_SECRET ?? null,
    earlierSecrets: settings.RAPPORT_SECRET_PREVIOUS,
    roles: settings.RAPPORT_ROLES,
    trustedProxies: settings.RAPPORT_TRUSTED_PROXIES,
    countryHeader: settings.RAPPORT_COUNTRY_HEADER ?? null,
    privateHosts: settings.RAPPORT_PRIVATE_HOSTS,
    privateWebhooks: settings.RAPPORT_PRIVATE_WEBHOOKS,
    pushServices: settings.RAPPORT_PUSH_SERVICES,
    believedServers: settings.RAPPORT_BELIEVED_SERVERS,
    trustedSealers: settings.RAPPORT_TRUSTED_SEALERS,
    testClock: settings.RAPPORT_TEST_CLOCK === '1',
    ruleLog: { days: settings.RAPPORT_RULE_LOG_DAYS, most: settings.RAPPORT_RULE_LOG_MOST },
    importDir: settings.RAPPORT_IMPORT_DIR ?? null,
  };
}

function ownerOf(email: string | undefined, password: string | undefined): Config['owner'] {
  if (email !== undefined && password !== undefined) return { email, password };
  if (email !== undefined) throw refused(['RAPPORT_OWNER_EMAIL is set, so RAPPORT_OWNER_PASSWORD must be set too.']);
  if (password !== undefined) throw refused(['RAPPORT_OWNER_PASSWORD is set, so RAPPORT_OWNER_EMAIL must be set too.']);
  return null;
}

function certificateOf(cert: string | undefined, key: string | undefined): Config['smtp']['certificate'] {
  if (cert !== undefined && key !== undefined) return { cert: resolve(cert), key: resolve(key) };
  if (cert !== undefined) throw refused(['RAPPORT_SMTP_CERTIFICATE is set, so RAPPORT_SMTP_KEY must be set too.']);
  if (key !== undefined) throw refused(['RAPPORT_SMTP_KEY is set, so RAPPORT_SMTP_CERTIFICATE must be set too.']);
  return null;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const family = isIP(address);
  return family !== 0 && more === undefined && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
}

function hasProtocol(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

/** Where a browser on this machine finds the server; an address that means "every interface" cannot be opened. */
function localAddress(host: string, atPort: number): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  // A name rather than a number where both mean this machine: browsers make passkeys for names alone.
  const name = everywhere || host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${atPort}`;
}

const refused = (sentences: readonly string[]): AppError => new AppError('invalid', 'config.invalid', sentences.join(' '));
