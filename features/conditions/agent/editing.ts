import { type Condition, type Group, groupOf, isTest, joinOf, type Node, type Operator, partsOf, type Test } from '../core/condition.ts';
import { arityOf, asksForChange, type Field, type Fields, operatorsOf } from '../core/fields.ts';

/** What the operators of a field are here: none that ask for a change where nothing changes, none about what is never missing. */
export function offeredOperators(field: Field<never>, changes: boolean): readonly Operator[] {
  const mayMiss = field.nullable === true || field.type === 'text' || field.type === 'tags' || field.type === 'ids';
  return operatorsOf(field).filter((operator) => (changes || !asksForChange(operator)) && (mayMiss || (operator !== 'present' && operator !== 'empty')));
}

export function newTest(fields: Fields<never>, changes: boolean, id = fields.list[0]?.id ?? ''): Test {
  const field = fields.get(id);
  return { field: id, operator: (field && offeredOperators(field, changes)[0]) ?? 'is' };
}

/** Another comparison keeps the value when it can mean the same there. */
export const withOperator = (test: Test, operator: Operator): Test =>
  (arityOf(operator) === arityOf(test.operator) ? { ...test, operator } : { field: test.field, operator });

export const replaced = (group: Group, index: number, part: Node): Group => groupOf(joinOf(group), partsOf(group).map((one, i) => (i === index ? part : one)));
export const without = (group: Group, index: number): Group => groupOf(joinOf(group), partsOf(group).filter((_, i) => i !== index));
export const extended = (group: Group, part: Node): Group => groupOf(joinOf(group), [...partsOf(group), part]);

/** Without the groups that nothing is left in; a root that is left empty holds for everything, as it says. */
export function tidied({ version, ...root }: Condition): Condition {
  const tidy = (group: Group): Group =>
    groupOf(joinOf(group), partsOf(group).map((part) => (isTest(part) ? part : tidy(part))).filter((part) => isTest(part) || partsOf(part).length > 0));
  const group = tidy(root);
  return { version, ...(partsOf(group).length === 0 ? { all: [] } : group) };
}
