import { inflateSync } from 'node:zlib';
import { type Advances, type Charset, charsetOf } from './pdf-charset.ts';
import { drawn, type Fonts } from './pdf-drawing.ts';
import { dictionaryOf, type Value, valueAt } from './pdf-values.ts';

/** Bytes of one stream, unpacked, and of all together: what is packed grows a thousandfold, and what is not may be named a thousand times. */
const MOST_STREAM = 16 * 1024 * 1024;
const MOST_UNPACKED = 96 * 1024 * 1024;
const MOST_OBJECTS = 100_000;
const MOST_DEPTH = 12;

type Found = { readonly dict: ReadonlyMap<string, Value>; readonly stream: Buffer | null };

/**
 * The words of a PDF as its pages draw them, a line a line as far as that shows; null when it is none, or locked. Objects are found by looking
 * for them, not by the table at the end, which is broken in many files. Fonts without a table of what their signs mean are read as Latin.
 */
export function pdfText(bytes: Buffer, most: number): string | null {
  if (!bytes.subarray(0, 1_024).includes('%PDF-')) return null;
  const file = open(bytes);
  if (file.isLocked) return null;
  const lines: string[] = [];
  let length = 0;
  for (const page of file.pages()) {
    const fonts = file.fontsOf(page);
    for (const content of file.contentsOf(page)) {
      const words = drawn(content, fonts, most - length, (name) => file.formOf(page, name));
      lines.push(words);
      length += words.length + 1;
      if (length >= most) return lines.join('\n').slice(0, most);
    }
  }
  return lines.join('\n');
}

type Placed = { readonly at: number; readonly in: string; readonly raw: Buffer };
type Dict = ReadonlyMap<string, Value>;

/** Where objects begin. */
function objectsIn(text: string, raw: Buffer): Map<number, Placed> {
  const objects = new Map<number, Placed>();
  for (const match of text.matchAll(/(?<![\d.])(\d{1,7})[ \r\n]{1,3}\d{1,5}[ \r\n]{1,3}obj\b/gu)) {
    if (objects.size >= MOST_OBJECTS) break;
    objects.set(Number(match[1]), { at: match.index + match[0].length, in: text, raw });
  }
  return objects;
}

const LOCKED = /\/Encrypt\s+\d+\s+\d+\s+R/u;
const listOf = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as Value[]) : value === null ? [] : [value]);
const numberOf = (value: Value): number | null => (typeof value === 'string' && /^\d+ R$/u.test(value) ? Number.parseInt(value, 10) : null);

/** `[3 [500 600] 10 20 700]`: single ones from a sign on, or the same for a stretch of signs. */
function readWide(list: readonly Value[], others: Value): Advances {
  const of = new Map<number, number>();
  for (let n = 0; n + 1 < list.length;) {
    const [first, next] = [Number(list[n]), list[n + 1]!];
    if (Array.isArray(next)) for (const [k, width] of (next as Value[]).entries()) of.set(first + k, Number(width));
    else for (let code = first; code <= Number(next) && code - first < 0x10000; code++) of.set(code, Number(list[n + 2]));
    n += Array.isArray(next) ? 2 : 3;
  }
  return { of, others: typeof others === 'number' ? others : 1_000 };
}

function open(bytes: Buffer) {
  const text = bytes.toString('latin1');
  const objects = objectsIn(text, bytes);
  const charsets = new Map<number, Charset>();
  let unpacked = 0;

  /** Where it ends says its length, or the word that follows it. */
  function packedAt(dict: Dict, from: string, raw: Buffer, start: number): Buffer {
    const said = saidOf(dict, 'Length');
    const hasLength = typeof said === 'number' && /^\s*endstream/u.test(from.slice(start + said, start + said + 20));
    const end = hasLength ? start + said : from.indexOf('endstream', start);
    return raw.subarray(start, end === -1 ? raw.length : end);
  }

  function streamOf(dict: Dict, { in: from, raw }: Placed, at: number): Buffer | null {
    const begins = /^\s*stream\r?\n?/u.exec(from.slice(at, at + 40));
    if (!begins) return null;
    const packed = packedAt(dict, from, raw, at + begins[0].length);
    const filters = listOf(saidOf(dict, 'Filter'));
    if (unpacked > MOST_UNPACKED) return null;
    if (filters.length > 0) return filters.length === 1 && filters[0] === '/FlateDecode' ? inflated(packed) : null;
    unpacked += Math.min(packed.length, MOST_STREAM);
    return packed.subarray(0, MOST_STREAM);
  }

  function inflated(packed: Buffer): Buffer | null {
    try {
      const whole = inflateSync(packed, { maxOutputLength: MOST_STREAM, finishFlush: 2 });
      unpacked += whole.length;
      return whole;
    } catch {
      return null;
    }
  }

  function get(number: number): Found | null {
    const object = objects.get(number);
    if (!object) return null;
    const { value, to } = valueAt(object.in, object.at);
    const dict = dictionaryOf(value) ?? new Map<string, Value>();
    return { dict, stream: dictionaryOf(value) ? streamOf(dict, object, to) : null };
  }

  function resolve(value: Value, depth = 0): Value {
    const ref = typeof value === 'string' ? /^(\d+) R$/u.exec(value) : null;
    if (!ref || depth > MOST_DEPTH) return value;
    const object = objects.get(Number(ref[1]));
    return object ? resolve(valueAt(object.in, object.at).value, depth + 1) : null;
  }

  function saidOf(dict: Dict | null, name: string): Value {
    return resolve(dict?.get(name) ?? null);
  }
  const dictIn = (dict: Dict | null, name: string): Dict | null => dictionaryOf(saidOf(dict, name));
  const streamText = (ref: Value): string | null => get(numberOf(ref) ?? -1)?.stream?.toString('latin1') ?? null;

  /** Objects that lie packed in a stream of their own. */
  function addPacked({ dict, stream }: Found): void {
    const [first, count] = [dict.get('First'), dict.get('N')];
    if (!stream || typeof first !== 'number' || typeof count !== 'number') return;
    const inner = stream.toString('latin1');
    const heads = inner.slice(0, first).match(/\d+/gu) ?? [];
    for (let n = 0; n < count && n * 2 + 1 < heads.length && objects.size < MOST_OBJECTS; n++) {
      const id = Number(heads[n * 2]);
      if (!objects.has(id)) objects.set(id, { at: first + Number(heads[n * 2 + 1]), in: inner, raw: stream });
    }
  }
  for (const [number, { at }] of Array.from(objects)) {
    const found = text.slice(at, at + 400).includes('/ObjStm') ? get(number) : null;
    if (found) addPacked(found);
  }

  function* pages(): Generator<ReadonlyMap<string, Value>> {
    for (const { at, in: from } of objects.values()) {
      const head = from.slice(at, at + 4_000);
      if (!/\/Type\s*\/Page\b(?!s)/u.test(head)) continue;
      const dict = dictionaryOf(valueAt(from, at).value);
      if (dict) yield dict;
    }
  }

  /** Its own, or those of the pages above it. */
  function resourcesOf(page: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> | null {
    let one: ReadonlyMap<string, Value> | null = page;
    for (let depth = 0; one && depth < MOST_DEPTH; depth++) {
      const own = dictIn(one, 'Resources');
      if (own) return own;
      one = dictIn(one, 'Parent');
    }
    return null;
  }

  function advancesOf(font: Dict): Advances | null {
    const [first, widths] = [saidOf(font, 'FirstChar'), saidOf(font, 'Widths')];
    if (typeof first !== 'number' || !Array.isArray(widths)) return null;
    return { of: new Map((widths as Value[]).slice(0, 256).map((width, n) => [first + n, Number(resolve(width))])), others: 0 };
  }

  function wideAdvances(font: Dict): Advances | null {
    const dict = dictionaryOf(resolve(listOf(saidOf(font, 'DescendantFonts'))[0] ?? null));
    return dict && readWide(listOf(saidOf(dict, 'W')).map((one) => resolve(one)), saidOf(dict, 'DW'));
  }

  function readFont(font: Dict | null): Charset {
    const isWide = font?.get('Subtype') === '/Type0';
    return charsetOf(streamText(font?.get('ToUnicode') ?? null), isWide, font && (isWide ? wideAdvances(font) : advancesOf(font)));
  }

  function charset(ref: Value): Charset {
    const number = numberOf(ref) ?? -1;
    const read = charsets.get(number) ?? readFont(dictionaryOf(resolve(ref)));
    if (number !== -1) charsets.set(number, read);
    return read;
  }

  return {
    isLocked: LOCKED.test(text.slice(-4_096)) || LOCKED.test(text.slice(0, 4_096)),
    pages,
    fontsOf: (page: ReadonlyMap<string, Value>): Fonts => new Map([...dictIn(resourcesOf(page), 'Font') ?? []].map(([name, ref]) => [name, charset(ref)])),
    contentsOf(page: ReadonlyMap<string, Value>): string[] {
      const given = page.get('Contents') ?? null;
      const refs = numberOf(given) !== null && !Array.isArray(resolve(given)) ? [given] : [resolve(given)].flat();
      const pieces: string[] = [];
      let length = 0;
      for (const ref of refs) {
        if (length > MOST_STREAM) break;
        const piece = streamText(ref);
        if (piece !== null) pieces.push(piece);
        length += piece?.length ?? 0;
      }
      return [pieces.join('\n')];
    },
    formOf(page: ReadonlyMap<string, Value>, name: string): { content: string; fonts: Fonts } | null {
      const number = numberOf(dictIn(resourcesOf(page), 'XObject')?.get(name) ?? null);
      const form = number === null ? null : get(number);
      if (!form?.stream || form.dict.get('Subtype') !== '/Form') return null;
      return { content: form.stream.toString('latin1'), fonts: this.fontsOf(form.dict.has('Resources') ? form.dict : page) };
    },
  };
}
