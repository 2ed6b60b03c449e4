import { z } from 'zod';
import { LanguageCode, MailAddress, PLAIN } from '../../../kernel/contract.ts';
import { IntakeAnswers } from '../../intake/core/contract.ts';
import { Kind } from '../../tickets/core/contract.ts';

export const MAX_TEXT = 20_000;
export const MAX_SUBJECT = 200;
export const MAX_NAME = 100;
export const MAX_FILES = 5;
export const MAX_FILE_BYTES = 5 * 1024 * 1024;
/** All files of one message together. */
export const MAX_FILES_BYTES = 10 * 1024 * 1024;

const File = z.strictObject({ name: z.string().min(1).max(500), base64: z.base64().max(Math.ceil(MAX_FILE_BYTES / 3) * 4) });

/**
 * POST /requests: somebody who has not signed in writes to us. → 202 `received`: it is filed (`number`), and marked as unproven until
 * the mailbox says whose it is. → 202 `confirm`: it is filed once the link in a mail to that address was used; under attack, a request
 * without `proof` (GET /requests/challenge) goes this way. What is wrong is said by `details`; who writes too often gets 429.
 */
export const RequestCreate = z.strictObject({
  email: MailAddress,
  name: z.string().trim().max(MAX_NAME).regex(PLAIN).default(''),
  kind: Kind.default('question'),
  subject: z.string().trim().min(1).max(MAX_SUBJECT).regex(PLAIN),
  text: z.string().trim().min(1).max(MAX_TEXT),
  /** To what is asked first for this kind, by the keys of the questions: 400 `intake.incomplete` says what is missing. */
  answers: IntakeAnswers.optional(),
  language: LanguageCode.optional(),
  files: z.array(File).max(MAX_FILES).default([]),
  proof: z.strictObject({ challenge: z.string().max(300), answer: z.string().max(40) }).optional(),
  /** People leave it empty: it is not shown to them. */
  website: z.string().max(500).default(''),
});
export type RequestCreate = z.infer<typeof RequestCreate>;
export const RequestReceived = z.object({ state: z.enum(['received', 'confirm']), number: z.int().nullable() });
export type RequestReceived = z.infer<typeof RequestReceived>;

/** GET /requests/challenge: find an `answer` for which SHA-256 of `challenge:answer` begins with so many zero bits. Good once, for ten minutes. */
export const ChallengeView = z.object({ challenge: z.string(), bits: z.int() });
export type ChallengeView = z.infer<typeof ChallengeView>;

/** GET /request-settings, PUT /request-settings: how customers see their own requests. */
export const STAFF_NAMES = ['full', 'first', 'none'] as const;
export const RequestSettings = z.strictObject({
  /** Of those who answer: the whole name, the first name, or the company's alone. */
  staffNames: z.enum(STAFF_NAMES),
  /** Whether somebody who has not signed in may write. */
  strangers: z.boolean(),
});
export type RequestSettings = z.infer<typeof RequestSettings>;
export const USUAL_SETTINGS: RequestSettings = { staffNames: 'first', strangers: true };
