import PostalMime, { type Address } from 'postal-mime';
import { fieldsOf, headOf } from './fields.ts';
import { oneLine, type MailName } from './header.ts';

export type MailHead = { readonly from: MailName | null; readonly subject: string; /** How many mail servers passed it on. */ readonly hops: number };

const HEAD_BYTES = 64 * 1024;
const FIELD_BYTES = 4 * 1024;
const FIELDS = [/^from[ \t]*:/i, /^sender[ \t]*:/i, /^subject[ \t]*:/i];

/** Who wrote a message and what it is called, without taking the message apart: a look at three lines, whatever its size. */
export async function readHead(raw: Buffer): Promise<MailHead> {
  const lines = fieldsOf(headOf(raw, HEAD_BYTES));
  const hops = lines.filter((line) => /^received[ \t]*:/i.test(line)).length;
  const fields = FIELDS.flatMap((field) => lines.find((line) => field.test(line))?.slice(0, FIELD_BYTES) ?? []);
  try {
    const { from, sender, subject } = await PostalMime.parse(Buffer.from(`${fields.join('\r\n')}\r\n\r\n`, 'latin1'));
    return { from: firstOf([from, sender]), subject: oneLine((subject ?? '').toWellFormed(), 1000), hops };
  } catch {
    return { from: null, subject: '', hops };
  }
}

function firstOf(entries: readonly (Address | undefined)[]): MailName | null {
  for (const entry of entries) {
    const found = entry && (entry.group ?? [entry]).find(({ address }) => address?.includes('@'));
    if (found?.address) return { name: oneLine(found.name.toWellFormed(), 300), address: oneLine(found.address, 320) };
  }
  return null;
}
