import { z } from 'zod';
import { LanguageCode, PageQuery, pageOf, Timestamp } from '../../../kernel/contract.ts';
import { ConditionJson } from '../../conditions/core/condition.ts';
import { FieldType, FieldValue, Hints, Key, Names } from '../../fields/core/contract.ts';
import { Kind } from '../../tickets/core/contract.ts';

export const MOST_QUESTIONS = 30;
/** Of one answer that lands in the text. */
export const LONGEST_ANSWER = 2_000;

const Choice = z.strictObject({ key: Key, names: Names });

/**
 * A question to whoever writes. With `field` its answer lands in that field of the ticket, which says of what type it is; without, it
 * lands in the text, as words or one of `choices`. `when` asks about the answers before it: {"field": "fields.choice.KEY", …} with the
 * type and the key of that question.
 */
export const Question = z.strictObject({
  key: Key, names: Names, hints: Hints.default({}), field: Key.nullable().default(null), choices: z.array(Choice).max(50).default([]),
  required: z.boolean().default(false), when: ConditionJson.nullable().default(null),
});
export type Question = z.infer<typeof Question>;

/** GET /intakes, GET /intakes/:kind (404 where there is none), PUT /intakes/:kind, DELETE /intakes/:kind. */
export const IntakeParams = z.strictObject({ kind: Kind });
export const IntakeWrite = z.strictObject({ active: z.boolean().default(true), questions: z.array(Question).min(1).max(MOST_QUESTIONS) });
export type IntakeWrite = z.infer<typeof IntakeWrite>;
const Asked = z.object({
  key: z.string(), names: z.partialRecord(LanguageCode, z.string()), hints: z.partialRecord(LanguageCode, z.string()), field: z.string().nullable(),
  choices: z.array(z.object({ key: z.string(), names: z.partialRecord(LanguageCode, z.string()) })), required: z.boolean(), when: ConditionJson.nullable(),
});
export const IntakeView = z.object({ kind: Kind, active: z.boolean(), questions: z.array(Asked), updatedAt: Timestamp });
export type IntakeView = z.infer<typeof IntakeView>;
export const IntakePage = pageOf(IntakeView);
export const IntakeQuery = PageQuery;

/** By the key of the question; what is empty is left out. */
export const IntakeAnswers = z.record(z.string().max(40), FieldValue).refine((given) => Object.keys(given).length <= MOST_QUESTIONS, { message: `Answer ${MOST_QUESTIONS} questions at most.` });
export type IntakeAnswers = z.infer<typeof IntakeAnswers>;

/**
 * The next step for who fills it in: every question that is to be asked by the answers so far, in words, with what is wrong with an
 * answer. The same for a form and a chat.
 */
export const IntakeStep = z.object({
  questions: z.array(z.object({
    key: z.string(), type: FieldType, text: z.string(), hint: z.string(), required: z.boolean(), options: z.array(z.object({ key: z.string(), text: z.string() })),
    unit: z.string().nullable(), wrong: z.enum(['missing', 'wrong']).nullable(),
  })),
  /** Nothing is missing and nothing is wrong. */
  isComplete: z.boolean(),
});
export type IntakeStep = z.infer<typeof IntakeStep>;
