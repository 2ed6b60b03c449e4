import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

/** No payload begins like this: they are base64url. */
const SHELVED = 'shelved: ';
/** Tried at the beginning of a word alone: a word without end would take as long as six hundred. */
const TOKEN = /(?<![\w-])([\w-]{8,600})\.([\w-]{43})(?![\w-])/g;
const ON_SHELF = /(?<![\w-])([\w-]{8,600})~([\w-]{43})(?![\w-])/g;

export type Signer = ReturnType<typeof createSigner>;

/** Short-lived capabilities for what a browser fetches without cookies: pictures and pages inside a sandboxed frame. */
export function createSigner(bytes: Buffer) {
  const key = createSecretKey(bytes);
  const mac = (payload: string, purpose = '') => createHmac('sha256', key).update(purpose + payload).digest('base64url');
  const isRight = (given: string, right: string) => given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right));
  return {
    /** A token that says `parts` until `expiresAt` (machine time). */
    sign(parts: readonly string[], expiresAt: Date): string {
      const payload = Buffer.from(JSON.stringify([Math.floor(expiresAt.getTime() / 1000), ...parts])).toString('base64url');
      return `${payload}.${mac(payload)}`;
    },
    /** The parts, or null when the token is forged, changed or out of date. */
    open(token: string, at: Date): readonly string[] | null {
      const [payload, tag, extra] = token.split('.');
      if (!payload || !tag || extra !== undefined) return null;
      if (!isRight(tag, mac(payload))) return null;
      const [expires, ...parts] = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as [number, ...string[]];
      return expires * 1000 >= at.getTime() ? parts : null;
    },
    /** A text in which our tokens open nothing any more, to be kept; only what we shelved ourselves can be brought back. */
    shelve: (text: string): string => text.replace(TOKEN, (token: string, payload: string, tag: string) => (isRight(tag, mac(payload)) ? `${payload}~${mac(payload, SHELVED)}` : token)),
    unshelve: (text: string): string => text.replace(ON_SHELF, (token: string, payload: string, tag: string) => (isRight(tag, mac(payload, SHELVED)) ? `${payload}.${mac(payload)}` : token)),
  };
}
