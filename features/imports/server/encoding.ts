import { type Encoding, oldEncoding } from '../core/table.ts';

/** The encoding of a table: by its mark, as UTF-8 when it is that, else the one whose letters make the most sense. */
export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch { /* one of the old ones */ }
  return oldEncoding(bytes);
}

export const decode = (bytes: Uint8Array, encoding: Encoding): string => new TextDecoder(encoding).decode(bytes);
