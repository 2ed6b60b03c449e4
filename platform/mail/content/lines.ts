import PostalMime from 'postal-mime';

type Decoder = { update(line: Uint8Array): void; finalize(): Promise<ArrayBuffer> };
type NodeKind = { setupContentDecoder(this: { contentDecoder: Decoder | null }, encoding: string): void };

/**
 * The parser gathers the lines of a part as pieces of a Blob, which takes seconds for a body of many short lines. Here
 * they are copied once. Called before the first message is parsed; a second call changes nothing.
 */
export function gatherLinesAtOnce(): void {
  const { root } = new PostalMime() as unknown as { root: object };
  const kind = Object.getPrototypeOf(root) as NodeKind & { gathersAtOnce?: true };
  if (kind.gathersAtOnce) return;
  const usual = kind.setupContentDecoder;
  kind.gathersAtOnce = true;
  kind.setupContentDecoder = function setup(encoding) {
    if (/base64|quoted-printable/i.test(encoding)) usual.call(this, encoding);
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
