import { z } from 'zod';
import { Id, LanguageCode, PageQuery, pageOf, Timestamp } from '../../../kernel/contract.ts';
import { ConditionJson } from '../../conditions/core/condition.ts';
import { FIELD_TYPES } from './types.ts';

/** On whose records a field stands. */
export const SUBJECTS = ['ticket', 'customer', 'company'] as const;
export const Subject = z.enum(SUBJECTS);
export type Subject = z.infer<typeof Subject>;

export const MOST_FIELDS = 100;
export const MOST_OPTIONS = 500;
export const DEEPEST_TREE = 5;
/** Of one record, as JSON: a list of a hundred records is still a small answer. */
export const MOST_VALUES_LENGTH = 20_000;

/** What values, options and conditions are stored under: it never changes, whatever the field is called. */
export const Key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, { message: 'Begin with a small Latin letter; then small Latin letters, digits and _, 40 at most.' })
  .refine((key) => key !== 'constructor', { message: 'This word is taken; choose another.' });

const named = (longest: number) => z.partialRecord(LanguageCode, z.string().trim().min(1).max(longest));
export const Names = named(120).refine((names) => Object.keys(names).length > 0, { message: 'Give the name in one language at least.' });
export type Names = z.infer<typeof Names>;
export const Hints = named(500);

/** `parent`: in a tree, the option above it. One that is not `active` is offered no more, and stays where it was chosen. */
const Option = z.strictObject({ key: Key, names: Names, parent: Key.nullable().default(null), active: z.boolean().default(true) });
export type FieldOption = z.infer<typeof Option>;
export const Options = z.array(Option).max(MOST_OPTIONS);

export const FieldType = z.enum(FIELD_TYPES);
const Currency = z.string().regex(/^[A-Z]{3}$/, { message: 'Give the three letters of a currency, such as EUR.' });

/** GET /fields?subject=&active= in the order in which they are shown. */
export const FieldView = z.object({
  id: Id, subject: Subject, key: z.string(), type: FieldType, names: z.partialRecord(LanguageCode, z.string()), hints: z.partialRecord(LanguageCode, z.string()),
  /** Of a choice and a tree. */
  options: z.array(z.object({ key: z.string(), names: z.partialRecord(LanguageCode, z.string()), parent: z.string().nullable(), active: z.boolean() })),
  /** Of money. */
  currency: z.string().nullable(),
  /** Null: always. What is hidden keeps its value and is never required. */
  shownWhen: ConditionJson.nullable(),
  /** On a ticket: before it is resolved. On others: whenever their fields are saved. */
  required: z.boolean(),
  /** Null: always, when `required`. */
  requiredWhen: ConditionJson.nullable(),
  active: z.boolean(), updatedAt: Timestamp,
});
export type FieldView = z.infer<typeof FieldView>;
export const FieldPage = pageOf(FieldView);
export const FieldQuery = PageQuery.extend({ subject: Subject.optional(), active: z.enum(['true', 'false']).optional() });

const Changeable = {
  names: Names, hints: Hints, options: Options, currency: Currency.nullable(), shownWhen: ConditionJson.nullable(), required: z.boolean(),
  requiredWhen: ConditionJson.nullable(), active: z.boolean(),
};
/** POST /fields → 201. PATCH /fields/:id; the key, the type and the subject stay. DELETE /fields/:id: its key is never used again. */
export const FieldCreate = z.strictObject({ subject: Subject, key: Key, type: FieldType, ...z.object(Changeable).partial().shape, names: Names });
export type FieldCreate = z.infer<typeof FieldCreate>;
export const FieldPatch = z.strictObject(z.object(Changeable).partial().shape);
export type FieldPatch = z.infer<typeof FieldPatch>;

/** PUT /fields/order {subject, ids}: all of the subject's, in their new order. */
export const FieldOrder = z.strictObject({ subject: Subject, ids: z.array(Id).min(1).max(MOST_FIELDS) });

export const FieldValue = z.union([z.string().max(10_000), z.number(), z.array(z.string().max(40)).max(DEEPEST_TREE)]);
/** By key; what is absent is empty. A tree's is its path from the root. */
export const FieldValues = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]));
/** Null empties. What is not named stays. */
export const FieldValuesPatch = z.record(z.string().max(40), FieldValue.nullable())
  .refine((given) => Object.keys(given).length <= MOST_FIELDS, { message: `Name ${MOST_FIELDS} fields at most.` });
export type FieldValuesPatch = z.infer<typeof FieldValuesPatch>;
