import { fieldsOf } from './fields.ts';

/** A DKIM signature that holds, as far as it matters here what it holds for. */
type Signed = { readonly signingHeaders?: { readonly headers: readonly string[] } | undefined; readonly status: { readonly underSized?: number | undefined } };

const nameOf = (line: string): string => line.split(':', 1)[0]!.trim().toLowerCase();

/**
 * Whether a signature speaks for these fields as often as they stand there, and for the whole body. Whoever has a signed
 * letter of somebody's can hand it on with a second subject, further recipients or words below, and the signature holds.
 */
export function covers({ signingHeaders, status }: Signed, head: string, names: readonly string[]): boolean {
  const signed = (signingHeaders?.headers ?? []).map(nameOf);
  const there = fieldsOf(head).map(nameOf);
  const count = (list: readonly string[], name: string): number => list.filter((one) => one === name).length;
  return !(status.underSized ?? 0) && names.every((name) => count(there, name) <= count(signed, name));
}
