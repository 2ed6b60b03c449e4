import type { MimeNode } from './node.ts';

const DASH = 0x2d;
const LF = 0x0a;

/** The names of all borders that the parts of a message declare. */
export function bordersIn(root: MimeNode): Set<string> {
  const found = new Set<string>();
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    const name = node.contentType.multipart === false ? undefined : node.contentType.parsed.params['boundary'];
    if (name) found.add(name);
    open.push(...node.childNodes);
  }
  return found;
}

/**
 * The first line of a text that is a border of its own message: parts that another border ended too early, or borders
 * that interleave. Nobody writes such a line, and what follows it is no words.
 */
export function strayBorder(bytes: Uint8Array, borders: ReadonlySet<string>): { at: number; name: string } | null {
  if (borders.size === 0) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < text.length;) {
    const end = text.indexOf(LF, at);
    const to = end === -1 ? text.length : end;
    if (text[at] === DASH && text[at + 1] === DASH) {
      const line = text.toString('utf8', at + 2, Math.min(to, at + 302)).trimEnd();
      const name = [line, line.replace(/--$/, '')].find((one) => borders.has(one));
      if (name !== undefined) return { at, name };
    }
    at = to + 1;
  }
  return null;
}
