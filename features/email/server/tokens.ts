import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Names the key, so that a later one can be introduced while mail signed with this one is still out there. */
const KEY_ID = 'r1';
const ID_BYTES = 16;
const NONCE_BYTES = 6;
const MAC_BYTES = 14;
const TOKEN = /^(r[0-9])-([a-z2-7]{58})$/;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

export type Tokens = ReturnType<typeof createTokens>;

/**
 * What proves that a mail answers one of ours: a token that names the ticket and is signed for its workspace and
 * mailbox. It stands in the Message-ID of everything we send for a ticket. Letters and digits only, in one case, since
 * not every mail program keeps capitals apart.
 */
export function createTokens(key: Buffer) {
  const mac = (workspaceId: string, mailboxId: string, body: Buffer): Buffer =>
    createHmac('sha256', key).update(`${KEY_ID}|${workspaceId}|${mailboxId}|`).update(body).digest().subarray(0, MAC_BYTES);

  return {
    messageId({ workspaceId, mailboxId, ticketId, domain }: { workspaceId: string; mailboxId: string; ticketId: string; domain: string }): string {
      const body = Buffer.concat([bytesOf(ticketId), randomBytes(NONCE_BYTES)]);
      return `<${KEY_ID}-${encode(Buffer.concat([body, mac(workspaceId, mailboxId, body)]))}@${domain}>`;
    },

    /** The ticket that a Message-ID (or the detail of a plus-address) of ours names; null for everything else. */
    ticketOf(token: string, { workspaceId, mailboxId }: { workspaceId: string; mailboxId: string }): string | null {
      const local = token.replace(/^<|>$/g, '').split('@')[0]!.toLowerCase();
      const [, keyId, encoded] = TOKEN.exec(local) ?? [];
      if (keyId !== KEY_ID || encoded === undefined) return null;
      const bytes = decode(encoded);
      // One token has one spelling: the bits that the last letter has to spare are zero.
      if (encode(bytes) !== encoded) return null;
      const body = bytes.subarray(0, ID_BYTES + NONCE_BYTES);
      const given = bytes.subarray(ID_BYTES + NONCE_BYTES, ID_BYTES + NONCE_BYTES + MAC_BYTES);
      return timingSafeEqual(given, mac(workspaceId, mailboxId, body)) ? idOf(body) : null;
    },
  };
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

function idOf(bytes: Buffer): string {
  const hex = bytes.toString('hex', 0, ID_BYTES);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

function encode(bytes: Buffer): string {
  let text = '';
  let [held, bits] = [0, 0];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(held >> (bits - 5)) & 31];
    held &= 0xff;
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31]! : text;
}

function decode(text: string): Buffer {
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  for (const letter of text) {
    held = ((held << 5) | ALPHABET.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  return Buffer.from(bytes);
}
