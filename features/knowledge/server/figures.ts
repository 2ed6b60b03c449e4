import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { isLanguage, type Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { WithinHandler } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { keepable, READABLE } from '../core/article.ts';
import type { ArticleFigures, ArticleFiguresDetail, FiguresQuery, FiguresSpan } from '../core/contract.ts';
import type { Context } from './context.ts';
import type { createCounting } from './counting.ts';
import { figuresOf, figuresPage, linkArticle, linkRead, linkReadByCustomer, saveReading, ticketsAfterReading } from './figures-store.ts';
import { linkTicket } from './gaps-store.ts';
import { liveArticle } from './public-store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SEARCH_LIFE_MS = 2 * HOUR_MS;
const SHOWN_TICKETS = 10;

/** Of all who can be known again: a customer who is signed in, or a visitor of a chat. */
type Known = { readonly customerId: string } | { readonly visitorId: string };
const BY_CUSTOMER = 'customer:';
const readerOf = (who: Known): string => ('customerId' in who ? `${BY_CUSTOMER}${who.customerId}` : `visitor:${who.visitorId}`);

/** How articles do: how often they are shown, whom they help, and which tickets come all the same within a day. */
export function createFigures(context: Context, counting: ReturnType<typeof createCounting>) {
  const { db, now, machineNow, signer, work, required } = context;
  const dayOf = (days: number): string => new Date(now().getTime() - days * DAY_MS).toISOString().slice(0, 10);

  const onTicket: WithinHandler = async (tx, { workspaceId, ticketId, actor, at }) => {
    if (ticketId !== null && actor.kind === 'customer') await linkReadByCustomer(tx, workspaceId, { ticketId, prefix: BY_CUSTOMER, since: new Date(at.getTime() - DAY_MS), at });
  };

  return {
    async articleFigures(actor: Actor, { days, sort, order, limit, cursor }: z.infer<typeof FiguresQuery>): Promise<Page<ArticleFigures> & { days: number }> {
      await counting.settle();
      return work(actor, 'articles.read', async (tx) => {
        const after = cursor === undefined ? null : decodeCursor(cursor, ['number', 'number']);
        const rows = await figuresPage(tx, actor.workspaceId, { day: dayOf(days), sort, isAscending: order === 'asc', limit: limit + 1, after });
        return { ...pageOfRows(rows, limit, ({ place, number }) => [place, number], ({ place: _place, ...row }) => row), days };
      });
    },

    async figuresOfArticle(actor: Actor, id: string, { days }: z.infer<typeof FiguresSpan>): Promise<ArticleFiguresDetail> {
      await counting.settle();
      return work(actor, 'articles.read', async (tx) => {
        await required(tx, actor.workspaceId, id);
        const day = dayOf(days);
        const followed = await ticketsAfterReading(tx, actor.workspaceId, id, { day, limit: SHOWN_TICKETS });
        return { days, ...await figuresOf(tx, actor.workspaceId, id, { day }), tickets: await context.readable(actor, followed) };
      });
    },

    /** An article stood before somebody's eyes; null: nobody knows whose. */
    async shownTo(workspaceId: string, articleId: string, who: Known | null): Promise<void> {
      counting.shown(workspaceId, articleId);
      if (who) await db.work(workspaceId, (tx) => saveReading(tx, workspaceId, { reader: readerOf(who), articleId, at: now() }));
    },

    /** Says what was looked for in vain, to be handed back with a request that follows. Nobody can be found by it. */
    searchToken(language: Language, q: string): string | null {
      const words = keepable(q);
      return words === null ? null : signer.sign(['search', language, words], new Date(machineNow().getTime() + SEARCH_LIFE_MS));
    },
    /** The same of the article from whose page somebody goes to write to us; one for all who read it in the same hour. */
    readToken: (articleId: string): string => signer.sign(['read', articleId], new Date(Math.ceil(machineNow().getTime() / HOUR_MS) * HOUR_MS + DAY_MS)),

    /** For the rooms that take requests: this ticket was written after that. A token that is not ours says nothing. */
    async ticketAfter(tx: Tx, workspaceId: string, token: string, ticketId: string): Promise<void> {
      const [kind, what, words] = signer.open(token, machineNow()) ?? [];
      if (what === undefined) return;
      if (kind === 'read') await linkArticle(tx, workspaceId, { ticketId, articleId: what, at: now() });
      if (kind === 'search' && words !== undefined && isLanguage(what)) await linkTicket(tx, workspaceId, { ticketId, language: what, words, at: now() });
    },

    /** For the room of chats: what a visitor opens there, and which ticket they begin. */
    atChat: {
      /** Null when there is nothing that they may read. */
      async opened(tx: Tx, workspaceId: string, { visitorId, number, language }: { visitorId: string; number: number; language: Language }): Promise<{ title: string } | null> {
        const texts = await liveArticle(tx, workspaceId, number, { states: READABLE.visitor, at: now() });
        const text = texts.find((one) => one.language === language) ?? texts[0];
        if (!text) return null;
        await saveReading(tx, workspaceId, { reader: readerOf({ visitorId }), articleId: text.id, at: now() });
        return { title: text.title };
      },
      async began(tx: Tx, workspaceId: string, { visitorId, ticketId }: { visitorId: string; ticketId: string }): Promise<void> {
        const at = now();
        await linkRead(tx, workspaceId, { ticketId, reader: readerOf({ visitorId }), since: new Date(at.getTime() - DAY_MS), at });
      },
    },

    subscriptions: { 'ticket.created': onTicket },
    /** What is counted only here is written down. */
    stop: (): Promise<void> => counting.settle(),
  };
}
