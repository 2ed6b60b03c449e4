export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

const inOrder = (_name: string, value: unknown): unknown =>
  (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value);

/** Whether two values are the same as JSON, in whichever order the parts of objects stand: a database keeps another one. */
export const isSameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);
