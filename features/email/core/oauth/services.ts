/** Whose sign-in is known; `other` is any service that speaks OAuth 2.0 with PKCE. */
export const SIGN_IN_PROVIDERS = ['google', 'microsoft', 'other'] as const;
export type SignInProvider = (typeof SIGN_IN_PROVIDERS)[number];

/** How a workspace is registered there; the places are those of `other` alone. */
export type Registration = {
  readonly provider: SignInProvider; readonly tenant: string;
  readonly authorizeUrl: string; readonly tokenUrl: string; readonly scope: string; readonly mailHost: string; readonly smtpHost: string;
};
export type SignInPlaces = {
  readonly authorizeUrl: string; readonly tokenUrl: string; readonly scope: string;
  /** What this service alone wants to be asked. */
  readonly extra: Readonly<Record<string, string>>;
  /** The one server that its tokens are shown to for fetching mail, and the one for sending. */
  readonly mailHost: string; readonly smtpHost: string;
  /** Who says that it answers, when it says so; null: not compared. */
  readonly issuer: string | null;
};

/** Everybody's accounts: of companies, and personal ones. */
export const ANY_TENANT = 'common';

export function placesOf({ provider, tenant, authorizeUrl, tokenUrl, scope, mailHost, smtpHost }: Registration): SignInPlaces {
  if (provider === 'google') {
    return {
      authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth', tokenUrl: 'https://oauth2.googleapis.com/token', scope: 'https://mail.google.com/',
      // Only so does it give a token that lasts, also to somebody who has agreed before.
      extra: { access_type: 'offline', prompt: 'consent' }, mailHost: 'imap.gmail.com', smtpHost: 'smtp.gmail.com', issuer: 'https://accounts.google.com',
    };
  }
  if (provider === 'microsoft') {
    const base = `https://login.microsoftonline.com/${encodeURIComponent(tenant || ANY_TENANT)}/oauth2/v2.0`;
    return {
      authorizeUrl: `${base}/authorize`, tokenUrl: `${base}/token`,
      scope: 'offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send',
      extra: { prompt: 'select_account' }, mailHost: 'outlook.office365.com', smtpHost: 'smtp.office365.com', issuer: null,
    };
  }
  return { authorizeUrl, tokenUrl, scope, extra: {}, mailHost, smtpHost: smtpHost || mailHost, issuer: null };
}
