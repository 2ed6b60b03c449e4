import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { AppError } from '../../kernel/errors.ts';
import type { SealedColumn, SealedPlace } from './sealed.ts';
import { deriveKey } from './secret.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;

export type Vault = ReturnType<typeof createVault>;

/**
 * Keeps secrets (mailbox passwords, TOTP seeds) unreadable at rest: AES-256-GCM under a key of the installation's secret.
 * The place is bound into the cipher text, so a row's secret cannot be moved to another row. What earlier secrets wrote can
 * still be read, and `isOld` says that it should be written anew, as `npm run reseal` does for all `columns`.
 */
export function createVault(secrets: readonly [current: string, ...earlier: string[]], columns: readonly SealedColumn[]) {
  const keys = secrets.map((secret) => {
    const key = deriveKey(secret, 'vault');
    return { id: createHash('sha256').update(key).digest('hex').slice(0, 8), key };
  });
  const current = keys[0]!;

  return {
    /** What the secrets are called on what they have sealed, the present one first. */
    keys: keys.map(({ id }) => id),

    seal({ column, belongsTo }: SealedPlace, plain: string): string {
      if (!columns.includes(column)) throw new Error(`The vault was not told of ${column.table}.${column.column}: a change of the secret would forget it.`);
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current.key, iv);
      cipher.setAAD(Buffer.from(belongsTo));
      const sealed = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `v1.${current.id}.${sealed.toString('base64url')}`;
    },

    /** Refuses what was changed, moved, or sealed under a secret that is not there any more. */
    open({ belongsTo }: Pick<SealedPlace, 'belongsTo'>, sealed: string): string {
      const [version, id, body = ''] = sealed.split('.');
      const found = keys.find((one) => one.id === id);
      if (version !== 'v1' || !found) throw unreadable();
      const bytes = Buffer.from(body, 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', found.key, bytes.subarray(0, IV_BYTES));
        decipher.setAAD(Buffer.from(belongsTo));
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
      } catch {
        throw unreadable();
      }
    },

    isOld: (sealed: string): boolean => sealed.split('.')[1] !== current.id,
  };
}

const unreadable = (): AppError => new AppError('unavailable', 'vault.unreadable',
  'A stored secret cannot be read with the secret of this installation; enter it again, or start with the secret that wrote it.');
