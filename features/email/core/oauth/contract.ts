import { z } from 'zod';
import { SIGN_IN_PROVIDERS } from './services.ts';

export const Provider = z.enum(SIGN_IN_PROVIDERS);
export const ProviderParams = z.strictObject({ provider: Provider });
const Host = z.string().trim().toLowerCase().max(255).regex(/^[a-z0-9.:_-]*$/);
const WebAddress = z.url({ protocol: /^https?$/ }).max(1000).or(z.literal(''));

/**
 * GET /email/oauth/clients → how this workspace is registered at the providers; PUT, DELETE /email/oauth/clients/:provider.
 * The secret is never shown. PUT without one keeps it, as long as nothing else changes where it would go.
 */
export const OAuthClientPut = z.strictObject({
  clientId: z.string().trim().min(1).max(500).regex(/^[\x21-\x7e]+$/), clientSecret: z.string().trim().min(1).max(1000).optional(),
  /** Microsoft's: whose accounts may sign in; empty: everybody's. */
  tenant: z.string().trim().max(200).regex(/^[A-Za-z0-9.-]*$/).default(''),
  /** Of `other` alone. */
  authorizeUrl: WebAddress.default(''), tokenUrl: WebAddress.default(''), scope: z.string().trim().max(1000).regex(/^[\x20-\x7e]*$/).default(''),
  mailHost: Host.default(''), /** For sending; empty: `mailHost`. */ smtpHost: Host.default(''),
});
export type OAuthClientPut = z.infer<typeof OAuthClientPut>;
export const OAuthClientView = OAuthClientPut.omit({ clientSecret: true }).extend({ provider: Provider });
export type OAuthClientView = z.infer<typeof OAuthClientView>;
export const OAuthClients = z.object({ items: z.array(OAuthClientView), /** To be registered at the provider, exactly so. */ redirectUri: z.string() });

const ReturnTo = z.enum(['mailboxes', 'sending']);
export type ReturnTo = z.infer<typeof ReturnTo>;
/** POST /mailboxes/:id/sign-ins → 201, where to send the browser; without a body: again, as the last time. The session that asked is the one that must come back. */
export const SignInStart = z.strictObject({
  provider: Provider.optional(), user: z.string().trim().min(1).max(320).optional(), /** The page of the settings that is come back to. */ returnTo: ReturnTo.default('mailboxes'),
});
export const SignInStarted = z.object({ url: z.url() });
/** GET /mailboxes/:id/sign-in → whether somebody has signed in for it, and where one can. */
export const SignInView = z.object({
  signedIn: z.object({ provider: Provider, user: z.string(), /** False: somebody has to sign in again. */ good: z.boolean() }).nullable(),
  ready: z.array(z.object({ provider: Provider, mailHost: z.string(), smtpHost: z.string() })),
});
export type SignInView = z.infer<typeof SignInView>;

/** GET /email/oauth/callback, from the provider → 302 to the settings with ?sign_in=. */
export const SignInCallback = z.object({
  state: z.string().max(500).optional(), code: z.string().max(10_000).optional(), error: z.string().max(200).optional(), iss: z.string().max(500).optional(),
});
export const SIGN_IN_ENDS = ['done', 'denied', 'stale', 'session', 'expired', 'client', 'unreachable', 'not_lasting'] as const;
export type SignInEnd = (typeof SIGN_IN_ENDS)[number];
