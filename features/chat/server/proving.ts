import { createPublicKey } from 'node:crypto';
import { importSPKI, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import { LanguageCode, MailAddress } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { Attributes } from '../core/visitor-contract.ts';
import type { Context } from './context.ts';
import { CHAT_SECRET } from './sealed.ts';
import { secretsOf, type StoredSecret } from './widget-store.ts';

const HOUR_S = 3_600;
/** Clocks of two machines. */
const LEEWAY_S = 30;

const Claims = z.object({
  sub: z.string().min(1).max(200), iat: z.int(), exp: z.int(), name: z.string().trim().max(200).optional(), email: MailAddress.optional(), language: LanguageCode.optional(), attributes: Attributes.optional(),
});
export type Proven = z.infer<typeof Claims>;

const refused = (why: string) => new AppError('unauthenticated', 'visitor.bad_token', `The token of the visitor is not good: ${why}.`);

/** Who a company's server says that a visitor is. */
export function createProving({ vault, machineNow }: Pick<Context, 'vault' | 'machineNow'>) {
  async function verified(token: string, workspaceId: string, widgetId: string, secret: StoredSecret): Promise<JWTPayload | null> {
    const options = { algorithms: [secret.algorithm], audience: widgetId, requiredClaims: ['sub', 'iat', 'exp', 'aud'], currentDate: machineNow(), clockTolerance: LEEWAY_S };
    try {
      // The kind of the key says which algorithm is meant, never the token.
      const key = secret.algorithm === 'ES256' ? await importSPKI(secret.publicKey!, 'ES256') : new TextEncoder().encode(vault.open(CHAT_SECRET.place(workspaceId, secret.id), secret.secret!));
      return (await jwtVerify(token, key, options)).payload;
    } catch {
      return null;
    }
  }

  return {
    /** Those that are good now. While there is one, who somebody is has to be proven. */
    async secrets(tx: Tx, workspaceId: string, widgetId: string): Promise<StoredSecret[]> {
      const at = machineNow();
      return (await secretsOf(tx, workspaceId, [widgetId])).filter(({ endsAt }) => endsAt === null || endsAt > at);
    },

    async prove(token: string, workspaceId: string, widgetId: string, secrets: readonly StoredSecret[]): Promise<Proven> {
      if (secrets.length === 0) throw refused('this widget has no secret yet, so nothing can be proven');
      for (const secret of secrets) {
        const payload = await verified(token, workspaceId, widgetId, secret);
        if (!payload) continue;
        const claims = Claims.safeParse(payload);
        if (!claims.success) throw refused('sub, iat and exp are needed, and name, email, language and attributes have to be of the right kind');
        const { iat, exp } = claims.data;
        const now = machineNow().getTime() / 1000;
        if (exp - iat > HOUR_S || exp > now + HOUR_S + LEEWAY_S || iat > now + LEEWAY_S) throw refused('it may be good for an hour at most, from now');
        return claims.data;
      }
      throw refused('it is forged, over, or for another widget');
    },
  };
}

/** SPKI of P-256 in one spelling. */
export function publicKeyOf(pem: string): string {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1' && pem.includes('PUBLIC KEY')) return key.export({ type: 'spki', format: 'pem' }).toString();
  } catch { /* Said below. */ }
  throw new AppError('invalid', 'chat.bad_public_key', 'Give the public key of a P-256 pair as PEM (-----BEGIN PUBLIC KEY-----).');
}
