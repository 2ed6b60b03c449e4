import { z } from 'zod';

/**
 * Why a message that was accepted is not filed; each has its words on the screen, with what to do about it.
 * - `unreadable`: it could not be taken whole, three times over.
 * - `spam`: the workspace's own rules and decisions say so.
 * - `blocked_sender`: its author or the author's domain is blocked.
 * - `verification_code`: somebody else's service sends a code or a link that proves whose an address is. Who reads it
 *   can become us there, so only administrators see it.
 * - `too_many`: its author sent more than a person does.
 * - `loop`: it has been through so many mail servers that they pass it round in a circle.
 */
export const QUARANTINE_REASONS = ['unreadable', 'spam', 'blocked_sender', 'verification_code', 'too_many', 'loop'] as const;
export const QuarantineReason = z.enum(QUARANTINE_REASONS);
export type QuarantineReason = z.infer<typeof QuarantineReason>;
/** `words` tell about this very message: facts, not an explanation of the reason. */
export type Judgement = { readonly reason: QuarantineReason; readonly words: string };
