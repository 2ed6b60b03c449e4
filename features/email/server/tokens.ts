import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { decode, encode } from './token-letters.ts';

const DAY_MS = 24 * 3_600_000;
/** A token older than this proves nothing any more; it still says what a mail may be about. */
const MAX_AGE_DAYS = 400;
const KEY_BYTES = 1;
const DAY_BYTES = 2;
const ID_BYTES = 16;
const MAC_BYTES = 10;
const NONCE_BYTES = 6;
/** RFC 5321, section 4.5.3.1.1. */
const MAX_LOCAL_PART = 64;
/** In a Message-ID a nonce makes it longer. */
const TOKEN = /^([rns])([a-z2-7]{47}|[a-z2-7]{56})$/;
const IN_WORDS = /(?<![a-z2-7])[rns](?:[a-z2-7]{56}|[a-z2-7]{47})(?![a-z2-7])/gi;
const MAX_IN_WORDS = 20;

/** Where a token is good: in one mailbox of one workspace. */
export type Place = { readonly workspaceId: string; readonly mailboxId: string };
/** `personId`: the token is a colleague's own, for answering customers by mail; absent: whoever takes part may answer. */
type Subject = Place & ({ readonly ticketId: string; readonly personId?: string } | { readonly asideId: string });
/** `isOld`: signed by us, but too long ago to prove anything. */
export type Claim = { readonly ticketId: string; readonly of: 'customer' | 'colleague'; readonly isOld: boolean };

/** What a token of a side conversation says. */
export type AsideClaim = { readonly asideId: string; readonly isOld: boolean };

type Kind = 'r' | 's' | `n|${string}`;

export type Tokens = ReturnType<typeof createTokens>;

/**
 * What proves that a mail answers one of ours: a token that names the ticket (or the side conversation) and the day, signed for its workspace and
 * mailbox. It stands in the Message-ID of everything we send for a ticket, in the mail itself where answers quote it, and
 * in the address that answers go to when a mailbox wants that. Letters and digits only, in one case, since not every mail
 * program keeps capitals apart; short enough for `support+token@`. The first key signs, all of them are accepted.
 */
export function createTokens(keys: readonly [current: Buffer, ...earlier: Buffer[]], now: () => Date) {
  const ring = keys.map((key) => ({ key, id: createHash('sha256').update(key).digest().subarray(0, KEY_BYTES) }));
  const today = (): number => Math.floor(now().getTime() / DAY_MS);

  function mac(key: Buffer, { workspaceId, mailboxId }: Place, kind: Kind, body: Buffer): Buffer {
    return createHmac('sha256', key).update(`r2|${workspaceId}|${mailboxId}|${kind}|`).update(body).digest().subarray(0, MAC_BYTES);
  }

  function token(subject: Subject, nonce = Buffer.alloc(0)): string {
    const kind: Kind = 'asideId' in subject ? 's' : subject.personId === undefined ? 'r' : `n|${subject.personId}`;
    const { key, id } = ring[0]!;
    const day = Buffer.alloc(DAY_BYTES);
    day.writeUInt16BE(today());
    const body = Buffer.concat([id, day, bytesOf('asideId' in subject ? subject.asideId : subject.ticketId), nonce]);
    return `${kind[0]!}${encode(Buffer.concat([body, mac(key, subject, kind, body)]))}`;
  }

  const written = (text: string): RegExpExecArray | null => TOKEN.exec(text.replace(/^<|>$/g, '').split('@')[0]!.toLowerCase());

  /** Which record it names, when it was signed as this kind. */
  function opened(encoded: string, place: Place, kind: Kind): { id: string; isOld: boolean } | null {
    const bytes = decode(encoded);
    // One token has one spelling: the bits that the last letter has to spare are zero.
    if (encode(bytes) !== encoded) return null;
    const body = bytes.subarray(0, -MAC_BYTES);
    const given = bytes.subarray(-MAC_BYTES);
    const signed = ring.some(({ key, id }) =>
      id.equals(body.subarray(0, KEY_BYTES)) && timingSafeEqual(given, mac(key, place, kind, body)));
    if (!signed) return null;
    return { id: idOf(body.subarray(KEY_BYTES + DAY_BYTES)), isOld: today() - body.readUInt16BE(KEY_BYTES) > MAX_AGE_DAYS };
  }

  function read(text: string, place: Place, personId: string | null = null): Claim | null {
    const [, kind, encoded] = written(text) ?? [];
    if (encoded === undefined || kind === 's' || (kind === 'n' && personId === null)) return null;
    const found = opened(encoded, place, kind === 'n' ? `n|${personId!}` : 'r');
    return found && { ticketId: found.id, of: kind === 'n' ? 'colleague' : 'customer', isOld: found.isOld };
  }

  function readAside(text: string, place: Place): AsideClaim | null {
    const [, kind, encoded] = written(text) ?? [];
    const found = kind === 's' && encoded !== undefined ? opened(encoded, place, 's') : null;
    return found && { asideId: found.id, isOld: found.isOld };
  }

  return {
    /** For the mail itself, where answers quote it. */
    mark: (subject: Subject): string => token(subject),

    /** Never twice the same. */
    messageId: ({ domain, ...subject }: Subject & { domain: string }): string => `<${token(subject, randomBytes(NONCE_BYTES))}@${domain}>`,

    /** Where answers go when the mailbox wants a token in the address; null when that is longer than addresses may be. */
    answerAddress({ address, ...subject }: Subject & { address: string }): string | null {
      const at = address.lastIndexOf('@');
      const local = `${address.slice(0, at)}+${token(subject)}`;
      return local.length > MAX_LOCAL_PART ? null : `${local}${address.slice(at)}`;
    },

    /** What a Message-ID, the detail of a plus-address or a mark in a mail claims; null when we did not sign that. */
    read,

    /** The same of a side conversation. */
    readAside,

    /** Whether it is a mail of ours, whenever it was sent: for what comes back by itself. */
    isOurs: (text: string, place: Place): boolean => (read(text, place) ?? readAside(text, place)) !== null,

    /** What looks like a token somewhere in the words of a mail. */
    inWords: (text: string): string[] => [...new Set(Array.from(text.matchAll(IN_WORDS), ([found]) => found.toLowerCase()))].slice(0, MAX_IN_WORDS),
  };
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

function idOf(bytes: Buffer): string {
  const hex = bytes.toString('hex', 0, ID_BYTES);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
