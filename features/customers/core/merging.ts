import type { Language } from '../../../kernel/languages.ts';
import type { FieldValues } from '../../fields/core/types.ts';

/** What a record says of somebody by itself. */
export type Facts = { readonly name: string; readonly language: Language | null; readonly agentId: string | null; readonly fields: FieldValues };

/** As many records as one can hold together. */
export const MOST_MERGED = 100;

const filled = (all: Facts, one: Facts): Facts =>
  ({ name: all.name || one.name, language: all.language ?? one.language, agentId: all.agentId ?? one.agentId, fields: { ...one.fields, ...all.fields } });

/** What a record says once others went on in it: its own word where it has one, else theirs, of whom came first before the later ones. */
export const joined = (own: Facts, others: readonly Facts[]): Facts => others.reduce(filled, own);

export const factsOf = ({ name, language, agentId, fields }: Facts): Facts => ({ name, language, agentId, fields });

/** What somebody said since on a record that took others in is its own, and stays when they leave. */
export function ownAfter(own: Facts | null, before: Facts, after: Facts): Facts | null {
  if (own === null) return null;
  const fields = { ...own.fields };
  for (const key of new Set([...Object.keys(before.fields), ...Object.keys(after.fields)])) {
    if (JSON.stringify(before.fields[key]) === JSON.stringify(after.fields[key])) continue;
    if (after.fields[key] === undefined) delete fields[key];
    else fields[key] = after.fields[key];
  }
  return {
    name: after.name === before.name ? own.name : after.name, language: after.language === before.language ? own.language : after.language,
    agentId: after.agentId === before.agentId ? own.agentId : after.agentId, fields,
  };
}
