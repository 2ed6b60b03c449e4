const HEAD_BYTES = 64 * 1024;
const MAX_ADDRESSES = 50;
const FIELDS = /^(?:delivered-to|x-original-to|envelope-to|to|cc):/i;
const ADDRESS = /[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,255}/g;

/** The addresses that the head of a raw message says it went to, delivery before display; for mail that came without an envelope. */
export function addressesIn(raw: Buffer): string[] {
  const head = raw.toString('latin1', 0, HEAD_BYTES).split(/\r?\n\r?\n/, 1)[0] ?? '';
  const fields = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/).filter((line) => FIELDS.test(line));
  const delivery = fields.filter((line) => /^(?:delivered|x-original|envelope)/i.test(line));
  const found = [...delivery, ...fields].flatMap((line) => [...line.matchAll(ADDRESS)].map(([address]) => address.toLowerCase()));
  return [...new Set(found)].slice(0, MAX_ADDRESSES);
}
