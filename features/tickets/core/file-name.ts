const MAX_BYTES = 255;
// Controls, invisible and direction-changing characters, and what separates folders.
const UNWANTED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]/gu;

/** A name for showing and for downloads, never for storing: no path, no hidden characters, at most 255 bytes of UTF-8. */
export function cleanFileName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(UNWANTED, '').trim().replace(/^\.+/, '');
  if (clean === '') return 'file';
  const dot = clean.lastIndexOf('.');
  const ending = dot > 0 && clean.length - dot <= 12 ? clean.slice(dot) : '';
  let stem = [...(ending === '' ? clean : clean.slice(0, dot))];
  while (bytesOf(stem.join('') + ending) > MAX_BYTES) stem = stem.slice(0, -1);
  return stem.join('') + ending;
}

function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
