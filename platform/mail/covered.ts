import { fieldsOf } from './fields.ts';

/** A DKIM signature that holds, as far as it matters here what it holds for. */
type Signed = { readonly signingHeaders?: { readonly headers: readonly string[] } | undefined; readonly status: { readonly underSized?: number | undefined } };

const nameOf = (line: string): string => line.split(':', 1)[0]!.trim().toLowerCase();

/** They say how the body is read, and few signatures speak for them: a second one makes other words of the same bytes. */
const ONCE = ['content-type', 'content-transfer-encoding', 'mime-version'];

/** A border or a sentence among the fields, behind which one reader still sees the head and another the body. */
const isNoField = (line: string, at: number): boolean => !/^[!-9;-~]{1,200}[ \t]*:/.test(line) && !(at === 0 && line.startsWith('From '));

/**
 * Whether a signature speaks for these fields as often as they stand there, and for the whole body. Whoever has a signed
 * letter of somebody's can hand it on with a second subject, further recipients or words below, and the signature holds.
 */
export function covers({ signingHeaders, status }: Signed, head: string, names: readonly string[]): boolean {
  const fields = fieldsOf(head.trimEnd());
  const signed = (signingHeaders?.headers ?? []).map(nameOf);
  const there = fields.map(nameOf);
  const count = (list: readonly string[], name: string): number => list.filter((one) => one === name).length;
  if (fields.some(isNoField) || ONCE.some((name) => count(there, name) > 1)) return false;
  return !(status.underSized ?? 0) && names.every((name) => count(there, name) <= count(signed, name));
}
