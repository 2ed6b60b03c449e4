import { z } from 'zod';
import { Id, PLAIN, RoleName, Timestamp } from '../../../kernel/contract.ts';
import { ROLES } from '../../../kernel/actor.ts';
import { SessionView } from './contract.ts';
import { SECOND_STEPS } from './two-step.ts';

/**
 * POST /session answers 202 with this when the password was right and a second step is due; so do invitations.
 * `enrol`: the role needs a second step and there is none yet, so it is set up now, with `pending` as the key.
 */
export const SecondStepDue = z.object({
  pending: z.string(), enrol: z.boolean(), methods: z.array(z.enum(SECOND_STEPS)), passkeysPossible: z.boolean(), expiresAt: Timestamp,
});
export type SecondStepDue = z.infer<typeof SecondStepDue>;
/** What a first step is answered with, for whoever asks. */
export const SignedInOrDue = z.union([SessionView, SecondStepDue]);
export type SignedInOrDue = z.infer<typeof SignedInOrDue>;

const Pending = z.string().min(1).max(100);
const Typed = z.string().min(1).max(100);
const Bytes = z.string().max(20_000);
const Extensions = z.record(z.string(), z.unknown()).default({});

/** What the browser made of the options; its shape is WebAuthn's, what it says is checked by the server. */
export const PasskeyAnswer = z.object({
  id: Bytes.max(2_000), rawId: Bytes.max(2_000), type: z.literal('public-key'), clientExtensionResults: Extensions,
  response: z.object({ clientDataJSON: Bytes, authenticatorData: Bytes, signature: Bytes, userHandle: Bytes.nullish() }),
});
export const PasskeyMade = z.object({
  id: Bytes.max(2_000), rawId: Bytes.max(2_000), type: z.literal('public-key'), clientExtensionResults: Extensions,
  response: z.object({ clientDataJSON: Bytes, attestationObject: Bytes, transports: z.array(z.string().max(30)).max(10).optional() }),
});
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;
export type PasskeyMade = z.infer<typeof PasskeyMade>;
/** As the browser's own API takes them. */
export const PasskeyOptions = z.object({ options: z.record(z.string(), z.unknown()) });

const totp = z.strictObject({ method: z.literal('totp'), code: Typed });
const recovery = z.strictObject({ method: z.literal('recovery'), code: Typed });
const passkey = z.strictObject({ method: z.literal('passkey'), answer: PasskeyAnswer });
const password = z.strictObject({ method: z.literal('password'), password: z.string().min(1).max(1000) });
export type Proof = z.infer<typeof totp> | z.infer<typeof recovery> | z.infer<typeof passkey>;

/** POST /session/second-step → 201 SessionView. `remember`: not asked for again on this device for 30 days. */
const due = { pending: Pending, remember: z.boolean().default(false) };
export const SecondStepDone = z.discriminatedUnion('method', [totp.extend(due), recovery.extend(due), passkey.extend(due)]);
/** POST /session/second-step/passkey-options, POST /session/enrolment/totp, POST /session/enrolment/passkey-options */
export const PendingOnly = z.strictObject({ pending: Pending });
/** POST /session/passkey: a passkey alone, which is both steps in one → 201 SessionView. */
export const PasskeySignIn = z.strictObject({ answer: PasskeyAnswer });
/** POST /session/step-up: who you are, once more → 200 SessionView with a new secret. */
export const StepUp = z.discriminatedUnion('method', [password, totp, recovery, passkey]);
/** GET /session/proof; 403 `session.step_up_needed` when it is not. */
export const FreshProof = z.object({ fresh: z.literal(true) });

const PasskeyName = z.string().trim().min(1).max(100).regex(PLAIN);
/** POST …/totp → 201: shown once, in force when a code of it has come back. */
export const TotpDraft = z.object({ secret: z.string(), address: z.string() });
/** PUT /me/two-step/totp {code} */
export const TotpConfirm = z.strictObject({ code: Typed });
/** POST /me/two-step/passkeys {name, made} → 201 */
export const PasskeyAdd = z.strictObject({ name: PasskeyName, made: PasskeyMade });
export const PasskeyRename = z.strictObject({ name: PasskeyName });
/** The codes are in this answer and nowhere else; null when there are some already. */
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()).nullable() });
/** POST /session/enrolment/totp/confirmation, POST /session/enrolment/passkey → 201: set up, and signed in. */
export const EnrolTotp = TotpConfirm.extend({ pending: Pending });
export const EnrolPasskey = PasskeyAdd.extend({ pending: Pending });
export const Enrolled = SessionView.extend({ recoveryCodes: z.array(z.string()).nullable() });

const PasskeyView = z.object({ id: Id, name: z.string(), createdAt: Timestamp, lastUsedAt: Timestamp.nullable() });
const RememberedView = z.object({ id: Id, userAgent: z.string(), address: z.string(), createdAt: Timestamp, expiresAt: Timestamp });
/** GET /me/two-step */
export const TwoStepView = z.object({
  totpSince: Timestamp.nullable(), recoveryCodes: z.number(), passkeys: z.array(PasskeyView), remembered: z.array(RememberedView),
  isRequired: z.boolean(), passkeysPossible: z.boolean(), required: z.array(RoleName),
});
export type TwoStepView = z.infer<typeof TwoStepView>;
/** PUT /workspace/two-step {roles}: who must sign in with two steps. */
export const TwoStepRule = z.strictObject({ roles: z.array(RoleName).max(ROLES.length) });
