import { decodeText } from './charsets.ts';

export type TnefFile = { readonly name: string; readonly type: string | null; readonly contentId: string | null; readonly bytes: Uint8Array };
export type Tnef = { readonly text: string | null; readonly html: string | null; readonly files: readonly TnefFile[] };

const SIGNATURE = 0x223e9f78;
const MAX_FILES = 200;
const MAX_PROPERTIES = 2_000;
const ATTRIBUTE = { body: 0x800c, data: 0x800f, title: 0x8010, rendering: 0x9002, mapi: 0x9003, attachment: 0x9005, codepage: 0x9007 } as const;
const PROPERTY = { body: 0x1000, html: 0x1013, data: 0x3701, shortName: 0x3704, longName: 0x3707, type: 0x370e, contentId: 0x3712, displayName: 0x3001 } as const;
/** Bytes that a value of a fixed size takes, padding included. */
const FIXED: Readonly<Record<number, number>> = { 0x0001: 0, 0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000a: 4, 0x000b: 4, 0x0014: 8, 0x0040: 8, 0x0048: 16 };

type Reading = { text: string | null; html: string | null; codepage: string; files: { name: string; type: string | null; contentId: string | null; bytes: Uint8Array }[] };

/** What Outlook wraps into `winmail.dat`; null for what is none. A damaged one is read as far as it goes. */
export function readTnef(bytes: Uint8Array): Tnef | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.length < 6 || data.readUInt32LE(0) !== SIGNATURE) return null;
  const found: Reading = { text: null, html: null, codepage: 'windows-1252', files: [] };
  for (const { id, value } of attributesOf(data)) READERS[id]?.(found, value);
  return { text: found.text, html: found.html, files: found.files.filter((file) => file.bytes.length > 0) };
}

const READERS: Readonly<Record<number, (found: Reading, value: Buffer) => void>> = {
  [ATTRIBUTE.codepage]: (found, value) => { if (value.length >= 4) found.codepage = `windows-${value.readUInt32LE(0)}`; },
  [ATTRIBUTE.body]: (found, value) => { found.text ??= textOf(value, found.codepage); },
  [ATTRIBUTE.mapi]: (found, value) => readBody(propertiesOf(value, found.codepage), found),
  [ATTRIBUTE.rendering]: ({ files }) => { if (files.length < MAX_FILES) files.push({ name: '', type: null, contentId: null, bytes: new Uint8Array(0) }); },
  [ATTRIBUTE.title]: ({ files, codepage }, value) => { const file = files.at(-1); if (file) file.name ||= textOf(value, codepage); },
  [ATTRIBUTE.data]: ({ files }, value) => { const file = files.at(-1); if (file) file.bytes = value; },
  [ATTRIBUTE.attachment]: ({ files, codepage }, value) => { const file = files.at(-1); if (file) readFile(propertiesOf(value, codepage), file); },
};

function* attributesOf(data: Buffer): Generator<{ id: number; value: Buffer }> {
  for (let at = 6; at + 11 <= data.length;) {
    const id = data.readUInt16LE(at + 1);
    const length = data.readUInt32LE(at + 5);
    if (length > data.length - at - 9) return;
    yield { id, value: data.subarray(at + 9, at + 9 + length) };
    at += 9 + length + 2;
  }
}

type Properties = ReadonlyMap<number, { text: string; bytes: Buffer }>;

function readBody(properties: Properties, found: { text: string | null; html: string | null }): void {
  found.text = properties.get(PROPERTY.body)?.text ?? found.text;
  const html = properties.get(PROPERTY.html);
  if (html) found.html = html.text || decodeText(html.bytes, null);
}

function readFile(properties: Properties, file: { name: string; type: string | null; contentId: string | null; bytes: Uint8Array }): void {
  const text = (id: number): string => properties.get(id)?.text ?? '';
  file.name = text(PROPERTY.longName) || file.name || text(PROPERTY.shortName) || text(PROPERTY.displayName);
  file.type = text(PROPERTY.type) || null;
  file.contentId = text(PROPERTY.contentId) || null;
  const content = properties.get(PROPERTY.data)?.bytes;
  // An object begins with the 16 bytes of its kind.
  if (content && file.bytes.length === 0) file.bytes = content;
}

const textOf = (value: Buffer, codepage: string): string => decodeText(value, codepage).split('\u0000', 1)[0]!.trim();

function propertiesOf(value: Buffer, codepage: string): Properties {
  const found = new Map<number, { text: string; bytes: Buffer }>();
  try {
    readProperties(value, (id, kind, bytes) => { if (!found.has(id)) found.set(id, { bytes, text: textIn(kind, bytes, codepage) }); });
  } catch (error) {
    // Cut off, or with lengths that lie: what came before counts.
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}

/** Reading past the end throws a RangeError. */
function readProperties(value: Buffer, take: (id: number, kind: number, bytes: Buffer) => void): void {
  const count = Math.min(value.readUInt32LE(0), MAX_PROPERTIES);
  let at = 4;
  for (let i = 0; i < count; i++) {
    const type = value.readUInt16LE(at);
    const id = value.readUInt16LE(at + 2);
    at = id >= 0x8000 ? afterName(value, at + 4) : at + 4;
    const kind = type & 0x0fff;
    const isMany = (type & 0x1000) !== 0;
    const size = FIXED[kind];
    const values = size === undefined || isMany ? Math.min(value.readUInt32LE(at), MAX_PROPERTIES) : 1;
    if (size === undefined || isMany) at += 4;
    for (let j = 0; j < values; j++) at = size === undefined ? afterValue(value, at, (bytes) => take(id, kind, bytes)) : at + size;
  }
}

function afterValue(value: Buffer, at: number, take: (bytes: Buffer) => void): number {
  const length = value.readUInt32LE(at);
  if (length > value.length - at - 4) throw new RangeError('cut off');
  take(value.subarray(at + 4, at + 4 + length));
  return at + 4 + Math.ceil(length / 4) * 4;
}

const textIn = (kind: number, bytes: Buffer, codepage: string): string =>
  kind === 0x1f ? bytes.toString('utf16le').split('\u0000', 1)[0]! : kind === 0x1e ? textOf(bytes, codepage) : '';

/** A property of one's own carries its name: a number, or words. */
function afterName(value: Buffer, at: number): number {
  if (at + 24 > value.length) return value.length;
  if (value.readUInt32LE(at + 16) === 0) return at + 24;
  return at + 24 + Math.ceil(value.readUInt32LE(at + 20) / 4) * 4;
}
