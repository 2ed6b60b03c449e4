/** What the signs of a font mean. `width`: bytes of one sign; `advances`: how far each moves on, in thousandths of its height; null where the font does not say. */
export type Charset = { readonly width: 1 | 2; readonly map: ReadonlyMap<number, string> | null; readonly advances: Advances | null };
export type Advances = { readonly of: ReadonlyMap<number, number>; readonly others: number };

export const LATIN: Charset = { width: 1, map: null, advances: null };
const MOST_SIGNS = 70_000;
/** Latin as Windows writes it: what fonts of one byte without a table mean, as a rule. */
const windows = new TextDecoder('windows-1252');

const utf16 = (hex: string): string => {
  const bytes = Buffer.from(hex.replace(/\s/gu, '').slice(0, 64), 'hex');
  return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : bytes.toString('latin1');
};
const codeOf = (hex: string): number => Number.parseInt(hex.replace(/\s/gu, ''), 16);

/** By the table that a font brings (`ToUnicode`); `isWide`: without one its signs say nothing to us. */
export function charsetOf(table: string | null, isWide: boolean, advances: Advances | null): Charset {
  if (table === null) return isWide ? { width: 2, map: new Map(), advances } : { ...LATIN, advances };
  return { width: isWide || /begincodespacerange\s*<[\da-f]{4}>/iu.test(table) ? 2 : 1, map: mapOf(table), advances };
}

function mapOf(table: string): Map<number, string> {
  const map = new Map<number, string>();
  for (const [, part] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/gu)) {
    for (const [, code, text] of part!.matchAll(/<([\da-f\s]+)>\s*<([\da-f\s]*)>/giu)) if (map.size < MOST_SIGNS) map.set(codeOf(code!), utf16(text!));
  }
  for (const [, part] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/gu)) {
    for (const [, from, to, text, several] of part!.matchAll(/<([\da-f\s]+)>\s*<([\da-f\s]+)>\s*(?:<([\da-f\s]*)>|\[([^\]]*)\])/giu)) addRange(map, [codeOf(from!), codeOf(to!)], text ?? null, several ?? '');
  }
  return map;
}

function addRange(map: Map<number, string>, [from, to]: readonly [number, number], text: string | null, several: string): void {
  const list = text === null ? (several.match(/<[\da-f\s]*>/giu) ?? []).map((one) => utf16(one.slice(1, -1))) : null;
  const first = text === null ? '' : utf16(text);
  const last = first.charCodeAt(first.length - 1);
  for (let code = from; code <= to && code - from < 0x10000 && map.size < MOST_SIGNS; code++) {
    map.set(code, list ? list[code - from] ?? '' : `${first.slice(0, -1)}${String.fromCharCode(last + code - from)}`);
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

const bytesOf = (written: string): Buffer => {
  if (written.startsWith('<')) {
    const hex = written.replace(/[^\da-f]/giu, '');
    return Buffer.from(hex.length % 2 === 0 ? hex : `${hex}0`, 'hex');
  }
  return Buffer.from(written.slice(1, -1).replace(/\\(?:([0-7]{1,3})|(\r\n?|\n)|([\s\S]))/gu, (_whole, octal?: string, line?: string, sign?: string) =>
    (octal !== undefined ? String.fromCharCode(Number.parseInt(octal, 8) & 0xff) : line !== undefined ? '' : ESCAPES[sign!] ?? sign!)), 'latin1');
};

/** A string as it stands in a page, in the signs of the font that draws it; and how far it moves on. */
export function decodeString(written: string, { width, map, advances }: Charset): { text: string; advance: number } {
  const bytes = bytesOf(written);
  let [text, advance] = ['', 0];
  for (let at = 0; at + width <= bytes.length; at += width) {
    const code = width === 2 ? bytes.readUInt16BE(at) : bytes[at]!;
    if (map !== null) text += map.get(code) ?? (width === 1 ? windows.decode(bytes.subarray(at, at + 1)) : '');
    advance += advances?.of.get(code) ?? advances?.others ?? 0;
  }
  return { text: map === null ? windows.decode(bytes) : text, advance };
}
