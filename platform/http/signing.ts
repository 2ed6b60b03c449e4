import { createHmac, timingSafeEqual } from 'node:crypto';

export type Signer = ReturnType<typeof createSigner>;

/** Short-lived capabilities for what a browser fetches without cookies: pictures and pages inside a sandboxed frame. */
export function createSigner(key: Buffer) {
  const mac = (payload: string) => createHmac('sha256', key).update(payload).digest('base64url');
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
      const [given, right] = [Buffer.from(tag), Buffer.from(mac(payload))];
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      const [expires, ...parts] = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as [number, ...string[]];
      return expires * 1000 >= at.getTime() ? parts : null;
    },
  };
}
