import type { Actor } from '../../../kernel/actor.ts';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Hit, Hits, SearchDocument } from '../../../platform/search/search.ts';
import type { TicketView } from '../core/contract.ts';
import { holdsPhrase, marksIn, passageOf, type Passage } from '../core/passages.ts';
import type { Context } from './context.ts';
import { ticketRows } from './list-store.ts';
import { whereOf } from './matching.ts';
import { presentTicket } from './present.ts';
import { MOST_SHOWN, pageAmong, pageOfShelf, sieved, subjectsOf, ticketsBy, wordsOfEntries, wordsOfFiles, type Demands, type Quest, type Spot, type Words } from './quest-store.ts';

/** Where the words stand: in an entry, in a file of it, or in a side conversation. Null when they stand in the subject or the names alone. */
export type FoundAt = Passage & { readonly entryId: string | null; readonly asideId: string | null; readonly author: string; readonly fileName: string | null };
export type FoundTicket = { readonly ticket: TicketView; readonly passage: FoundAt | null };
export type FoundTickets = { readonly items: FoundTicket[]; readonly nextCursor: string | null };

/** Tickets that hang on a handle are looked through one by one up to so many; with words their documents are. */
const FEW = 2_000;
const FEW_WITH_WORDS = 500;
/** What one page looks at before it stops and says where to go on. */
const MOST_WALKED = 5_000;
/** Whether a ticket has files is known only from its entries. */
const MOST_WALKED_FOR_FILES = 500;
const ROUNDS = [100, 400];
/** Where the texts themselves are read. */
const ROUNDS_OF_TEXTS = [50, 150];

type Paging = { readonly limit: number; readonly cursor: string | null };
type Asked = { readonly tx: Tx; readonly workspaceId: string; readonly quest: Quest; readonly demands: Demands };
type Kept = { readonly rows: readonly Pick<Hit, 'id' | 'kind' | 'documentId'>[]; readonly nextCursor: string | null };

type WordsBeside = (tx: Tx, ids: readonly string[], most: number) => Promise<readonly (Pick<Words, 'id' | 'text' | 'authorName'> & { readonly asideId: string; readonly fileNames: readonly string[] })[]>;

export type Searching = ReturnType<typeof createSearching>;

export function createSearching(context: Pick<Context, 'search' | 'work' | 'now'>) {
  const { search } = context;
  const beside = new Map<SearchDocument['kind'], WordsBeside>();

  /** The tickets of the narrowest handle; null when each has too many, or there is none. */
  async function few({ tx, quest }: Asked, most: number): Promise<string[] | null> {
    for (const handle of quest.handles) {
      const found = await ticketsBy(tx, handle, most);
      if (found) return found;
    }
    return null;
  }

  async function byDemands(asked: Asked, { limit, cursor }: Paging): Promise<Kept> {
    const { tx, demands, quest: { since, until } } = asked;
    const [at, id] = cursor === null ? [] : decodeCursor(cursor, ['time', 'id']);
    const after: Spot | null = at === undefined || id === undefined ? null : { at, id };
    const among = await few(asked, FEW);
    const span = { limit: limit + 1, after, since, until };
    const { rows, end } = among ? { rows: await pageAmong(tx, among, demands, span), end: null } : await pageOfShelf(tx, demands, { ...span, most: demands.hasFiles === null ? MOST_WALKED : MOST_WALKED_FOR_FILES });
    const page = rows.slice(0, limit);
    const next = rows.length > limit ? page.at(-1)! : end;
    const left = await withoutThem(asked, new Set(page.map((row) => row.id)));
    return { rows: page.filter((row) => left.has(row.id)).map((row) => ({ id: row.id, kind: null, documentId: null })), nextCursor: next && encodeCursor([next.at, next.id]) };
  }

  async function byWords(asked: Asked, paging: Paging): Promise<Kept> {
    const { tx, workspaceId, quest } = asked;
    const within = { hidden: quest.shelf !== 'kept', since: quest.since, until: quest.until };
    const among = await few(asked, FEW_WITH_WORDS);
    if (among) return page(await search.among(tx, workspaceId, among, quest.words, { ...within, cursor: paging.cursor }), (rows) => sieve(asked, rows), paging.limit);
    return gathered(asked, within, paging);
  }

  /** Takes hits, newest first, until a page of them holds what else is asked. */
  async function gathered(asked: Asked, within: { hidden: boolean; since: Date | null; until: Date | null }, { limit, cursor }: Paging): Promise<Kept> {
    const rows: Hit[] = [];
    let next = cursor;
    for (const size of roundsOf(asked.quest, limit)) {
      const hits: Hits = await search.hits(asked.tx, asked.workspaceId, asked.quest.words, { ...within, limit: size, cursor: next });
      const kept = await page(hits, (all) => sieve(asked, all), limit - rows.length);
      rows.push(...kept.rows as Hit[]);
      next = kept.nextCursor ?? (hits.more ? hits.cursorAfter(hits.rows.at(-1)!) : null);
      if (kept.nextCursor !== null || next === null || rows.length === limit) break;
    }
    return { rows, nextCursor: next };
  }

  async function page(hits: Hits, keep: (rows: readonly Hit[]) => Promise<Hit[]>, limit: number): Promise<Kept> {
    const kept = await keep(hits.rows);
    const rows = kept.slice(0, limit);
    return { rows, nextCursor: kept.length > limit ? hits.cursorAfter(rows.at(-1)!) : null };
  }

  async function sieve(asked: Asked, hits: readonly Hit[]): Promise<Hit[]> {
    const { tx, quest, demands } = asked;
    const left = await withoutThem(asked, await sieved(tx, hits.map(({ id }) => id), demands));
    const kept = hits.filter(({ id }) => left.has(id));
    return quest.phrases.length === 0 ? kept : saying(tx, kept, quest.phrases);
  }

  async function withoutThem({ tx, workspaceId, quest }: Asked, ids: Set<string>): Promise<Set<string>> {
    const left = new Set(ids);
    for (const { text, isPhrase } of quest.without) {
      const { rows } = await search.among(tx, workspaceId, [...left], text, { cursor: null, isWhole: true });
      for (const { id } of isPhrase ? await saying(tx, rows, [text]) : rows) left.delete(id);
    }
    return left;
  }

  /** Of hits, those whose own words hold the phrases. */
  async function saying(tx: Tx, hits: readonly Hit[], phrases: readonly string[]): Promise<Hit[]> {
    const texts = await textsOf(tx, hits);
    const subjects = await subjectsOf(tx, hits.map(({ id }) => id));
    return hits.filter((hit) => {
      const text = `${subjects.get(hit.id) ?? ''}\n${texts.get(hit.documentId ?? '')?.text ?? ''}`;
      return phrases.every((phrase) => holdsPhrase(text, phrase));
    });
  }

  async function textsOf(tx: Tx, hits: Kept['rows']): Promise<Map<string, Words>> {
    const texts: Words[] = [...await wordsOfEntries(tx, documentsOf(hits, 'entry')), ...await wordsOfFiles(tx, documentsOf(hits, 'file'))];
    for (const [kind, read] of beside) {
      const ids = documentsOf(hits, kind);
      if (ids.length > 0) texts.push(...(await read(tx, ids, MOST_SHOWN)).map((words) => ({ ...words, entryId: null, fileName: null })));
    }
    return new Map(texts.map((words) => [words.id, words]));
  }

  async function present({ tx, quest }: Asked, actor: Actor, { rows, nextCursor }: Kept): Promise<FoundTickets> {
    const [views, texts] = [await ticketRows(tx, { ids: rows.map(({ id }) => id), viewerId: actor.id }), await textsOf(tx, rows)];
    const tickets = new Map(views.map((row) => [row.id, presentTicket(row)]));
    const found = ({ id, documentId }: Kept['rows'][number]): FoundTicket[] => {
      const ticket = tickets.get(id);
      return ticket ? [{ ticket, passage: foundAt(texts.get(documentId ?? ''), quest.words) }] : [];
    };
    return { nextCursor, items: rows.flatMap(found) };
  }

  async function seek(tx: Tx, actor: Actor, quest: Quest, paging: Paging): Promise<FoundTickets> {
    const asked: Asked = { tx, workspaceId: actor.workspaceId, quest, demands: { ...quest, where: whereOf(quest.condition, { now: context.now() }) } };
    const found = await present(asked, actor, await (quest.words === '' ? byDemands(asked, paging) : byWords(asked, paging)));
    const named = paging.cursor === null ? numberIn(quest) : null;
    if (named === null) return found;
    // Somebody who types a number wants that ticket, whatever else holds the digits.
    const [first] = (await seek(tx, actor, { ...quest, words: '', number: named, handles: [{ by: 'number', number: named }] }, { limit: 1, cursor: null })).items;
    return first ? { ...found, items: [first, ...found.items.filter(({ ticket }) => ticket.id !== first.ticket.id)] } : found;
  }

  return {
    /** In the caller's unit of work, which has asked for the right. */
    seek,

    /** A room above has documents of this kind, which find their ticket, and says what stands in them: of each as many characters as are asked for. */
    alsoFinds: (kind: 'aside', read: WordsBeside): void => { beside.set(kind, read); },

    /** Tickets by words and demands, the newest first. A page may hold less than `limit` and still have a next one: so much was looked at. */
    search: (actor: Actor, quest: Quest, paging: Paging): Promise<FoundTickets> => context.work(actor, 'tickets.read', (tx) => seek(tx, actor, quest, paging), { repeats: isPlain(quest) }),
  };
}

const documentsOf = (hits: Kept['rows'], of: SearchDocument['kind']): string[] => hits.flatMap(({ kind, documentId }) => (kind === of && documentId !== null ? [documentId] : []));

const numberIn = ({ words, handles, phrases }: Quest): number | null => (handles.length + phrases.length === 0 && /^\d{1,15}$/u.test(words) ? Number(words) : null);

/** How many hits are taken at a time. */
const roundsOf = (quest: Quest, limit: number): readonly number[] => (isPlain(quest) ? [limit] : quest.phrases.length > 0 ? ROUNDS_OF_TEXTS : ROUNDS);

/** Nothing but words: every hit is shown, and all is looked up by what it is called. */
export const isPlain = ({ condition, phrases, without, hasFiles, from, to, number, shelf }: Quest): boolean =>
  'all' in condition && condition.all.length === 0 && phrases.length + without.length + from.length + to.length === 0 && hasFiles === null && number === null && shelf === 'kept';

function foundAt(words: Words | undefined, sought: string): FoundAt | null {
  const passage = words ? passageOf(words.text, sought) : null;
  if (!words || !passage) return null;
  const named = passage.marks.length > 0 ? undefined : words.fileNames?.find((name) => marksIn(name, sought).length > 0);
  return { ...passage, entryId: words.entryId, asideId: words.asideId, author: words.authorName, fileName: words.fileName ?? named ?? null };
}
