/** A part of something, both ends included. */
export type Span = { readonly from: number; readonly to: number };

/**
 * What a `Range` asks for (RFC 9110, 14.1): one span of bytes. Null for none, for several, and for what is no such header: then all of it is
 * sent, which is always allowed. `outside`: there is nothing there, 416.
 */
export function spanOf(header: string | undefined, size: number): Span | 'outside' | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '') return last === '' ? null : within({ from: Math.max(0, size - Number(last)), to: size - 1 }, size);
  if (last === '') return within({ from: Number(first), to: size - 1 }, size);
  return Number(last) < Number(first) ? null : within({ from: Number(first), to: Math.min(Number(last), size - 1) }, size);
}

const within = ({ from, to }: Span, size: number): Span | 'outside' => (from < size && from <= to ? { from, to } : 'outside');
