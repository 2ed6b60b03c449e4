import { z } from 'zod';

/** Bounds that no honest condition meets, and that keep every compiled one small. */
export const LIMITS = { depth: 5, tests: 100, values: 100, text: 1_000 } as const;

export const UNITS = ['minutes', 'hours', 'days'] as const;
export type Unit = (typeof UNITS)[number];

/** A day is 24 hours here, whatever the clocks in some place did that night. */
const MINUTES: Record<Unit, number> = { minutes: 1, hours: 60, days: 24 * 60 };
const TEN_YEARS_MINUTES = 10 * 366 * 24 * 60;

export const OPERATORS = [
  'is', 'is_not', 'in', 'not_in', 'contains', 'not_contains', 'starts_with', 'ends_with', 'present', 'empty',
  'less', 'at_most', 'greater', 'at_least', 'between', 'before', 'after', 'within_last', 'within_next', 'older_than', 'working_older_than',
  'has_any', 'has_all', 'has_none', 'changed', 'changed_from', 'changed_to',
] as const;
export type Operator = (typeof OPERATORS)[number];

const Scalar = z.union([z.string().max(LIMITS.text), z.number(), z.boolean()]);
export type Scalar = z.infer<typeof Scalar>;

const Span = z.strictObject({ amount: z.int().min(1), unit: z.enum(UNITS) })
  .refine((span) => minutesOf(span) <= TEN_YEARS_MINUTES, { message: 'must be ten years at most' });
export type Span = { readonly amount: number; readonly unit: Unit };

const End = z.union([Scalar, Span]);
const Operand = z.union([Scalar, z.array(Scalar).min(1).max(LIMITS.values), Span, z.strictObject({ from: End, to: End })]);

/** What a test compares with. Which of these an operator wants follows from it and from the type of the field. */
export type Operand = Scalar | readonly Scalar[] | Span | { readonly from: Scalar | Span; readonly to: Scalar | Span };

/** One comparison, as it is written in JSON. */
export const TestShape = z.strictObject({ field: z.string(), operator: z.enum(OPERATORS), value: Operand.optional() });
export type Test = { readonly field: string; readonly operator: Operator; readonly value?: Operand | undefined };

export const JOINS = ['all', 'any', 'none'] as const;
export type Join = (typeof JOINS)[number];

/** `all`: every part holds. `any`: at least one. `none`: not one. */
export type Group =
  | { readonly all: readonly Node[] }
  | { readonly any: readonly Node[] }
  | { readonly none: readonly Node[] };
export type Node = Group | Test;

/** What is stored and sent: a group that says by which version of the language it is written. */
export type Condition = { readonly version: 1 } & Group;

/** Holds for everything. */
export const ALWAYS: Condition = { version: 1, all: [] };

/**
 * For the contracts of rooms that take a condition. It only says that it is an object: the front door then calls
 * `readCondition` with its fields, which bounds the depth before it looks inside.
 */
export const ConditionJson = z.looseObject({ version: z.literal(1).optional() }).meta({
  description: 'A condition: {"all"|"any"|"none": [tests and groups]}; a test is {"field", "operator", "value"}.',
});

export const isTest = (node: Node): node is Test => 'field' in node;

export const joinOf = (group: Group): Join => ('all' in group ? 'all' : 'any' in group ? 'any' : 'none');

export const partsOf = (group: Group): readonly Node[] => ('all' in group ? group.all : 'any' in group ? group.any : group.none);

export const groupOf = (join: Join, parts: readonly Node[]): Group =>
  (join === 'all' ? { all: parts } : join === 'any' ? { any: parts } : { none: parts });

export const minutesOf = ({ amount, unit }: Span): number => amount * MINUTES[unit];

export const isSpan = (value: unknown): value is Span => typeof value === 'object' && value !== null && 'amount' in value;
