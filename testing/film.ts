/** A square of 32 by 32 pixels, as VP8 holds it. */
const PICTURE = Buffer.from('0AIAnQEqIAAgAD85mMNaLyqnpCgIAeAnCWkAAD2joAD+73JAAAA=', 'base64');

function element(id: string, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const head = Buffer.alloc(id.length / 2 + 8);
  head.write(id, 'hex');
  head.writeBigUInt64BE(BigInt(content.length) | (1n << 56n), id.length / 2);
  return Buffer.concat([head, content]);
}

function number(id: string, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return element(id, bytes);
}

function float(id: string, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return element(id, bytes);
}

/** A WebM with a picture each second, so many bytes apart, and a list of where each second lies: players jump within it. */
export function film({ seconds, bytesASecond }: { seconds: number; bytesASecond: number }): Buffer {
  const times = Array.from({ length: seconds }, (_, i) => i * 1_000);
  const cluster = (time: number): Buffer => element('1f43b675', number('e7', time), element('a3', Buffer.from('81000080', 'hex'), PICTURE), element('ec', Buffer.alloc(bytesASecond)));
  const head = Buffer.concat([
    element('1549a966', number('2ad7b1', 1_000_000), float('4489', seconds * 1_000), element('4d80', Buffer.from('r')), element('5741', Buffer.from('r'))),
    element('1654ae6b', element('ae', number('d7', 1), number('73c5', 1), number('83', 1), element('86', Buffer.from('V_VP8')), element('e0', number('b0', 32), number('ba', 32)))),
  ]);
  const cues = (first: number): Buffer =>
    element('1c53bb6b', ...times.map((time, i) => element('bb', number('b3', time), element('b7', number('f7', 1), number('f1', first + i * cluster(0).length)))));
  const name = element('1a45dfa3', number('4286', 1), number('42f7', 1), number('42f2', 4), number('42f3', 8), element('4282', Buffer.from('webm')), number('4287', 2), number('4285', 2));
  return Buffer.concat([name, element('18538067', head, cues(head.length + cues(0).length), ...times.map(cluster))]);
}

/** A second of silence. */
export function recording(): Buffer {
  const [rate, head] = [8_000, Buffer.from('524946460000000057415645666d7420100000000100010000000000000000000100080064617461', 'hex')];
  const wav = Buffer.concat([head, Buffer.alloc(4), Buffer.alloc(rate, 128)]);
  wav.writeUInt32LE(36 + rate, 4);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate, 28);
  wav.writeUInt32LE(rate, 40);
  return wav;
}
