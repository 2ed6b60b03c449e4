import type { MailName } from './incoming.ts';

type Entry = {
  readonly type: 'message' | 'note' | 'call' | 'visit' | 'letter'; readonly direction: 'in' | 'out' | 'internal';
  readonly authorKind: 'customer' | 'person' | 'system'; readonly authorId: string | null; readonly authorAddress: string | null;
  readonly recipients: { readonly to: readonly MailName[]; readonly cc: readonly MailName[] } | null; readonly forwardedEntryId: string | null;
};
/** `addresses` in lower case. `ids`: the customer, and whoever of their company looks on. `isShared`: their ticket has taken in one of somebody else. */
type Reader = { readonly ids: ReadonlySet<string>; readonly addresses: ReadonlySet<string>; readonly isShared: boolean };

/**
 * Whether an entry of a customer's ticket went between them and us, so that they may read it: what they wrote or were sent.
 * A ticket can hold what others wrote (it was merged, somebody was asked aside), and that is not theirs.
 */
export function isTheirs(entry: Entry, { ids, addresses, isShared }: Reader): boolean {
  if (entry.type === 'note' || entry.direction === 'internal' || entry.forwardedEntryId !== null) return false;
  // Says nobody's name: whose it is, only the ticket tells.
  if (entry.type !== 'message' || (entry.direction === 'out' && entry.recipients === null)) return !isShared;
  return isNamed(entry, addresses) || (entry.direction === 'in' && isAuthor(entry, { ids, addresses }));
}

function isNamed({ recipients }: Pick<Entry, 'recipients'>, addresses: ReadonlySet<string>): boolean {
  const { to, cc } = recipients ?? { to: [], cc: [] };
  return [...to, ...cc].some(({ address }) => addresses.has(address.toLowerCase()));
}

const isAuthor = ({ authorKind, authorId, authorAddress }: Entry, { ids, addresses }: Pick<Reader, 'ids' | 'addresses'>): boolean =>
  (authorKind === 'customer' && authorId !== null && ids.has(authorId)) || (authorAddress !== null && addresses.has(authorAddress.toLowerCase()));

/** What an agent wrote down of a call, a visit or a letter is for the house; the customer sees that it was. */
export const isWordForWord = (entry: Pick<Entry, 'type'>): boolean => entry.type === 'message';
