/** A message of a mailbox file, and where the next begins. */
type Found = { readonly raw: Buffer; readonly next: number };

const FROM = Buffer.from('From ');
const LINE_FROM = Buffer.from('\nFrom ');
/** `From somebody Mon Jan  5 10:00:00 2026`: what parts messages, and no sentence that begins so. */
const POSTMARK = /^From \S+ .*\d{4}\s*$/;
const QUOTED_FROM = /^>(>*From )/gm;

export const isMbox = (bytes: Buffer): boolean => bytes.subarray(0, FROM.length).equals(FROM);

/** The message that begins at `place`, with its lines as they were before they were kept in such a file (mboxrd); null at the end. */
export function messageAt(bytes: Buffer, place: number): Found | null {
  if (place >= bytes.length) return null;
  const head = endOfLine(bytes, place);
  let next = bytes.length;
  for (let at = bytes.indexOf(LINE_FROM, head - 1); at !== -1; at = bytes.indexOf(LINE_FROM, at + 1)) {
    if (POSTMARK.test(bytes.toString('latin1', at + 1, endOfLine(bytes, at + 1)).trimEnd())) { next = at + 1; break; }
  }
  return { raw: Buffer.from(bytes.toString('latin1', head, next).replace(QUOTED_FROM, '$1'), 'latin1'), next };
}

function endOfLine(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(0x0a, from);
  return end === -1 ? bytes.length : end + 1;
}
