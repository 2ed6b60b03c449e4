import { AppError } from '../../../kernel/errors.ts';
import { DEEPEST_TREE, type FieldOption } from './contract.ts';
import type { FieldType } from './types.ts';
import { pathTo } from './values.ts';

function refuse(pointer: string, detail: string): never {
  throw new AppError('invalid', 'field.bad_options', `${pointer} ${detail}`, { errors: [{ pointer, code: 'field.bad_options', detail }] });
}

/** The options as they are kept. One that was there stays: records may have it; it can be made inactive, but not moved. */
export function checkOptions(type: FieldType, given: readonly FieldOption[], before: readonly FieldOption[]): FieldOption[] {
  const offers = type === 'choice' || type === 'tree';
  if (!offers && given.length > 0) refuse('#/options', 'must be left out: only a choice and a tree have options.');
  const keys = new Set<string>();
  for (const [i, { key, parent }] of given.entries()) {
    if (keys.has(key)) refuse(`#/options/${i}/key`, `must be one of a kind: "${key}" is there twice.`);
    keys.add(key);
    checkParent(type, given, i, parent);
  }
  for (const old of before) {
    const now = given.find(({ key }) => key === old.key);
    if (!now) refuse('#/options', `must still name "${old.key}": records may have it. Make it inactive instead.`);
    if (now.parent !== old.parent) refuse('#/options', `must leave "${old.key}" where it was in the tree; make it inactive and add another.`);
  }
  return [...given];
}

function checkParent(type: FieldType, given: readonly FieldOption[], i: number, parent: string | null): void {
  if (parent === null) return;
  if (type !== 'tree') refuse(`#/options/${i}/parent`, 'must be left out: only a tree has options below others.');
  if (!given.slice(0, i).some(({ key }) => key === parent)) refuse(`#/options/${i}/parent`, `must stand before the options below it: "${parent}" does not.`);
  if (pathTo(given, given[i]!.key).length > DEEPEST_TREE) refuse(`#/options/${i}/parent`, `lies too deep: a tree has ${DEEPEST_TREE} levels at most.`);
}
