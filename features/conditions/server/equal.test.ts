import fc from 'fast-check';
import { type RawBuilder, sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { createDatabase, type Connection } from '../../../platform/db/db.ts';
import { copyOfTemplate } from '../../../testing/postgres.ts';
import type { Week } from '../../calendars/core/week.ts';
import { workingTime } from '../../calendars/core/working-time.ts';
import { readCondition } from '../core/check.ts';
import { type Condition, groupOf, JOINS, type Node, UNITS } from '../core/condition.ts';
import { arityOf, asksForChange, defineFields, type Field, operatorsOf } from '../core/fields.ts';
import { fold } from '../core/fold.ts';
import type { Moment } from '../core/plan.ts';
import { toPredicate } from '../core/predicate.ts';
import { type Columns, toSql } from './conditions.ts';
import { folded } from './fold.ts';

/*
 * One language, two compilers: whatever is asked of whatever record, PostgreSQL and the predicate say the same.
 */
const NOW = new Date('2026-03-29T01:30:00.000Z');
const HOUR_MS = 3_600_000;

/** Between nine and five, universal time, every day. */
function workingSeconds(from: Date, to: Date): number {
  const until = (at: Date) => {
    const day = Math.floor(at.getTime() / (24 * HOUR_MS));
    return day * 8 * 3600 + Math.min(Math.max(at.getTime() - day * 24 * HOUR_MS - 9 * HOUR_MS, 0), 8 * HOUR_MS) / 1000;
  };
  return until(to) - until(from);
}
const MOMENT = { now: NOW, workingSeconds };

type Probe = {
  n: number; subject: string | null; size: number | null; score: number | null; took: number | null; vip: boolean | null; level: string | null;
  language: string | null; owner: string | null; teams: string[] | null; tags: string[] | null; at: Date | null;
};
const LEVELS = ['low', 'normal', 'high'] as const;
const common = { label: 'probe', nullable: true } as const;
const FIELDS = defineFields<Probe>([
  { ...common, id: 'subject', type: 'text', read: (r) => r.subject },
  { ...common, id: 'size', type: 'number', integer: true, read: (r) => r.size },
  { ...common, id: 'score', type: 'number', read: (r) => r.score },
  { ...common, id: 'took', type: 'duration', read: (r) => r.took },
  { ...common, id: 'vip', type: 'boolean', read: (r) => r.vip },
  { ...common, id: 'level', type: 'enum', options: LEVELS, ordered: true, optionLabel: (o) => o, read: (r) => r.level },
  { ...common, id: 'language', type: 'language', read: (r) => r.language },
  { ...common, id: 'owner', type: 'id', of: 'person', read: (r) => r.owner },
  { ...common, id: 'teams', type: 'ids', of: 'team', read: (r) => r.teams },
  { ...common, id: 'tags', type: 'tags', read: (r) => r.tags },
  { ...common, id: 'at', type: 'datetime', read: (r) => r.at },
]);
const COLUMNS: Columns = Object.fromEntries(FIELDS.list.map(({ id }) => [id, sql.ref(`probes.${id}`)]));

/** Everything about which two ways to compare text could differ. */
const ALPHABET = [
  ...'aAbBzZ019 %_\\\'"$^.*()[]{}-,;\n\t', ...'łŁéÉøØđÐßẞæÆœşŞǅÅΩKﬁ①Ⅳ㎏Ａıİ', ...'йЙиИёЁїЇжЖґҐѝ', ...'σςΣάΆ', ...'اأإآٱىيیكکةهؤئءـ١۱٩',
  '\u0301', '\u0306', '\u0308', '\u064e', '\u0651', '\u200f', '\u00a0', '\u00ad', '\ufeff', '😀', '𐐀', '𐐨', '가', '각', '\u1100\u1161',
];
const letters = fc.array(fc.constantFrom(...ALPHABET), { maxLength: 6 }).map((all) => all.join(''));
const word = fc.constantFrom('Refund', 'refund', 'REFUND please', '100%', 'a_b', String.raw`C:\temp`, 'Łódź', 'lodz', 'Счупен чайник', 'ЧАЙНИК', 'чаиник', 'أحمد', 'احمد', "O'Neill", '');
const text = fc.oneof(word, letters);
const maybe = <T,>(one: fc.Arbitrary<T>) => fc.option(one, { freq: 5 });

const ids = Array.from({ length: 5 }, (_, i) => `018f0000-0000-7000-8000-00000000000${i}`);
const id = fc.constantFrom(...ids);
const integer = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 2 ** 53 - 2));
const double = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0.1, 0.1 + 0.2, 0.3, -0, 5e-324));
const seconds = fc.constantFrom(0, 59, 60, 61, 3600, 7200, 86_400, 172_800);
const edge = fc.integer({ min: -3, max: 3 });
/** Moments that lie on, just before and just after what tests ask for. */
const moment = fc.oneof(
  fc.tuple(fc.constantFrom(-49, -48, -25, -24, -17, -16, -8, -2, -1, 0, 1, 2, 24, 48), edge).map(([hours, off]) => new Date(NOW.getTime() + hours * HOUR_MS + off)),
  fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('9998-12-31T00:00:00Z'), noInvalidDate: true }),
);
const tag = fc.oneof(fc.constantFrom('vip', 'VIP', 'Łódź', 'lodz', 'чайник', 'a,b', '{x}', '"q"', 'null', 'NULL'), letters.filter((s) => s !== ''));

const probe: fc.Arbitrary<Omit<Probe, 'n'>> = fc.record({
  subject: maybe(text), size: maybe(integer), score: maybe(double), took: maybe(seconds), vip: maybe(fc.boolean()),
  level: maybe(fc.constantFrom(...LEVELS)), language: maybe(fc.constantFrom('en', 'bg', 'pl', 'ru', 'ar')), owner: maybe(id),
  teams: maybe(fc.uniqueArray(id, { maxLength: 3 })), tags: maybe(fc.uniqueArray(tag, { maxLength: 4 })), at: maybe(moment),
});

const span = fc.record({ amount: fc.constantFrom(1, 2, 8, 16, 24, 48), unit: fc.constantFrom(...UNITS) });
const comparable = (s: string) => fold(s) !== '';

const VALUE: Record<Field<never>['type'], fc.Arbitrary<unknown>> = {
  text: text.filter(comparable), number: integer, duration: span, boolean: fc.boolean(), enum: fc.constantFrom(...LEVELS), language: fc.constantFrom('en', 'bg'),
  id: id.map((one) => one.toUpperCase()), ids: id, tags: tag.filter(comparable), datetime: moment.map((at) => at.toISOString()),
};
const valueOf = (field: Field<never>) => (field.id === 'score' ? double : VALUE[field.type]);

function testOf(field: Field<never>, operator: (typeof ASKED)[number]['operator']): fc.Arbitrary<Node> {
  const value = valueOf(field);
  const operand: Record<ReturnType<typeof arityOf>, fc.Arbitrary<unknown>> = {
    none: fc.constant(undefined), one: value, many: fc.array(value, { minLength: 1, maxLength: 3 }),
    span: operator === 'working_older_than' ? span.filter(({ unit }) => unit !== 'days') : span, range: fc.record({ from: value, to: value }),
  };
  return operand[arityOf(operator)].map((given) => ({ field: field.id, operator, ...(given !== undefined && { value: given }) }) as Node);
}

const ASKED = FIELDS.list.flatMap((field) => operatorsOf(field).filter((one) => !asksForChange(one)).map((operator) => ({ field, operator })));
const anyTest = fc.constantFrom(...ASKED).chain(({ field, operator }) => testOf(field, operator));
const { node } = fc.letrec<{ node: Node; group: Node }>((tie) => ({
  node: fc.oneof({ maxDepth: 3, depthSize: 'small' }, anyTest, tie('group')),
  group: fc.tuple(fc.constantFrom(...JOINS), fc.array(tie('node'), { minLength: 1, maxLength: 3 })).map(([join, parts]) => groupOf(join, parts)),
}));

let owner: Connection;
let records: Probe[];

beforeAll(async () => {
  const db = createDatabase(await copyOfTemplate());
  ({ owner } = db);
  await sql`create table probes (n integer primary key, subject text, size bigint, score double precision, took bigint, vip boolean, level text,
    language text, owner uuid, teams uuid[], tags text[], at timestamptz)`.execute(owner);
  records = fc.sample(probe, { numRuns: 120, seed: 7 }).map((one, n) => ({ ...one, n }));
  const rows: RawBuilder<unknown>[] = records.map((r) => sql`(${r.n}::integer, ${r.subject}, ${r.size}::bigint, ${r.score}::float8, ${r.took}::bigint, ${r.vip}::boolean,
    ${r.level}, ${r.language}, ${r.owner}::uuid, ${r.teams}::uuid[], ${r.tags}::text[], ${r.at?.toISOString() ?? null}::timestamptz)`);
  await sql`insert into probes values ${sql.join(rows)}`.execute(owner);
  return () => db.destroy();
});

/** Through JSON and the check, as a condition comes to be. */
const read = (given: Node): Condition => readCondition(JSON.parse(JSON.stringify('field' in given ? { all: [given] } : given)), FIELDS);

async function agree(given: Node, moment: Moment = MOMENT): Promise<void> {
  const condition = read(given);
  const { rows } = await sql<{ n: number }>`select n from probes where ${toSql(condition, FIELDS, COLUMNS, moment)} order by n`.execute(owner);
  const holds = toPredicate(condition, FIELDS, moment);
  expect(rows.map(({ n }) => n)).toEqual(records.filter((record) => holds(record)).map(({ n }) => n));
}

test.each(ASKED)('$field.id $operator picks the same records in the database and in memory', async ({ field, operator }) => {
  await fc.assert(fc.asyncProperty(testOf(field, operator), (asked) => agree(asked)), { numRuns: arityOf(operator) === 'none' ? 1 : 25, seed: 11 });
});

test('groups inside groups do so too, nulls and negations and all', async () => {
  await fc.assert(fc.asyncProperty(node, (asked) => agree(asked)), { numRuns: 150, seed: 13 });
});

test.each<[what: string, week: Week]>([
  ['that has lunch and a night when clocks change', { fri: [{ from: '09:00', to: '12:30' }, { from: '13:00', to: '17:00' }], sat: [{ from: '10:00', to: '14:00' }], sun: [{ from: '01:00', to: '05:00' }] }],
  ['that never opens', {}],
])('ages by a calendar %s are the same on both sides', async (_what, week) => {
  const time = workingTime({ timeZone: 'Europe/Sofia', week, holidays: [], closures: [] });
  const moment = { now: NOW, workingSeconds: (from: Date, to: Date) => time.between(from, to).seconds };
  for (const amount of [1, 2, 3, 4, 8, 12, 100]) await agree({ field: 'at', operator: 'working_older_than', value: { amount, unit: 'hours' } }, moment);
});

test('every letter is folded in the database as in memory', async () => {
  const blocks = [[0x01, 0x10_9f], [0x11_00, 0x1b_ff], [0x1d_00, 0x1f_ff], [0x20_00, 0x2b_ff], [0x30_00, 0x31_ff], [0xf9_00, 0xff_fd]] as const;
  const all = blocks.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)))
    .filter((letter) => /\P{Cn}/u.test(letter)).map((letter) => `x${letter}и${letter}Σ`);
  const { rows } = await sql<{ letter: string; folded: string }>`select letter, ${folded(sql`letter`)} as folded from unnest(${all}::text[]) as letter`.execute(owner);
  expect(rows.filter(({ letter, folded: theirs }) => theirs !== fold(letter)).map(({ letter }) => letter.codePointAt(1)!.toString(16))).toEqual([]);
});
