type Node = { readonly tag: number; readonly constructed: boolean; readonly value: Buffer; readonly end: number };

const MAX_DEPTH = 12;
const SIGNED_DATA = '06092a864886f70d010702';

/** What an opaque S/MIME signature (`smime.p7m`, signed only) wraps; null when it is encrypted or no such thing. */
export function contentOfSignedData(bytes: Uint8Array): Buffer | null {
  try {
    return read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch {
    return null;
  }
}

function read(data: Buffer): Buffer | null {
  if (!data.subarray(0, 40).toString('hex').includes(SIGNED_DATA)) return null;
  const info = childrenOf(nodeAt(data, 0).value);
  const signed = childrenOf(info[1]!.value)[0]!;
  // SignedData ::= version, digestAlgorithms, encapContentInfo { type, [0] content }, …
  const encapsulated = childrenOf(signed.value)[2];
  const wrapped = encapsulated && childrenOf(encapsulated.value)[1];
  if (!wrapped) return null;
  const content = octets(wrapped, 0);
  return content.length === 0 ? null : content;
}

/** An octet string, whole or in pieces. */
function octets(node: Node, depth: number): Buffer {
  if (depth > MAX_DEPTH) throw new RangeError('too deep');
  return node.constructed ? Buffer.concat(childrenOf(node.value).filter((one) => one.tag !== 0).map((one) => octets(one, depth + 1))) : node.value;
}

function childrenOf(data: Buffer): Node[] {
  const found: Node[] = [];
  for (let at = 0; at < data.length && found.length < 10_000;) {
    const node = nodeAt(data, at);
    if (node.tag === 0 && node.value.length === 0) break;
    found.push(node);
    at = node.end;
  }
  return found;
}

/** One element of BER; without a length it reaches to its end mark. */
function nodeAt(data: Buffer, at: number, depth = 0): Node {
  if (at + 2 > data.length || depth > MAX_DEPTH) throw new RangeError('cut off');
  const first = data[at]!;
  const tag = first & 0x1f;
  const constructed = (first & 0x20) !== 0;
  const short = data[at + 1]!;
  if (short === 0x80) {
    let inner = at + 2;
    while (!(data[inner] === 0 && data[inner + 1] === 0)) inner = nodeAt(data, inner, depth + 1).end;
    return { tag, constructed, value: data.subarray(at + 2, inner), end: inner + 2 };
  }
  const width = short > 0x80 ? short & 0x7f : 0;
  const length = width === 0 ? short : data.readUIntBE(at + 2, Math.min(width, 6));
  const begin = at + 2 + width;
  if (begin + length > data.length) throw new RangeError('cut off');
  return { tag, constructed, value: data.subarray(begin, begin + length), end: begin + length };
}
