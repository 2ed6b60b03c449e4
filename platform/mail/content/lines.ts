import { isUtf8 } from 'node:buffer';
import PostalMime from 'postal-mime';

type Decoder = { update(line: Uint8Array): void; finalize(): Promise<ArrayBuffer> };
type Undecoded = {
  contentDecoder: Decoder | null; contentTransferEncoding: { encoding: string }; contentType: { parsed: { value: string } }; isMisencoded?: boolean;
  state: 'header' | 'body' | 'finished'; headerLines: string[]; parentNode?: unknown; processHeaders(): void;
};
type NodeKind = { setupContentDecoder(this: Undecoded, encoding: string): void; finalize(this: Undecoded): Promise<void> };

/**
 * The parser gathers the lines of a part as pieces of a Blob, which takes seconds for a body of many short lines. Here
 * they are copied once, and what is called base64 but is none stays as it came. Called before the first message is
 * parsed; a second call changes nothing.
 */
export function gatherLinesAtOnce(): void {
  const { root } = new PostalMime() as unknown as { root: object };
  const kind = Object.getPrototypeOf(root) as NodeKind & { gathersAtOnce?: true };
  if (kind.gathersAtOnce) return;
  const usual = kind.setupContentDecoder;
  kind.gathersAtOnce = true;
  kind.setupContentDecoder = function setup(encoding) {
    if (/quoted-printable/i.test(encoding)) usual.call(this, encoding);
    else if (/base64/i.test(encoding)) this.contentDecoder = base64Reader(this);
    else this.contentDecoder = gatherer();
  };
  const end = kind.finalize;
  kind.finalize = function finalize() {
    if (this.state === 'header' && this.parentNode !== undefined) beginBody(this);
    return end.call(this);
  };
}

const FIELD = /^[!-9;-~]{1,200}[ \t]*:/;

/** A part that ended without a blank line has its words in its head: they begin with the first line that belongs to no field. */
function beginBody(node: Undecoded): void {
  const first = node.headerLines.findIndex((line, at) => line.trim() === '' || !(FIELD.test(line) || (at > 0 && /^[ \t]/.test(line))));
  if (first === -1) return;
  const lines = node.headerLines.splice(first).map((line) => Buffer.from(line));
  node.processHeaders();
  node.state = 'body';
  const whole = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
  let at = 0;
  for (const { length } of lines) {
    node.contentDecoder?.update(whole.subarray(at, at + length));
    at += length + 1;
  }
}

const LF = 0x0a;

function gatherer(): Decoder {
  const lines: Uint8Array[] = [];
  let size = 0;
  return {
    update(line) {
      lines.push(line);
      size += line.length + 1;
    },
    finalize() {
      const whole = new Uint8Array(size);
      let at = 0;
      for (const line of lines) {
        whole.set(line, at);
        at += line.length;
        whole[at++] = LF;
      }
      return Promise.resolve(whole.buffer);
    },
  };
}

/** The lines of a part follow each other in the message: where they begin and end is enough. */
function base64Reader(node: Undecoded): Decoder {
  let first: Uint8Array | null = null;
  let last: Uint8Array | null = null;
  return {
    update(line) {
      if (line.length === 0) return;
      first ??= line;
      last = line;
    },
    finalize() {
      if (first === null || last === null) return Promise.resolve(new ArrayBuffer(0));
      const encoded = Buffer.from(first.buffer, first.byteOffset, last.byteOffset + last.length - first.byteOffset);
      const decoded = decodedWords(encoded, Buffer.from(first).toString('latin1'), node.contentType.parsed.value.startsWith('text/'));
      if (decoded !== null) return Promise.resolve(owned(decoded));
      node.isMisencoded = true;
      node.contentTransferEncoding.encoding = '8bit';
      return Promise.resolve(owned(Buffer.from(encoded.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')));
    },
  };
}

const NO_BASE64 = /[^A-Za-z0-9+/=\s]/;
const SEVERAL_WORDS = /^(?:[A-Za-z]{1,20} )+[A-Za-z]{1,20}\s*$/;
const FOOTER_BELOW = /=\r?\n(?:\r?\n)+(?=[^\r\n]{0,998}[^A-Za-z0-9+/=\r\n])/;

/** Null when it is no base64. A list adds its plain footer below what it encoded. */
function decodedWords(encoded: Buffer, firstLine: string, isText: boolean): Uint8Array | null {
  const isDoubtful = NO_BASE64.test(firstLine) || (isText && SEVERAL_WORDS.test(firstLine));
  const footer = isText ? FOOTER_BELOW.exec(encoded.toString('latin1')) : null;
  const at = footer === null ? encoded.length : footer.index + 1;
  const decoded = decodeBase64(encoded.subarray(0, at));
  if (isDoubtful && !readsAsText(decoded)) return null;
  return at === encoded.length ? decoded : Buffer.concat([decoded, Buffer.from(encoded.toString('latin1', at).replaceAll('\r\n', '\n'), 'latin1')]);
}

/** Words that are decoded though they are plain already come out as neither. */
const readsAsText = (bytes: Uint8Array): boolean => bytes.length > 3 && isUtf8(bytes) && !bytes.some((byte) => byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1b);

const PLAIN_BASE64 = /^[A-Za-z0-9+/\r\n]*={0,2}\s*$/;

function decodeBase64(encoded: Buffer): Uint8Array {
  const text = encoded.toString('latin1');
  return PLAIN_BASE64.test(text) ? Buffer.from(text, 'base64') : decodePieces(encoded);
}

/** Some pad every line, and some write other things between them: each piece up to its padding is decoded by itself. */
function decodePieces(encoded: Buffer): Uint8Array {
  const out = new Uint8Array(Math.ceil(encoded.length / 4) * 3 + 3);
  let [length, bits, count] = [0, 0, 0];
  const close = (): void => {
    const whole = bits << (6 * (4 - count));
    for (let i = 0; i < count - 1; i++) out[length++] = whole >> (16 - 8 * i);
    [bits, count] = [0, 0];
  };
  for (const byte of encoded) {
    const value = VALUES[byte]!;
    if (value < PADDING) {
      bits = (bits << 6) | value;
      count += 1;
    }
    if (count === 4 || value === PADDING) close();
  }
  close();
  return out.subarray(0, length);
}

const PADDING = 64;
const OTHER = 65;
const VALUES = Uint8Array.from({ length: 256 }, (_, byte) => {
  const at = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/='.indexOf(String.fromCharCode(byte));
  return at === -1 ? OTHER : at;
});

const owned = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
