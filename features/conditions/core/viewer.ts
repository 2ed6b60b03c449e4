import { type Condition, type Group, groupOf, isTest, joinOf, type Node, type Operator, partsOf, type Scalar, type Test } from './condition.ts';
import type { Field, Fields } from './fields.ts';

/** What stands in a condition for whoever looks through it: themself where a person is asked for, their teams where a team is. */
export const OWN = { person: 'me', team: 'mine' } as const;

const ownOf = (field: Field<never>): string | undefined => ((field.type === 'id' || field.type === 'ids') && Object.hasOwn(OWN, field.of) ? OWN[field.of as keyof typeof OWN] : undefined);

/** What changed is judged without anybody looking. */
const COMPARES: readonly Operator[] = ['is', 'is_not', 'in', 'not_in', 'has_any', 'has_all', 'has_none'];

export const isOwn = (field: Field<never>, operator: Operator, value: unknown): value is string =>
  COMPARES.includes(operator) && value !== undefined && value === ownOf(field);

export type Viewer = { readonly personId: string; readonly teamIds: readonly string[] };

/** The condition with the ids of whoever looks. Whoever is in no team has none: nothing is theirs. */
export const forViewer = (condition: Condition, fields: Fields<never>, viewer: Viewer): Condition =>
  ({ version: 1, ...groupFor(condition, fields, viewer) });

function groupFor(group: Group, fields: Fields<never>, viewer: Viewer): Group {
  return groupOf(joinOf(group), partsOf(group).map((part): Node => (isTest(part) ? testFor(part, fields, viewer) : groupFor(part, fields, viewer))));
}

function testFor(test: Test, fields: Fields<never>, { personId, teamIds }: Viewer): Test {
  const field = fields.get(test.field);
  const own = field && ownOf(field);
  const values: readonly Scalar[] = Array.isArray(test.value) ? test.value as readonly Scalar[] : [test.value as Scalar];
  if (!field || own === undefined || !values.includes(own)) return test;
  const ids: readonly Scalar[] = 'of' in field && field.of === 'person' ? [personId] : teamIds;
  if (field.type === 'ids') return { ...test, value: values.flatMap((value) => (value === own ? ids : [value])) };
  const positive = test.operator === 'is' || test.operator === 'in';
  return { field: test.field, operator: positive ? 'in' : 'not_in', value: values.flatMap((value) => (value === own ? ids : [value])) };
}

/** Whether it is another condition for everybody who looks. */
export const isPersonal = (node: Node, fields: Fields<never>): boolean => {
  if (!isTest(node)) return partsOf(node).some((part) => isPersonal(part, fields));
  const field = fields.get(node.field);
  const values: readonly unknown[] = Array.isArray(node.value) ? node.value : [node.value];
  return field !== undefined && values.some((value) => isOwn(field, node.operator, value));
};
