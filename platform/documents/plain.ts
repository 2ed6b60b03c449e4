/** The words of a text file, in whichever encoding it says or seems to be; null for what is no text. */
export function plainText(bytes: Buffer, most: number): string | null {
  const head = bytes.subarray(0, most * 4);
  const text = decoded(head);
  return isText(text) ? text.slice(0, most) : null;
}

function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder(looksCyrillic(bytes) ? 'windows-1251' : 'windows-1250').decode(bytes);
  }
}

/** In windows-1251 whole words stand in its upper half; in the Latin code pages single letters do. */
function looksCyrillic(bytes: Buffer): boolean {
  let [upper, beside] = [0, 0];
  for (let at = 1; at < Math.min(bytes.length, 20_000); at++) {
    if (bytes[at]! < 0xc0) continue;
    upper += 1;
    if (bytes[at - 1]! >= 0xc0) beside += 1;
  }
  return beside * 2 > upper;
}

/** Hardly any signs that nobody writes. */
function isText(text: string): boolean {
  const strange = text.slice(0, 4_000).match(/[\u0000-\u0008\u000e-\u001f\ufffd]/gu)?.length ?? 0;
  return strange * 50 <= Math.min(text.length, 4_000);
}
