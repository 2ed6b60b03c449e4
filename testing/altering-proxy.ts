import { proxy } from './proxy.ts';

/** Passes on what `alter` makes of each answer of an IMAP server; `heard` is what the mail program said. */
export async function alteringProxy(to: { port: number }, alter: (answer: Buffer) => Buffer) {
  const heard: string[] = [];
  const between = await proxy(to, (client, behind) => {
    client.on('data', (bytes: Buffer) => {
      heard.push(bytes.toString('latin1'));
      behind.write(bytes);
    });
    let rest: Buffer = Buffer.alloc(0);
    behind.on('data', (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes]);
      for (let end = endOfAnswer(rest); end > 0; end = endOfAnswer(rest)) {
        client.write(alter(rest.subarray(0, end)));
        rest = rest.subarray(end);
      }
    });
  });
  return { ...between, heard };
}

/** Behind the line that ends an answer: one that announces a literal (`{12}`) goes on after it. 0: there is more to come. */
function endOfAnswer(bytes: Buffer): number {
  for (let from = 0; ;) {
    const end = bytes.indexOf('\r\n', from);
    if (end === -1) return 0;
    const literal = /\{(\d+)\}$/.exec(bytes.toString('latin1', from, end))?.[1];
    if (literal === undefined) return end + 2;
    from = end + 2 + Number(literal);
  }
}
