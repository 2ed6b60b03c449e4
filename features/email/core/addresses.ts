export type MailName = { readonly name: string; readonly address: string };

/** Two addresses with the same key are the same mailbox. */
export const addressKey = (address: string): string => address.trim().toLowerCase();

/** `support+anything@shop.example` is delivered to `support@shop.example`; `detail` is the anything. */
export function splitPlus(address: string): { base: string; detail: string | null } {
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  if (plus <= 0 || plus > at) return { base: address, detail: null };
  return { base: address.slice(0, plus) + address.slice(at), detail: address.slice(plus + 1, at) };
}

/** Everybody else on a message: once each, without its author and without our own mailboxes. */
export function othersOn(people: readonly MailName[], { author, own }: { author: string; own: ReadonlySet<string> }): MailName[] {
  const others = new Map<string, MailName>();
  for (const person of people) {
    const key = addressKey(person.address);
    if (key !== addressKey(author) && !own.has(addressKey(splitPlus(key).base))) others.set(key, person);
  }
  return [...others.values()];
}
