import PostalMime from 'postal-mime';

type Decoder = { update(line: Uint8Array): void; finalize(): Promise<ArrayBuffer> };
type Undecoded = { contentDecoder: Decoder | null; contentTransferEncoding: { encoding: string }; isMisencoded?: boolean };
type NodeKind = { setupContentDecoder(this: Undecoded, encoding: string): void };

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
      if (NO_BASE64.test(Buffer.from(first).toString('latin1'))) {
        node.isMisencoded = true;
        node.contentTransferEncoding.encoding = '8bit';
        return Promise.resolve(owned(Buffer.from(encoded.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')));
      }
      return Promise.resolve(owned(decodeBase64(encoded)));
    },
  };
}

const NO_BASE64 = /[^A-Za-z0-9+/=\s]/;
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
