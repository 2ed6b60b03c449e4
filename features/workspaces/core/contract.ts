import { z } from 'zod';
import { Id, LanguageCode, MailAddress, PLAIN } from '../../../kernel/contract.ts';

/** Names stand in the headers of mails: no line breaks, no control characters. */
const Name = z.string().trim().min(1).max(200).regex(PLAIN);

/** As browsers name it: `help.shop.example`, `help.shop.example:8443`. */
const Host = z.string().trim().toLowerCase().max(253).regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?$/);

/** GET /workspace, PATCH /workspace. `publicHost`: where customers see help, requests and status; null: under the address of this installation. Taken already: 409 `workspace.host_taken`. */
export const WorkspaceView = z.object({ id: Id, name: z.string(), language: LanguageCode, timeZone: z.string(), publicHost: z.string().nullable() });
export type WorkspaceView = z.infer<typeof WorkspaceView>;
export const WorkspacePatch = z.strictObject({
  name: Name.optional(),
  language: LanguageCode.optional(),
  timeZone: z.string().min(1).max(60).optional(),
  publicHost: Host.nullable().optional(),
});

/** GET /setup: whether nobody has set up this server yet. */
export const SetupState = z.object({ needed: z.boolean() });

/** POST /setup/check {token} → 204 while the link is good; POST /setup creates the workspace and its owner, → 201 SessionView. */
export const SetupCheck = z.strictObject({ token: z.string().min(1).max(200) });
export const Setup = z.strictObject({
  token: z.string().min(1).max(200),
  workspaceName: Name,
  name: Name,
  email: MailAddress.regex(PLAIN),
  password: z.string().min(12).max(200),
  language: LanguageCode.default('en'),
});
export type Setup = z.infer<typeof Setup>;
