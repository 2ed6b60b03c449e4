import { PLACEHOLDERS } from './contract.ts';

export type Placeholder = (typeof PLACEHOLDERS)[number];
export type PlaceholderValues = Readonly<Record<Placeholder, string>>;

// One form and no logic: {{ name }}. The name may hold only letters, dots and underscores, so matching is linear.
const SLOT = /\{\{\s{0,8}([\w.]{0,60})\s{0,8}\}\}/g;

const isPlaceholder = (name: string): name is Placeholder => (PLACEHOLDERS as readonly string[]).includes(name);

/** What stands in braces and is not a placeholder that we know; an opening without an end counts as one. */
export function unknownPlaceholders(html: string): string[] {
  const unknown = [...html.matchAll(SLOT)].map((match) => match[1] ?? '').filter((name) => !isPlaceholder(name));
  const rest = html.replace(SLOT, '');
  return [...new Set(rest.includes('{{') || rest.includes('{%') ? [...unknown, rest.slice(Math.max(0, rest.search(/\{[{%]/)), Math.max(0, rest.search(/\{[{%]/)) + 20)] : unknown)];
}

/** `values` are escaped by the caller for where the text goes. What is not known stays empty. */
export const fillPlaceholders = (html: string, values: PlaceholderValues): string =>
  html.replace(SLOT, (_whole, name: string) => (isPlaceholder(name) ? values[name] : ''));
