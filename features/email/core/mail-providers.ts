import type { SignInProvider } from './oauth/services.ts';

/** Where an app password is made, and what is special; each has words of its own on the screen. */
export const PROVIDER_IDS = ['google', 'microsoft', 'yahoo', 'icloud', 'mailru', 'yandex', 'abv', 'wp', 'onet'] as const;
export type ProviderId = (typeof PROVIDER_IDS)[number];
export type MailProvider = {
  readonly id: ProviderId; readonly name: string;
  /** For fetching, at port 993, and for sending: 465 speaks TLS at once, 587 after a question. */
  readonly host: string; readonly smtp: { readonly host: string; readonly port: 465 | 587 };
  /** Signing in there instead of a password. */
  readonly signIn: SignInProvider | null;
  /** Under which name its server signs `Authentication-Results`; empty: not known. */
  readonly trustedServer: string;
  /** The page on which people switch on what is needed; null: there is none of its own. */
  readonly help: string | null;
};
type Known = MailProvider & { readonly domains: readonly RegExp[] };

const KNOWN: readonly Known[] = [
  { id: 'google', name: 'Gmail', host: 'imap.gmail.com', smtp: { host: 'smtp.gmail.com', port: 465 }, signIn: 'google', trustedServer: 'mx.google.com', help: 'https://myaccount.google.com/apppasswords', domains: [/^(?:gmail|googlemail)\.com$/] },
  { id: 'microsoft', name: 'Outlook, Microsoft 365', host: 'outlook.office365.com', smtp: { host: 'smtp.office365.com', port: 587 }, signIn: 'microsoft', trustedServer: '', help: null, domains: [/^(?:outlook|hotmail|live|msn)\.(?:com|[a-z]{2}|com?\.[a-z]{2})$/, /\.onmicrosoft\.com$/] },
  { id: 'yahoo', name: 'Yahoo', host: 'imap.mail.yahoo.com', smtp: { host: 'smtp.mail.yahoo.com', port: 465 }, signIn: null, trustedServer: '', help: 'https://login.yahoo.com/account/security', domains: [/^(?:yahoo|ymail|rocketmail)\.(?:com|[a-z]{2}|com?\.[a-z]{2})$/] },
  { id: 'icloud', name: 'iCloud', host: 'imap.mail.me.com', smtp: { host: 'smtp.mail.me.com', port: 587 }, signIn: null, trustedServer: '', help: 'https://account.apple.com', domains: [/^(?:icloud|me|mac)\.com$/] },
  { id: 'mailru', name: 'Mail.ru', host: 'imap.mail.ru', smtp: { host: 'smtp.mail.ru', port: 465 }, signIn: null, trustedServer: '', help: 'https://account.mail.ru/user/2-step-auth/passwords/', domains: [/^(?:mail|inbox|list|bk|internet)\.ru$/] },
  { id: 'yandex', name: 'Yandex', host: 'imap.yandex.com', smtp: { host: 'smtp.yandex.com', port: 465 }, signIn: null, trustedServer: '', help: 'https://id.yandex.com/security/app-passwords', domains: [/^(?:yandex\.(?:com|ru|by|kz|ua|com\.tr)|ya\.ru)$/] },
  { id: 'abv', name: 'АБВ Поща', host: 'imap.abv.bg', smtp: { host: 'smtp.abv.bg', port: 465 }, signIn: null, trustedServer: '', help: 'https://www.abv.bg', domains: [/^(?:abv|gyuvetch)\.bg$/] },
  { id: 'wp', name: 'WP Poczta', host: 'imap.wp.pl', smtp: { host: 'smtp.wp.pl', port: 465 }, signIn: null, trustedServer: '', help: 'https://poczta.wp.pl', domains: [/^wp\.pl$/] },
  { id: 'onet', name: 'Onet Poczta', host: 'imap.poczta.onet.pl', smtp: { host: 'smtp.poczta.onet.pl', port: 465 }, signIn: null, trustedServer: '', help: 'https://poczta.onet.pl', domains: [/^(?:onet|op|vp|poczta\.onet)\.(?:pl|eu)$/] },
];

export const MAIL_PROVIDERS: readonly MailProvider[] = KNOWN.map(({ domains: _domains, ...provider }) => provider);

/** Whose mailbox an address is; null for domains of one's own, which may be anywhere. */
export function providerOf(address: string): MailProvider | null {
  const domain = address.slice(address.lastIndexOf('@') + 1).trim().toLowerCase();
  const at = KNOWN.findIndex(({ domains }) => domains.some((pattern) => pattern.test(domain)));
  return MAIL_PROVIDERS[at] ?? null;
}
