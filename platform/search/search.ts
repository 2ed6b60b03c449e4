import { sql, type RawBuilder } from 'kysely';
import { AppError } from '../../kernel/errors.ts';
import type { Language } from '../../kernel/languages.ts';
import type { Tx } from '../db/db.ts';
import { soundKey } from './scripts.ts';
import { searchQuery, searchVectorInSlices, type SearchQuery, type SearchText } from './stems.ts';
import { normalise } from './tokens.ts';

export type SearchDocument = {
  readonly workspaceId: string;
  /** An entry, one of its files, what is said aside or a ticket finds its ticket, a customer finds the customer. */
  readonly kind: 'entry' | 'ticket' | 'file' | 'aside' | 'customer';
  readonly id: string;
  /** The ticket or customer that is found by it. */
  readonly subjectId: string;
  readonly at: Date;
  readonly language: Language | null;
  /** Words are sought in one document: give an entry its ticket's subject and number and the customer's names as well. */
  readonly texts: readonly SearchText[];
};

export type Found = {
  readonly ids: string[];
  readonly nextCursor: string | null;
  /** The input as a ticket's number or an address, so that the exact one can be put first. */
  readonly number: number | null;
  readonly address: string | null;
};

/** Of a ticket that was found: by which of its documents, the newest that holds every word. */
export type Hit = { readonly id: string; readonly at: string; readonly kind: SearchDocument['kind'] | null; readonly documentId: string | null };
export type Hits = { readonly rows: readonly Hit[]; readonly more: boolean; cursorAfter(row: Hit): string };

/** Where tickets are sought: `hidden` are the deleted ones; documents of a time alone, its end not included. */
export type Within = { readonly hidden?: boolean; readonly since?: Date | null; readonly until?: Date | null };

export type Search = ReturnType<typeof createSearch>;

const MAX_PAGE = 500;

/** The only door to full-text search. It finds ids, newest first; what the asker may see of them is the caller's to check. */
export function createSearch() {
  /** In the transaction of the change: what is committed can be found. Indexing the same document again replaces it. */
  async function index(tx: Tx, ...documents: readonly SearchDocument[]): Promise<void> {
    const rows: RawBuilder<unknown>[] = [];
    for (const { workspaceId, kind, id, subjectId, at, language, texts } of documents) {
      const vector = await searchVectorInSlices(texts, language);
      const name = kind === 'customer' ? soundOf(texts.filter((text) => text.names).map((text) => text.text).join(' ')) : null;
      rows.push(sql`(${workspaceId}, ${kind}, ${id}, ${subjectId}, ${at}, ${name}, ${`${vector} ${stamps(workspaceId, kind, at)}`}::tsvector)`);
    }
    await sql`
      insert into search_documents (workspace_id, kind, id, subject_id, at, name, vector) values ${sql.join(rows)}
      on conflict (workspace_id, kind, id) do update
      set subject_id = excluded.subject_id, at = excluded.at, name = excluded.name, vector = excluded.vector`.execute(tx);
  }

  /** A deleted ticket is not found until it is restored. */
  async function hide(tx: Tx, workspaceId: string, subjectId: string, hidden: boolean): Promise<void> {
    await sql`update search_documents set hidden = ${hidden}
      where workspace_id = ${workspaceId} and subject_id = ${subjectId} and hidden <> ${hidden}`.execute(tx);
  }

  /** Documents whose entries now hang on another ticket (merged, or taken apart again). */
  async function move(tx: Tx, workspaceId: string, kind: SearchDocument['kind'], ids: readonly string[], subjectId: string): Promise<void> {
    await sql`update search_documents set subject_id = ${subjectId}
      where workspace_id = ${workspaceId} and kind = ${kind} and id = any(${[...ids]}::uuid[])`.execute(tx);
  }

  async function remove(tx: Tx, workspaceId: string, kind: SearchDocument['kind'], id: string): Promise<void> {
    await sql`delete from search_documents where workspace_id = ${workspaceId} and kind = ${kind} and id = ${id}`.execute(tx);
  }

  /**
   * Tickets or customers that hold every word of the input, in one document. Whole words first; when they do not fill a
   * page, the last word is taken as a beginning as well, and for customers names that sound alike.
   */
  async function find(tx: Tx, workspaceId: string, input: string, { kind, limit, cursor = null }: {
    kind: 'ticket' | 'customer'; limit: number; cursor?: string | null;
  }): Promise<Found> {
    checkLimit(limit);
    const query = searchQuery(input);
    if (!query) return { ids: [], nextCursor: null, number: null, address: null };
    const after = cursor === null ? null : parseCursor(cursor);
    const { rows, mode } = await matches(tx, workspaceId, { kind, query, within: {} }, limit + 1, after);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const misspelt = rows.length === 0 && after === null && kind === 'customer';
    return {
      ids: misspelt ? await similar(tx, workspaceId, query, limit) : page.map((row) => row.id),
      nextCursor: last ? formatCursor({ mode, ...last }) : null,
      number: query.number,
      address: query.address,
    };
  }

  /**
   * Tickets that hold every word of the input, with what found them: page by page for whoever sieves them further. A cursor
   * after any row is good for the next page.
   */
  async function hits(tx: Tx, workspaceId: string, input: string, { limit, cursor, ...within }: Within & { limit: number; cursor: string | null }): Promise<Hits> {
    checkLimit(limit);
    const query = searchQuery(input);
    const after = cursor === null ? null : parseCursor(cursor);
    const { rows, mode } = query ? await matches(tx, workspaceId, { kind: 'ticket', query, within }, limit + 1, after) : { rows: [], mode: 'whole' as const };
    return { rows: rows.slice(0, limit), more: rows.length > limit, cursorAfter: ({ at, id }) => formatCursor({ mode, at, id }) };
  }

  /** The same among these tickets alone, all of them at once. `isWhole`: the last word is never taken as a beginning. */
  async function among(tx: Tx, workspaceId: string, ids: readonly string[], input: string, { cursor, isWhole = false, ...within }: Within & { cursor: string | null; isWhole?: boolean }): Promise<Hits> {
    const query = searchQuery(input);
    const after = cursor === null ? null : parseCursor(cursor);
    const found = (words: string | null | undefined) => (typeof words === 'string' ? documentsOf(tx, workspaceId, ids, words, within, after) : []);
    const cursorIn = (mode: Mode) => ({ at, id }: Hit): string => formatCursor({ mode, at, id });
    const whole = after?.mode === 'beginning' ? [] : await found(query?.exact);
    if (whole.length > 0 || isWhole || after?.mode === 'whole') return { rows: whole, more: false, cursorAfter: cursorIn('whole') };
    return { rows: await found(query?.prefix), more: false, cursorAfter: cursorIn('beginning') };
  }

  /** The newest document of each that matches. The function form of @@ keeps to the rows of these subjects. */
  async function documentsOf(tx: Tx, workspaceId: string, ids: readonly string[], query: string, { since = null, until = null }: Within, after: After | null): Promise<Hit[]> {
    const { rows } = await sql<Hit>`
      select newest.id, newest.at::text as at, newest.kind, newest."documentId" from (
        select distinct on (d.subject_id) d.subject_id as id, d.at, d.kind, d.id as "documentId" from search_documents d
        where d.workspace_id = ${workspaceId} and d.subject_id = any(${[...ids]}::uuid[]) and (${since}::timestamptz is null or d.at >= ${since}) and (${until}::timestamptz is null or d.at < ${until})
          and ts_match_vq(d.vector, ${query}::tsquery)
        order by d.subject_id, d.at desc) as newest
      where ${after?.at ?? null}::timestamptz is null or (newest.at, newest.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid)
      order by newest.at desc, newest.id desc`.execute(tx);
    return rows;
  }

  type Asked = { readonly kind: 'ticket' | 'customer'; readonly query: SearchQuery; readonly within: Within };

  async function matches(tx: Tx, workspaceId: string, { kind, query, within }: Asked, max: number, after: After | null): Promise<{ rows: Hit[]; mode: Mode }> {
    const newest = (words: string) => newestHits(tx, workspaceId, kind, words, within, max, after);
    if (after?.mode !== 'beginning') {
      const rows = await newest(query.exact);
      if (after !== null || rows.length >= max || query.prefix === null) return { rows, mode: 'whole' };
    }
    return { rows: await newest(query.prefix ?? query.exact), mode: 'beginning' };
  }

  async function newestHits(tx: Tx, workspaceId: string, kind: string, query: string, { hidden = false, since = null, until = null }: Within, max: number, after: After | null): Promise<Hit[]> {
    const { rows } = await sql<Hit>`
      select subject_id as id, at::text as at, kind, id as "documentId"
      from search_hits(${workspaceId}, ${kind}, ${query}::tsquery, ${hidden}, ${since}::timestamptz, ${until}::timestamptz, ${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid, ${max})`
      .execute(tx);
    return rows;
  }

  async function similar(tx: Tx, workspaceId: string, query: SearchQuery, max: number): Promise<string[]> {
    const sound = soundOf(query.words);
    if (sound.length < 4) return [];
    const { rows } = await sql<{ id: string }>`select subject_id as id from search_similar(${workspaceId}, ${sound}, ${max})`.execute(tx);
    return rows.map((row) => row.id);
  }

  return { index, hide, move, remove, find, hits, among };
}

const STAMP_LEVELS = [0, 1, 2, 3, 4];
const STAMP_SECONDS = 5_400;

/** As `search_stamp` makes them: calling it for every document costs as much as reading the rest of the vector. */
function stamps(workspaceId: string, kind: SearchDocument['kind'], at: Date): string {
  const block = Math.floor(at.getTime() / 1000 / STAMP_SECONDS);
  return STAMP_LEVELS.map((level) => `'@${workspaceId.slice(-8)}${kind === 'customer' ? 'c' : 't'}${level}:${Math.floor(block / 16 ** level)}'`).join(' ');
}

/** `at` is PostgreSQL's own text: a Date would lose its microseconds, and with them rows between two pages. */
type Row = { id: string; at: string };
type Mode = 'whole' | 'beginning';
type After = Row & { mode: Mode };

const CURSOR = /^([wb])\|(\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d){0,2})\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u;

function checkLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE) return;
  throw new AppError('invalid', 'search.limit', `Ask for 1 to ${MAX_PAGE} results at a time.`);
}

const formatCursor = ({ mode, at, id }: After): string => Buffer.from(`${mode[0]!}|${at}|${id}`).toString('base64url');

function parseCursor(cursor: string): After {
  const parts = CURSOR.exec(Buffer.from(cursor.slice(0, 200), 'base64url').toString());
  if (!parts || Number.isNaN(Date.parse(parts[2]!.replace(/[+-]\d\d(?::\d\d){0,2}$/u, 'Z').replace(' ', 'T')))) throw new AppError('invalid', 'search.cursor', 'Use the nextCursor of the page before, unchanged.');
  return { mode: parts[1] === 'b' ? 'beginning' : 'whole', at: parts[2]!, id: parts[3]! };
}

const soundOf = (names: string): string =>
  normalise(names.slice(0, 1_000)).split(/[^\p{L}\p{M}]+/u).map(soundKey).filter((key) => key.length > 1).join(' ');
