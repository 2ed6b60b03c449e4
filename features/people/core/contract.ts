import { z } from 'zod';
import { Id, LanguageCode, MailAddress, PageQuery, PLAIN, RoleName, Timestamp, pageOf } from '../../../kernel/contract.ts';
import { SCOPES } from './permissions.ts';

/** Names stand in the headers of mails: no line breaks, no control characters. */
const Name = z.string().trim().min(1).max(200).regex(PLAIN);
/** As it was typed: an address that nobody has is answered like one that somebody has. */
const TypedAddress = z.string().min(1).max(320).regex(PLAIN);
const ShortName = Name.max(100);
const Password = z.string().min(12).max(200);
const Token = z.string().min(1).max(200);

/** POST /session {email, password} → 201 SessionView and the cookie; DELETE /session → 204. */
export const SignIn = z.strictObject({
  email: TypedAddress, password: z.string().min(1).max(1000),
  /** For whoever has the same address and password in several workspaces. */
  workspaceId: Id.optional(),
});
export const SessionView = z.object({ token: z.string(), expiresAt: Timestamp });

/** GET /me, PATCH /me */
export const MeView = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: RoleName,
  language: LanguageCode,
  theme: z.enum(['system', 'light', 'dark']),
  teamIds: z.array(Id),
  permissions: z.array(z.string()),
  workspace: z.object({ id: Id, name: z.string(), language: LanguageCode, timeZone: z.string() }),
  /** False without a relay: mail waits in the outbox, and a banner says so. */
  mailLeaves: z.boolean(),
  /** Of a session: with these a browser seals what it keeps of unsent words, so that nobody reads it there when the session has ended. The first seals, all open. */
  textKeys: z.array(z.string()).optional(),
});
export type MeView = z.infer<typeof MeView>;
export const MePatch = z.strictObject({
  name: Name.optional(), language: LanguageCode.optional(), theme: z.enum(['system', 'light', 'dark']).optional(),
});
/** POST /me/face (the bytes of a JPEG or PNG) → 201, DELETE /me/face, DELETE /people/:id/face → 204; GET /faces: those who show one. `face` is a path that anybody may open. */
export const MOST_FACE_BYTES = 200_000;
/** Pixels. */
export const [SMALLEST_FACE, LARGEST_FACE] = [32, 512] as const;
export const FaceView = z.object({ face: z.string() });
export const FacePage = pageOf(z.object({ id: Id, face: z.string() }));
export type FacePage = z.infer<typeof FacePage>;

/** PUT /me/password {current, next} → 204; every other session ends. */
export const PasswordChange = z.strictObject({ current: z.string().min(1).max(1000), next: Password });

/** GET /people?limit&cursor&q, POST /people (invite) → 201, PATCH /people/:id {name?, role?}, PUT|DELETE /people/:id/deactivation, POST /people/:id/invitations (send again). */
export const PersonView = z.object({
  id: Id, name: z.string(), email: z.string(), role: RoleName, language: LanguageCode, teamIds: z.array(Id),
  state: z.enum(['invited', 'active', 'deactivated']), createdAt: Timestamp,
});
export type PersonView = z.infer<typeof PersonView>;
export const PersonPage = pageOf(PersonView);
export const PeopleQuery = PageQuery.extend({ q: z.string().trim().max(200).regex(PLAIN).optional() });
/** Without a relay, or with one that does not answer within three seconds, the mail does not leave yet: then whoever invites gets the link, to hand it over in another way. */
export const InvitedView = PersonView.extend({ invitationLink: z.string().nullable() });
export type InvitedView = z.infer<typeof InvitedView>;
export const Invite = z.strictObject({
  email: MailAddress.regex(PLAIN), name: Name, role: RoleName, language: LanguageCode.optional(), teamIds: z.array(Id).max(50).default([]),
});
export const PersonPatch = z.strictObject({ name: Name.optional(), role: RoleName.optional(), teamIds: z.array(Id).max(50).optional() });

/** POST /invitations/check {token} → 200 {name, email, workspaceName, language}, in which whoever invited thought to speak to them; POST /invitations {token, name, password, language?} → 201 SessionView. */
export const InvitationCheck = z.strictObject({ token: Token });
export const InvitationView = z.object({ name: z.string(), email: z.string(), workspaceName: z.string(), language: LanguageCode });
export const InvitationAccept = z.strictObject({ token: Token, name: Name, password: Password, language: LanguageCode.optional() });

/** POST /password-resets {email} → 202 always; POST /password-resets/use {token, password} → 204. */
export const ResetRequest = z.strictObject({ email: TypedAddress });
export const ResetUse = z.strictObject({ token: Token, password: Password });

/** GET /sessions (one's own devices), DELETE /sessions/:id. */
export const DeviceView = z.object({
  id: Id, userAgent: z.string(), address: z.string(), createdAt: Timestamp, lastSeenAt: Timestamp, current: z.boolean(),
});
export const DevicePage = pageOf(DeviceView);

/** GET /teams, POST /teams {name, memberIds?}, PATCH /teams/:id, DELETE /teams/:id (archives). */
/** Days after it was resolved in which an answer opens a ticket again, where a team says nothing else. */
export const USUAL_REOPEN_DAYS = 4;
const ReopenDays = z.int().min(0).max(365);
export const TeamView = z.object({ id: Id, name: z.string(), memberIds: z.array(Id), reopenDays: z.int() });
export type TeamView = z.infer<typeof TeamView>;
export const TeamPage = pageOf(TeamView);
export const TeamCreate = z.strictObject({ name: ShortName, memberIds: z.array(Id).max(500).default([]), reopenDays: ReopenDays.optional() });
export const TeamPatch = z.strictObject({ name: ShortName.optional(), memberIds: z.array(Id).max(500).optional(), reopenDays: ReopenDays.optional() });

/** GET /tokens (one's own), POST /tokens → 201 with the secret, shown once; DELETE /tokens/:id. */
export const TokenView = z.object({
  id: Id, name: z.string(), scopes: z.array(z.enum(SCOPES)), createdAt: Timestamp, expiresAt: Timestamp, lastUsedAt: Timestamp.nullable(),
});
export const TokenPage = pageOf(TokenView);
export const TokenCreate = z.strictObject({
  name: ShortName, scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length), expiresInDays: z.int().min(1).max(366).default(90),
});
export const TokenCreated = TokenView.extend({ token: z.string() });

/** POST /socket-tickets → 201: a one-time pass, good for 30 s, for the first frame of the socket. */
export const SocketTicket = z.object({ ticket: z.string() });
