import { createHmac } from 'node:crypto';
import type { Actor } from '../../../kernel/actor.ts';
import { deriveKey } from '../../../platform/config/secret.ts';

/** With which a person's browsers seal unsent words; the same in every session of theirs, and nobody else's. Kept nowhere: they follow from the secret of this installation. */
export function textKeys(secrets: readonly string[]): (actor: Pick<Actor, 'id' | 'workspaceId'>) => string[] {
  const roots = secrets.map((secret) => deriveKey(secret, 'unsent words'));
  return ({ workspaceId, id }) => roots.map((root) => createHmac('sha256', root).update(`${workspaceId}/${id}`).digest('base64'));
}
