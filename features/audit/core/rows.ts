import type { AuditLineView } from './contract.ts';

export const COLUMNS = ['at', 'actor', 'actor id', 'token id', 'address', 'action', 'kind', 'thing', 'name', 'field', 'from', 'to', 'operation'] as const;

const asText = (value: unknown): string => (typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value));

/** A line as rows of a table: one for each change, or one for what changed nothing. */
export function rowsOf(line: AuditLineView): string[][] {
  const { at, actor, tokenId, address, action, kind, thing, label, operation, changes } = line;
  const before = [at, actor.name ?? actor.kind, actor.id ?? '', tokenId ?? '', address, action, kind, thing, label];
  if (changes.length === 0) return [[...before, '', '', '', operation]];
  return changes.map(({ field, kept, from, to }) => [...before, field, kept ? asText(from) : '(not kept)', kept ? asText(to) : '(not kept)', operation]);
}
