import type { z } from 'zod';
import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { pageOfRows } from '../../../platform/http/cursor.ts';
import type { TokenCreate } from '../core/contract.ts';
import { TOKEN_PREFIX } from '../core/credentials.ts';
import { demandSession } from '../core/person.ts';
import { countTokens, insertToken, revokeTokens, tokensPage, type Token } from './credential-store.ts';
import { ageCursor, ageKey, hashOf, newSecret } from './sessions.ts';
import { lockPerson } from './store.ts';

const MAX_TOKENS = 50;

/** API tokens: a person's rights, narrowed by scopes, until a day. */
export function createTokens({ db, now, emit, requireFresh }: { db: Database; now: Now; emit: Emit; requireFresh: (actor: Actor) => Promise<void> }) {
  return {
    async tokens(actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<Token>> {
      demandSession(actor);
      const rows = await db.work(actor.workspaceId, (tx) => tokensPage(tx, actor.id, { limit: limit + 1, after: ageCursor(cursor) }));
      return pageOfRows(rows, limit, ageKey, (token) => token);
    },

    /** The secret is in this answer and nowhere else. */
    async createToken(actor: Actor, { name, scopes, expiresInDays }: z.infer<typeof TokenCreate>): Promise<Token & { token: string }> {
      demandSession(actor);
      await requireFresh(actor);
      const secret = `${TOKEN_PREFIX}${newSecret()}`;
      return db.work(actor.workspaceId, async (tx) => {
        await lockPerson(tx, actor.id);
        if (await countTokens(tx, actor.id) >= MAX_TOKENS) {
          throw new AppError('conflict', 'token.too_many', `A person can have ${MAX_TOKENS} tokens; remove one that is no longer needed.`);
        }
        const token = await insertToken(tx, actor.workspaceId, {
          id: newId(), personId: actor.id, name, tokenHash: hashOf(secret), scopes: [...new Set(scopes)], days: expiresInDays,
        });
        await emit(tx, actor.workspaceId, {
          type: 'token.created', subjectId: token.id, actor: { kind: 'person', id: actor.id }, data: { scopes: token.scopes }, at: now(),
        });
        return { ...token, token: secret };
      });
    },

    async revokeToken(actor: Actor, id: string): Promise<void> {
      demandSession(actor);
      await db.work(actor.workspaceId, async (tx) => {
        const ended = await revokeTokens(tx, actor.id, id);
        if (ended === 0) throw new AppError('not_found', 'token.not_found', 'You have no such token.');
        await emit(tx, actor.workspaceId, { type: 'token.revoked', subjectId: id, actor: { kind: 'person', id: actor.id }, at: now() });
      });
    },
  };
}
