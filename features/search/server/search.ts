import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Database } from '../../../platform/db/db.ts';
import { apart, type Vocabulary } from '../../../platform/search/vocabulary.ts';
import type { Asides } from '../../asides/server/asides.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { Email } from '../../email/server/email.ts';
import type { Knowledge } from '../../knowledge/server/knowledge.ts';
import { can, demand } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import type { FoundTicket, Quest, Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import type { Found, SearchPage, SearchQuery } from '../core/contract.ts';
import { parseQuery, type Query } from '../core/query.ts';
import { createLearning } from './learning.ts';
import { mendable, readings } from './mending.ts';
import { asksForDays, resolved } from './resolving.ts';

export type SearchRoom = ReturnType<typeof createSearchRoom>;

/** How many of them stand before the tickets. */
const CUSTOMERS_FIRST = 3;
const ARTICLES_FIRST = 3;

/**
 * The front door of the search room: one box for tickets, customers and articles. It keeps nothing but which words there are; every room answers for
 * its own, with the rights of whoever asks. Words that find nothing are read as those that stand somewhere and look alike.
 */
export function createSearchRoom({ db, now, vocabulary, workspaces, people, customers, tickets, asides, email, knowledge }: {
  db: Database; now: Now; vocabulary: Vocabulary; workspaces: Pick<Workspaces, 'get'>; people: Pick<People, 'people' | 'teams'>; customers: Pick<Customers, 'list' | 'names'>;
  tickets: Pick<Tickets, 'search' | 'find' | 'wordsOf' | 'onRedacted'>; asides: Pick<Asides, 'wordsOf'>; email: Pick<Email, 'mailboxes'>; knowledge: Pick<Knowledge, 'articles'>;
}) {
  tickets.onRedacted((tx, workspaceId, { passages, goneNames }) => vocabulary.forget(tx, workspaceId, [...passages, ...goneNames.map(apart)]));

  async function understood(actor: Actor, query: Query) {
    const { timeZone } = asksForDays(query) ? await workspaces.get(actor.workspaceId) : { timeZone: 'UTC' };
    return resolved(query, { people, customers, email }, { actor, timeZone, now: now() });
  }

  async function ticketsFor(actor: Actor, query: Query, { limit, cursor }: SearchQuery): Promise<Pick<SearchPage, 'items' | 'nextCursor' | 'notes'>> {
    const { quest, notes } = await understood(actor, query);
    const { items, nextCursor } = await tickets.search(actor, quest, { limit, cursor: cursor ?? null });
    return { items: items.map(ofTicket), nextCursor, notes: [...notes] };
  }

  async function customersFor(actor: Actor, words: string, paging: { limit: number; cursor?: string | undefined }): Promise<Pick<SearchPage, 'items' | 'nextCursor'>> {
    if (words === '' || !can(actor, 'customers.read')) return { items: [], nextCursor: null };
    const { items, nextCursor } = await customers.list(actor, { q: words.slice(0, MOST_WORDS), ...paging });
    return { items: items.map((customer) => ({ type: 'customer' as const, ...customer })), nextCursor };
  }

  async function articlesFor(actor: Actor, words: string, limit: number): Promise<Found[]> {
    if (words === '' || !can(actor, 'articles.read')) return [];
    const { items } = await knowledge.articles(actor, { q: words.slice(0, MOST_WORDS), limit });
    return items.map(({ id, number, title, sourceLanguage, state, updatedAt }) => ({ type: 'article' as const, id, number, title, language: sourceLanguage, state, updatedAt }));
  }

  /** What may have been meant by words that find nothing; null when that finds nothing either. */
  async function mended(actor: Actor, asked: SearchQuery, query: Query): Promise<Pick<SearchPage, 'items' | 'nextCursor' | 'notes' | 'correction'> | null> {
    const words = mendable(query);
    if (words.length === 0) return null;
    const meant = await db.work(actor.workspaceId, (tx) => vocabulary.meant(tx, actor.workspaceId, words));
    for (const q of readings(asked.q, query, meant)) {
      const found = await ticketsFor(actor, parseQuery(q), asked);
      if (found.items.length > 0) return { ...found, correction: { q, isUsed: true } };
    }
    return null;
  }

  return {
    learning: createLearning({ db, vocabulary, tickets, asides, customers }),

    /** What somebody typed, as the tickets room takes it. */
    quest: async (actor: Actor, typed: string): Promise<Quest> => (await understood(actor, parseQuery(typed))).quest,

    async search(actor: Actor, asked: SearchQuery): Promise<SearchPage> {
      demand(actor, 'tickets.read');
      const query = parseQuery(asked.q);
      const { type, limit, cursor } = asked;
      const words = wordsAlone(query);
      const empty = { notes: [], correction: null };
      if (query.sought.length + query.terms.length === 0) return { items: [], nextCursor: null, ...empty };
      if (type === 'customer') return { ...await customersFor(actor, words, { limit, cursor }), ...empty };
      if (type === 'article') return { items: await articlesFor(actor, words, limit), nextCursor: null, ...empty };
      const found = await ticketsFor(actor, query, asked);
      const first = type === undefined && cursor === undefined
        ? [...(await customersFor(actor, words, { limit: CUSTOMERS_FIRST })).items, ...await articlesFor(actor, words, ARTICLES_FIRST)] : [];
      const page = { ...found, items: [...first, ...found.items], correction: null };
      return page.items.length === 0 && page.nextCursor === null && cursor === undefined ? await mended(actor, asked, query) ?? page : page;
    },
  };
}

/** As long as the rooms take them. */
const MOST_WORDS = 200;

/** Operators are about tickets: with one of them nobody looks for a person or an article. */
const wordsAlone = ({ sought, terms }: Query): string => (terms.length > 0 ? '' : sought.filter(({ isNot }) => !isNot).map(({ text }) => text).join(' '));

const ofTicket = ({ ticket, passage }: FoundTicket): Found => ({
  type: 'ticket', ...ticket, passage: passage && { ...passage, marks: passage.marks.map(([from, to]) => [from, to]) },
});
