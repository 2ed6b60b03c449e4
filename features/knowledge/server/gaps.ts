import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { networkOf } from '../../../kernel/network.ts';
import type { Language } from '../../../kernel/languages.ts';
import { newId } from '../../../platform/db/ids.ts';
import { useOne } from '../../../platform/db/quota.ts';
import { isStorable } from '../../../platform/http/bodies.ts';
import { READABLE, type Reader } from '../core/article.ts';
import { VOTE_REASONS, type GapClosure, type GapPage, type GapQuery } from '../core/contract.ts';
import type { Context } from './context.ts';
import { closeGap, gapsSince, saveVote, searchTotals, ticketsAfter } from './gaps-store.ts';
import { liveArticle } from './public-store.ts';

const DAY_MS = 86_400_000;
const SHOWN_TICKETS = 3;
const VISITOR_LIFE_MS = 30 * DAY_MS;
const MAX_NOTE = 1_000;
/** Answers that one network may give in an hour; a whole office may sit behind one address. */
const VOTES = { uses: 60, seconds: 3_600 };

export type Opinion = { readonly number: number; readonly language: Language; readonly reader: Reader; readonly helped: boolean; readonly reason: string | null; readonly note: string | null };

/** What customers told us without writing to us: what they looked for in vain, and what did not help. */
export function createGaps(context: Context) {
  const { db, now, machineNow, signer, work } = context;

  return {
    gaps: (actor: Actor, { language, days, limit }: z.infer<typeof GapQuery>): Promise<z.infer<typeof GapPage>> =>
      work(actor, 'articles.read', async (tx) => {
        const { workspaceId } = actor;
        const day = new Date(now().getTime() - days * DAY_MS).toISOString().slice(0, 10);
        const gaps = await gapsSince(tx, workspaceId, { day, language: language ?? null, limit });
        const tickets = await context.readable(actor, await ticketsAfter(tx, workspaceId, gaps, SHOWN_TICKETS));
        return {
          items: gaps.map((gap) => ({
            ...gap, lastAt: gap.lastAt.toISOString(),
            tickets: tickets.filter((one) => one.language === gap.language && one.words === gap.words).map(({ id, number, subject }) => ({ id, number, subject })),
          })),
          days, ...await searchTotals(tx, workspaceId, day, language ?? null),
        };
      }),

    closeGap: (actor: Actor, { language, words }: z.infer<typeof GapClosure>): Promise<void> =>
      work(actor, 'articles.publish', async (tx) => {
        await closeGap(tx, actor.workspaceId, { language, words, at: now(), by: actor.id });
        await context.changed(tx, actor, 'knowledge.changed', actor.workspaceId);
      }),

    /** Who votes, for a month: nothing but a number, and nothing that leads to a person. */
    newVisitor: (): { visitor: string; token: string } => {
      const visitor = newId();
      return { visitor, token: signer.sign(['reader', visitor], new Date(machineNow().getTime() + VISITOR_LIFE_MS)) };
    },
    visitorOf(token: string | null): string | null {
      const [kind, visitor] = token === null ? [] : signer.open(token, machineNow()) ?? [];
      return kind === 'reader' && visitor !== undefined ? visitor : null;
    },

    async vote(workspaceId: string, address: string, visitor: string, { number, language, reader, helped, reason, note }: Opinion): Promise<void> {
      const retryAfter = await useOne(db.lookup, `article votes ${createHash('sha256').update(`${workspaceId} ${networkOf(address)}`).digest('base64url')}`, VOTES);
      if (retryAfter !== null) throw new AppError('rate_limited', 'article.too_many_votes', 'That is a lot of opinions from one place; try again later.', { retryAfter });
      await db.work(workspaceId, async (tx) => {
        const [text] = await liveArticle(tx, workspaceId, number, { states: READABLE[reader], at: now() });
        if (!text) throw new AppError('not_found', 'article.not_found', 'There is no such article.');
        const kept = (note ?? '').trim().slice(0, MAX_NOTE);
        await saveVote(tx, workspaceId, {
          articleId: text.id, visitor, language, helped, at: now(), reason: VOTE_REASONS.find((known) => known === reason) ?? null, note: kept === '' || !isStorable(kept) ? null : kept,
        });
      });
    },
  };
}
